"""What quotes and list items put before a line, and how they are opened again where a page begins inside them.

An item is opened by its marker alone on a line, so that what follows stands in it as it stood before: `-`, then the
nested item with the blanks it has. Columns are those of CommonMark, tab stops every four of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from richresp.limits.documents import PREFIX_CHARS
from richresp.shaping.documents.blocks import Block

_MARKER = re.compile(r" *(\d{1,9}[.)]|[-+*])( *)")
_QUOTE = re.compile(r" {0,3}> ?")
_BLANKS = re.compile(" *")
_WIDEST_SHIFT = 3


@dataclass(frozen=True, slots=True)
class Container:
    """A quote or an item.

    Attributes:
        kinds: the kinds of blocks that it is.
        line: where it begins.
        column: where its content begins on that line.
        width: by how many columns its content is indented; of a quote the two of `> `.
        marker: what opens it; "" for a quote.
    """

    kinds: tuple[str, ...]
    line: int
    column: int
    width: int = 2
    marker: str = ""


def expanded(line: str) -> str:
    """The beginning of a line with blanks for its tabs."""
    return line[:PREFIX_CHARS].expandtabs(4)


def column(line: str, number: int, stack: tuple[Container, ...]) -> int:
    """Where the content of a line begins that stands in containers."""
    at = 0
    for container in stack:
        if container.line == number:
            at = container.column
        elif container.marker:
            blanks = _BLANKS.match(line, at)
            at += min(container.width, len(blanks[0]) if blanks else 0)
        else:
            quote = _QUOTE.match(line, at)
            at = quote.end() if quote else at
    return at


def opened(line: str, block: Block, stack: tuple[Container, ...], kind: str) -> Container | None:
    """The container that a quote or an item of a list of that kind is; None where its marks are not in sight."""
    at = column(line, block.first, stack)
    if block.kind == "blockquote":
        quote = _QUOTE.match(line, at)
        return Container(("blockquote",), block.first, quote.end()) if quote else None
    marker = _MARKER.match(line, at)
    if marker is None:
        return None
    gap = len(marker[2])
    if marker.end() >= len(line.rstrip("\r\n")) or gap > 4:
        gap = 1
    content = marker.end(1) + gap
    return Container((kind, "list_item"), block.first, content, content - at, marker[1])


def reopened(stack: tuple[Container, ...]) -> tuple[str, str]:
    """The lines that open containers again, and what a line in them begins with."""
    lines, prefix = "", ""
    for container in stack:
        if container.marker:
            shift = min(_WIDEST_SHIFT, max(0, container.width - len(container.marker) - 1))
            lines += f"{prefix}{' ' * shift}{container.marker}\n"
            prefix += " " * container.width
        else:
            prefix += "> "
    return lines, prefix
