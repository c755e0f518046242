"""The header fields of an answer: which answers are JSON that may be shaped, and what becomes of fields that told of the whole.

Names and values are bytes, as ASGI has them. What an application sent is never changed in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

Headers: TypeAlias = Sequence[tuple[bytes, bytes]]

JSON = "application/json"

_NO_CONTENT = frozenset(
    (204, 205, 206, 226)
)  # nothing, nothing, a range, a difference to what the client has (RFC 3229)
_NOT_FOR_READERS = frozenset(
    ("problem+json", "vnd.oai.openapi+json", "schema+json", "manifest+json", "jose+json", "jwk-set+json")
)
"""What programs read: an error (RFC 9457), and documents that are of no use in part."""

VARY = (b"vary", b"Accept")

_UTF_8 = frozenset(("utf-8", "utf8", "us-ascii"))
_HINDERS = frozenset((b"content-encoding", b"content-range", b"content-disposition", b"cache-control"))
_OF_THE_WHOLE = frozenset(
    (b"content-length", b"etag", b"last-modified", b"accept-ranges", b"content-md5", b"digest", b"content-digest",
     b"repr-digest")
)  # fmt: skip
"""What measures or validates the bytes of the whole (RFC 9110, 8.6, 8.8, 14.3; RFC 9530). A shaped answer has no validators:
so none can be sent back that would get a 304 for another representation."""

_OF_THE_CONTENT = _OF_THE_WHOLE | {
    b"content-type", b"content-language", b"content-location", b"cache-control", b"expires", b"link",
}  # fmt: skip


def json_type(status: int, headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """The media type of an answer that may be shaped: JSON in UTF-8 that went well, whole and as it is; else None.

    None also for what its author does not want changed: `Cache-Control: no-transform` (RFC 9111, 5.2.2.6) and attachments.
    """
    if not 200 <= status < 300 or status in _NO_CONTENT:
        return None
    stated = None
    for given, value in headers:
        name = given.lower()
        if name == b"content-type":
            if stated is not None:
                return None
            stated = value
        elif name in _HINDERS and _hinders(name, value):
            return None
    if stated == b"application/json":
        return JSON
    return None if stated is None else _media_type(stated)


def _hinders(name: bytes, value: bytes) -> bool:
    match name:
        case b"cache-control":
            return b"no-transform" in value.lower()
        case b"content-disposition":
            return value.strip().lower().startswith(b"attachment")
        case b"content-encoding":
            return value.strip().lower() not in {b"", b"identity"}
    return True


def _media_type(value: bytes) -> str | None:
    kind, *parameters = (part.strip().lower() for part in value.decode("latin-1").split(";"))
    if kind != JSON and (not kind.startswith("application/") or not kind.endswith("+json")):
        return None
    if kind.removeprefix("application/") in _NOT_FOR_READERS:
        return None
    charsets = [text.strip(' "') for name, _, text in (each.partition("=") for each in parameters) if name == "charset"]
    return kind if _UTF_8.issuperset(charsets) else None


def length(headers: Iterable[tuple[bytes, bytes]]) -> int:
    """The largest Content-Length that an answer states; 0 where it states none that is a number."""
    stated = (value for name, value in headers if name.lower() == b"content-length")
    return max((int(value) for value in stated if len(value) < 20 and value.isdigit()), default=0)


def varied(headers: Headers) -> Headers:
    """The same with Accept among the fields by which the answer varies (RFC 9110, 12.5.5)."""
    for name, _ in headers:
        if name.lower() == b"vary":
            return _merged(headers)
    return [*headers, VARY]


def _merged(headers: Headers) -> Headers:
    places = [place for place, (name, _) in enumerate(headers) if name.lower() == b"vary"]
    if any(b"*" in headers[place][1] or b"accept" in _fields(headers[place][1]) for place in places):
        return headers
    name, value = headers[places[0]]
    merged = (name, value + b", Accept" if value.strip() else b"Accept")
    return [*headers[: places[0]], merged, *headers[places[0] + 1 :]]


def _fields(value: bytes) -> list[bytes]:
    return [field.strip() for field in value.lower().split(b",")]


def of_another(headers: Headers, *, retyped: bool = False) -> list[tuple[bytes, bytes]]:
    """What of the fields still holds for other bytes; with another type as well, if `retyped`."""
    gone = _OF_THE_WHOLE | {b"content-type"} if retyped else _OF_THE_WHOLE
    return [one for one in headers if one[0].lower() not in gone]


def of_an_error(headers: Headers) -> list[tuple[bytes, bytes]]:
    """What of the fields holds for an error in place of the answer: cookies, and what lets a page of another site read it."""
    return [one for one in headers if one[0].lower() not in _OF_THE_CONTENT]
