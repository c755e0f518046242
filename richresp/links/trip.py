"""One preview, as far as the network is concerned: its deadline, and what its request at hand has seen.

It travels in a context variable, below libraries that know nothing of it. In threads it bounds every wait; coroutines have
cancellation for that.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field

from richresp.limits.links import MAX_BODY_BYTES, MAX_FRAMING_BYTES, WIRE_FACTOR
from richresp.links.chunks import Chunks
from richresp.links.failures import TooLong

_BODILESS = frozenset((204, 304))
# A head with its blank line, as h11 finds it; of an interim answer (1xx) the group is there.
_HEAD = re.compile(rb"\s*HTTP/1\.[01] (1[0-9]{2})?[\s\S]*?\n\r?\n")


@dataclass(slots=True)
class Trip:
    """One preview on its way.

    Attributes:
        deadline: when it must be done, on the clock of time.monotonic.
        most: bytes of a body that are wanted, decoded.
        seconds: how long it had at its beginning.
        connected: whether a connection was made for the request at hand; else it went out on a kept one.
        received: bytes that came for the request at hand, with framing and interim answers.
        opening: the first of them, until the head is there.
        end: how many bytes the answer has in all, if its head says so.
        chunks: where it ends, if it is in chunks.
    """

    deadline: float
    most: int = MAX_BODY_BYTES
    connected: bool = False
    received: int = 0
    opening: bytearray | None = None
    end: int | None = None
    chunks: Chunks | None = None
    seconds: float = field(init=False)

    def __post_init__(self) -> None:
        self.seconds = float(f"{self.deadline - time.monotonic():.4g}")

    def begin(self) -> None:
        """A new request."""
        self.connected, self.received, self.opening = False, 0, bytearray()
        self.end = self.chunks = None

    def head(self, status: int, headers: Iterable[tuple[bytes, bytes]]) -> None:
        """That the head of the answer at hand is there, which says where the answer ends (RFC 9112, 6.3)."""
        opening, self.opening = bytes(self.opening or b""), None
        start = 0
        while (head := _HEAD.match(opening, start)) is not None:
            start = head.end()
            if not head[1]:
                break
        if head is None:
            return
        told = {name.lower(): value for name, value in headers}
        if status in _BODILESS:
            self.end = start
        elif b"transfer-encoding" in told:
            self.chunks = Chunks()
            self.chunks.feed(opening[start:])
        elif (length := told.get(b"content-length", b"")).isdigit():
            self.end = start + int(length)

    @property
    def ended(self) -> bool:
        """Whether the answer at hand, read to its end, is known to be all that came.

        Whatever came beyond it would be taken for the answer to the next request on that connection.
        """
        return self.received == self.end if self.chunks is None else self.chunks.ended


TRIP: ContextVar[Trip | None] = ContextVar("trip", default=None)
"""The preview at hand; None outside of one."""


def left(timeout: float | None) -> float | None:
    """What is left of a timeout and of the deadline.

    Raises:
        TimeoutError: if nothing is.
    """
    trip = TRIP.get()
    if trip is None:
        return timeout
    rest = trip.deadline - time.monotonic()
    if rest <= 0:
        raise TimeoutError("the deadline has passed")
    return rest if timeout is None else min(timeout, rest)


def begun() -> None:
    """Notes that a connection is being made for the request at hand."""
    trip = TRIP.get()
    if trip is not None:
        trip.connected = True


def secured() -> None:
    """Notes that TLS has begun: what came before, as the answer of a proxy, is no part of an answer."""
    trip = TRIP.get()
    if trip is not None:
        trip.begin()
        trip.connected = True


def counted(data: bytes) -> bytes:
    """What arrived, once it is known not to be too much.

    Raises:
        TooLong: if it is.
    """
    trip = TRIP.get()
    if trip is not None:
        trip.received += len(data)
        if trip.opening is not None:
            trip.opening += data
        elif trip.chunks is not None:
            trip.chunks.feed(data)
        if trip.received > WIRE_FACTOR * trip.most + MAX_FRAMING_BYTES:
            raise TooLong("too many bytes in one answer")
    return data
