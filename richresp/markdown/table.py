"""GFM tables: no padding, which costs tokens and shows nowhere, and no guessing, which loses data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from richresp.exceptions import UsageError
from richresp.markdown.escape import CELL, escaped_lines
from richresp.markdown.inline import Raw

_BARE_PIPE = re.compile(r"(?<!\\)\|")

_NONE = object()
Row = Mapping[Any, Any] | Sequence[Any]


def table(rows: Iterable[Row], *, columns: Sequence[Any] | None = None) -> str:
    """Rows as a GFM table; empty without rows and columns.

    Args:
        rows: mappings from column to value, or sequences of values in the order of the columns.
        columns: which columns, in which order; by default all keys in the order in which rows bring them up. Sequences
            need them.

    Raises:
        UsageError: for sequences without columns, a sequence longer than they are, a row that is neither, and rows
            without a single column.
    """
    if columns is None:
        rows = list(rows)
        columns = list(dict.fromkeys(key for row in rows if isinstance(row, Mapping) for key in row)) or None
    return "\n".join(iter_table(rows, columns=columns))


def iter_table(rows: Iterable[Row], *, columns: Sequence[Any] | None = None) -> Iterator[str]:
    """The lines of `table`, one at a time: memory is constant for any number of rows.

    Without `columns` the first row names them, and a later row with another key is a UsageError.
    """
    rows = iter(rows)
    strict = columns is None
    if columns is None:
        first = next(rows, None)
        if first is None:
            return
        if not isinstance(first, Mapping):
            raise UsageError("rows without keys need columns=: give the header as a list of names")
        columns = list(first)
        rows = chain((first,), rows)
    if not columns:
        raise UsageError("a table needs a column; give columns= or rows with keys")
    yield _line(columns)
    yield "|" + "-|" * len(columns)
    for number, row in enumerate(rows, 1):
        if isinstance(row, Mapping):
            if strict and (unknown := next((key for key in row if key not in columns), _NONE)) is not _NONE:
                raise UsageError(f"row {number} has a key that the first row has not, {unknown!r}; give columns=")
            yield _line(row.get(column) for column in columns)
        elif isinstance(row, (str, bytes)) or not isinstance(row, Sequence):
            raise UsageError(f"row {number} is a {type(row).__name__}; give a mapping or a sequence of values")
        elif len(row) > len(columns):
            raise UsageError(f"row {number} has {len(row)} values for {len(columns)} columns")
        else:
            yield _line((*row, *(None for _ in range(len(columns) - len(row)))))


def _line(cells: Iterable[Any]) -> str:
    return "|" + "".join(f"{cell(value)}|" for value in cells)


def cell(value: Any) -> str:
    """A value as the content of a table cell: None is empty, line ends are `<br>`.

    A backslash at the end is followed by a blank: cmark-gfm and markdown-it take any pipe behind a backslash for an
    escaped one, even behind an escaped backslash.
    """
    if value is None:
        return ""
    if type(value) in (int, float):
        return repr(value)
    if isinstance(value, Raw):
        return _BARE_PIPE.sub(r"\|", " ".join(value.split("\n")))
    text = "<br>".join(escaped_lines(shown(value), CELL))
    return text[:-1] + " " if text.endswith("\\\\") else f"{text} " if text.endswith("\\") else text


def shown(value: Any) -> str:
    """A scalar as text: true and false as JSON has them, everything else as `str` has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
