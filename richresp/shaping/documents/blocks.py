"""The blocks of markdown as a tree, by markdown-it's map of lines: CommonMark with the tables of GFM.

Only blocks are parsed, not what stands in them. Footnotes are what they are to CommonMark: paragraphs, or definitions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from richresp.limits.markdown import MAX_BLOCK_NESTING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LINE_END = re.compile(r"\r\n?|\n")
_CONTAINERS = frozenset(("blockquote", "bullet_list", "ordered_list", "list_item"))
_LEAVES = frozenset(("paragraph", "heading", "fence", "code_block", "html_block", "hr", "table"))


@dataclass(slots=True, eq=False)
class Block:
    """A block and where it stands.

    Attributes:
        kind: the name of its token in markdown-it, without `_open`.
        first: its first line.
        last: the line behind it; blank lines at its end may be counted in.
        markup: the marks of a fence, the mark of an item.
        info: the number of an item, the level of a heading.
        inside: the blocks in it.
    """

    kind: str
    first: int
    last: int
    markup: str = ""
    info: str = ""
    inside: list[Block] = field(default_factory=list)

    @property
    def is_list(self) -> bool:
        return self.kind in ("bullet_list", "ordered_list")

    @property
    def is_leaf(self) -> bool:
        """Whether it holds text and no blocks."""
        return self.kind in _LEAVES

    def path(self) -> tuple[str, ...]:
        """Its kind, that of the first block in it, and so on."""
        names, block = [self.kind], self
        while block.inside:
            block = block.inside[0]
            names.append(block.kind)
        return tuple(names)


def blocks(source: str) -> list[Block]:
    """The blocks of markdown; none where the stack is too deep for the parser."""
    top: list[Block] = []
    tokens: list[Token] = []
    parser = _parser()
    try:
        parser.block.parse(LINE_END.sub("\n", source).replace("\0", "\ufffd"), parser, {}, tokens)
    except RecursionError:
        return top
    open_blocks = [top]
    for token in tokens:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if (kind not in _CONTAINERS and kind not in _LEAVES) or (token.map is None and token.nesting >= 0):
            continue
        if token.nesting >= 0 and token.map is not None:
            info = token.tag[1:] if kind == "heading" else token.info
            block = Block(kind, token.map[0], token.map[1], token.markup, info)
            open_blocks[-1].append(block)
            if token.nesting:
                open_blocks.append(block.inside)
        else:
            open_blocks.pop()
    return top


def at_line(found: list[Block], line: int) -> Block | None:
    """Which of some neighbours stands on a line."""
    at = bisect_right(found, line, key=lambda block: block.first) - 1
    return found[at] if at >= 0 and line < found[at].last else None


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": MAX_BLOCK_NESTING}).enable("table")
