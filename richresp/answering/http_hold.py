"""An answer that comes in pieces, held back until it is known whether it has to change: at most `max_body` bytes of it.

One that comes in pieces and does not say how long it is, is a stream, which nobody may keep from its reader: unless something is never
to be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from richresp.answering.accept import prefers_markdown
from richresp.answering.http import Answer
from richresp.answering.http_headers import Headers, length
from richresp.answering.http_way import Way
from richresp.limits.answering import THREAD_BYTES

_CONDITIONS = frozenset((b"if-none-match", b"if-modified-since"))


def may_want_markdown(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether a request may name markdown; if not, what fits passes.

    Args:
        headers: of the request, with names in small letters.
    """
    for name, value in headers:  # noqa: SIM110  # any() takes three times as long
        if name == b"accept" and b"markdown" in value.lower():
            return True
    return False


def unconditional(headers: Sequence[tuple[bytes, bytes]]) -> Sequence[tuple[bytes, bytes]]:
    """The fields of a request without its conditions, if it gets markdown: that has no validators, so a 304 would be about
    another representation (RFC 9110, 13.1.2, 13.1.3). The very same where nothing changes.
    """
    accept = b",".join(value for name, value in headers if name == b"accept").decode("latin-1")
    if not prefers_markdown(accept) or not any(name in _CONDITIONS for name, _ in headers):
        return headers
    return [one for one in headers if one[0] not in _CONDITIONS]


class Hold:
    """What came of an answer so far. A piece more or less makes no difference to what is sent in the end.

    Attributes:
        size: how many bytes are held.
        is_stream: whether it is not to be held at all, if it comes in pieces.
    """

    __slots__ = ("_headers", "_most", "_pieces", "_status", "is_stream", "size")

    def __init__(self, status: int, headers: Headers, way: Way) -> None:
        self._status = status
        self._headers = headers
        stated = length(headers)
        self._most = way.max_body if stated is None or stated <= way.max_body else -1
        self.is_stream = stated is None and not way.drops
        self._pieces: bytes | bytearray = b""  # the first piece; a bytearray from the second on
        self.size = 0

    def add(self, piece: bytes) -> bool:
        """Takes a piece; False if it does not belong here, because the answer is too long to be held, or says so."""
        if self.size + len(piece) > self._most:
            return False
        self.size += len(piece)
        if not self._pieces:
            self._pieces = piece
        elif isinstance(self._pieces, bytearray):
            self._pieces += piece
        else:
            self._pieces = bytearray(self._pieces) + piece
        return True

    @property
    def pieces(self) -> bytes:
        """What is held."""
        return bytes(self._pieces)

    @property
    def is_heavy(self) -> bool:
        """Whether it takes long enough to shape for a thread."""
        return self.size > THREAD_BYTES

    def whole(self) -> Answer:
        """The answer, once all of it is here."""
        return Answer(self._status, self._headers, self.pieces)
