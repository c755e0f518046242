"""In which order the items of a list are taken: its strategy. A dict is always taken from its start."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal

from richresp.exceptions import UsageError
from richresp.shaping.places import Place
from richresp.shaping.reader import Child
from richresp.values.plain import is_list, length

Strategy = Literal["head", "tail", "spread"]
STRATEGIES = ("head", "tail", "spread")


def items(place: Place, strategy: Strategy) -> Iterator[Child]:
    """The children of a place, in the order of the strategy; of a list those that earlier pages have not shown, and no more
    than one page is to show.

    Raises:
        UsageError: for a stream, of which only the head can be known.
    """
    return islice(_items(place, strategy), place.most)


def _items(place: Place, strategy: Strategy) -> Iterator[Child]:
    if strategy == "head" or not is_list(place.value):
        yield from place.children()
        return
    total = place.total
    if total is None:
        raise UsageError(
            f"strategy={strategy!r} with a stream at {place.pointer or 'the root'}: where it ends is not known; "
            "pass a list"
        )
    if strategy == "tail":
        orders: Iterable[int] = range((length(place.value) or 0) - place.start - 1, -1, -1)
    else:
        orders = map(place.order_of, _spread(total))
    for order in orders:
        child = place.item(order)
        if child is not None:
            yield child


def _spread(total: int) -> Iterator[int]:
    """All of 0 ... total - 1: the first, the last, then again and again the middle of each gap, the gaps from the left.

    Each gap is halved before any is quartered, so that every beginning of the order is spread over the whole.
    """
    if total:
        yield 0
    if total > 1:
        yield total - 1
    parts = 1
    while parts < total:
        parts *= 2
        for part in range(1, parts, 2):
            before, at, after = (step * (total - 1) // parts for step in (part - 1, part, part + 1))
            if before < at < after:
                yield at
