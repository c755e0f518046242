"""A body as it arrives: inflated in small steps, cut at the cap, so that no answer is larger in memory than it."""

from __future__ import annotations

import zlib

from richresp.exceptions import FetchError
from richresp.limits.links import INFLATE_STEP, MAX_BODY_BYTES, MAX_WIRE_BYTES


class Body:
    """Collects a body. Only gzip is asked for; any other coding, or two, is an error before a byte is read."""

    def __init__(self, url: str, coding: str) -> None:
        """
        Args:
            url: for errors.
            coding: the Content-Encoding header.

        Raises:
            FetchError: for a coding that was not asked for.
        """
        name = coding.strip().lower()
        if name not in ("", "identity", "gzip", "x-gzip"):
            raise FetchError(url=url, reason="the body has a compression that was not asked for")
        self._url = url
        self._inflate = zlib.decompressobj(31) if name.endswith("gzip") else None
        self._data = bytearray()
        self._wire = 0

    def feed(self, chunk: bytes) -> bool:
        """Takes what arrived; returns whether more is wanted.

        Raises:
            FetchError: if it is not what its coding says.
        """
        self._wire += len(chunk)
        if self._inflate is None:
            self._data += chunk[: MAX_BODY_BYTES - len(self._data)]
        else:
            self._feed_gzip(self._inflate, chunk)
        return len(self._data) < MAX_BODY_BYTES and self._wire < MAX_WIRE_BYTES

    def _feed_gzip(self, inflate: zlib._Decompress, chunk: bytes) -> None:
        try:
            while chunk and not inflate.eof and len(self._data) < MAX_BODY_BYTES:
                room = min(INFLATE_STEP, MAX_BODY_BYTES - len(self._data))
                self._data += inflate.decompress(chunk, room)
                chunk = inflate.unconsumed_tail
        except zlib.error as error:
            raise FetchError(url=self._url, reason="the body is not the gzip that it says it is") from error

    @property
    def data(self) -> bytes:
        return bytes(self._data)
