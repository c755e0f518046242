"""Sites whose answers are right by HTTP and wrong in their bodies: bombs, codings, types and character sets."""

import gzip
import zlib
from collections.abc import Callable
from types import EllipsisType

from richresp import FetchError, NotHTML
from tests.hostile.answers import HTML, OPEN, PAGE, WHOLE, chunk, chunked, head, page, says
from tests.hostile.case import SECRET, Card, Case, Refusal
from tests.hostile.inflating import MIB, brotli_bomb, gzip_bomb, gzip_of_gzip, zlib_bomb, zstd_bomb
from tests.hostile.wire import Act, Scene

SPILL = 1 << 24
"""Bytes that a site may have sent before a client that wants no more has shown it: the buffers of two sockets."""

CHUNKED = head(HTML, "Transfer-Encoding: chunked")
UNASKED = "compression|coding"
ZIPPED = gzip.compress(PAGE)
NOISE = bytes((number * number + (number >> 3)) % 251 for number in range(1 << 16))


def sent_less(scene: Scene) -> None:
    assert scene.sent < SPILL


def coded(coding: str, body: bytes, *fields: str):
    return says(page(f"Content-Encoding: {coding}", *fields, body=body))


def later(coding: str, make: Callable[[], bytes]):
    """The same for a body that takes a while to make."""
    return lambda visit: [page(f"Content-Encoding: {coding}", body=make())]


def _by_byte(body: bytes) -> bytes:
    return chunked(*(body[place : place + 1] for place in range(len(body))), fields=(HTML, "Content-Encoding: gzip"))


def unasked(name: str, coding: str, body: bytes) -> Case:
    return Case(name, coded(coding, body), Refusal(FetchError, UNASKED), saw=sent_less)


def typed(content_type: str | None, body: bytes = PAGE):
    fields = () if content_type is None else (f"Content-Type: {content_type}",)
    return says(head(*fields, f"Content-Length: {len(body)}") + body)


def charset(name: str, body: bytes = PAGE, title: str | EllipsisType = "Title") -> Case:
    case = Case(f"the character set {name[:30]!r}", typed(f"text/html; charset={name}", body), Card(title))
    return case if name else Case("a character set without a name", case.script, case.expect)


def endless(*fields: str, before: bytes = OPEN):
    def script(visit):
        yield head(HTML, *fields) + before
        for _ in range(1024):
            yield bytes(1 << 16)
        yield Act.CLOSE

    return script


BOMBS = [
    Case("a gzip of a gigabyte", later("gzip", lambda: gzip_bomb(OPEN)), saw=sent_less),
    Case("a gzip of 40 megabytes, in chunks of one byte", lambda visit: [_by_byte(gzip_bomb(OPEN, 40 * MIB))], saw=sent_less),
    Case("a deflate of a gigabyte", later("deflate", lambda: zlib_bomb(OPEN)), Refusal(FetchError, UNASKED), saw=sent_less),
    unasked("a brotli of a gigabyte", "br", brotli_bomb()),
    unasked("a zstd of a gigabyte", "zstd", zstd_bomb()),
    unasked("a gzip of a gzip of eight gigabytes", "gzip, gzip", gzip_of_gzip()),
    unasked("a thousand codings", ", ".join(["gzip"] * 1_000), ZIPPED),
    Case("two fields of codings", coded("gzip", ZIPPED, "Content-Encoding: gzip"), Refusal(FetchError, UNASKED)),
    unasked("a coding of nobody", SECRET, PAGE),
    Case("an endless body", endless(), Card(), saw=sent_less),
    Case("a body of an exabyte", endless(f"Content-Length: {1 << 60}"), saw=sent_less),
    Case("an endless body of tags", endless(before=WHOLE[:-7] + b"<meta>" * 200_000), saw=sent_less),
    Case("a million chunks of a byte", says(CHUNKED + chunk(OPEN) + chunk(b"-") * 1_000_000 + chunk(b"")), saw=sent_less),
    Case("fifty thousand empty members of gzip", coded("gzip", ZIPPED + gzip.compress(b"") * 50_000), saw=sent_less),
]  # fmt: skip

GZIP = [
    Case("gzip", coded("gzip", ZIPPED)),
    Case("gzip by its old name", coded("x-gzip", ZIPPED)),
    Case("gzip in capitals", coded("GZIP", ZIPPED)),
    Case("no coding, said so", coded("identity", PAGE)),
    Case("a gzip that is cut", coded("gzip", gzip.compress(PAGE + NOISE)[:-2_000])),
    Case("a gzip without its checksum", coded("gzip", ZIPPED[:-8])),
    Case("a gzip with a wrong checksum", coded("gzip", ZIPPED[:-8] + bytes(8)), Refusal(FetchError, "gzip")),
    Case("a gzip with something behind it", coded("gzip", ZIPPED + b"something")),
    Case("a gzip of two members", coded("gzip", gzip.compress(b"<title>Ti") + gzip.compress(b"tle</title>"))),
    Case("a gzip of two members, a byte at a time", says(_by_byte(gzip.compress(b"<title>Ti") + gzip.compress(b"tle</title>")))),
    Case("a gzip that is none", coded("gzip", PAGE + SECRET.encode()), Refusal(FetchError, "gzip")),
    Case("a gzip that is deflate", coded("gzip", zlib.compress(PAGE)), Refusal(FetchError, "gzip")),
    Case("a gzip that breaks", coded("gzip", ZIPPED[:10] + b"\x07" * 40), Refusal(FetchError, "gzip")),
    Case("a gzip of nothing", coded("gzip", b""), Card(None)),
]  # fmt: skip

TYPES = [
    Case("XHTML", typed("application/xhtml+xml")),
    Case("a page without a type", typed(None)),
    Case("a page with an empty type", typed("")),
    Case("a page with a type of 8,000 characters", typed("text/html" + ";a=b" * 2_000)),
    Case("a page whose name is that of a document", typed("text/html"), urls=("http://site.example.com:{plain}/a.pdf",)),
    Case("an image", typed("image/png", b"\x89PNG\r\n\x1a\n" + bytes(99)), Card("i.png", {"image": "http://site.example.com:{plain}/i.png"}),
         urls=("http://site.example.com:{plain}/i.png",)),
    Case("a document", typed("application/pdf", b"%PDF-1.7"), Card("a b.pdf"), urls=("http://site.example.com:{plain}/a%20b.pdf",)),
    Case("a film without an end", says(head("Content-Type: video/mp4"), b"\0\0\0\x20ftypisom", *[bytes(1 << 16)] * 1_000, Act.CLOSE),
         Card("film.mp4"), urls=("http://site.example.com:{plain}/film.mp4",), saw=sent_less),
    Case("bytes of no kind", typed("application/octet-stream", b"\x01\x02" + SECRET.encode()), Refusal(NotHTML, "")),
]  # fmt: skip

CHARSETS = [
    *map(charset, ("base64_codec", "zlib_codec", "hex", "rot13", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined")),
    *map(charset, ("", "utf-16", "utf-16le", "utf-32", "utf-7", "mbcs", "../../etc", "x" * 9_000, '"utf-8', "utf-8;charset=utf-16", "\xff")),
    charset("utf-8", b"<title>a\xed\xa0\x80b</title>", ...),
    charset("utf-8", b"<title>Ti\0tle</title>", "Title"),
    charset("iso-8859-1", b"<title>\x93a\x94</title>", "\u201ca\u201d"),
]  # fmt: skip

CASES = [*BOMBS, *GZIP, *TYPES, *CHARSETS]
