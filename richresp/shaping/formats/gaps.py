"""Which cells of a table are hidden: a row that is shown in part has values that a blank cell would deny."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from richresp.shaping.pieces import Run
from richresp.shaping.places import Place
from richresp.shaping.reader import Child
from richresp.shaping.shown import Shown
from richresp.values.plain import is_list

Gaps = Mapping[int, frozenset[str]]
"""By the number of a shown row the names of its hidden cells."""

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
    found: dict[int, frozenset[str]] = {}
    row = 0
    for entry in shown.entries:
        content = entry.content
        if isinstance(content, Shown):
            if isinstance(content.place.value, dict) and (hidden := _names(content.place) - _shown_names(content)):
                found[row] = hidden
            row += 1
        elif isinstance(content, Run):
            for rest, whole in zip(content.children, content.whole or content.children, strict=True):
                if rest is not whole and isinstance(rest.value, dict):
                    found[row] = _names(content.place.inside(whole)) - rest.value.keys()
                row += 1
    return found


def _names(place: Place) -> frozenset[str]:
    """The names of a record, but for those whose cells are blank if they are shown."""
    return frozenset(child.name or "" for child in place.children() if child.value not in (None, ""))


def _shown_names(shown: Shown) -> frozenset[str]:
    names: list[Any] = []
    for entry in shown.entries:
        content = entry.content
        children: tuple[Child, ...] = ()
        if isinstance(content, Run):
            children = content.children
        elif isinstance(content, Shown):
            children = (content.place.child,)
        names += (child.name for child in children)
    return frozenset(names)
