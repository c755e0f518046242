"""GFM tables: no padding, which costs tokens and shows nowhere, and no guessing, which loses data.

`table` knows all of its rows before it writes one; `iter_table` reads READ_AHEAD of them, and decides on these what it must
know up front. Both write the same lines for as many rows. The line that tells of rows which are not shown is a paragraph
behind the table: no cell can pretend to be it, and the table holds nothing but rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from typing import Any, Literal

from richresp.exceptions import UsageError
from richresp.limits.markdown import READ_AHEAD, TABLE_BLOCK
from richresp.markdown.cell_texts import CellRules, Newline
from richresp.markdown.cells import Cells, Column, Format
from richresp.markdown.columns import (
    ChosenAlignment,
    ChosenColumns,
    Columns,
    checked_align,
    checked_format,
    delimiters,
    listed,
)
from richresp.markdown.cut import checked_limit
from richresp.markdown.escape import Style
from richresp.markdown.raw import Block
from richresp.markdown.rows import RowBlock, Rows
from richresp.values.plain import step


def table(
    rows: Iterable[Any],
    *,
    columns: ChosenColumns = None,
    align: ChosenAlignment = None,
    format: Mapping[Any, Format] | None = None,  # noqa: A002  # what all peers call it
    max_rows: int | None = None,
    max_cell: int | None = None,
    newline: Newline = "<br>",
    nan: str = "",
    math: Literal["escape"] | None = None,
    autolink: bool = True,
) -> Block:
    """Rows as a GFM table; empty without rows and columns.

    Args:
        rows: records (mappings, dataclasses, attrs or pydantic instances, named tuples), or sequences, whose values fill
            the columns from the left; a frame of pandas or polars; an array of numpy; any iterable of rows, which may fill
            the same dict or list again for each row.
        columns: which columns, in which order, as a list of names or a mapping from name to header, where
            None is an empty one. By default all names that the shown rows have, in the order in which they come up; of an
            empty frame, those it has. Sequences need them.
        align: "left", "right" or "center" for all columns, or by column. By default columns of nothing but numbers stand
            to the right.
        format: for a column a format spec (".2f", "%d %b") or a callable that gives what is shown for a value. A
            callable gets the value as the row has it, whatever its type; a spec is for what a member of an Enum or a scalar
            of numpy stands for. None and NaN are not formatted.
        max_rows: how many rows are shown, from 1; a last line says how many more there are. Rows without a length, which
            may have no end, are not counted: there it says "more rows". None for all.
        max_cell: characters of a text, from 1; a longer one is cut at a grapheme and ends in "…", which counts. Numbers,
            headers and Raw stay whole. None for any number. Where a cut goes through an address, no bare address of the
            cell becomes a link.
        newline: what stands for the line ends of a text in its cell, or of a header. Those of a Raw are blanks.
        nan: what is shown for NaN.
        math: "escape" puts a backslash before each `$`, which some chat windows take for mathematics.
        autolink: False keeps bare addresses from becoming links.

    Returns:
        The lines of the table, without a line end behind the last.

    Raises:
        UsageError: for rows that are none, of two kinds, or longer than the columns; for a column that no row has, that is
            named twice, or that align= or format= name and the table has not; for an option of no such value; for a value
            that has no text, bytes for example (InvalidPayload, with its place).
    """
    options = _Options.of(columns, align, format, max_rows, CellRules(newline, nan, max_cell, Style(math, autolink)))
    return Block("\n".join(_lines(Rows(rows, options.formats), options, whole=True)), "table")


def iter_table(
    rows: Iterable[Any],
    *,
    columns: ChosenColumns = None,
    align: ChosenAlignment = None,
    format: Mapping[Any, Format] | None = None,  # noqa: A002  # what all peers call it
    max_rows: int | None = None,
    max_cell: int | None = None,
    newline: Newline = "<br>",
    nan: str = "",
    math: Literal["escape"] | None = None,
    autolink: bool = True,
) -> Iterator[str]:
    """The lines of `table`, one at a time: memory is constant for any number of rows.

    Takes what `table` takes. The first 128 rows decide which columns there are and which of them are numbers; rows are read
    in blocks of 128. A column that none of the first rows has is an error only if these are all, or if their class or frame
    says that no other row can have it; else it may come.

    Raises:
        UsageError: as for `table`, at the call for the options, and before the first line for what the first rows show;
            later, before the lines of its block, for a row that is wrong, or has a name that the first have not.
    """
    options = _Options.of(columns, align, format, max_rows, CellRules(newline, nan, max_cell, Style(math, autolink)))
    return _lines(Rows(rows, options.formats), options, whole=False)


@dataclass(frozen=True, slots=True)
class _Options:
    columns: Columns | None
    align: ChosenAlignment
    formats: Mapping[Any, Format]
    max_rows: int | None
    rules: CellRules

    @classmethod
    def of(
        cls,
        columns: ChosenColumns,
        align: ChosenAlignment,
        formats: Mapping[Any, Format] | None,
        max_rows: int | None,
        rules: CellRules,
    ) -> _Options:
        if max_rows is not None:
            checked_limit("max_rows", max_rows, "rows")
        chosen = Columns.chosen(columns)
        return cls(chosen, checked_align(align), checked_format(formats), max_rows, rules)


def _lines(rows: Rows, options: _Options, *, whole: bool) -> Iterator[str]:
    blocks = _blocks(rows, options.max_rows, TABLE_BLOCK if whole else READ_AHEAD)
    known = list(blocks) if whole else [block for block in (next(blocks, None),) if block is not None]
    more = (
        _more(rows, options.max_rows) if whole or sum(len(block.rows) for block in known) == options.max_rows else None
    )
    columns = _columns(rows, options, known, whole=whole)
    if columns is None:
        return
    if isinstance(options.align, Mapping):
        columns.check("align", options.align)
    columns.check("format", options.formats)
    cells = Cells(options.rules)
    values = [list(map(Column, block.columns(columns.names))) for block in known]
    first = [
        line for block, part in zip(known, values, strict=True) for line in _body(block, part, columns, cells, options)
    ]
    yield _line(map(cells.header, columns.headers))
    yield _line(delimiters(columns, options.align, values))
    yield from first
    del known, values, first
    for block in blocks:
        if options.columns is None and (found := block.foreign(columns.names)):
            number, name = found
            raise UsageError(f"row {number} has a name that the first rows have not, {name!r}; give columns=")
        yield from _body(block, list(map(Column, block.columns(columns.names))), columns, cells, options)
    yield from more if more is not None else _more(rows, options.max_rows)


def _blocks(rows: Rows, max_rows: int | None, size: int) -> Iterator[RowBlock]:
    left = max_rows
    while left is None or left > 0:
        block = rows.block(size if left is None else min(size, left))
        if block is None:
            return
        left = None if left is None else left - len(block.rows)
        yield block


def _ended(known: list[RowBlock], max_rows: int | None, *, whole: bool) -> bool:
    """Whether there are no other rows than those that are known."""
    shown = sum(len(block.rows) for block in known)
    return max_rows is None or shown < max_rows if whole else shown < min(READ_AHEAD, max_rows or READ_AHEAD)


def _more(rows: Rows, max_rows: int | None) -> tuple[str, ...]:
    """The lines behind the table: how many rows are not shown, if there are any."""
    rest = 0 if max_rows is None else rows.rest()
    if rest == 0:
        return ()
    return "", "… more rows" if rest is None else f"… {rest:d} more row{'s' if rest > 1 else ''}"


def _columns(rows: Rows, options: _Options, known: list[RowBlock], *, whole: bool) -> Columns | None:
    """What was chosen, if the rows have it, or else what the known rows have; None where there is nothing to show."""
    records = known[0].kind == "records" if known else bool(rows.names)
    names = dict.fromkeys(name for block in known for name in block.names()) if records and known else rows.names
    if options.columns is None:
        if not known and not names:
            return None
        if not records:
            raise UsageError("rows without names need columns=: give the header as a list of names")
        return Columns(tuple(names), tuple(names))
    missing = [name for name in options.columns.names if name not in names] if records else []
    if missing and known and not known[0].alike and not _ended(known, options.max_rows, whole=whole):
        missing = rows.without(missing) if whole and rows.total is not None else []
    if missing:
        raise UsageError(f"columns= has {missing[0]!r}, which no row has; they have {listed(names)}")
    return options.columns


def _body(block: RowBlock, values: list[Column], columns: Columns, cells: Cells, options: _Options) -> list[str]:
    made = [
        cells.column(column, options.formats.get(name), partial(_place, block.first - 1, str(name)))
        for name, column in zip(columns.names, values, strict=True)
    ]
    return list(map("|".join, zip(repeat(""), *made, repeat(""))))


def _place(first: int, name: str, index: int) -> str:
    """The JSON Pointer of a value: of its row among all rows, and its column."""
    return step(f"/{first + index}", name)


def _line(cells: Iterable[str]) -> str:
    return f"|{'|'.join(cells)}|"
