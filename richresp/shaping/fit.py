"""How many of the ranked pieces fit, by exact count.

Pieces are added until the bare text, without a notice, goes over the budget; then they are taken back until the text
fits with its notice. On the way up nothing is counted exactly before the budget is near, and a list item goes in as a
whole; on the way back such an item is split, so that the page ends at the same piece as if all had been added one by one.

Why a bigger budget shows all that a smaller one shows: the order of the pieces and their counts are the same for every
budget, a bigger one climbs at least as high, and from there the first state that fits is at least as far up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from richresp.exceptions import BudgetTooSmall
from richresp.limits.shape import UNSURE_CHARS, UNSURE_TOKENS
from richresp.shaping.meter import Meter
from richresp.shaping.page import Page
from richresp.shaping.pieces import Piece
from richresp.shaping.rank import Ranking

Draft = Callable[[], tuple[Page, Ranking]]
"""Makes an empty page and the ranking of what may go on it."""


def fill(draft: Draft, meter: Meter) -> tuple[Page, int]:
    """A page with the pieces that fit, its notice in place, and its count.

    Raises:
        BudgetTooSmall: if not even the notice fits with what is kept, or if a later page would show nothing new.
    """
    page, ranking = draft()
    source = ranking.pieces()
    added, too_long = _climb(page, source, meter)
    if not page.later and not too_long and (used := _whole(page, source, meter)) is not None:
        return page, used
    split = _step_back(page, ranking, added, meter)
    while page.moved_on or not page.later:
        page.bare()
        if not meter.is_hopeless(page):
            page.announce()
            used = meter.fits(page)
            if used is not None:
                return (None if page.moved_on else _stubbed(draft, meter)) or (page, used)
        if not split:
            if not added:
                break
            split = _split(page, ranking, added.pop())
        page.take_back()
        split -= 1
    if page.later and (stubbed := _stubbed(draft, meter)) is not None:
        return stubbed
    raise _too_small(draft, meter)


def _climb(page: Page, source: Iterator[Piece], meter: Meter) -> tuple[list[Piece], bool]:
    """Adds pieces until the page is over; gives those that were added, and whether one was too long to be looked at."""
    added: list[Piece] = []
    near, most = False, meter.most_chars
    for piece in source:
        if piece.least_chars > most:
            return added, True
        page.add(piece)
        added.append(piece)
        near = near or meter.near(page)
        if near and meter.over(page):
            break
    return added, False


def _whole(page: Page, source: Iterator[Piece], meter: Meter) -> int | None:
    """The count of a page that shows everything, if so little is left to add that it may fit all the same."""
    more, size = 0, page.total if page.writer is None else page.bulk
    room = UNSURE_TOKENS if page.writer is None else UNSURE_CHARS
    for piece in source:
        grown = (page.total if page.writer is None else page.bulk) - size
        if piece.least_chars > meter.most_chars or grown > room:
            break
        page.add(piece)
        more += 1
    else:
        page.announce()
        used = meter.fits(page)
        if used is not None:
            return used
    for _ in range(more):
        page.take_back()
    return None


def _step_back(page: Page, ranking: Ranking, added: list[Piece], meter: Meter) -> int:
    """Takes back what is over for certain, then shows as much as fits of the last item taken back; gives of how many
    pieces that is.
    """
    page.bare()
    last = None
    while added and meter.over(page):
        last = added.pop()
        page.take_back()
    if last is None:
        return 0
    count = 0
    for piece in ranking.split(last):
        page.add(piece)
        count += 1
        if meter.over(page):
            break
    return count


def _split(page: Page, ranking: Ranking, piece: Piece) -> int:
    """Shows the piece that was added last as the pieces it stands for; gives their number."""
    parts = list(ranking.split(piece))
    if len(parts) > 1:
        page.take_back()
        for part in parts:
            page.add(part)
    return max(1, len(parts))


def _stubs(draft: Draft) -> Iterator[Page]:
    """Pages with nothing but a stub of the next item or chunk, where it has one, so that paging does not end at a giant."""
    page, _ = draft()
    stub = None
    for stub in page.stubs():
        page.add(stub)
        page.announce()
        yield page
        page.take_back()
    if stub is None:
        page.announce()
        yield page


def _stubbed(draft: Draft, meter: Meter) -> tuple[Page, int] | None:
    """The first of these pages that fits, and its count."""
    for page in _stubs(draft):
        used = meter.fits(page)
        if page.moved_on and used is not None:
            return page, used
    return None


def _too_small(draft: Draft, meter: Meter) -> BudgetTooSmall:
    """The error that names the smallest budget which `fill` accepts: mostly that of an empty page, but the last item
    needs no cursor.
    """
    page, ranking = draft()
    pieces = (part for piece in ranking.pieces() for part in ranking.split(piece))
    least: BudgetTooSmall | None = None
    if page.later:
        for stubbed in _stubs(draft):
            least = meter.lesser(least, meter.shortage(stubbed)) if stubbed.moved_on else least
    while True:
        if page.moved_on or not page.later:
            page.announce()
            least = meter.lesser(least, meter.shortage(page))
            page.bare()
        piece = next(pieces, None)
        if piece is None or (least is not None and meter.size(page, least.unit) >= least.needed):
            break
        page.add(piece)
    return least or meter.shortage(page)
