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

Row = Mapping[str, Any] | Sequence[Any]


def table(rows: Iterable[Row], *, columns: Sequence[str] | None = None) -> str:
    """Rows as a GFM table.

    Args:
        rows: mappings from column to value, or sequences of values in the order of the columns.
        columns: which columns, in which order; by default the keys of the first row. Sequences need them.

    Raises:
        UsageError: for sequences without columns, and for a sequence longer than they are.
    """
    return "\n".join(iter_table(rows, columns=columns))


def iter_table(rows: Iterable[Row], *, columns: Sequence[str] | None = None) -> Iterator[str]:
    """The lines of `table`, one at a time: memory is constant for any number of rows."""
    rows = iter(rows)
    if columns is None:
        first = next(rows, None)
        if first is None:
            return
        if not isinstance(first, Mapping):
            raise UsageError("rows without keys need columns=: give the header as a list of names")
        columns = [str(key) for key in first]
        rows = chain((first,), rows)
    yield _line(columns)
    yield "|" + "-|" * len(columns)
    for number, row in enumerate(rows, 1):
        if isinstance(row, Mapping):
            yield _line(row.get(column) for column in columns)
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
