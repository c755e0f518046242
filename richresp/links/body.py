"""A body as it arrives: inflated in small steps, cut at the caps, so that no answer is larger in memory than they are.

Only gzip is asked for; any other coding, or two, is an error before a byte is read. A gzip body may have several members
(RFC 1952, 2.2), which are one body; what follows the last one and is no member is left out, as gzip itself does it.
"""

from __future__ import annotations

import zlib

from richresp.exceptions import FetchError
from richresp.limits.links import INFLATE_STEP, MAX_BODY_BYTES, MAX_GZIP_MEMBERS, MAX_READS, WIRE_FACTOR

_CODINGS = frozenset(("", "identity", "gzip", "x-gzip"))
_GZIP = 31  # the bits of a window, and that gzip is around it
_MEMBER = b"\x1f\x8b"


class Body:
    """Collects a body.

    Attributes:
        data: what there is of it, decoded.
        wire: how many bytes arrived, before decoding.
    """

    def __init__(self, url: str, coding: str, most: int = MAX_BODY_BYTES) -> None:
        """
        Args:
            url: for errors.
            coding: the Content-Encoding field.
            most: bytes of it that are kept, decoded.

        Raises:
            FetchError: for a coding that was not asked for.
        """
        name = coding.strip().lower()
        if name not in _CODINGS:
            raise FetchError(url=url, reason="the body has a compression that was not asked for")
        self.data = bytearray()
        self.wire = 0
        self._url = url
        self._most = most
        self._inflate = zlib.decompressobj(_GZIP) if name.endswith("gzip") else None
        self._members = self._reads = 0

    def feed(self, chunk: bytes) -> bool:
        """Takes what arrived; returns whether the caps leave room for more.

        Raises:
            FetchError: if it is not what its coding says.
        """
        self.wire += len(chunk)
        self._reads += 1
        if self._inflate is None:
            room = self._most - len(self.data)
            self.data += chunk if len(chunk) <= room else chunk[:room]
        else:
            try:
                self._feed_gzip(chunk)
            except zlib.error as error:
                raise FetchError(url=self._url, reason="the body is not the gzip that it says it is") from error
        open_ = self._members < MAX_GZIP_MEMBERS and self._reads < MAX_READS
        return open_ and len(self.data) < self._most and self.wire < WIRE_FACTOR * self._most

    def _feed_gzip(self, chunk: bytes) -> None:
        while chunk and len(self.data) < self._most:
            if self._inflate is None or self._members >= MAX_GZIP_MEMBERS:
                return
            room = min(INFLATE_STEP, self._most - len(self.data))
            self.data += self._inflate.decompress(chunk, room)
            chunk = self._inflate.unconsumed_tail
            if self._inflate.eof:
                chunk = self._next_member(self._inflate.unused_data)

    def _next_member(self, rest: bytes) -> bytes:
        """What of the rest is a further member."""
        self._members += 1
        if rest and not _MEMBER.startswith(rest[:2]):
            self._members = MAX_GZIP_MEMBERS
            return b""
        self._inflate = zlib.decompressobj(_GZIP)
        return rest
