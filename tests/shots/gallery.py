"""The gallery of three sample pages, as a browser shows it."""

import io
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image

from richresp.cli.pixels import picture_of
from richresp.gallery import Entry, gallery
from richresp.limits.gallery import THUMBNAIL_BOX
from richresp.links import audit, extract
from samples.previews.pictures import PICTURES
from tests.gallery.browser import browsing

PAGES = {
    "harbour": "https://gazette.example.com/2026/last-crane-driver",
    "souq": "https://mina.example.com/books",
    "bento": "https://daidokoro.example.com/ekiben",
}
WIDTH, HEIGHT = 1180, 1180


def entry(name, url):
    """A sample page as a link of a gallery."""
    body = Path(f"samples/previews/{name}.html").read_bytes()
    preview = extract(body, url=url)
    picture = picture_of(PICTURES[urlsplit(preview.image).path]()).picture
    small = picture_of(picture.body, box=THUMBNAIL_BOX).picture
    return Entry(url, preview, picture=picture, thumbnail=small, findings=tuple(audit(body, url=url)))


def shot():
    """The picture."""
    with tempfile.TemporaryDirectory() as place, browsing() as tab:
        page = Path(place, "cards.html")
        page.write_text(gallery([entry(name, url) for name, url in PAGES.items()]), encoding="utf-8")
        tab.open(page.as_uri(), width=WIDTH, theme="light")
        return Image.open(io.BytesIO(tab.shot(most=HEIGHT))).convert("RGB")
