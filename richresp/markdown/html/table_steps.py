"""What a table and its parts mean for what is read."""

from __future__ import annotations

from richresp.limits.markdown import MAX_COLUMN_SPAN, MAX_ROW_SPAN
from richresp.markdown.html.code import listing_of
from richresp.markdown.html.code_steps import fence
from richresp.markdown.html.frames import TableFrame
from richresp.markdown.html.grid import Cell, span
from richresp.markdown.html.phrases import parts_of
from richresp.markdown.html.reader import Leave, Reader
from richresp.markdown.html.tables import cell_of, is_data, is_listing
from richresp.tree import Element


def table(reader: Reader, element: Element) -> Leave | None:
    if reader.in_line:
        return reader.block()
    if is_listing(element):
        fence(reader, element, listing_of(element))
        return None
    if not is_data(element):
        return reader.block()
    reader.enter(TableFrame(reader.frames[-1].depth))
    return reader.leave


def rows(reader: Reader, element: Element) -> Leave:
    frame = reader.frames[-1]
    if isinstance(frame, TableFrame) and not reader.in_line:
        frame.groups += 1
        frame.is_head = element.tag == "thead"
    return reader.block()


def row(reader: Reader, _: Element) -> Leave:
    frame = reader.frames[-1]
    if isinstance(frame, TableFrame) and not reader.in_line:
        frame.opened_row()
    return reader.block()


def cell(reader: Reader, element: Element) -> Leave:
    frame = reader.frames[-1]
    if reader.in_line or not isinstance(frame, TableFrame):
        return reader.block()
    if not frame.rows:
        frame.opened_row()
    reader.flush()
    reader.in_line += 1
    is_header = element.tag == "th"

    def leave() -> None:
        reader.in_line -= 1
        tokens, style = reader.taken(), reader.wishes.style
        source = cell_of(parts_of(tokens, style, strong=is_header), reader.texts, style)
        columns, rows = (
            span(element.get(name, ""), most)
            for name, most in (("colspan", MAX_COLUMN_SPAN), ("rowspan", MAX_ROW_SPAN))
        )
        frame.rows[-1].cells.append(Cell(source, tokens, columns, rows, is_header))

    return leave
