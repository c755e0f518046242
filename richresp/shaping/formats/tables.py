"""Records as the lines of a table: GFM, CSV (RFC 4180) or TSV.

The columns are all names that the shown rows have, in the order in which they come up in the payload. A value that is no
scalar is compact JSON in its cell; null and the empty text are blank; a cell that is hidden is `…`. Items that are no
records stand in a column of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from richresp.markdown.blocks import paragraph
from richresp.markdown.raw import Block
from richresp.markdown.show import show
from richresp.markdown.table import table
from richresp.shaping.formats.gaps import Gap, Gaps
from richresp.shaping.formats.scalars import json_text
from richresp.shaping.formats.uniform import Common, same
from richresp.values.plain import is_container

HIDDEN = "…"
_VALUE = "value"
_PUNCTUATED = re.compile(r"[;:,\"\n\r]|^\s|\s$|^$")
_NOTHING = '""'
"""A record of one blank cell; an empty line is none."""


class Rows:
    """The rows of a table.

    Attributes:
        items: the values that they show.
        columns: the names of the columns, of which the last may be that of items that are no records.
        told: what is told once: what the first rows of the payload have in common, and all that are shown.
    """

    def __init__(self, items: list[Any], gaps: Gaps, common: Common) -> None:
        self.items = items
        self._gaps = gaps
        found: dict[str, None] = {}
        records = [item for item in items if isinstance(item, dict)]
        for item in records:
            found.update(dict.fromkeys(item))
        names = [name for name in common.names if name in found]
        names += [name for name in found if name not in common.names]
        told = {name: value for name, value in common.values.items() if self._is_told(name, value)} if items else {}
        if names and len(told) == len(names):
            told.pop(names[0], None)  # of rows without a cell none would be seen
        self.told = told
        self._named = [name for name in names if name not in told]
        self.columns = tuple(self._named if len(records) == len(items) else [*self._named, _free(found)])

    def cells(self, number: int) -> list[Any]:
        """The cells of a row."""
        item = self.items[number]
        blanks = [""] * (len(self.columns) - len(self._named))
        if not isinstance(item, dict):
            return [*("" for _ in self._named), _cell(item)]
        gap = self._gaps.get(number)
        return [self._cell_of(item, name, gap) for name in self._named] + blanks

    def is_fixed(self, number: int) -> bool:
        """Whether the cells of a row are decided by its item and the columns alone."""
        return number not in self._gaps or not self._gaps[number].is_open

    def _cell_of(self, item: dict[str, Any], name: str, gap: Gap | None) -> Any:
        if name in item:
            return _cell(item[name])
        return HIDDEN if gap is not None and gap.hides(name) else ""

    def _is_told(self, name: str, value: Any) -> bool:
        """Whether every shown row has the value that is told for all."""
        return all(isinstance(item, dict) and name in item and same(item[name], value) for item in self.items)


def markdown_table(rows: Rows, known: dict[int, str]) -> Iterator[Block]:
    """A GFM table, and above it what is told once.

    Args:
        rows: what stands in it.
        known: lines of rows by the identity of their items, as they were with the same columns; new ones are noted.
    """
    if told := rows.told:
        empty = [_plain(name) for name, value in told.items() if value in (None, "")]
        parts = [f"{_plain(name)}: {_plain(show(value))}" for name, value in told.items() if value not in (None, "")]
        if empty:
            parts.append(f"empty: {', '.join(empty)}")
        yield paragraph(f"The same in all rows: {'; '.join(parts)}")
    if not rows.columns:
        return
    items = rows.items
    new = [number for number, item in enumerate(items) if id(item) not in known or not rows.is_fixed(number)]
    header = dict(enumerate(rows.columns))
    head, rule, *made = table((rows.cells(number) for number in new), columns=header, align="left").split("\n")
    lines = dict(zip(new, made, strict=True))
    known.update((id(items[number]), lines[number]) for number in new if rows.is_fixed(number))
    body = (lines[number] if number in lines else known[id(item)] for number, item in enumerate(items))
    yield Block("\n".join((head, rule, *body)), "table")


def separated(rows: Rows, delimiter: str, notice: str | None) -> str:
    """CSV or TSV with a header; a notice is the only cell of a first record."""
    records = [] if notice is None else [[notice]]
    records += [list(rows.columns), *([show(cell) for cell in rows.cells(at)] for at in range(len(rows.items)))]
    return "".join(f"{delimiter.join(_quoted(cell, delimiter) for cell in record) or _NOTHING}\n" for record in records)


def _quoted(cell: str, delimiter: str) -> str:
    """A cell in quotes where it needs them (RFC 4180, 2.6); the csv module leaves a lone carriage return bare."""
    bare = delimiter not in cell and '"' not in cell and "\n" not in cell and "\r" not in cell
    return cell if bare else f'"{cell.replace(chr(34), chr(34) * 2)}"'


def _cell(value: Any) -> Any:
    return json_text(value) if is_container(value) else value


def _plain(text: str) -> str:
    """A text as it is, or as JSON where it could be taken for more than one."""
    return json_text(text) if _PUNCTUATED.search(text) else text


def _free(names: dict[str, None]) -> str:
    """A name for what has none, that no column has."""
    name = _VALUE
    while name in names:
        name += "_"
    return name
