"""An answer that comes in pieces, held back until it is known whether it has to change: at most `max_body` bytes of it.

Most answers are small and of one piece: for those there is a way of their own, which decides without making anything.
"""

from __future__ import annotations

from collections.abc import Iterable

from richresp.answering.accept import MARKDOWN
from richresp.answering.http import Answer
from richresp.answering.http_headers import Headers, length
from richresp.answering.http_way import Way
from richresp.limits.answering import THREAD_BYTES

_SHORTEST = len(MARKDOWN)
_PERCENT, _PLUS = b"%+"


def asks_for_nothing(query: bytes, headers: Iterable[tuple[bytes, bytes]], way: Way) -> bool:
    """Whether a request certainly names neither a cursor nor markdown: then what fits passes.

    Args:
        query: as it was sent.
        headers: of the request, with names in small letters.
        way: how its answers are shaped.
    """
    if len(query) > len(way.cursor_mark) and (way.cursor_mark in query or _PERCENT in query or _PLUS in query):
        return False
    if way.negotiate:
        for name, value in headers:
            if name == b"accept" and len(value) >= _SHORTEST and b"markdown" in value.lower():
                return False
    return True


class Hold:
    """What came of an answer so far. A piece more or less makes no difference to what is sent in the end.

    Attributes:
        size: how many bytes are held.
    """

    __slots__ = ("_headers", "_most", "_pieces", "_status", "size")

    def __init__(self, status: int, headers: Headers, way: Way) -> None:
        self._status = status
        self._headers = headers
        self._most = way.max_body if length(headers) <= way.max_body else -1
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
