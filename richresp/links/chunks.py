"""Where a body in chunks ends on the wire (RFC 9112, 7.1): counted, never kept.

h11 reads the chunks and stops at their end, but does not tell what came behind it. To know that is the only purpose here: what
cannot be followed has no end, and costs a connection and nothing else.
"""

from __future__ import annotations

import re

from richresp.limits.links import MAX_CHUNK_LINE_BYTES, MAX_CHUNKS

_SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;|$)")
_END_OF_DATA = 2  # the line break behind a chunk


class Chunks:
    """Follows a body in chunks.

    Attributes:
        ended: whether what was fed ends exactly where the body does.
    """

    __slots__ = ("_chunks", "_last", "_line", "_lost", "_skip", "ended")

    def __init__(self) -> None:
        self.ended = False
        self._skip = 0
        self._chunks = 0
        self._line = b""
        self._last = False
        self._lost = False

    def feed(self, data: bytes) -> None:
        """Takes what arrived next."""
        if self.ended and data:
            self.ended, self._lost = False, True
        at, end = 0, len(data)
        while at < end and not self._lost:
            if self._skip:
                step = min(self._skip, end - at)
                self._skip -= step
                at += step
                continue
            stop = data.find(b"\n", at) + 1 or end
            self._line += data[at:stop]
            at = stop
            if self._line.endswith(b"\n"):
                self._read_line()
                if self.ended and at < end:
                    self.ended, self._lost = False, True
            elif len(self._line) > MAX_CHUNK_LINE_BYTES:
                self._lost = True

    def _read_line(self) -> None:
        line, self._line = self._line.strip(), b""
        if self._last:
            self.ended = not line
            return
        found = _SIZE.match(line)
        self._chunks += 1
        if found is None or self._chunks > MAX_CHUNKS:
            self._lost = True
            return
        size = int(found[1], 16)
        self._last = size == 0
        self._skip = size + _END_OF_DATA if size else 0
