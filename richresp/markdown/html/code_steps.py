"""What code means for what is read: a fence for preformatted text, a span for code in a line, and spans in a cell."""

from __future__ import annotations

from richresp.markdown.html.code import is_line_numbers, language_of, lines_of, span_of
from richresp.markdown.html.inlines import link
from richresp.markdown.html.phrases import fence_of
from richresp.markdown.html.reader import Leave, Reader, nothing
from richresp.markdown.html.tokens import BREAK
from richresp.markdown.inline import code as code_span
from richresp.tree import Element


def preformatted(reader: Reader, element: Element) -> None:
    if not is_line_numbers(element):
        fence(reader, element, lines_of(element))


def fence(reader: Reader, element: Element, text: str) -> None:
    reader.boundary()
    if reader.in_line:
        for line in text.split("\n"):
            reader.tokens += [code_span(line.strip()), BREAK]
        return
    reader.flush()
    block = fence_of(text, language_of(element))
    reader.frames[-1].blocks += [block] if block else []


def code_in_line(reader: Reader, element: Element) -> Leave | None:
    if next(element.iter("pre"), None) is not None:
        return nothing
    text = span_of(element)
    if not text.strip():
        reader.tokens.append(text)
        return None
    pieces = [" " if text[:1] == " " else "", code_span(text.strip(" ")), " " if text[-1:] == " " else ""]
    only = element[0] if len(element) == 1 and element[0].tag == "a" else None
    if only is None or (element.text or "").strip() or (only.tail or "").strip():
        reader.tokens += pieces
        return None
    leave = link(reader, only)
    if leave is not None:
        reader.tokens += pieces
        leave()
    return None
