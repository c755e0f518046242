"""Code in a page: its text as it stands, and the language that it says it is in."""

from __future__ import annotations

import re

from richresp.limits.markdown import MAX_LANGUAGE_LEVELS
from richresp.markdown.html.elements import BLOCKS, SILENT, attribute, is_hidden
from richresp.markdown.html.tokens import BLANKS, collapsed
from richresp.tree import Element

_LANGUAGE = re.compile(
    r"(?:^|\s)(?:(?:language|lang|highlight-source|highlight-text|highlight)-|sourceCode\s+|brush:\s*)([A-Za-z][A-Za-z0-9_+#.-]{0,31})(?=[;\s]|$)"
)
_NO_LANGUAGE = frozenset(("none", "text", "plain", "plaintext", "txt", "default", "nohighlight", "source", "auto"))
_NUMBERS = re.compile(r"\s*(?:[0-9]+\s*)+")
_LINES = BLOCKS - {"td", "th", "pre", "table", "tbody"}


def lines_of(element: Element) -> str:
    """The text of preformatted code, without the empty lines around it."""
    text = _text(element).replace("\r\n", "\n").strip("\n")
    code = text.rstrip()
    return code + text[len(code) :].partition("\n")[0]


def listing_of(table: Element) -> str:
    """The text of code that has a line in each row of a table, in its last cell."""
    rows = ([cell for cell in row if cell.tag == "td"] for row in table.iter("tr"))
    lines = (_text(cells[-1]).strip("\n").rstrip() for cells in rows if cells)
    return "\n".join(line.strip() if "\n" in line else line for line in lines)


def span_of(element: Element) -> str:
    """The text of code in a line, and blanks where there are some at its ends."""
    text = _text(element)
    shown = collapsed(text)
    before, after = (" " if char and char in BLANKS else "" for char in (text[:1], text[-1:]))
    return before + shown + after if shown else before


def language_of(element: Element) -> str:
    """The language that classes name, of the code or of what is right around it; empty where none is known."""
    inner = [child for child in element if child.tag == "code"]
    around = [element, *inner[:1]]
    parent = element.getparent()
    while parent is not None and len(around) < MAX_LANGUAGE_LEVELS and len(parent) <= MAX_LANGUAGE_LEVELS:
        around.append(parent)
        parent = parent.getparent()
    for each in around:
        stated = attribute(each, "data-lang") or attribute(each, "data-language")
        found = _LANGUAGE.search(f"language-{stated}" if stated else attribute(each, "class"))
        if found:
            name = found[1].rstrip(".").lower()
            return "" if name in _NO_LANGUAGE else name
    return ""


def is_line_numbers(element: Element) -> bool:
    """Whether preformatted text is the numbers that stand in the cell beside code."""
    cell = element.getparent()
    while cell is not None and cell.tag == "div":
        cell = cell.getparent()
    if cell is None or cell.tag not in {"td", "th"} or cell.getnext() is None:
        return False
    return bool(_NUMBERS.fullmatch("".join(element.itertext())))


def _text(element: Element) -> str:
    """The text below an element that shows, each block on lines of its own."""
    pieces = [element.text or ""]
    levels = [(iter(element), False, "")]
    while levels:
        child = next(levels[-1][0], None)
        if child is not None:
            tag, tail = child.tag, child.tail or ""
            if tag == "br":
                pieces.append("\n")
            if tag == "br" or not isinstance(tag, str) or tag in SILENT or is_hidden(child, child.keys()):
                pieces.append(tail)
                continue
            is_line = tag in _LINES
            if is_line:
                _end_line(pieces)
            pieces.append(child.text or "")
            levels.append((iter(child), is_line, tail))
            continue
        _, is_line, tail = levels.pop()
        if is_line:
            _end_line(pieces)
        if not is_line or tail.strip():  # white space between two lines is of the markup, not of the code
            pieces.append(tail)
    return "".join(pieces[:-1])


def _end_line(pieces: list[str]) -> None:
    while pieces and not pieces[-1]:
        pieces.pop()
    if pieces and not pieces[-1].endswith("\n"):
        pieces.append("\n")
