"""A site whose pages are given by path."""

from contextlib import contextmanager
from types import SimpleNamespace

from tests.hostile.answers import page, site
from tests.hostile.wire import Scene


@contextmanager
def serving(pages):
    """Pages by path, as HTML or as scripts of tests.hostile: `at(path)` is an address, `asked()` the paths asked for so far."""
    paths = {path: page(body=said.encode()) if isinstance(said, str) else said for path, said in pages.items()}
    with Scene(site(paths)) as scene:
        base = f"http://127.0.0.1:{scene.ports['plain']}"
        yield SimpleNamespace(
            at=lambda path: base + path,
            asked=lambda: [visit.path for visit in scene.visits],
            visits=scene.visits,
        )


def titled(title, *more):
    return f"<title>{title}</title>{''.join(more)}"
