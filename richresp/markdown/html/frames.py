"""What blocks of a page stand in while it is read, and the block that each becomes when it ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from richresp.limits.markdown import MAX_ITEM_NUMBER, MAX_LIST_ITEMS
from richresp.markdown.blocks import quote
from richresp.markdown.document import document
from richresp.markdown.escape import Style
from richresp.markdown.html.grid import Row
from richresp.markdown.html.phrases import paragraph_of
from richresp.markdown.html.tables import table_of
from richresp.markdown.list_lines import ListRules, list_block
from richresp.markdown.raw import Block

_LISTS = frozenset(("bullets", "numbered"))


@dataclass(slots=True)
class Frame:
    """Something that holds blocks: the page, a quote, an item.

    Attributes:
        depth: levels of quotes and lists around what stands in it.
        blocks: what has been read of it.
    """

    depth: int = 0
    blocks: list[Block] = field(default_factory=list)

    def ended(self, style: Style) -> list[Block]:  # noqa: ARG002
        """The blocks that it becomes, without empty ones."""
        return self.blocks


@dataclass(slots=True)
class QuoteFrame(Frame):
    """A quote."""

    def ended(self, style: Style) -> list[Block]:  # noqa: ARG002
        return [quote(*self.blocks)] if self.blocks else []


@dataclass(slots=True)
class Item:
    """An item of a list.

    Attributes:
        blocks: what stands in it.
        number: that it states; None where it goes on from the one before.
        box: of a task, and a blank.
        has_text: of a definition: whether something stands below its term.
    """

    blocks: list[Block] = field(default_factory=list)
    number: int | None = None
    box: str = ""
    has_text: bool = False


@dataclass(slots=True)
class ListFrame(Frame):
    """A list; what stands in it but in no item belongs to the item above.

    Attributes:
        items: of the list, in order.
        is_numbered: whether its items have numbers.
        start: the number of the first one; None: of a list that counts down, so that it ends with 1.
        step: from each number to the next one.
    """

    items: list[Item] = field(default_factory=list)
    is_numbered: bool = False
    start: int | None = 1
    step: int = 1

    def opened(self, item: Item) -> None:
        self.items.append(item)
        self.blocks = item.blocks

    def ended(self, style: Style) -> list[Block]:
        lead = [] if self.items and self.blocks is self.items[-1].blocks else self.blocks
        shown = [item for item in self.items if item.blocks or item.box]
        if not self.is_numbered:
            return [*lead, *(_listed("bullets", 1, part, style) for part in _portions(shown))]
        numbers = list(self._numbers(shown))
        if min(numbers, default=0) < 0 or max(numbers, default=0) > MAX_ITEM_NUMBER:
            for item, number in zip(shown, numbers, strict=True):
                item.blocks.insert(0, paragraph_of([f"{number}."], style))
            return [*lead, *(_listed("bullets", 1, part, style) for part in _portions(shown))]
        runs = groupby(zip(numbers, shown, strict=True), _Run())
        return [*lead, *(self._run(list(run), style) for _, whole in runs for run in _portions(list(whole)))]

    def _run(self, run: Sequence[tuple[int, Item]], style: Style) -> Block:
        return _listed("numbered", run[0][0], [item for _, item in run], style)

    def _numbers(self, items: Sequence[Item]) -> Iterator[int]:
        number = len(self.items) if self.start is None else self.start
        for item in items:
            number = number if item.number is None else item.number
            yield number
            number += self.step


@dataclass(slots=True)
class TermsFrame(ListFrame):
    """A list of terms, each an item with what is said of it."""


class _Run:
    """Tells numbers that follow each other from the next ones: a key that stays while they do."""

    def __init__(self) -> None:
        self._last: int | None = None
        self._key = 0

    def __call__(self, pair: tuple[int, Item]) -> int:
        self._key += self._last is not None and pair[0] != self._last + 1
        self._last = pair[0]
        return self._key


@dataclass(slots=True)
class TableFrame(Frame):
    """A table of data; what stands in it but in no cell stands before it."""

    rows: list[Row] = field(default_factory=list)
    groups: int = 0
    is_head: bool = False

    def opened_row(self) -> None:
        self.rows.append(Row([], self.groups, self.is_head))

    def ended(self, style: Style) -> list[Block]:
        rows = [row for row in self.rows if row.cells]
        table = table_of(rows)
        if table:
            return [*self.blocks, table]
        cells = (paragraph_of(cell.tokens, style) for row in rows for cell in row.cells)
        return [*self.blocks, *filter(None, cells)]


def _portions(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Items in as many lists as the emitter asks for."""
    for start in range(0, len(items), MAX_LIST_ITEMS):
        yield items[start : start + MAX_LIST_ITEMS]


def _listed(kind: Any, start: int, items: Sequence[Item], style: Style) -> Block:
    return list_block(iter(list(_entries(items))), ListRules(kind, _read, "", style, start))


def _read(entry: Any) -> tuple[str, Any] | None:
    return entry[0], entry[1]


def _entries(items: Sequence[Item]) -> Iterator[Any]:
    """Each item, and the lists that stand right below its text: these need no blank line."""
    for item in items:
        blocks = item.blocks
        if item.box and (not blocks or blocks[0].kind != "paragraph"):
            blocks = [Block("&nbsp;", "paragraph"), *blocks]
        if len(blocks) > 1 and blocks[0].kind not in _LISTS and all(block.kind in _LISTS for block in blocks[1:]):
            yield item.box, blocks[0]
            yield from blocks[1:]
        else:
            yield item.box, blocks[0] if len(blocks) == 1 and blocks[0].kind not in _LISTS else document(*blocks)
