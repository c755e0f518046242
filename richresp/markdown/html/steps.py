"""What each element of HTML means for what is read; an element without a step is a block, or nothing but its text."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from richresp.markdown.html.code_steps import code_in_line, preformatted
from richresp.markdown.html.elements import CODES, HEADINGS, LISTS, MARKS, attribute
from richresp.markdown.html.frames import Frame, Item, ListFrame, QuoteFrame, TableFrame, TermsFrame
from richresp.markdown.html.inlines import checkbox, formula, image, line_break, link, quotation, reading, script
from richresp.markdown.html.phrases import heading_of
from richresp.markdown.html.reader import Leave, Reader, Step, nothing
from richresp.markdown.html.table_steps import cell, row, rows, table
from richresp.markdown.html.tokens import BREAK, Mark
from richresp.markdown.raw import Block
from richresp.tree import Element


def _heading(reader: Reader, element: Element) -> Leave:
    if reader.in_line:
        return reader.block()
    reader.flush()
    reader.in_line += 1

    def leave() -> None:
        reader.in_line -= 1
        block = heading_of(reader.taken(), HEADINGS[element.tag], reader.wishes.style)
        reader.frames[-1].blocks += [block] if block else []

    return leave


def _held(make: Callable[[int, Element], Frame], levels: int) -> Step:
    """A block that holds blocks, if it is not nested too deep; then what is in it belongs to what it stands in."""

    def step(reader: Reader, element: Element) -> Leave:
        depth = reader.frames[-1].depth + levels
        if reader.in_line or depth > reader.depth:
            return reader.block()
        reader.enter(make(depth, element))
        return reader.leave

    return step


def _list(depth: int, element: Element) -> Frame:
    if element.tag != "ol":
        return ListFrame(depth)
    counts_down = element.get("reversed") is not None
    return ListFrame(
        depth,
        is_numbered=True,
        start=_number(element, "start", None if counts_down else 1),
        step=-1 if counts_down else 1,
    )


def _item(reader: Reader, element: Element) -> Leave:
    frame = reader.frames[-1]
    if reader.in_line:
        reader.boundary()
        reader.tokens.append("- ")
    elif isinstance(frame, ListFrame):
        reader.flush()
        frame.opened(Item(number=_number(element, "value", None) if frame.is_numbered else None))
    else:
        reader.boundary()
    return reader.boundary


def _term(reader: Reader, element: Element) -> Leave:
    frame = reader.frames[-1]
    if reader.in_line or not isinstance(frame, TermsFrame):
        return reader.block()
    if not (reader.below_term and frame.items and not frame.items[-1].has_text):
        reader.flush()
        frame.opened(Item())
    leave = _strong_line(reader, element)

    def leave_term() -> None:
        leave()
        reader.tokens.append(BREAK)
        reader.below_term = len(reader.tokens)

    return leave_term


def _definition(reader: Reader, _: Element) -> Leave:
    frame = reader.frames[-1]
    if reader.in_line or not isinstance(frame, TermsFrame):
        return reader.block()
    if not frame.items or frame.items[-1].has_text:
        reader.flush()
    if not frame.items:
        frame.opened(Item())
    frame.items[-1].has_text = True
    return reader.boundary


def _summary(reader: Reader, element: Element) -> Leave:
    reader.boundary()
    leave = _strong_line(reader, element)

    def leave_summary() -> None:
        leave()
        reader.boundary()

    return leave_summary


def _strong_line(reader: Reader, _: Element) -> Leave:
    reader.start(Mark("strong"))
    reader.in_line += 1

    def leave() -> None:
        reader.in_line -= 1
        reader.end()

    return leave


def _rule(reader: Reader, _: Element) -> None:
    reader.boundary()
    if not reader.in_line:
        reader.frames[-1].blocks.append(
            Block("___", "rule")
        )  # dashes or stars behind such a marker are one rule with it


def _control(reader: Reader, _: Element) -> Leave | None:
    """A button is an action, but in a heading or summary, where it opens what stands below."""
    return nothing if reader.in_line and not isinstance(reader.frames[-1], TableFrame) else None


def _mark(mark: Mark, reader: Reader, _: Element) -> Leave:
    reader.start(mark)
    return reader.end


def _number(element: Element, name: str, default: int | None) -> int | None:
    """What an attribute says of a number; the default where it says none."""
    try:
        return int(attribute(element, name).strip()[:12])
    except ValueError:
        return default


STEPS: Final[dict[str, Step]] = {
    **{tag: partial(_mark, Mark(kind)) for tag, kind in MARKS.items()},
    **dict.fromkeys(HEADINGS, _heading),
    **dict.fromkeys(LISTS, _held(_list, 2)),
    **dict.fromkeys(CODES, code_in_line),
    **dict.fromkeys(("pre", "xmp", "listing", "plaintext"), preformatted),
    **dict.fromkeys(("thead", "tbody", "tfoot"), rows),
    **dict.fromkeys(("td", "th"), cell),
    **dict.fromkeys(("sub", "sup"), script),
    **dict.fromkeys(("annotation", "annotation-xml"), lambda *_: None),
    "a": link,
    "blockquote": _held(lambda depth, _: QuoteFrame(depth), 1),
    "br": line_break,
    "button": _control,
    "dd": _definition,
    "dl": _held(lambda depth, _: TermsFrame(depth), 2),
    "dt": _term,
    "hr": _rule,
    "img": image,
    "input": checkbox,
    "li": _item,
    "math": formula,
    "q": quotation,
    "rt": reading,
    "summary": _summary,
    "table": table,
    "tr": row,
}
"""By the name of the element."""
