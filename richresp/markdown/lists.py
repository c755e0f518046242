"""Lists with bullets, numbers or task boxes, nested to any depth and shown on LIST_LEVELS.

A list or tuple among the items is nested below the item before it; without one its items stand among the others. Every
other value is an item, and shows what a table cell would show of it. Raw is put in as it is; a list that an emitter made is
nested below the item before it as well, and stays a list of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from richresp.exceptions import UsageError
from richresp.limits.markdown import MAX_ITEM_NUMBER
from richresp.markdown.escape import Style
from richresp.markdown.list_lines import ListRules, list_block
from richresp.markdown.raw import Block


def bullets(
    items: Iterable[Any], *, nan: str = "", math: Literal["escape"] | None = None, autolink: bool = True
) -> Block:
    """A bullet list with an item a line; the lines of an item stay together.

    Args:
        items: what is listed; a list or tuple is nested below the item before it. From the ninth level on all items are
            shown on the eighth, since parsers drop what is deeper.
        nan: what is shown for NaN.
        math: as for `table`.
        autolink: as for `table`.

    Raises:
        UsageError: for a mapping, whose values would be lost, for text, for more than 100,000 items, for blocks inside each
            other that some parser does not show, and for an item that has no text (InvalidPayload, with its place).
    """
    return list_block(items, ListRules("bullets", _plain, nan, Style(math, autolink)))


def numbered(
    items: Iterable[Any], *, start: int = 1, nan: str = "", math: Literal["escape"] | None = None, autolink: bool = True
) -> Block:
    """A numbered list; what is nested in it is numbered from 1 on.

    Args:
        items: as for `bullets`.
        start: the number of the first item, from 0.
        nan: as for `bullets`.
        math: as for `table`.
        autolink: as for `table`.

    Raises:
        UsageError: as for `bullets`, and for a number below 0 or of more than nine digits.
    """
    if type(start) is not int or not 0 <= start <= MAX_ITEM_NUMBER:
        raise UsageError(
            f"start={start!r}: give a number from 0 to {MAX_ITEM_NUMBER}, which is all that markdown counts to"
        )
    return list_block(items, ListRules("numbered", _plain, nan, Style(math, autolink), start))


def tasks(
    items: Iterable[Any] | Mapping[Any, Any],
    *,
    nan: str = "",
    math: Literal["escape"] | None = None,
    autolink: bool = True,
) -> Block:
    """A list of tasks, each with a box that is ticked if it is done.

    Args:
        items: pairs of a boolean, whether it is done, and what the task is; or a mapping from task to that boolean. Any other
            list or tuple is nested below the task before it. A task without text is a box with a blank behind it.
        nan: as for `bullets`.
        math: as for `table`.
        autolink: as for `table`.

    Raises:
        UsageError: as for `bullets`, for an item that is no such pair, and for a task that begins with a block which is no
            text: a fence, a table, a list.
    """
    pairs = [(done, task) for task, done in items.items()] if isinstance(items, Mapping) else items
    return list_block(pairs, ListRules("bullets", _task, nan, Style(math, autolink)))


def _plain(item: Any) -> tuple[str, Any] | None:
    return None if type(item) in (list, tuple) else ("", item)


def _task(item: Any) -> tuple[str, Any] | None:
    if isinstance(item, (list, tuple)):
        if len(item) == 2 and isinstance(item[0], bool):
            return ("[x] " if item[0] else "[ ] "), item[1]
        return None
    raise UsageError(f"a task is a pair (done, text) whose first is True or False, not {item!r:.80}")
