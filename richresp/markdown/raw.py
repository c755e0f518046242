"""Markdown on purpose: strings that are put in as they are, where any other text is data.

A Raw is whole by itself: what it opens (a fence, a tag, emphasis) it closes, for nothing closes it but its author.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from richresp.exceptions import UsageError
from richresp.limits.markdown import MAX_BLOCK_DEPTH


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
    """Text and Raw parts as one line, with the parts: another place asks for other escapes.

    Attributes:
        parts: text and Raw.
        math: whether its dollars are escaped.
        autolink: whether its bare URLs may become links.
    """

    __slots__ = ("autolink", "math", "parts")

    parts: tuple[str, ...]
    math: bool
    autolink: bool

    def __new__(cls, source: str, parts: tuple[str, ...], *, math: bool = False, autolink: bool = True) -> Self:
        inline = super().__new__(cls, source)
        inline.parts = parts
        inline.math = math
        inline.autolink = autolink
        return inline


class Link(Raw):
    """A link, with the text it was made of and the rest of its source: a table cell must spell some texts otherwise."""

    __slots__ = ("rest", "text")

    text: str
    rest: str

    def __new__(cls, source: str, text: str, rest: str) -> Self:
        link = super().__new__(cls, source)
        link.text = text
        link.rest = rest
        return link


class Block(Raw):
    """A block of its own lines.

    Attributes:
        kind: by it `document` keeps a block apart from its neighbours.
        blocks: what a document is made of.
        depth: the levels around what stands deepest in it, as markdown-it counts them: a quote is one, a list two.
    """

    __slots__ = ("blocks", "depth", "kind")

    kind: str
    blocks: tuple[Block, ...]
    depth: int

    def __new__(cls, source: str, kind: str, blocks: tuple[Block, ...] = (), depth: int = 0) -> Self:
        block = super().__new__(cls, source)
        block.kind = kind
        block.blocks = blocks
        block.depth = max((depth, *(inner.depth for inner in blocks)))
        return block


def flattened(parts: Iterable[str]) -> Iterator[str]:
    """Parts with those of an Inline, which may hold others to any depth, in place of it."""
    levels = [iter(parts)]
    while levels:
        part = next(levels[-1], None)
        if part is None:
            levels.pop()
        elif isinstance(part, Inline):
            levels.append(iter(part.parts))
        else:
            yield part


def checked_depth(depth: int) -> int:
    """The depth of a block, if parsers show it.

    Raises:
        UsageError: for a block that is nested deeper than markdown-it shows.
    """
    if depth > MAX_BLOCK_DEPTH:
        raise UsageError(
            f"blocks nested {depth} levels deep, of which a quote is one and a list two: parsers show nothing that is "
            f"deeper than {MAX_BLOCK_DEPTH}; put less of them inside each other"
        )
    return depth


def checked_text(of: str, *parts: object) -> None:
    """Refuses what is no text.

    Raises:
        UsageError: naming what was given, and to what.
    """
    for part in parts:
        if not isinstance(part, str):
            hint = "decode them to a string first" if isinstance(part, (bytes, bytearray)) else "pass str(value)"
            raise UsageError(f"{of} takes text, not {type(part).__name__}: {hint}")
