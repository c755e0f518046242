"""How many of the ranked pieces fit, by exact count.

Pieces are added until the bare text, without a notice, goes over the budget; then they are taken back until the text
fits with its notice. Order and counts are the same for every budget, and a bigger budget both goes further and has to
take back less: what a budget shows, every bigger one shows.

A foreign counter is a black box, and may be slow: on the way up it is asked only when the budget may have been reached.
It has the last word in any case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from richresp.exceptions import BudgetTooSmall
from richresp.shaping.page import Page
from richresp.shaping.places import Piece
from richresp.tokens import Family, O200k
from richresp.typing import CountTokens


class Meter(Protocol):
    """Tells whether the text of a page is over the budget."""

    @property
    def unit(self) -> CountTokens:
        """What the ledger of the page sums up."""

    def over(self, page: Page) -> bool: ...


@dataclass(frozen=True, slots=True)
class ExactMeter:
    """For our own counters: the ledger knows the count of the page at any time."""

    counter: O200k | Family
    budget: int

    @property
    def unit(self) -> CountTokens:
        return O200k()

    def over(self, page: Page) -> bool:
        return self.counter.price(page.total) > self.budget


@dataclass(slots=True)
class ForeignMeter:
    """For any other callable: it is asked again when half of the room that it left may be used up."""

    counter: CountTokens
    budget: int
    _ask_at: float = field(init=False, default=0.0)

    @property
    def unit(self) -> CountTokens:
        return len

    def over(self, page: Page) -> bool:
        if page.total < self._ask_at:
            return False
        used = self.counter(page.text())
        self._ask_at = page.total * (1 + (self.budget - used) / max(used, 1) / 2)
        return used > self.budget


def meter(counter: CountTokens, budget: int) -> Meter:
    return ExactMeter(counter, budget) if isinstance(counter, (O200k, Family)) else ForeignMeter(counter, budget)


Draft = Callable[[], tuple[Page, Iterator[Piece]]]
"""Makes an empty page and the pieces that may go on it, in order."""


def fill(draft: Draft, measure: Meter, counter: CountTokens, budget: int) -> tuple[Page, str, int]:
    """A page with the pieces that fit, its text and its count.

    Raises:
        BudgetTooSmall: if not even the notice fits, or if a later page would show nothing new.
    """
    page, pieces = draft()
    for piece in pieces:
        page.add(piece)
        if measure.over(page):
            break
    while page.moved_on or not page.later:
        page.announce()
        text = page.text()
        if not isinstance(measure, ExactMeter) or not measure.over(page):
            used = counter(text)
            if used <= budget:
                return page, text, used
        if not page.take_back():
            break
    raise BudgetTooSmall(budget=budget, needed=_needed(draft, counter))


def _needed(draft: Draft, counter: CountTokens) -> int:
    """The smallest budget that `fill` accepts: mostly that of an empty page, but the last item needs no cursor."""
    page, pieces = draft()
    least: int | None = None
    while True:
        if page.moved_on or not page.later:
            page.announce()
            used = counter(page.text())
            least = used if least is None else min(least, used)
            page.bare()
        piece = next(pieces, None)
        if piece is None or (least is not None and counter(page.text()) >= least):
            break
        page.add(piece)
    return least if least is not None else counter(page.text())
