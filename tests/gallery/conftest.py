"""A browser for all tests of a process, and pages that it is led to on a loopback site that counts."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace

import pytest

from tests.gallery.browser import CHROMIUM, browsing


@pytest.fixture(scope="session")
def tab():
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on PATH")
    with browsing() as tab:
        yield tab


@contextmanager
def serving():
    """A site with one page, `html`, and the paths that it was asked for, in `asked`."""
    site = SimpleNamespace(html="", asked=[])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            site.asked.append(self.path)
            body = site.html.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        site.base = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def site():
    with serving() as site:
        yield site


@pytest.fixture
def show(tab, site):
    """Shows HTML in the browser, from the site."""

    def show(html, **how):
        site.html = html
        site.asked.clear()
        tab.open(f"{site.base}/cards.html", **how)
        return tab

    return show
