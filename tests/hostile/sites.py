"""A loopback site whose every path misbehaves in its own way."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<title>Title</title>"


class Site(BaseHTTPRequestHandler):
    """Paths that never end wait for `server.done` between two bytes, so that a test ends when its client does."""

    protocol_version = "HTTP/1.1"
    timeout = 10

    def do_GET(self):
        self.server.hits.append((self.headers["host"], self.path))
        getattr(self, self.path.strip("/").replace("-", "_") or "page")()

    def log_message(self, *_):
        pass

    def head(self, status=200, **headers):
        self.send_response(status)
        for name, value in {"content_type": "text/html", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def page(self):
        self.head(content_length=str(len(PAGE)))
        self.wfile.write(PAGE)

    def missing(self):
        self.head(404, content_length="0")

    def picture(self):
        self.head(content_type="image/png", content_length="0")

    def loop(self):
        self.head(302, location="/loop", content_length="0")

    def away(self):
        self.head(302, location="/page", content_length="0")

    def inside(self):
        self.head(302, location="http://169.254.169.254/latest/meta-data/", content_length="0")

    def drip_body(self):
        self.head(transfer_encoding="chunked")
        self.drip(b"1\r\nx\r\n")

    def drip_head(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        self.drip(b"y")

    def early_hints(self):
        self.drip(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")

    def drip(self, piece):
        self.close_connection = True
        try:
            while not self.server.done.wait(0.02):
                self.wfile.write(piece)
                self.wfile.flush()
        except OSError:
            pass

    def silence(self):
        self.close_connection = True
        self.server.done.wait(self.timeout)

    def banner(self):
        self.close_connection = True
        self.wfile.write(b"SSH-2.0-OpenSSH_9.6 secret\r\n")

    def hang_up(self):
        self.close_connection = True


@contextmanager
def running(tls=None):
    """The site on a free port of 127.0.0.1, as a server with `.port` and `.hits`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.hits, server.done, server.port = [], threading.Event(), server.server_address[1]
    server.handle_error = lambda *_: None
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.done.set()
        server.shutdown()
        server.server_close()
        thread.join()
