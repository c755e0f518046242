"""The pieces a payload is served in, and the lanes that say how far off each stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from richresp.limits.shape import LATE_PATIENCE
from richresp.shaping.places import Place
from richresp.shaping.reader import Child


@dataclass(frozen=True, slots=True)
class Run:
    """Whole children of a place, neighbours in it.

    Attributes:
        place: where they are.
        children: the children, as they are shown.
        plain: whether the encoder of the standard library takes them.
        whole: the same children with what is late in them; none if nothing is left out.
    """

    place: Place
    children: tuple[Child, ...]
    plain: bool = False
    whole: tuple[Child, ...] = ()

    @property
    def chars(self) -> int:
        """How many characters it surely has: those of its strings and keys."""
        return sum(len(text) for child in self.children for text in (child.name, child.value) if isinstance(text, str))

    def part(self, first: int, last: int) -> Run:
        """Those of the children whose order is between two, both included."""
        kept = [at for at, child in enumerate(self.children) if first <= child.order <= last]
        return replace(
            self,
            children=tuple(self.children[at] for at in kept),
            whole=tuple(self.whole[at] for at in kept if self.whole),
        )


@dataclass(frozen=True, slots=True)
class Chunk:
    """Characters of a string, right behind those that came before."""

    place: Place
    start: int
    end: int

    @property
    def chars(self) -> int:
        """How many characters it has."""
        return self.end - self.start


Part = Literal["prompt", "late"]


@dataclass(frozen=True, slots=True)
class Piece:
    """What is shown or not shown as one.

    Attributes:
        parts: where it goes.
        cost: what it was estimated at, in tokens.
        shown: what had been served before it.
        series: the items that it is, in the order they are served in; none where it cannot be split.
        only: which part of them it is; None for all of it.
        later: what to serve after it, and at which distance.
    """

    parts: tuple[Run | Chunk, ...]
    cost: float
    shown: float = 0.0
    series: tuple[Child, ...] = ()
    only: Part | None = None
    later: tuple[float, Piece] | None = None

    def followed(self, distance: float, piece: Piece) -> Piece:
        """The same piece, with another to come after it."""
        return replace(self, later=(distance, piece))

    @property
    def least_chars(self) -> int:
        """How many characters showing it takes at least."""
        return sum(part.chars + part.place.unopened_chars() for part in self.parts)


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

    @property
    def patience(self) -> float:
        """How far what is late in the value is set back."""
        return LATE_PATIENCE * max(self.rate, self.far_rate)

    def is_even(self, start: float, end: float) -> bool:
        """Whether nothing but the distance of their neighbours comes between two of its tokens."""
        return end <= self.stake or start >= self.stake

    def later(self, by: float) -> Lane:
        """The same lane, farther away."""
        return replace(self, near=self.near + by, far=self.far + by) if by else self

    def part(self, start: float, stake: float, rest: float, dearer: float) -> Lane:
        """The lane of a value inside: its stake stands from `start` on, the rest from `rest` on, `dearer` times as far."""
        rate = self.rate if start <= self.stake else self.far_rate
        far_rate = self.rate if rest <= self.stake else self.far_rate
        return Lane(self.at(start), rate, stake, self.at(rest), far_rate * dearer)
