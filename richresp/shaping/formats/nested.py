"""What is no table, as lists: each entry of a record is an item, and what stands in it is nested below.

Lists of scalars, lists in lists, and what is nested deeper than NESTED_LEVELS are compact JSON: short, exact, and known to
every model.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from richresp.limits.formats import NESTED_LEVELS
from richresp.markdown.show import show
from richresp.shaping.formats.scalars import json_text
from richresp.values.plain import is_container

Nested = list[Any]
"""Texts, each of which may be followed by a list of what is nested below it."""


def nested(value: Any, levels: int = NESTED_LEVELS) -> Nested:
    """The items of a list or dict."""
    entries = value.items() if isinstance(value, dict) else ((None, item) for item in value)
    return [line for name, item in entries for line in _lines(name, item, levels)]


def _lines(name: str | None, value: Any, levels: int) -> Iterator[Any]:
    lead = "" if name is None else f"{name}:"
    if not is_nestable(value) or levels <= 1 or (name is None and isinstance(value, list)):
        text = json_text(value) if is_container(value) else show(value)
        yield f"{lead} {text}" if lead and text else lead or text
    elif name is None:
        (first, inner), *rest = value.items()
        yield from _lines(first, inner, levels - 1)
        if rest:
            yield nested(dict(rest), levels - 1)
    else:
        yield lead
        yield nested(value, levels - 1)


def is_nestable(value: Any) -> bool:
    """Whether a value is shown as a list of its own: a record, or a list of records."""
    if isinstance(value, dict):
        return bool(value)
    return isinstance(value, list) and any(isinstance(item, dict) and item for item in value)
