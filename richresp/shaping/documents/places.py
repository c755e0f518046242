"""Where the markdown of a window may be divided, in order: before blocks, items, rows, lines of code, and in paragraphs.

What is short beside what stands before it on its page stays whole, and a heading stays with what it heads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from richresp.limits.documents import (
    BLOCK_SHARE,
    LEAST_PIECE,
    LONG_EMPHASIS,
    LONG_LINE,
    MOST_WHOLE,
    SENTENCE_SHARE,
    WHOLE_HTML,
)
from richresp.shaping.chunks import chunk_end
from richresp.shaping.documents.blocks import Block
from richresp.shaping.documents.spans import spans
from richresp.shaping.documents.window import Window

_GAP = re.compile(r"[ \t]*(?:\r\n?|\n)?")
_WHOLE = {"heading": LONG_LINE, "html_block": WHOLE_HTML}
_DEFINITION = re.compile(r" {0,3}\[")


def places(window: Window, page: int) -> Iterator[int]:
    """Where a window may be divided, for a page that begins at the offset `page` of the whole.

    Not yet looked at is whether a page could begin there; that is for `Window.may_cut`.
    """
    return _Places(window, page).of(window.blocks, is_top=True)


class _Places:
    def __init__(self, window: Window, page: int) -> None:
        self._window = window
        self._text = window.text
        self._page = page - window.shift

    def _share(self, at: int, share: float) -> int:
        """How many characters are a share of what stands before a place on its page."""
        return min(MOST_WHOLE, max(LEAST_PIECE, int(share * (at - self._page))))

    def of(self, found: list[Block], *, is_top: bool = False) -> Iterator[int]:
        """The places before and in neighbours; before the first is none."""
        before, line = None, 0
        for block in found:
            if is_top:
                yield from self._definitions(range(line, block.first), before)
                line = block.last
            if before is not None and not _heads(before, block):
                yield self._window.line_start(block.first)
            yield from self._inside(block)
            before = block
        if is_top:
            yield from self._definitions(range(line, len(self._window.lines)), before)

    def _definitions(self, lines: range, before: Block | None) -> Iterator[int]:
        """The places before definitions of links, which are no blocks."""
        may_cut = before is not None and before.kind != "heading"
        for line in lines:
            at = self._window.line_start(line)
            if _DEFINITION.match(self._text, at):
                if may_cut:
                    yield at
                may_cut = True

    def _inside(self, block: Block) -> Iterator[int]:
        first, last = self._window.line_start(block.first), self._window.line_start(block.last)
        if last - first <= self._share(first, BLOCK_SHARE):
            return
        match block.kind:
            case "bullet_list" | "ordered_list":
                yield from self._items(block.inside)
            case "list_item" | "blockquote":
                yield from self.of(block.inside)
            case "paragraph":
                yield from self._words(first, last)
            case "fence":
                yield from self._code(block)
            case "heading" | "html_block" if last - first <= _WHOLE[block.kind]:
                return
            case _:
                head = 3 if block.kind == "table" else 1
                yield from self._lines(range(block.first, block.last), block.first + head)

    def _items(self, items: list[Block]) -> Iterator[int]:
        for number, item in enumerate(items):
            if number:
                yield self._window.line_start(item.first)
            yield from self._inside(item)

    def _lines(self, lines: range, first: int) -> Iterator[int]:
        """The places before lines from `first` on, and those in long ones."""
        for line in lines:
            at, end = self._window.line_start(line), self._window.line_start(line + 1)
            if line >= first and self._text[at:end].strip():
                yield at
            if end - at > LONG_LINE:
                yield from self._long(at, end)

    def _long(self, at: int, end: int) -> Iterator[int]:
        while (at := chunk_end(self._text, at, self._share(at, BLOCK_SHARE))) < end - 1:
            yield at

    def _code(self, fence: Block) -> Iterator[int]:
        """The places between lines of a fence, where a line is blank if one is in time."""
        last = fence.last - 1
        closing = self._text[self._window.line_start(last) : self._window.line_start(fence.last)].strip(" \t\r\n>")
        is_closed = bool(closing) and closing.startswith(fence.markup) and not closing.strip(fence.markup[0])
        taken, blank = self._window.line_start(fence.first), False
        for line in range(fence.first + 1, last if is_closed else fence.last):
            at, end = self._window.line_start(line), self._window.line_start(line + 1)
            is_blank = not self._text[at:end].strip(" \t\r\n>")
            is_due = (blank and not is_blank) or end - taken > self._share(at, BLOCK_SHARE)
            if line > fence.first + 1 and is_due:
                yield at
                taken = at
            blank = is_blank
            if end - at > LONG_LINE:
                yield from self._long(at, end)

    def _words(self, at: int, end: int) -> Iterator[int]:
        """The places in a paragraph: behind sentences and words, links whole."""
        whole = spans(self._text, at, end)
        while True:
            start = at
            at = self._behind(chunk_end(self._text, start, self._share(start, SENTENCE_SHARE)))
            if (span := whole.soft_around(at)) is not None:
                at = span[0] if span[0] > start else span[1] if span[1] - start <= LONG_EMPHASIS else at
            if (span := whole.hard_around(at)) is not None:
                at = span[0] if span[0] > start else self._behind(span[1])
            if at >= end:
                return
            yield at

    def _behind(self, at: int) -> int:
        """The place behind blanks, and behind the end of the line."""
        gap = _GAP.match(self._text, at)
        return gap.end() if gap else at


def _heads(heading: Block, block: Block) -> bool:
    """Whether a block is the first of a heading's section; another heading of its level begins another section."""
    return heading.kind == "heading" and (block.kind != "heading" or block.info > heading.info)
