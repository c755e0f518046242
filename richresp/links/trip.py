"""One preview, as far as the network is concerned: its deadline, and what its request at hand has seen.

It travels in a context variable, below libraries that know nothing of it. In threads it bounds every wait; coroutines have
cancellation for that.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass

from richresp.limits.links import MAX_ANSWER_BYTES
from richresp.links.failures import TooLong

# A head with its blank line, as h11 finds it; of an interim answer (1xx) the group is there.
_HEAD = re.compile(rb"\s*HTTP/1\.[01] (1[0-9]{2})?[\s\S]*?\n\r?\n")


@dataclass(slots=True)
class Trip:
    """One preview on its way.

    Attributes:
        deadline: when it must be done, on the clock of time.monotonic.
        connected: whether a connection was made for the request at hand; else it went out on a kept one.
        received: bytes that came for the request at hand, with framing and interim answers.
        opening: the first of them, until the head is there.
    """

    deadline: float
    connected: bool = False
    received: int = 0
    opening: bytearray | None = None

    def begin(self) -> None:
        """A new request."""
        self.connected, self.received, self.opening = False, 0, bytearray()

    def whole(self, headers: Iterable[tuple[bytes, bytes]]) -> int | None:
        """How many bytes the answer at hand has in all, once its head is there, if that says so.

        Whatever comes beyond them would be taken for the answer to the next request on that connection.
        """
        opening, self.opening = self.opening or b"", None
        start = 0
        while (head := _HEAD.match(opening, start)) is not None:
            start = head.end()
            if not head[1]:
                break
        told = {name.lower(): value for name, value in headers}
        length = told.get(b"content-length", b"")
        if head is None or b"transfer-encoding" in told or not length.isdigit():
            return None
        return start + int(length)


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
        if trip.received > MAX_ANSWER_BYTES:
            raise TooLong("too many bytes in one answer")
    return data
