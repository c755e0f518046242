"""A site of the sample pages, on this machine: `python -m samples.previews`, then, with the address that it prints,

richresp gallery --allow-private -o cards.html http://127.0.0.1:8000/harbour.html http://127.0.0.1:8000/souq.html
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from .pictures import PICTURES

PAGES = {f"/{path.name}": path for path in sorted(Path(__file__).parent.glob("*.html"))}


class Handler(BaseHTTPRequestHandler):
    """Pages as they are saved, pictures as they are drawn."""

    def do_GET(self) -> None:
        """A page, a picture, or that there is nothing."""
        path = self.path.partition("?")[0]
        if path in PAGES:
            self._answer(200, "text/html", PAGES[path].read_bytes())
        elif path in PICTURES:
            self._answer(200, f"image/{path.rpartition('.')[2].replace('jpg', 'jpeg')}", PICTURES[path]())
        else:
            self._answer(404, "text/plain", b"nothing here\n")

    def do_HEAD(self) -> None:
        """The same without its body."""
        self.do_GET()

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the site is asked by programs."""


@contextmanager
def served(port: int = 0) -> Iterator[str]:
    """The site while it runs; its address, without a slash at the end.

    Raises:
        OSError: if another program has the port.
    """
    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
