"""The parts of a text that are Raw, as pairs of start and end: what is found inside of them is none of ours."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

Spans = Sequence[tuple[int, int]]
"""In order, none empty."""


def outside(places: Iterable[int], spans: Spans) -> set[int]:
    """The places that are in none of the spans."""
    if not spans:
        return set(places)
    starts = [start for start, _ in spans]
    ends = [end for _, end in spans]
    found: set[int] = set()
    for place in places:
        before = bisect_right(starts, place) - 1
        if before < 0 or place >= ends[before]:
            found.add(place)
    return found


def ends_of(spans: Spans) -> list[int]:
    """The first and last place of each span."""
    return [place for start, end in spans for place in (start, end - 1)]
