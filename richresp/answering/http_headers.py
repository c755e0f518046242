"""The header fields of an answer: which answers are JSON that may be shaped, and what becomes of fields that told of the whole.

Names and values are bytes, as ASGI has them. What an application sent is never changed in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

Headers: TypeAlias = Sequence[tuple[bytes, bytes]]

JSON = "application/json"

_NO_CONTENT = frozenset(
    (204, 205, 206, 226)
)  # nothing, nothing, a range, a difference to what the client has (RFC 3229)
_NOT_FOR_READERS = frozenset(
    (
        "problem+json", "vnd.oai.openapi+json", "schema+json", "manifest+json", "jose+json", "jwk-set+json",
        "json-patch+json", "merge-patch+json", "importmap+json",
    )
)  # fmt: skip
"""What programs read: an error (RFC 9457), and documents that are of no use in part, or wrong: a patch (RFC 6902, RFC 7396)."""

VARY = (b"vary", b"Accept")

_UTF_8 = frozenset(("utf-8", "utf8", "us-ascii"))
_VALIDATORS = frozenset((b"etag", b"last-modified"))
_MARKS = _VALIDATORS | {
    b"content-encoding", b"content-range", b"content-disposition", b"cache-control", b"accept-ranges",
}  # fmt: skip
_OF_THE_WHOLE = frozenset(
    (b"content-length", b"etag", b"last-modified", b"accept-ranges", b"content-md5", b"digest", b"content-digest",
     b"repr-digest", b"transfer-encoding", b"trailer")
)  # fmt: skip
"""What measures, frames or validates the bytes of the whole (RFC 9110, 6.6.2, 8.6, 8.8, 14.3; RFC 9112, 6.2; RFC 9530). A shaped
answer has no validators: so none can be sent back that would get a 304 for another representation."""

_OF_THE_CONTENT = _OF_THE_WHOLE | {
    b"content-type", b"content-encoding", b"content-language", b"content-location", b"cache-control", b"expires", b"link",
}  # fmt: skip


def json_kind(status: int, headers: Iterable[tuple[bytes, bytes]]) -> tuple[str | None, str | None]:
    """The media type of an answer that is JSON to shape, which went well, whole and as it is; and what hinders reading it, if it is
    compressed or in another charset than UTF-8. None and None for all other answers.

    Those are also what its author does not want changed: `Cache-Control: no-transform` (RFC 9111, 5.2.2.6), attachments, and files,
    which offer ranges, or have both validators, as frameworks give them to files alone.
    """
    if not 200 <= status < 300 or status in _NO_CONTENT:
        return _NO_JSON
    stated: bytes | None = None
    marks: dict[bytes, bytes] | None = None
    for given, value in headers:
        name = given.lower()
        if name == b"content-type":
            if stated is not None:
                return _NO_JSON
            stated = value
        elif name in _MARKS:
            marks = marks or {}
            marks[name] = marks[name] + b"," + value if name in marks else value
    if stated is None or (marks is not None and _is_left(marks)):
        return _NO_JSON
    if marks is None and stated == b"application/json":
        return _PLAIN_JSON
    kind, hindered = (JSON, None) if stated == b"application/json" else _media_type(stated)
    return kind, (_coded(marks) if marks and kind else None) or hindered


_NO_JSON = (None, None)
_PLAIN_JSON = (JSON, None)


def _is_left(marks: Mapping[bytes, bytes]) -> bool:
    """Whether an answer with these fields is left as it is."""
    return (
        b"content-range" in marks
        or b"no-transform" in marks.get(b"cache-control", b"").lower()
        or marks.get(b"content-disposition", b"").strip().lower().startswith(b"attachment")
        or b"bytes" in _fields(marks.get(b"accept-ranges", b""))
        or marks.keys() >= _VALIDATORS
    )


def _coded(marks: Mapping[bytes, bytes]) -> str | None:
    coding = marks.get(b"content-encoding", b"").strip()
    return None if coding.lower() in {b"", b"identity"} else f"it is compressed ({coding.decode('latin-1')!r})"


def _media_type(value: bytes) -> tuple[str | None, str | None]:
    kind, *parameters = (part.strip().lower() for part in value.decode("latin-1").split(";"))
    if kind != JSON and (not kind.startswith("application/") or not kind.endswith("+json")):
        return _NO_JSON
    if kind.removeprefix("application/") in _NOT_FOR_READERS:
        return _NO_JSON
    charsets = [text.strip(' "') for name, _, text in (each.partition("=") for each in parameters) if name == "charset"]
    return kind, None if _UTF_8.issuperset(charsets) else "it is not in UTF-8"


def length(headers: Iterable[tuple[bytes, bytes]]) -> int | None:
    """The largest Content-Length that an answer states, 0 where none of them is a number; None where it states none."""
    stated = [value for name, value in headers if name.lower() == b"content-length"]
    return max((int(value) for value in stated if len(value) < 20 and value.isdigit()), default=0) if stated else None


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
