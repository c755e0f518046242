"""`shape`: the call itself. It checks what it was given, then lets the other files do the work."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Literal

from richresp.exceptions import BudgetTooSmall, InvalidCursor, UsageError
from richresp.limits import PAGED_SEARCH
from richresp.shaping import cursor as cursors
from richresp.shaping.estimate import divisible
from richresp.shaping.fit import fill, meter
from richresp.shaping.model import Omission, Shaped
from richresp.shaping.page import Page
from richresp.shaping.places import Piece, Place
from richresp.shaping.plain import copy, encode, native
from richresp.shaping.rank import Ranking
from richresp.shaping.whole import whole
from richresp.tokens import Family, O200k
from richresp.typing import Counter, CountTokens

_FORMATS = ("auto", "json")
_NOTICES = ("inline", "aside")


def shape(
    payload: Any,
    *,
    budget: int,
    format: Literal["auto", "json"] = "auto",  # noqa: A002  # the word of the field, and of the design
    notice: Literal["inline", "aside"] = "inline",
    counter: CountTokens | None = None,
    cursor: str | None = None,
) -> Shaped:
    """Trims a payload to a token budget: valid, honest about what is missing, as full as can be.

    What fits comes back whole. Of what does not, short fields come first, list items in order, texts from their start;
    the result says what is missing, and a cursor gets the next page of the longest list.

    Args:
        payload: dicts, lists, tuples, sets, strings and scalars, nested as deep as you like. It is not changed, and read
            only as far as it is shown: what is wrong with a value beyond that is not found.
        budget: the most tokens that `text` may cost, notice and cursor included.
        format: "json", or "auto", which is JSON.
        notice: "inline" tells the model in the text what is missing: under the first free key of `_notice`,
            `_notice_2` ... of a dict, or as a first item of a list. "aside" leaves the text pure.
        counter: what counts tokens: of `tokens.counter(...)`, or any callable from text to int. By default o200k_base.
        cursor: of an earlier result for the same payload, to get the page after it.

    Raises:
        BudgetTooSmall: if not even the smallest honest answer fits; `.needed` says what would.
        InvalidPayload: for bytes, cycles, keys that collide as text, and types that have no JSON form.
        InvalidCursor: if the cursor is not of this payload.
        UsageError: for an argument that cannot be right.
    """
    _check(budget=budget, format=format, notice=notice, counter=counter)
    count = _counting(counter)
    top = native(payload, str)
    root = Place(None, 0, None, top)
    if cursor is None:
        replaced: list[str] = []
        found = whole(payload, count, budget, replaced)
        if found is not None:
            told = tuple(Omission(path, "replaced", 0, 1) for path in replaced)
            return Shaped(found[0], copy(payload), found[1], _exact(counter), "json", told)
    if not divisible(top):
        if cursor is not None:
            raise InvalidCursor(reason="this payload has no pages")
        raise BudgetTooSmall(budget=budget, needed=count("".join(encode(payload))))

    paged = _paged(root)
    if cursor is not None:
        if paged is None:
            raise InvalidCursor(reason="this payload has no list to page through")
        paged.start = cursors.read(cursor, _options(paged), paged.value)
    measure, later = meter(count, budget), cursor is not None

    def draft() -> tuple[Page, Iterator[Piece]]:
        place = Place(None, 0, None, top, start=root.start)
        inner = _same(place, paged)
        page = Page(place, inner, measure.unit, notice == "inline", _options(paged), later)
        return page, Ranking(place, inner, later=later).pieces()

    try:
        page, text, used = fill(draft, measure, count, budget)
    except BudgetTooSmall as error:
        # A payload of a few tokens may cost less than the notice that it is not all there.
        small = whole(payload, count, error.needed - 1, []) if cursor is None else None
        raise BudgetTooSmall(budget=budget, needed=small[1] if small is not None else error.needed) from None
    return Shaped(
        text,
        page.sheet.data(),
        used,
        _exact(counter),
        "json",
        tuple(page.sheet.omissions()),
        page.notice,
        page.cursor,
    )


def _check(*, budget: object, format: object, notice: object, counter: object) -> None:  # noqa: A002  # as in `shape`
    if not isinstance(budget, int) or isinstance(budget, bool):
        raise UsageError(f"budget={budget!r}: give a whole number of tokens")
    if format not in _FORMATS:
        raise UsageError(f"format={format!r}: take one of {', '.join(_FORMATS)}")
    if notice not in _NOTICES:
        raise UsageError(f"notice={notice!r}: take one of {', '.join(_NOTICES)}")
    if counter is not None and not callable(counter):
        raise UsageError(f"counter={counter!r}: give a callable from text to int, as tokens.counter(name) returns one")


def _counting(counter: CountTokens | None) -> CountTokens:
    """The counter, which if it is the caller's is not trusted to count."""
    if counter is None or isinstance(counter, (O200k, Family)):
        return O200k() if counter is None else counter
    foreign = counter

    def counted(text: str) -> int:
        number = foreign(text)
        if not isinstance(number, int):
            raise UsageError(f"the counter returned {number!r} for a text: it must return a whole number")
        return number

    return counted


def _exact(counter: CountTokens | None) -> bool:
    return counter.exact if isinstance(counter, Counter) else True


def _paged(root: Place) -> Place | None:
    """What cursors page through: the payload itself if it is a list or string, else the longest list right under it.

    Of a map with very many keys only the first are looked at.
    """
    if not isinstance(root.value, dict):
        return root
    longest: Place | None = None
    for order, name, value in islice(root.entries(), PAGED_SEARCH):
        if isinstance(value, (list, tuple)) and len(value) > (len(longest.value) if longest is not None else 0):
            longest = root.child(order, name, value)
    return longest


def _options(paged: Place | None) -> str:
    return f"json {paged.pointer}" if paged is not None else ""


def _same(root: Place, paged: Place | None) -> Place | None:
    """The paged place below a fresh root."""
    if paged is None or paged.above is None:
        return root if paged is not None else None
    return Place(root, paged.order, paged.name, paged.value, start=paged.start)
