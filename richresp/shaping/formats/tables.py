"""Records as the lines of a table: GFM, CSV (RFC 4180) or TSV.

The columns are all names that the shown rows have, in the order in which they come up in the payload. A value that is no scalar is compact
JSON in its cell; null and the empty text are blank; a cell that is hidden is `…`. Items that are no records stand in a
column of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from richresp.markdown.blocks import paragraph
from richresp.markdown.raw import Block
from richresp.markdown.show import show
from richresp.markdown.table import table
from richresp.shaping.formats.gaps import Gaps
from richresp.shaping.formats.scalars import json_text
from richresp.shaping.formats.uniform import Common, same
from richresp.values.plain import is_container

HIDDEN = "…"
_VALUE = "value"
_NOTHING = '""'
"""A record of one blank cell; an empty line is none."""


class Rows:
    """The rows of a table.

    Attributes:
        columns: their names.
    """

    def __init__(self, items: list[Any], gaps: Gaps, common: Common) -> None:
        self._items = items
        self._gaps = gaps
        self._common = common
        found: dict[str, None] = {}
        for item in items:
            if isinstance(item, dict):
                found.update(dict.fromkeys(item))
        names = {name: None for name in common.names if name in found} | found
        kept = {name for name in common.values if not self._is_told(name)}
        self.columns = [name for name in names if name not in common.values or name in kept]
        self._scalars = None if all(isinstance(item, dict) for item in items) else _free(names)
        self._exceptions = kept

    @property
    def headers(self) -> list[str]:
        return self.columns if self._scalars is None else [*self.columns, self._scalars]

    @property
    def told(self) -> dict[str, Any]:
        """What is told once, and holds for all rows that do not say otherwise."""
        return dict(self._common.values) if self._items else {}

    def cells(self) -> Iterator[list[Any]]:
        """The cells row by row."""
        for number, item in enumerate(self._items):
            if not isinstance(item, dict):
                yield [*("" for _ in self.columns), _cell(item)]
                continue
            hidden = self._gaps.get(number, frozenset())
            row = [self._cell_of(item, name, hidden) for name in self.columns]
            yield row if self._scalars is None else [*row, ""]

    def _cell_of(self, item: dict[str, Any], name: str, hidden: frozenset[str]) -> Any:
        if name in hidden:
            return HIDDEN
        if name not in item:
            return "(none)" if name in self._exceptions else ""
        if name not in self._exceptions:
            return _cell(item[name])
        if same(item[name], self._common.values[name]):
            return ""
        return _cell(item[name]) if item[name] not in (None, "") else json_text(item[name])

    def _is_told(self, name: str) -> bool:
        """Whether every shown row has the value that is told for all."""
        value = self._common.values[name]
        return all(isinstance(item, dict) and name in item and same(item[name], value) for item in self._items)


def markdown_table(rows: Rows) -> Iterator[Block]:
    """A GFM table, and above it what is told once."""
    if told := rows.told:
        empty = [name for name, value in told.items() if value in (None, "")]
        parts = [f"{name}: {show(value)}" for name, value in told.items() if name not in empty]
        if empty:
            parts.append(f"empty: {', '.join(empty)}")
        yield paragraph(f"In all rows that do not say otherwise: {'; '.join(parts)}")
    headers = rows.headers
    if headers:
        yield table(rows.cells(), columns=dict(zip(range(len(headers)), headers, strict=True)), align="left")


def separated(rows: Rows, delimiter: str, notice: str | None) -> str:
    """CSV or TSV with a header; a notice is the only cell of a first record."""
    records = [] if notice is None else [[notice]]
    records += [rows.headers, *([show(cell) for cell in row] for row in rows.cells())]
    return "".join(f"{delimiter.join(_quoted(cell, delimiter) for cell in record) or _NOTHING}\n" for record in records)


def _quoted(cell: str, delimiter: str) -> str:
    """A cell in quotes where it needs them (RFC 4180, 2.6); the csv module leaves a lone carriage return bare."""
    bare = delimiter not in cell and '"' not in cell and "\n" not in cell and "\r" not in cell
    return cell if bare else f'"{cell.replace(chr(34), chr(34) * 2)}"'


def _cell(value: Any) -> Any:
    return json_text(value) if is_container(value) else value


def _free(names: dict[str, None]) -> str:
    """A name for what has none, that no column has."""
    name = _VALUE
    while name in names:
        name += "_"
    return name
