"""Which connections are idle, and which of them is used next: the one that was given back last. Pure, for one transport.

A connection that nobody uses counts as one that is open: if there is no place for a new one, the longest idle makes room. To
ask whether a server has closed a connection takes a call to the system, so only the one that is to be used is asked.

An exception may be raised anywhere, as from the handler of a signal, in the midst of a change: what is found half done later is
taken for a connection to be closed, and a place lasts no longer than whoever holds it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeAlias, TypeVar
from weakref import WeakSet

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
        self._used: WeakSet[object] = WeakSet()
        self._closed = False
        self._idle: OrderedDict[_C, tuple[Origin, float]] = OrderedDict()
        self._of: dict[Origin, list[_C]] = {}

    def __len__(self) -> int:
        """How many places are taken, idle connections included."""
        return len(self._used) + len(self._idle)

    def take(self, holder: object, origin: Origin, now: float) -> tuple[_C | None, list[_C]]:
        """A place, with an idle connection if there is one, and what is to be closed before it is used.

        Args:
            holder: has the place, until it gives it back or is no more.
            origin: what for.
            now: the time.

        Raises:
            Full: if all places are in use.
        """
        if len(self._used) >= self._most:
            raise Full("too many connections are in use")
        self._used.add(holder)
        closing = []
        while self._idle and next(iter(self._idle.values()))[1] <= now:
            closing.append(self._oldest())
        found = None
        while found is None and (mine := self._of.get(origin)):
            last = mine[-1]
            if not self._forget(last) or self._is_dead(last):
                closing.append(last)
            else:
                found = last
        if found is None and self._idle and len(self) > self._most:
            closing.append(self._oldest())
        return found, closing

    def give(self, holder: object, origin: Origin, connection: _C, now: float) -> list[_C]:
        """Gives a place back with its connection, which is kept, unless it is in what is to be closed."""
        self._used.discard(holder)
        if self._closed:
            return [connection]
        self._of.setdefault(origin, []).append(connection)
        self._idle[connection] = origin, now + self._seconds
        return [self._oldest()] if len(self._idle) > self._spare else []

    def drop(self, holder: object) -> None:
        """Gives a place back whose connection was not made, or is to be closed. Once more does nothing."""
        self._used.discard(holder)

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

    def _forget(self, connection: _C) -> bool:
        """Whether it was idle, and not only left over from a change that was broken off."""
        found = self._idle.pop(connection, None)
        for origin in [found[0]] if found is not None else list(self._of):
            mine = self._of.get(origin, [])
            if connection in mine:
                mine.remove(connection)
            if not mine:
                self._of.pop(origin, None)
        return found is not None
