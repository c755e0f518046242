"""Markdown as a parser sees it: a fence that is open at the end, rows of a table with other cells than their head.

Both are legal, and are what becomes of markdown that is sliced or put together by hand. So they are faults unless the payload itself has
them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from richresp.shaping.documents.blocks import LINE_END, Block, blocks
from richresp.testing.reading import Fault

_BAR = re.compile(r"(?<!\\)\|")
_MARGIN = " \t>"
_END = 80  # characters by which the end of a document is known


def documents(output: object, payload: Any) -> list[str]:
    """The texts that may stand in an output as they are."""
    shown = getattr(output, "data", None) if payload is ... else payload
    values = [shown, *shown.values()] if isinstance(shown, dict) else [shown]
    return [value for value in values if isinstance(value, str)]


def check_markdown(text: str, own: Collection[str]) -> None:
    """Whether markdown shows what it is meant to show.

    Args:
        text: the markdown.
        own: documents that may stand in it.

    Raises:
        Fault: for an open fence, and for a row with other cells than its head, that none of the documents has.
    """
    if _ends_open(text) and not any(_ends_open(each) and text.endswith(each[-_END:]) for each in own):
        raise Fault(
            "a code fence is opened and never closed, so all that follows is code: cut with shape, not by slicing"
        )
    known: set[str] | None = None
    lines = LINE_END.split(text)
    for table in _tables(blocks(text)):
        columns = _cells(lines[table.first])
        for number in range(table.first + 2, min(table.last, len(lines))):
            line = lines[number].strip(_MARGIN)
            found = _cells(line)
            if "|" not in line or found == columns:
                continue
            if known is None:
                known = {each.strip(_MARGIN) for document in own for each in LINE_END.split(document)}
            if line not in known:
                raise Fault(
                    f"line {number + 1} has {found} cells under a head of {columns}: {line[:60]!r}. Bars in cells are "
                    "escaped by richresp.markdown.table, and rows are never cut by slicing"
                )


def _tables(found: Sequence[Block]) -> Iterator[Block]:
    todo = list(found)
    while todo:
        block = todo.pop()
        todo += block.inside
        if block.kind == "table":
            yield block


def _ends_open(text: str) -> bool:
    """Whether the last block is a fence without an end."""
    found = blocks(text)
    while found and found[-1].inside:
        found = found[-1].inside
    if not found or found[-1].kind != "fence":
        return False
    fence = found[-1]
    last = LINE_END.split(text)[fence.first + 1 : fence.last][-1:]
    end = last[0].strip(_MARGIN) if last else ""
    return not (len(end) >= len(fence.markup) and set(end) == {fence.markup[0]})


def _cells(line: str) -> int:
    line = line.strip(_MARGIN)
    return len(_BAR.split(line.removeprefix("|").removesuffix("|")))
