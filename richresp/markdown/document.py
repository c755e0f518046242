"""Blocks as one document in which each stays what it is: a blank line keeps all apart but two lists of one kind.

Two neighbouring lists with the same marker are one list to a parser, so the second gets another marker. A block written
by hand, as Raw, is put in as it is: an unclosed fence or tag in it takes in what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from richresp.markdown.blocks import paragraph
from richresp.markdown.raw import Block, Raw, checked_text

_ITEMS = {
    "bullets": (re.compile("^-(?= |$)", re.MULTILINE), "-+*"),
    "numbered": (re.compile(r"^([0-9]+)\.(?= |$)", re.MULTILINE), ".)"),
}
_MARKERS = re.compile(r"^ {0,3}(?:([-+*])|[0-9]{1,9}([.)]))(?=[ \t]|$)", re.MULTILINE)


def document(*blocks: str, math: Literal["escape"] | None = None, autolink: bool = True) -> Block:
    """Blocks below each other, each of them apart; the source of a whole answer.

    Args:
        blocks: what the emitters return, Raw, and text, each of which is a paragraph. Empty ones are left out.
        math: "escape" escapes `$` in those texts too; the emitters have the same option.
        autolink: False keeps bare URLs in those texts from becoming links.

    Raises:
        UsageError: for what is no text.
    """
    checked_text("document()", *blocks)
    whole = tuple(_whole(blocks, math=math, autolink=autolink))
    return Block("\n\n".join(_apart(whole)), "document", whole)


def _whole(blocks: Sequence[str], *, math: Literal["escape"] | None, autolink: bool) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Block):
            yield from block.blocks or ((block,) if block else ())
        elif isinstance(block, Raw):
            yield from (Block(source, "raw") for source in (block.strip("\n"),) if source.strip())
        else:
            yield from filter(None, (paragraph(block, math=math, autolink=autolink),))


def _apart(blocks: Sequence[Block]) -> Iterator[str]:
    above: frozenset[str] = frozenset()
    for block, below in pairwise((*blocks, Block("", "raw"))):
        source = str(block)
        if block.kind in _ITEMS:
            item, markers = _ITEMS[block.kind]
            taken = above | (_markers(below) if below.kind == "raw" else frozenset())
            marker = next((marker for marker in markers if marker not in taken), markers[0])
            if marker != markers[0]:
                source = item.sub(rf"\g<1>{marker}" if item.groups else marker, source)
            above = frozenset(marker)
        else:
            above = _markers(source) if block.kind == "raw" else frozenset()
        yield source


def _markers(source: str) -> frozenset[str]:
    return frozenset(match[1] or match[2] for match in _MARKERS.finditer(source))
