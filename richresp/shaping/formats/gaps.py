"""Which cells of a table are hidden: a row that is shown in part has values that a blank cell would deny."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import NamedTuple

from richresp.shaping.pieces import Run
from richresp.shaping.places import Place
from richresp.shaping.shown import Shown
from richresp.values.plain import is_list


class Gap(NamedTuple):
    """What a row lacks.

    Attributes:
        hides: whether the record has a value of a name, so that its cell is hidden.
        is_open: whether the row may yet show more of it.
    """

    hides: Callable[[str], bool]
    is_open: bool


Gaps = Mapping[int, Gap]
"""By number the rows that are, or may be, shown in part."""

NO_GAPS: Gaps = {}


def gaps_in(root: Shown, tables: Collection[str | None]) -> dict[str | None, Gaps]:
    """The hidden cells of the tables of a page, by the key under which each stands in the payload."""
    lists = (
        [root]
        if is_list(root.place.value)
        else [entry.content for entry in root.entries if isinstance(entry.content, Shown)]
    )
    found = {shown.place.name if shown is not root else None: shown for shown in lists}
    return {name: gaps for name, shown in found.items() if name in tables and (gaps := gaps_of(shown))}


def gaps_of(shown: Shown) -> Gaps:
    """The hidden cells of the rows of a shown list."""
    found: dict[int, Gap] = {}
    row = 0
    for entry in shown.entries:
        content = entry.content
        if isinstance(content, Shown):
            found[row] = Gap(partial(_is_hidden, content.place), is_open=True)
            row += 1
        elif isinstance(content, Run):
            for rest, whole in zip(content.children, content.whole or content.children, strict=True):
                if rest is not whole and isinstance(whole.value, dict):
                    found[row] = Gap(partial(_is_hidden, content.place.inside(whole)), is_open=False)
                row += 1
    return found


def _is_hidden(place: Place, name: str) -> bool:
    """Whether a record has a value under a name that would not be blank."""
    if name in place.value:
        value = place.value[name]
        return value is not None and value != "" and not place.reader.is_dropped(place.child.state, name)
    return any(child.name == name and child.value not in (None, "") for child in place.children())
