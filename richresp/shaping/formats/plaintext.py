"""Plain text: `name: value` lines, what is nested indented below. Nothing is escaped; no line of a text stands at the margin
of the field that it belongs to, so none can pretend to be the next field.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from richresp.shaping.formats.nested import nested

_INDENT = "  "


def lines_of(value: Any) -> str:
    """A dict or list as lines."""
    listed = not isinstance(value, dict)
    return "\n".join(_lines(nested(value), "", listed=listed))


def _lines(items: list[Any], margin: str, *, listed: bool) -> Iterator[str]:
    marker = "- " if listed else ""
    for item in items:
        if isinstance(item, list):
            yield from _lines(item, margin + _INDENT, listed=False)
            continue
        first, *rest = item.splitlines() or [""]
        yield f"{margin}{marker}{first}"
        yield from (f"{margin}{_INDENT}{_INDENT}{line}" for line in rest)
