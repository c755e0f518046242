"""The cells of a table in rows and columns, those that span several told in each place they span (HTML 4.9.12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from richresp.limits.markdown import MAX_COLUMN_SPAN, MAX_SPAN_CELLS, MAX_SPAN_CHARS
from richresp.markdown.html.tokens import Token


@dataclass(slots=True)
class Cell:
    """A cell as the page has it.

    Attributes:
        source: what it shows, as markdown.
        tokens: what this was made of.
        columns: how many it spans.
        rows: how many it spans; 0 means all that its group has left.
        is_header: whether it names a column or a row.
    """

    source: str
    tokens: list[Token] = field(default_factory=list)
    columns: int = 1
    rows: int = 1
    is_header: bool = False


@dataclass(slots=True)
class Row:
    """A row as the page has it.

    Attributes:
        cells: left to right.
        group: counts the parts of a table; nothing spans two of them.
        is_head: whether it stands in the head of the table.
    """

    cells: list[Cell] = field(default_factory=list)
    group: int = 0
    is_head: bool = False


def span(value: str, most: int) -> int:
    """A number of rows or columns, as an attribute states it (HTML 2.3.4.2); 1 where it states none."""
    digits = ""
    for char in value.strip()[:9]:
        if not "0" <= char <= "9":
            break
        digits += char
    return min(int(digits), most) if digits else 1


def laid_out(rows: Sequence[Row]) -> list[list[str]]:
    """The cells of each row, without columns and rows in which nothing stands."""
    grid = _expanded(rows)
    filled = {column for row in grid for column, source in enumerate(row) if source}
    if filled and len(filled) <= max(filled):
        grid = [[source for column, source in enumerate(row) if column in filled] for row in grid]
    return [_trimmed(row) for row in grid]


def _expanded(rows: Sequence[Row]) -> list[list[str]]:
    """All cells in their columns. What spans repeat is bounded; beyond it a cell stands in its first place only.

    A cell that is alone in its row is told once, however many columns it spans.
    """
    grid: list[list[str]] = []
    room = MAX_SPAN_CELLS
    hanging: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(rows):
        if number and rows[number - 1].group != row.group:
            hanging = {}
        line: list[str] = []
        below: dict[int, tuple[int, str]] = {}
        is_alone = len(row.cells) == 1 and not hanging
        for cell in row.cells:
            _hang(line, hanging, below)
            again = cell.source if len(cell.source) <= MAX_SPAN_CHARS else ""
            columns = 1 if is_alone else max(1, min(cell.columns, MAX_COLUMN_SPAN, room))
            height = cell.rows or len(rows)
            if height > 1:
                below.update((len(line) + place, (height - 1, again)) for place in range(columns))
            line += [cell.source, *[again] * (columns - 1)]
            for place in range(len(line) - columns, len(line)) if hanging else ():
                left, source = hanging.pop(place, (0, ""))
                if left > 1:
                    below.setdefault(place, (left - 1, source))
            room = max(0, room - columns + 1)
        while hanging and room:
            room -= 1
            _hang(line, hanging, below)
            if hanging:
                line.append("")
        hanging = {column: found for column, found in below.items() if room > 0}
        room = max(0, room - len(hanging))
        grid.append(line)
    return grid


def _hang(line: list[str], hanging: dict[int, tuple[int, str]], below: dict[int, tuple[int, str]]) -> None:
    """Puts the cells from above to the end of a row, as far as they stand there."""
    while len(line) in hanging:
        left, source = hanging.pop(len(line))
        if left > 1:
            below[len(line)] = left - 1, source
        line.append(source)


def _trimmed(row: list[str]) -> list[str]:
    """A row without the empty cells at its end, which parsers put there."""
    size = len(row)
    while size and not row[size - 1]:
        size -= 1
    return row[:size]


def lacks(grid: Sequence[Sequence[str]]) -> int:
    """How many cells parsers have to put at the ends of rows."""
    width = max(map(len, grid), default=0)
    return sum(width - len(row) for row in grid)
