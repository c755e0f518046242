"""A site for galleries: pages with and without a picture, and what goes wrong on the way to them."""

import io
from contextlib import contextmanager
from types import SimpleNamespace

from PIL import Image

from tests.hostile.answers import head, page, redirect, site
from tests.hostile.wire import Scene

PAGE = (
    b"""<title>Title</title><meta property=og:description content="Words"><meta property=og:site_name content=Site>"""
)


def png(size=(640, 320)):
    kept = io.BytesIO()
    Image.new("RGB", size, (200, 40, 40)).save(kept, "PNG")
    return kept.getvalue()


def image(body):
    return head("Content-Type: image/png", f"Content-Length: {len(body)}") + body


ANSWERS = {
    "/a": page(body=PAGE + b"<meta property=og:title content=First><meta property=og:image content=/i.png>"),
    "/b": page(body=PAGE + b"<meta property=og:title content=Second><meta property=og:image content=/i.png>"),
    "/gone": page(body=PAGE + b"<meta property=og:title content=Third><meta property=og:image content=/no.png>"),
    "/tiny": page(body=PAGE + b"<meta property=og:title content=Tiny><meta property=og:image content=/tiny.png>"),
    "/tiny.png": image(png((16, 16))),
    "/moved": redirect("/a"),
    "/i.png": image(png()),
    "/no.png": head("Content-Length: 0", status="404 Not Found"),
    "/missing": head("Content-Length: 0", status="404 Not Found"),
}


@contextmanager
def serving_pages(more=None):
    """The site: `at(path)` is an address, `asked()` the paths that were asked for so far."""
    with Scene(site(ANSWERS | (more or {}))) as scene:
        base = f"http://127.0.0.1:{scene.ports['plain']}"
        yield SimpleNamespace(at=lambda path: base + path, asked=lambda: [visit.path for visit in scene.visits])
