"""What an item of a list shows behind its marker and its box."""

from __future__ import annotations

from typing import Any

from richresp.exceptions import UsageError
from richresp.markdown import rules
from richresp.markdown.escape import ITEM, LINE, Style, escaped_lines, escaped_parts, hard_breaks
from richresp.markdown.raw import Block, Inline, Raw
from richresp.markdown.show import show
from richresp.values.plain import Where

_TEXTS = frozenset(("paragraph", "card"))
"""Kinds of blocks that begin with text."""


def item_source(box: str, value: Any, nan: str, style: Style, where: Where) -> str:
    """What an item shows, behind its marker and box.

    Raises:
        UsageError: for a block behind a box that does not begin with text, and for a value that has no text.
    """
    if isinstance(value, Block):
        first = value.blocks[0] if value.blocks else value
        if first.kind in _TEXTS:
            return (value if box else _guarded(value)) or _blank(box)
        if box:
            raise UsageError(
                f"a {first.kind} cannot stand behind the box of a task; put it below a text: document('text', …)"
            )
        return value
    context = LINE if box else ITEM
    if isinstance(value, Inline):
        return hard_breaks(escaped_parts((value,), context, style)) or _blank(box)
    if isinstance(value, Raw):
        return value or _blank(box)
    return hard_breaks(escaped_lines(show(value, nan=nan, where=where), context, style)) or _blank(box)


def _blank(box: str) -> str:
    """What stands for no text: a box with nothing behind it would be text itself."""
    return "&nbsp;" if box else ""


def _guarded(text: str) -> str:
    """A paragraph that was not made to begin an item."""
    for place in sorted({*rules.marked_line(text), *rules.task_box(text)}, reverse=True):
        text = f"{text[:place]}\\{text[place:]}"
    return text
