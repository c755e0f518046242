"""How many of the ranked pieces fit, by exact count.

The answer is the longest run of pieces, from the first on, of which every beginning fits as well: the first piece that
would go over ends it. Order and counts are the same for every budget, so a bigger budget never shows less.

A foreign counter is a black box, and may be slow: it is asked for the whole text, and only when the budget may have
been reached. It has the last word in any case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from richresp.exceptions import BudgetTooSmall
from richresp.limits import NOTICE_ROOM
from richresp.shaping.page import Page
from richresp.shaping.places import Piece
from richresp.tokens import Family, O200k
from richresp.typing import CountTokens


class Meter(Protocol):
    """Tells whether a page is over the budget."""

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
        if self.counter.price(page.total + NOTICE_ROOM) <= self.budget:
            return False
        page.renew()
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
        page.renew()
        used = self.counter(page.text())
        if used <= self.budget:
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
    used = counter(text := page.text())
    if used <= budget:
        for piece in pieces:
            page.add(piece)
            if measure.over(page):
                break
        page.renew()
        while (used := counter(text := page.text())) > budget:
            page.take_back()
        if page.moved_on or not page.later:
            return page, text, used
    raise BudgetTooSmall(budget=budget, needed=_needed(draft, counter))


def _needed(draft: Draft, counter: CountTokens) -> int:
    """The smallest budget that `fill` accepts."""
    page, pieces = draft()
    needed = counter(page.text())
    if page.later:
        for piece in pieces:
            page.add(piece)
            page.renew()
            needed = max(needed, counter(page.text()))
            if page.moved_on:
                break
    return needed
