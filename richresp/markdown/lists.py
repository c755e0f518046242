"""Lists with bullets, numbers or task boxes, nested to any depth and shown on LIST_LEVELS.

A list or tuple among the items is nested below the item before it; without one its items stand among the others. Every
other value is an item, and shows what a table cell would show of it. Raw is put in as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from richresp.exceptions import UsageError
from richresp.limits.markdown import LIST_LEVELS, MAX_ITEM_NUMBER
from richresp.markdown.escape import ITEM, LINE, Style, escaped_lines, hard_breaks
from richresp.markdown.raw import Block, Raw
from richresp.markdown.show import here, show
from richresp.values.inputs import Items
from richresp.values.plain import native

Read = Callable[[Any], tuple[str, Any] | None]
"""Takes an item apart: its box and what it shows; None for a list that is nested."""


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
        UsageError: for a mapping, whose values would be lost, for text, and for an item that has no text.
    """
    style = Style(math, autolink)
    return Block(_list(items, lambda _: "- ", _plain, (nan, style)), "bullets")


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

    def marker(index: int) -> str:
        if index > MAX_ITEM_NUMBER:
            raise UsageError(f"a list from {start} on has more items than markdown counts to, {MAX_ITEM_NUMBER}")
        return f"{index}. "

    style = Style(math, autolink)
    return Block(_list(items, marker, _plain, (nan, style), start), "numbered")


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
            list or tuple is nested below the task before it.
        nan: as for `bullets`.
        math: as for `table`.
        autolink: as for `table`.

    Raises:
        UsageError: as for `bullets`, and for an item that is no such pair.
    """
    pairs = [(done, task) for task, done in items.items()] if isinstance(items, Mapping) else items
    style = Style(math, autolink)
    return Block(_list(pairs, lambda _: "- ", _task, (nan, style)), "bullets")


def _plain(item: Any) -> tuple[str, Any] | None:
    return None if type(item) in (list, tuple) else ("", item)


def _task(item: Any) -> tuple[str, Any] | None:
    if isinstance(item, (list, tuple)):
        if len(item) == 2 and isinstance(item[0], bool):
            return ("[x] " if item[0] else "[ ] "), item[1]
        return None
    raise UsageError(f"a task is a pair (done, text) whose first is True or False, not {item!r:.80}")


@dataclass(slots=True)
class _Shown:
    """A list as it stands on the page.

    Attributes:
        indent: of its items.
        number: of the next item.
        level: how deep it stands, from 1.
        under_text: whether what stands above its first item is text.
        below: the indentation of what stands below the last item; None before there is one.
        blank: whether the last item shows nothing.
    """

    indent: str
    number: int
    level: int = 1
    under_text: bool = False
    below: str | None = None
    blank: bool = False


def _list(items: Any, marker: Callable[[int], str], read: Read, rules: tuple[str, Style], start: int = 1) -> str:
    """The lines of a list. What is nested is walked with a stack, for it may be nested to any depth."""
    lines: list[str] = []
    levels: list[tuple[Iterator[Any], Any, _Shown]] = [(_items(items), items, _Shown("", start))]
    inside = {id(items)}
    while levels:
        rest, holder, shown = levels[-1]
        item = next(rest, _END)
        if item is _END:
            levels.pop()
            inside.discard(id(holder))
        elif isinstance(item, Block) and item.kind in _LISTS and shown.below is not None:
            lines += [f"{shown.below}{line}" if line else line for line in item.split("\n")]
        elif (found := read(item)) is not None:
            lines += _item(*found, marker(shown.number), shown, rules)
            shown.number += 1
        elif id(item) in inside:
            raise UsageError(f"a {type(item).__name__} of items holds itself; pass what is to be seen")
        else:
            inside.add(id(item))
            nested = shown.below is not None and shown.level < LIST_LEVELS
            below = _Shown(shown.below or "", 1, shown.level + 1, not shown.blank) if nested else shown
            levels.append((iter(item), item, below))
    return "\n".join(lines)


def _item(box: str, value: Any, marker: str, shown: _Shown, rules: tuple[str, Style]) -> Iterator[str]:
    nan, style = rules
    text = (
        str(value)
        if isinstance(value, Raw)
        else hard_breaks(escaped_lines(show(value, nan=nan), LINE if box else ITEM, style))
    )
    first, *others = text.split("\n")
    shown.blank = not first and not box
    if shown.blank and shown.below is None and shown.under_text:
        yield ""  # or a marker alone would underline the text above, or be part of it
    yield f"{shown.indent}{marker}{box}{first}" if first else f"{shown.indent}{marker}{box}".rstrip(" ")
    shown.below = shown.indent + " " * len(marker)
    for line in others:
        yield f"{shown.below}{line}" if line else line


def _items(items: Any) -> Iterator[Any]:
    """What a caller gave as items, one after the other."""
    found = items if isinstance(items, (list, tuple, Iterator, str)) else native(items, here)
    if isinstance(found, (list, tuple, Iterator, Items)):
        return iter(found)
    raise UsageError(f"items= is a {type(items).__name__}; give a list of items, or a mapping to fields()")


_END: Any = object()
_LISTS = ("bullets", "numbered")
