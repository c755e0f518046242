"""Which connections are idle, and which of them is used next: the one that was given back last. Pure, for one transport.

A connection that nobody uses counts as one that is open: if there is no place for a new one, the longest idle makes room. To
ask whether a server has closed a connection takes a call to the system, so only the one that is to be used is asked.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeAlias, TypeVar

Origin: TypeAlias = tuple[bytes, bytes, int]
"""Scheme, host and port."""

_C = TypeVar("_C", bound=Hashable)


class Full(Exception):
    """All places are in use."""


class Idle(Generic[_C]):
    """Which connections are idle, the longest first, and how many places the others have. Not for threads by itself.

    Args:
        most: how many places there are, for idle connections as well.
        spare: how many of them idle connections have at most.
        seconds: how long a connection stays idle.
        is_dead: whether an idle one cannot be used any more.
    """

    def __init__(self, most: int, spare: int, seconds: float, is_dead: Callable[[_C], bool]) -> None:
        self._most = most
        self._spare = spare
        self._seconds = seconds
        self._is_dead = is_dead
        self._used = 0
        self._closed = False
        self._idle: OrderedDict[_C, tuple[Origin, float]] = OrderedDict()
        self._of: dict[Origin, list[_C]] = {}

    def __len__(self) -> int:
        """How many places are taken, idle connections included."""
        return self._used + len(self._idle)

    def take(self, origin: Origin, now: float) -> tuple[_C | None, list[_C]]:
        """A place, with an idle connection if there is one, and what is to be closed before it is used.

        Raises:
            Full: if all places are in use.
        """
        if self._used >= self._most:
            raise Full("too many connections are in use")
        closing = []
        while self._idle and next(iter(self._idle.values()))[1] <= now:
            closing.append(self._oldest())
        found = None
        while found is None and origin in self._of:
            last = self._of[origin][-1]
            self._forget(last)
            if self._is_dead(last):
                closing.append(last)
            else:
                found = last
        if found is None and len(self) >= self._most:
            closing.append(self._oldest())
        self._used += 1
        return found, closing

    def give(self, origin: Origin, connection: _C, now: float) -> list[_C]:
        """Gives a place back with its connection, which is kept, unless it is in what is to be closed."""
        self._used -= 1
        if self._closed:
            return [connection]
        self._idle[connection] = origin, now + self._seconds
        self._of.setdefault(origin, []).append(connection)
        return [self._oldest()] if len(self._idle) > self._spare else []

    def drop(self) -> None:
        """Gives a place back whose connection was not made, or is to be closed."""
        self._used -= 1

    def leave(self, origin: Origin) -> list[_C]:
        """The idle connections of an origin, to be closed."""
        found = list(self._of.get(origin, ()))
        for each in found:
            self._forget(each)
        return found

    def close(self) -> list[_C]:
        """The idle connections, to be closed. None is kept any more."""
        self._closed = True
        found = list(self._idle)
        self._idle.clear()
        self._of.clear()
        return found

    def _oldest(self) -> _C:
        first = next(iter(self._idle))
        self._forget(first)
        return first

    def _forget(self, connection: _C) -> None:
        origin, _ = self._idle.pop(connection)
        mine = self._of[origin]
        mine.remove(connection)
        if not mine:
            del self._of[origin]
