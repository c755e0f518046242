"""Tables of a page: which are data, and how these are written; any other table only lays out its text.

A table of data has two rows and two columns at least, and cells that fit a line: no table, heading, quote or code in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from richresp.limits.markdown import MAX_DATA_CELL_CHARS, MAX_SPAN_CELLS
from richresp.markdown.cell_texts import CellRules, CellTexts
from richresp.markdown.escape import Style
from richresp.markdown.html.elements import HEADINGS, attribute
from richresp.markdown.html.grid import Row, lacks, laid_out
from richresp.markdown.inline import raw_cell
from richresp.markdown.raw import Block, Inline, Raw
from richresp.tree import Element

_TEXTUAL = frozenset((*HEADINGS, "table", "blockquote", "pre", "hr", "details", "figure", "dl", "article"))


def is_data(table: Element) -> bool:
    """Whether a table is one of data, as far as its elements tell. It is looked at up to the first table in it."""
    role = attribute(table, "role").strip().lower()
    if role in {"presentation", "none"}:
        return False
    rows = cells = most = size = 0
    for element in table.iter():
        tag = element.tag
        if tag in {"td", "th"}:
            cells += 1
            size = 0
        elif tag == "tr":
            rows += 1
            cells = 0
        elif tag in _TEXTUAL and element is not table and element.getparent().tag != "caption":
            return False
        size += len((element.text or "").strip()) + len((element.tail or "").strip())
        most = max(most, cells)
        if size > MAX_DATA_CELL_CHARS:
            return False
    return rows > 1 and most > 1


def is_listing(table: Element) -> bool:
    """Whether a table is code with a line in each row, as highlighters write it."""
    return "highlight" in attribute(table, "class").split() and next(table.iter("pre"), None) is None


def cell_of(parts: Sequence[str], texts: CellTexts, style: Style) -> str:
    """Parts of a text as the source of a cell."""
    if len(parts) == 1 and not isinstance(parts[0], Raw):
        return texts.whole(parts[0])
    return raw_cell(Inline("", tuple(parts)), style) if parts else ""


def cell_texts(style: Style) -> CellTexts:
    """What makes the cells of a page, and remembers some of them."""
    return CellTexts(CellRules(style=style))


def table_of(rows: Sequence[Row]) -> Block:
    """Rows as a table; empty if they are no table: of one column, of one row, or with too few cells for their columns.

    The first row is its header if all that stands in it are headers; else the header is empty.
    """
    grid = [(row, line) for row, line in zip(rows, laid_out(rows), strict=True) if line]
    lines = [line for _, line in grid]
    width = max(map(len, lines), default=0)
    if width < 2 or len(lines) < 2 or lacks(lines) > MAX_SPAN_CELLS:
        return Block("", "table")
    first = grid[0][0]
    named = first.is_head or all(cell.is_header for cell in first.cells if cell.source)
    header = lines[0] if named else []
    written = [
        _row([*header, *[""] * (width - len(header))]),
        "|" + "-|" * width,
        *map(_row, lines[1:] if named else lines),
    ]
    return Block("\n".join(written), "table")


def _row(cells: Iterable[str]) -> str:
    return "|" + "|".join(cells) + "|"
