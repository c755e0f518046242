"""Whether the items of a list are records of one make, as the first of them tell, and what those have in common.

Only a bounded beginning is looked at, and no budget: the form of an answer must not change from page to page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from richresp.limits.formats import (
    LEAST_RECORDS,
    SAMPLE_ITEMS,
    SAMPLE_TOKENS,
    SHARED_CELLS,
    SHARED_ROWS,
)
from richresp.shaping.encode import copy
from richresp.shaping.estimate import measure
from richresp.shaping.reader import Child, Reader
from richresp.values.plain import compact, is_container


@dataclass(frozen=True, slots=True)
class Common:
    """What the first rows of a table tell of all.

    Attributes:
        names: their columns, in the order in which they come up; those of a page stand in the same order.
        values: what is told once: the columns that have one value in all of these rows, and that value.
    """

    names: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


def sample(items: Child, reader: Reader) -> list[Any]:
    """The first items of a list as JSON-native values; none where a few of them are too large to be looked at."""
    found: list[Any] = []
    cost = 0.0
    for child in reader.children(items.value, items.state, str):
        cost += measure(child, SAMPLE_TOKENS, reader).cost
        if cost > SAMPLE_TOKENS or len(found) == SAMPLE_ITEMS:
            break
        found.append(copy(child, reader))
    return found


def is_uniform(rows: list[Any]) -> bool:
    """Whether rows are records that share most of their cells, in columns of scalars."""
    if len(rows) < LEAST_RECORDS or not all(isinstance(row, dict) for row in rows):
        return False
    columns: dict[str, list[Any]] = {}
    for row in rows:
        for name, value in row.items():
            columns.setdefault(name, []).append(value)
    shared = sum(
        len(values)
        for values in columns.values()
        if len(values) >= SHARED_ROWS * len(rows) and not any(map(is_container, values))
    )
    return bool(columns) and shared >= SHARED_CELLS * len(rows) * len(columns)


def common(rows: list[Any], *, fold: bool) -> Common:
    """What rows have in common; where nothing is to be folded, their columns alone."""
    names: dict[str, None] = {}
    for row in rows:
        if isinstance(row, dict):
            names.update(dict.fromkeys(row))
    if not fold or len(rows) < LEAST_RECORDS or not all(isinstance(row, dict) for row in rows):
        return Common(tuple(names))
    first, *others = rows
    values = {
        name: value
        for name, value in first.items()
        if not is_container(value) and all(name in row and same(row[name], value) for row in others)
    }
    return Common(tuple(names), values)


def same(one: Any, other: Any) -> bool:
    """Whether two scalars are the same JSON: 1 is neither true nor 1.0."""
    return not is_container(one) and compact(one) == compact(other)
