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
from richresp.limits import MAX_TOKEN_BYTES
from richresp.shaping.page import Page
from richresp.shaping.places import Piece
from richresp.tokens import Family, O200k
from richresp.typing import CountTokens


class Meter(Protocol):
    """Tells whether the text of a page is over the budget."""

    @property
    def unit(self) -> CountTokens:
        """What the ledger of the page sums up."""

    @property
    def most_chars(self) -> float:
        """A text of more characters is over the budget for certain, and need not be looked at."""

    def over(self, page: Page) -> bool:
        """Whether the page is over the budget, as far as is known: a count that is dear is not asked for every time."""

    def may_fit(self, page: Page) -> bool:
        """Whether it is worth counting the text of the page."""


@dataclass(slots=True)
class _Pace:
    """When to ask a count that is dear: when half of the room that the last one left may be used up."""

    next_chars: float = 0.0

    def due(self, page: Page) -> bool:
        return page.chars >= self.next_chars

    def asked(self, page: Page, used: int, budget: int) -> None:
        self.next_chars = page.chars * (1 + (budget - used) / max(used, 1) / 2)


@dataclass(frozen=True, slots=True)
class ExactMeter:
    """For our own counters: the ledger knows the count of the page at any time, but for long stretches without a seam."""

    counter: O200k | Family
    budget: int
    _pace: _Pace = field(default_factory=_Pace)

    @property
    def unit(self) -> CountTokens:
        return O200k()

    @property
    def most_chars(self) -> float:
        return self.budget * MAX_TOKEN_BYTES

    def over(self, page: Page) -> bool:
        dear = not page.settled
        if dear and not self._pace.due(page):
            return False
        used = self.counter.price(page.total)
        if dear:
            self._pace.asked(page, used, self.budget)
        return used > self.budget

    def may_fit(self, page: Page) -> bool:
        return self.counter.price(page.total) <= self.budget


@dataclass(frozen=True, slots=True)
class ForeignMeter:
    """For any other callable."""

    counter: CountTokens
    budget: int
    _pace: _Pace = field(default_factory=_Pace)

    @property
    def unit(self) -> CountTokens:
        return len

    @property
    def most_chars(self) -> float:
        return float("inf")

    def over(self, page: Page) -> bool:
        if not self._pace.due(page):
            return False
        used = self.counter(page.text())
        self._pace.asked(page, used, self.budget)
        return used > self.budget

    def may_fit(self, page: Page) -> bool:  # noqa: ARG002  # only the text itself can tell
        return True


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
        if piece.chars + piece.place.unopened_chars() > measure.most_chars:
            break
        page.add(piece)
        if measure.over(page):
            break
    while page.moved_on or not page.later:
        page.announce()
        if measure.may_fit(page):
            text = page.text()
            used = counter(text)
            if used <= budget:
                return page, text, used
        if not page.take_back():
            break
    if page.later:
        page, used = _stub(draft, counter)
        if page.moved_on and used <= budget:
            return page, page.text(), used
    raise BudgetTooSmall(budget=budget, needed=_needed(draft, counter))


def _stub(draft: Draft, counter: CountTokens) -> tuple[Page, int]:
    """A page with nothing but a stub of the next item, where it has one, so that paging does not end at a giant."""
    page, _ = draft()
    stub = page.stub()
    if stub is not None:
        page.add(stub)
    page.announce()
    return page, counter(page.text())


def _needed(draft: Draft, counter: CountTokens) -> int:
    """The smallest budget that `fill` accepts: mostly that of an empty page, but the last item needs no cursor."""
    page, pieces = draft()
    costs = []
    if page.later:
        stubbed, used = _stub(draft, counter)
        costs += [used] if stubbed.moved_on else []
    while True:
        if page.moved_on or not page.later:
            page.announce()
            costs.append(counter(page.text()))
            page.bare()
        piece = next(pieces, None)
        if piece is None or (costs and counter(page.text()) >= min(costs)):
            break
        page.add(piece)
    return min(costs, default=counter(page.text()))
