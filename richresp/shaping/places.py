"""Where things stand in a payload, and the pieces it is served in. Places are made only for what is shown in part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from richresp.shaping.plain import members, native, step


@dataclass(slots=True, eq=False)
class Place:
    """A container, or a string that may be cut, and where it stands.

    Attributes:
        above: the container it is in; None for the payload itself.
        name: its key there; None in a list.
        order: how many siblings stand before it.
        value: the dict, list, tuple or string; of a scalar, whatever JSON has for it.
        start: how many of its children or characters earlier pages have shown.
        opened: whether something in it is shown.
    """

    above: Place | None
    order: int
    name: str | None
    value: Any
    start: int = 0
    opened: bool = False

    def child(self, order: int, name: str | None, value: Any) -> Place:
        """The place of one of its children.

        Raises:
            InvalidPayload: where the child has no JSON form.
        """
        place = Place(self, order, name, value)
        place.value = native(value, lambda: place.pointer)
        return place

    def entries(self) -> Iterator[tuple[int, str | None, Any]]:
        """The children that earlier pages have not shown: order, key or None, value."""
        if isinstance(self.value, dict):
            for order, (name, value) in enumerate(members(self.value, lambda: self.pointer)):
                yield order, name, value
        else:
            for order in range(self.start, len(self.value)):
                yield order, None, self.value[order]

    def path(self) -> Iterator[Place]:
        """The place and all that it is in, innermost first."""
        place: Place | None = self
        while place is not None:
            yield place
            place = place.above

    def open(self) -> Iterator[Place]:
        """Marks the place and all that it is in as shown; gives those that were not, innermost first."""
        for place in self.path():
            if place.opened:
                return
            place.opened = True
            yield place

    def unopened(self) -> int:
        """How many containers must open before something in this one can show."""
        count = 0
        for place in self.path():
            if place.opened:
                break
            count += 1
        return count

    def unopened_chars(self) -> int:
        """How many characters of keys must show before something in this place can."""
        chars = 0
        for place in self.path():
            if place.opened:
                break
            chars += len(place.name or "")
        return chars

    def is_cycle(self) -> bool:
        """Whether the value stands somewhere above itself."""
        return any(place is not self and place.value is self.value for place in self.path())

    @property
    def pointer(self) -> str:
        """Where it stands, as a JSON Pointer (RFC 6901)."""
        names = [place.order if place.name is None else place.name for place in self.path()]
        return "".join(step("", name) for name in reversed(names[:-1]))


@dataclass(frozen=True, slots=True)
class Run:
    """Whole children of a place, neighbours in it: order, key or None, value. `cost` is what they were estimated at."""

    place: Place
    children: tuple[tuple[int, str | None, Any], ...]
    cost: float = 0.0

    @property
    def chars(self) -> int:
        """How many characters it surely has: those of its strings and keys."""
        return sum(len(text) for _, name, value in self.children for text in (name, value) if isinstance(text, str))


@dataclass(frozen=True, slots=True)
class Chunk:
    """Characters of a string, right behind those that came before."""

    place: Place
    start: int
    end: int
    cost: float = 0.0

    @property
    def chars(self) -> int:
        """How many characters it has."""
        return self.end - self.start


Piece = Run | Chunk


@dataclass(frozen=True, slots=True)
class Lane:
    """The distance of a value's content: its first `stake` tokens stand from `near` on, the rest from `far` on."""

    near: float = 0.0
    rate: float = 1.0
    stake: float = float("inf")
    far: float = 0.0
    far_rate: float = 1.0

    def at(self, cost: float) -> float:
        """The distance of what comes after `cost` tokens of the value."""
        if cost <= self.stake:
            return self.near + self.rate * cost
        return self.far + self.far_rate * (cost - self.stake)

    def part(self, start: float, stake: float, rest: float, dearer: float) -> Lane:
        """The lane of a value inside: its stake stands from `start` on, the rest from `rest` on, `dearer` times as far."""
        rate = self.rate if start <= self.stake else self.far_rate
        far_rate = self.rate if rest <= self.stake else self.far_rate
        return Lane(self.at(start), rate, stake, self.at(rest), far_rate * dearer)
