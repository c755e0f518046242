"""Blocks of text: paragraphs, headings, quotes, fences. What shows nothing is an empty block, which no document shows.

Text is data, a line at a time: a line end in it is a hard line break, blank lines and the blanks around a line are not
kept. Several parts are one text: Raw among them (links, code) is put in as it is and escaped around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from richresp.exceptions import UsageError
from richresp.markdown.escape import HEADING, LINE, Style, escaped_parts, hard_breaks, visible
from richresp.markdown.inline import on_one_line
from richresp.markdown.raw import Block, Raw, checked_depth, checked_text

_LINE_END = re.compile("\r\n?|\n")
_INFO = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9_+#.:/-]*)?")
_TICKS = re.compile("^[ \t]*(`{3,})", re.MULTILINE)  # the width of a tab depends on what the fence stands in


def paragraph(*parts: str, math: Literal["escape"] | None = None, autolink: bool = True) -> Block:
    """One paragraph, whatever line ends are in its text: they are hard line breaks, and blank lines are dropped.

    Args:
        parts: text, and Raw such as links and code; a Raw must be whole by itself.
        math: "escape" escapes `$` too.
        autolink: False keeps bare URLs in the text from becoming links.

    Raises:
        UsageError: for what is no text.
    """
    checked_text("paragraph()", *parts)
    return Block(hard_breaks(escaped_parts(parts, LINE, Style(math, autolink))), "paragraph")


def heading(*parts: str, level: int = 2, math: Literal["escape"] | None = None, autolink: bool = True) -> Block:
    """A heading: all on one line, so a line end is a blank.

    Args:
        parts: text, and Raw such as links and code; a Raw must be whole by itself.
        level: 1 to 6.
        math: "escape" escapes `$` too.
        autolink: False keeps bare URLs in the text from becoming links.

    Raises:
        UsageError: for another level, and for what is no text.
    """
    if type(level) is not int or not 1 <= level <= 6:
        raise UsageError(f"a heading of level {level!r}: give 1 to 6")
    checked_text("heading()", *parts)
    flat = [on_one_line(part) if isinstance(part, Raw) else part for part in parts]
    lines = escaped_parts(flat, HEADING, Style(math, autolink))
    return Block("#" * level + " " + " ".join(lines) if lines else "", "heading")


def quote(*parts: str, math: Literal["escape"] | None = None, autolink: bool = True) -> Block:
    """A block quote.

    Args:
        parts: text and Raw, which make paragraphs, and blocks such as lists and tables, which stay blocks.
        math: "escape" escapes `$` too.
        autolink: False keeps bare URLs in the text from becoming links.

    Raises:
        UsageError: for what is no text, and for blocks nested deeper than parsers show: over 19 levels, of which a quote
            is one and a list two.
    """
    from richresp.markdown.document import document

    checked_text("quote()", *parts)
    inner = document(*_grouped(parts, Style(math, autolink)))
    lines = inner.split("\n") if inner else []
    source = "\n".join(f"> {line}" if line else ">" for line in lines)
    return Block(source, "quote", depth=checked_depth(inner.depth + 1) if inner else 0)


def fence(text: str, *, info: str = "") -> Block:
    """A block of code, shown as it is, its last line end aside.

    Args:
        text: any text; nothing in it ends the block.
        info: the name of its language, as highlighters know it.

    Raises:
        UsageError: for an info that is not a name, and for what is no text.
    """
    checked_text("fence()", text, info)
    if not _INFO.fullmatch(info):
        raise UsageError(f"info={info[:80]!r}: give the name of a language, such as 'python', or nothing")
    lines = _LINE_END.sub("\n", visible(text)).removesuffix("\n")
    longest = max((len(run) for run in _TICKS.findall(lines)), default=2)
    ticks = "`" * (longest + 1)
    return Block("\n".join((ticks + info, *((lines,) if text else ()), ticks)), "fence")


def _grouped(parts: tuple[str, ...], style: Style) -> Iterator[Block]:
    for alone, group in groupby(parts, lambda part: isinstance(part, Block)):
        if alone:
            yield from (part for part in group if isinstance(part, Block))
        else:
            yield Block(hard_breaks(escaped_parts(tuple(group), LINE, style)), "paragraph")
