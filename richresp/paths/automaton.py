"""Matching paths on the way down: several paths as one automaton, stepped from the root of a payload by whoever walks it.

Nothing is searched and no value is looked at: a step takes a key. The positions of the automaton are the bits of one
integer (shift-and, Baeza-Yates and Gonnet 1992), so that a step costs a few operations, however many paths there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from weakref import WeakValueDictionary

from richresp.exceptions import UsageError
from richresp.limits.paths import MAX_PATHS, MAX_TRANSITIONS
from richresp.paths.syntax import Path, Segment


@dataclass(frozen=True, slots=True)
class Endings:
    """The children of a container that paths end at, by how they are selected; values are numbers of paths.

    Attributes:
        names: by the name of a dict's entry.
        indexes: by the index of a list's item, counted from the end where negative.
        every: those that end at each child of a dict or list.
    """

    names: Mapping[str, frozenset[int]]
    indexes: Mapping[int, frozenset[int]]
    every: frozenset[int]


@dataclass(frozen=True, slots=True)
class Leads:
    """The children of a container that paths surely lead through, on to something inside them.

    Attributes:
        names: of a dict's entries.
        indexes: of a list's items, counted from the end where negative.
        every: whether a path leads through each child, so that all must be looked into.
        anywhere: whether a path looks at any depth (`..`), so that matches may stand below every child as well.
    """

    names: frozenset[str]
    indexes: frozenset[int]
    every: bool
    anywhere: bool


@dataclass(frozen=True, eq=False)
class State:
    """How far the paths have come on the way to a container. A matcher has one for each set of positions: compare by `is`.

    Attributes:
        positions: the segments that wait for a child of the container, as bits.
    """

    positions: int
    _automaton: _Automaton = field(repr=False)
    _steps: dict[int, tuple[frozenset[int], State | None]] = field(default_factory=dict, repr=False)

    def step(self, key: str | int, length: int | None = None) -> tuple[frozenset[int], State | None]:
        """What a child of the container is to the paths.

        Args:
            key: the name of a dict's entry, or the index of a list's item, from 0.
            length: how many items the list has; None where that is unknown, and no negative index matches.

        Returns:
            The numbers of the paths that end at the child, and the state inside it: None where nothing below can match.
        """
        moving = self.positions & self._automaton.selecting(key, length)
        return self._steps.get(moving) or self._automaton.move(self.positions, moving, self._steps)

    def endings(self) -> Endings:
        """Which children are matched, without a look at any."""
        return self._endings

    @cached_property
    def _endings(self) -> Endings:
        found: dict[str | int | None, set[int]] = {}
        for number, segment in self._automaton.at(self.positions & self._automaton.last):
            found.setdefault(segment.selector, set()).add(number)
        return Endings(
            {selector: frozenset(numbers) for selector, numbers in found.items() if isinstance(selector, str)},
            {selector: frozenset(numbers) for selector, numbers in found.items() if isinstance(selector, int)},
            frozenset(found.get(None, ())),
        )

    @cached_property
    def leads(self) -> Leads:
        """The definite ways on: a caller can follow them down without a look at the other children."""
        automaton = self._automaton
        onward = {s.selector for _, s in automaton.at(self.positions & ~automaton.last & ~automaton.staying)}
        names = frozenset(selector for selector in onward if isinstance(selector, str))
        indexes = frozenset(selector for selector in onward if isinstance(selector, int))
        return Leads(names, indexes, None in onward, bool(self.positions & automaton.staying))


class Matcher:
    """Several paths as one automaton, to be stepped from the root of a payload down.

    Attributes:
        root: the numbers of the paths that match the payload itself; a path's number is its place in `paths`.
        start: the state at the root; None where no path can match below it.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        """
        Raises:
            UsageError: for more than MAX_PATHS paths.
        """
        if len(paths) > MAX_PATHS:
            raise UsageError(f"{len(paths)} paths are too many; give at most {MAX_PATHS}")
        automaton = _Automaton(paths)
        self.root = frozenset(number for number, path in enumerate(paths) if not path.segments)
        self.start = automaton.state(automaton.first)


class _Automaton:
    """The segments of all paths in a row, a bit for each: what moves on moves to the next bit."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self.first = self.last = self.staying = self._every = 0
        self._row = [(number, segment) for number, path in enumerate(paths) for segment in path.segments]
        self._names: dict[str, int] = {}
        self._indexes: dict[int, int] = {}
        self._states: WeakValueDictionary[int, State] = WeakValueDictionary()
        self._remembered = 0
        self._lock = Lock()
        for place, (number, segment) in enumerate(self._row):
            bit = 1 << place
            if place == 0 or self._row[place - 1][0] != number:
                self.first |= bit
                self.last |= bit >> 1
            if segment.descendant:
                self.staying |= bit
            match segment.selector:
                case str(name):
                    self._names[name] = self._names.get(name, 0) | bit
                case int(index):
                    self._indexes[index] = self._indexes.get(index, 0) | bit
                case None:
                    self._every |= bit
        self.last |= 1 << len(self._row) >> 1

    def selecting(self, key: str | int, length: int | None) -> int:
        """The positions whose selector takes the child."""
        if isinstance(key, str):
            return self._every | self._names.get(key, 0)
        from_end = 0 if length is None else self._indexes.get(key - length, 0)
        return self._every | self._indexes.get(key, 0) | from_end

    def move(
        self, positions: int, moving: int, steps: dict[int, tuple[frozenset[int], State | None]]
    ) -> tuple[frozenset[int], State | None]:
        """What a step leads to; remembered in `steps`, which has an entry for what moves and none for the child's key."""
        hits = frozenset(number for number, _ in self.at(moving & self.last))
        result = hits, self.state(positions & self.staying | (moving & ~self.last) << 1)
        if self._remembered < MAX_TRANSITIONS:
            self._remembered += 1
            steps[moving] = result
        return result

    def state(self, positions: int) -> State | None:
        """The one state with these positions; None for none."""
        if not positions:
            return None
        with self._lock:
            state = self._states.get(positions)
            if state is None:
                state = self._states[positions] = State(positions, self)
            return state

    def at(self, positions: int) -> Iterator[tuple[int, Segment]]:
        """The segments at the positions, each with the number of its path."""
        while positions:
            lowest = positions & -positions
            yield self._row[lowest.bit_length() - 1]
            positions ^= lowest
