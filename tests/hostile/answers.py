"""What scripts are made of: answers as the bytes that go over the wire, right or wrong."""

from collections.abc import Iterable, Mapping

from tests.hostile.wire import Act, Beneath, Script, Visit

HTML = "Content-Type: text/html; charset=utf-8"
PAGE = b"<title>Title</title>"
WHOLE = (
    b"<html><head><title>Title</title><meta property=og:title content=Title><meta property=og:site_name content=Site>"
    b"<meta property=og:description content='What it says.'><meta property=og:image content='http://example.com/i.png'>"
    b"<link rel=canonical href='http://site.example.com/'></head>"
)
"""A head that leaves nothing to look for."""

OPEN = b"<title>Title</title><!--"
"""A page whose end must be waited for: what follows is a comment."""


def head(*fields: str, status: str = "200 OK") -> bytes:
    return "\r\n".join((f"HTTP/1.1 {status}", *fields, "", "")).encode("latin-1")


def page(*fields: str, body: bytes = PAGE, status: str = "200 OK") -> bytes:
    return head(HTML, f"Content-Length: {len(body)}", *fields, status=status) + body


PLAIN = page()


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def chunked(*pieces: bytes, fields: Iterable[str] = (HTML,)) -> bytes:
    return head(*fields, "Transfer-Encoding: chunked") + b"".join(map(chunk, (*pieces, b"")))


def says(*steps: bytes | Act | Beneath) -> Script:
    """The same for every request."""
    return lambda visit: steps


def redirect(location: str, *fields: str, status: str = "302 Found", body: bytes = b"") -> Script:
    """Location may name ports as {plain}."""

    def script(visit: Visit):
        yield head(
            f"Location: {location.format_map(visit.ports)}", f"Content-Length: {len(body)}", *fields, status=status
        )
        yield body

    return script


def site(paths: Mapping[str, Script | bytes]) -> Script:
    """A script for each path, or for what is more exact: `other.example.com/`, `https://other.example.com/`; else a page."""

    def script(visit: Visit):
        place = visit.host + visit.path
        keys = (f"{visit.scheme}://{place}", place, visit.path)
        found = next((paths[key] for key in keys if key in paths), PLAIN)
        return [found] if isinstance(found, bytes) else found(visit)

    return script


def in_turn(*scripts: Script | bytes) -> Script:
    """Another script for each request; the last one for all that follow."""
    waiting = list(scripts)

    def script(visit: Visit):
        found = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return [found] if isinstance(found, bytes) else found(visit)

    return script


def dripping(piece: bytes, *, before: bytes = b"", after: bytes = b"", times: int = 300) -> Script:
    """A piece at a time and then the end, with 300 pieces after six seconds: only a deadline ends it before."""

    def script(visit: Visit):
        yield before
        for _ in range(times):
            yield piece
            yield Act.PAUSE
        yield after
        yield Act.CLOSE

    return script
