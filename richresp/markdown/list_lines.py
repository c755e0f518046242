"""The lines of a list: markers, indentation, and what keeps each item and each list inside it what it is.

Items are walked with a stack, for they may be nested to any depth. A list that an emitter made (a Block) is nested as it is,
but for its marker: it differs from that of the list above, with which it would be one list else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from richresp.exceptions import UsageError
from richresp.limits.markdown import LIST_LEVELS, MAX_ITEM_NUMBER, MAX_LIST_ITEMS
from richresp.markdown.escape import Style
from richresp.markdown.list_items import item_source
from richresp.markdown.raw import Block, checked_depth
from richresp.markdown.show import checked_nan, here
from richresp.values.inputs import Items
from richresp.values.plain import native

Read = Callable[[Any], tuple[str, Any] | None]
"""Takes an item apart: its box and what it shows; None for a list that is nested."""

_MARKERS = {"bullets": "-+*", "numbered": ".)"}
_OPENED = {
    "bullets": re.compile(r"^-(?= |$)", re.MULTILINE),
    "numbered": re.compile(r"^([0-9]+)\.(?= |$)", re.MULTILINE),
}
_MARKED = re.compile(r"^ {0,3}(?:([-+*])|[0-9]{1,9}([.)]))(?=[ \t]|$)", re.MULTILINE)
_SHY = re.compile(r"(?:[-+*]|[0-9]+[.)])(?:\n|\Z)|(?!0*1[.)])[0-9]+[.)]")
"""The start of a list that cannot stand right below text: with a blank item, or a number other than 1."""
_RULE = re.compile(r"(?:- *){3,}")


@dataclass(frozen=True, slots=True)
class ListRules:
    """How items are read, and shown.

    Attributes:
        kind: of the list, and of the lists or tuples in it.
        read: takes an item apart.
        nan: what is shown for NaN.
        style: what else is escaped.
        start: the number of the first item.
    """

    kind: Literal["bullets", "numbered"]
    read: Read
    nan: str
    style: Style
    start: int = 1

    def __post_init__(self) -> None:
        checked_nan(self.nan)

    def marker(self, number: int, sign: str) -> str:
        """What stands before an item."""
        if self.kind == "bullets":
            return f"{sign} "
        if number > MAX_ITEM_NUMBER:
            raise UsageError(f"a list from {self.start} on has more items than markdown counts to, {MAX_ITEM_NUMBER}")
        return f"{number}{sign} "


@dataclass(slots=True)
class _Shown:
    """A list as it stands on the page.

    Attributes:
        sign: of its markers.
        indent: of its items.
        number: of the next item.
        level: how deep it stands, from 1.
        under_text: whether what stands above its first item is text.
        below: the indentation of what stands below the last item; None before there is one.
        blank: whether the last item shows nothing.
        above: the signs of what stands below the last item, and would go on with the next list of the same sign.
        open: whether that was a list or tuple, with which the next list or tuple is one list.
    """

    sign: str
    indent: str
    number: int
    level: int = 1
    under_text: bool = False
    below: str | None = None
    blank: bool = False
    above: frozenset[str] = frozenset()
    open: bool = False


@dataclass(slots=True)
class _Level:
    """A list on the way to an item."""

    rest: Iterator[Any]
    holder: Any
    shown: _Shown
    position: int = -1


@dataclass(slots=True)
class _Written:
    """What was written of a list.

    Attributes:
        lines: of markdown.
        items: how many there are.
        lists: how many are nested.
        depth: levels of blocks around the deepest text, for `Block`.
    """

    lines: list[str] = field(default_factory=list)
    items: int = 0
    lists: int = 0
    depth: int = 0

    def deepen(self, level: int, shown: Any) -> None:
        self.depth = max(self.depth, checked_depth(2 * level + (shown.depth if isinstance(shown, Block) else 0)))

    def count(self, *, items: int = 0, lists: int = 0) -> None:
        self.items += items
        self.lists += lists
        if max(self.items, self.lists) > MAX_LIST_ITEMS:
            raise UsageError(f"a list of over {MAX_LIST_ITEMS:,} items; pass what is to be seen")


def list_block(items: Any, list_rules: ListRules) -> Block:
    """Items as a list.

    Raises:
        UsageError: as the emitters say.
    """
    written, kind = _Written(), list_rules.kind
    levels = [_Level(_items(items), items, _Shown(_MARKERS[kind][0], "", list_rules.start))]
    inside = {id(items)}

    def where() -> str:
        return "".join(f"/{level.position}" for level in levels)

    while levels:
        level = levels[-1]
        shown = level.shown
        item = next(level.rest, _END)
        level.position += 1
        if item is _END:
            levels.pop()
            inside.discard(id(level.holder))
        elif isinstance(item, Block) and item.kind in _MARKERS and shown.below is not None:
            written.lines += _below(item, shown, shown.below)
            written.deepen(shown.level, item)
        elif (found := list_rules.read(item)) is not None:
            written.count(items=1)
            box, value = found
            marker = list_rules.marker(shown.number, shown.sign)
            source = item_source(box, value, list_rules.nan, list_rules.style, where)
            written.lines += _item(source, value, marker + box, shown, len(marker))
            written.deepen(shown.level, value)
            shown.number += 1
        elif id(item) in inside:
            raise UsageError(f"a {type(item).__name__} of items holds itself; pass what is to be seen")
        else:
            written.count(lists=1)
            inside.add(id(item))
            levels.append(_Level(iter(item), item, _nested(shown, _MARKERS[kind])))
    return Block("\n".join(written.lines), kind, depth=written.depth)


def _nested(shown: _Shown, signs: str) -> _Shown:
    """Where the items of a list or tuple are shown: below the last item, if there is one and it is not too deep."""
    if shown.below is None or shown.level >= LIST_LEVELS:
        return shown
    sign = next(iter(shown.above)) if shown.open else _other(signs, shown.above)
    shown.above, shown.open = frozenset(sign), True
    return _Shown(sign, shown.below, 1, shown.level + 1, not shown.blank)


def _below(block: Block, shown: _Shown, indent: str) -> Iterator[str]:
    """The lines of a list that an emitter made, below an item."""
    source, signs = str(block), _MARKERS[block.kind]
    if not source:
        return
    sign = _other(signs, shown.above)
    if sign != signs[0]:
        source = _OPENED[block.kind].sub(lambda match: match[0][:-1] + sign, source)
    if not shown.blank and _SHY.match(source):
        yield ""
    shown.above, shown.open = frozenset(sign), False
    yield from _indented(source.split("\n"), indent)


def _item(source: str, value: Any, opened: str, shown: _Shown, width: int) -> Iterator[str]:
    lines: Sequence[str] = source.split("\n")
    if isinstance(value, Block):
        shown.above = frozenset(match[1] or match[2] for match in _MARKED.finditer(source))
        if _RULE.fullmatch(opened + lines[0]):  # lists whose items begin with lists, down to a blank one
            lines = ("", *lines)
    else:
        shown.above = frozenset()
    shown.open, shown.blank = False, not source
    if not lines[0] and shown.below is None and shown.under_text:
        yield ""  # or a marker alone would underline the text above, or be part of it
    yield f"{shown.indent}{opened}{lines[0]}".rstrip(" ") if not lines[0] else f"{shown.indent}{opened}{lines[0]}"
    shown.below = shown.indent + " " * width
    yield from _indented(lines[1:], shown.below)


def _indented(lines: Sequence[str], indent: str) -> Iterator[str]:
    return (f"{indent}{line}" if line else line for line in lines)


def _other(signs: str, taken: frozenset[str]) -> str:
    return next((sign for sign in signs if sign not in taken), signs[0])


def _items(items: Any) -> Iterator[Any]:
    """What a caller gave as items, one after the other."""
    found = items if isinstance(items, (list, tuple, Iterator, str)) else native(items, here)
    if isinstance(found, (list, tuple, Iterator, Items)):
        return iter(found)
    raise UsageError(f"items= is a {type(items).__name__}; give a list of items, or a mapping to fields()")


_END: Any = object()
