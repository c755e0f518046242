"""Markdown on purpose: strings that are put in as they are, where any other text is data.

A Raw is whole by itself: what it opens (a fence, a tag, emphasis) it closes, for nothing closes it but its author.
"""

from __future__ import annotations

from typing import Self


class Raw(str):
    """Markdown on purpose: where text is taken, a Raw is put in as it is."""

    __slots__ = ()


class Code(Raw):
    """A code span, with the text it shows: a table cell must spell some of them otherwise."""

    __slots__ = ("text",)

    text: str

    def __new__(cls, source: str, text: str) -> Self:
        code = super().__new__(cls, source)
        code.text = text
        return code


class Inline(Raw):
    """Text and Raw parts as one line, with the parts: another place asks for other escapes."""

    __slots__ = ("parts",)

    parts: tuple[str, ...]

    def __new__(cls, source: str, parts: tuple[str, ...]) -> Self:
        inline = super().__new__(cls, source)
        inline.parts = parts
        return inline


class Block(Raw):
    """A block of its own lines, with its kind, by which `document` keeps it apart from its neighbours."""

    __slots__ = ("blocks", "kind")

    kind: str
    blocks: tuple[Block, ...]

    def __new__(cls, source: str, kind: str, blocks: tuple[Block, ...] = ()) -> Self:
        block = super().__new__(cls, source)
        block.kind = kind
        block.blocks = blocks
        return block
