"""How far a ranking has come, and what its pieces may cost by then.

All of it depends on what was served before and never on the budget: that is what makes the order of the pieces the same
for every budget.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from richresp.limits.shape import COARSE_SHARE, GRAIN_SHARE, ITEM_GROWTH, ITEM_SHARE, MIN_GRAIN
from richresp.shaping.order import Strategy
from richresp.shaping.pieces import Lane, Part, Piece
from richresp.shaping.places import Place
from richresp.shaping.reader import Child
from richresp.shaping.schemas import is_deep
from richresp.shaping.weigh import Standing


@dataclass(slots=True)
class Progress:
    """What the sources of a ranking go by.

    Attributes:
        strategy: in which order the items of lists come.
        paged: the list or string that cursors page through.
        later: whether a cursor asked for it: then it is served before its neighbours.
        only: which part of the root is served; None for all of it.
        fine: whether nothing is served that could be split.
        shown: what was served, in estimated tokens.
    """

    strategy: Strategy = "head"
    paged: Place | None = None
    later: bool = False
    only: Part | None = None
    fine: bool = False
    shown: float = 0.0

    @property
    def grain(self) -> float:
        """What a piece costs that is not worth splitting."""
        return grain(self.shown)

    @property
    def coarse(self) -> float:
        """Up to which cost neighbours are served as one, to be split where the page ends among them."""
        return self.grain if self.fine else max(MIN_GRAIN, COARSE_SHARE * self.shown)

    @property
    def item_share(self) -> float:
        """What a list item may cost before the next one starts."""
        return max(ITEM_SHARE, ITEM_GROWTH * self.shown)

    def serves(self, place: Place, child: Child, where: Standing) -> bool:
        """Whether a child belongs to the part that is served, and is not shown already."""
        if child.order in place.within:
            return place.within[child.order] is not None
        if place.reader.strict and is_deep(place.child.state):
            return False
        return self.only is None or not place.divided or (where is Standing.LATE) == (self.only == "late")

    def is_paged(self, place: Place, child: Child) -> bool:
        """Whether a child is what cursors page through."""
        return self.paged is not None and self.paged.stands_at(place, child)


def grain(shown: float) -> float:
    """What a piece costs that is not worth splitting, after so much was shown."""
    return max(MIN_GRAIN, GRAIN_SHARE * shown)


@dataclass(frozen=True, slots=True)
class Inner:
    """A place to go into. Where `in_turn`, what follows waits until something of it shows."""

    place: Place
    lane: Lane
    in_turn: bool = False


Source = Iterator[tuple[float, Piece | Inner]]
"""Pieces of one place and places inside it, each with its distance; read one at a time, as their turn comes."""
