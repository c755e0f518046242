"""`richresp shape --explain` where there is colour: the tree of a payload, with bars of where its tokens go.

Of all values those cost most that are red, and those that are yellow a good deal: they are to be looked at first. Colour is for bars alone, and nothing is told by it
only: text has that of the terminal, which can be read on light and dark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.console import Console
from rich.text import Text

from richresp.cli.card import Canvas, written
from richresp.cli.manners import rows
from richresp.limits.cli import BAR_COLUMNS, HEAVY_SHARE, LEAST_BAR_COLUMNS, TREE_COLUMNS
from richresp.limits.shape import MAX_TREE_LINES
from richresp.shaping import TokenTree
from richresp.shaping.treetext import TreeLine, cut, headline, note, percent, tree_lines

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_ASCII_EIGHTHS = "    #####"
_GUIDES = ("├─ ", "└─ ", "│  ")
_ASCII_GUIDES = ("|- ", "`- ", "|  ")
_BLANK = "   "
_MAX_LEVELS = 8


def coloured_tree(tree: TokenTree, stream: TextIO) -> str:
    """The tree as it is drawn for a stream with colours, no wider than that."""
    canvas = Canvas.of(stream, most=TREE_COLUMNS)
    console = canvas.console()
    head = headline(tree, canvas.width)
    lines = tree_lines(tree, max(MAX_TREE_LINES, rows(stream) - 2) - len(head) - 1)
    for number, line in enumerate(head):
        total, mark, rest = line.partition(";") if number == 0 else ("", "", line)
        console.print(Text.assemble((total, "bold"), mark, rest), soft_wrap=True)
    console.print()
    width = max(len(f"{line.tokens:,}") for line in lines)
    bar = BAR_COLUMNS if canvas.width >= 2 * BAR_COLUMNS + width else LEAST_BAR_COLUMNS
    heaviest = max((line for line in lines if line.is_end), key=lambda line: line.tokens, default=None)
    signs, guides = (_EIGHTHS, _GUIDES) if canvas.is_unicode else (_ASCII_EIGHTHS, _ASCII_GUIDES)
    for each, guide in zip(lines, _guided(lines, guides), strict=True):
        share = each.tokens / tree.tokens if tree.tokens else 0.0
        color = "red" if each is heaviest else "yellow" if each.is_end and share >= HEAVY_SHARE else "cyan"
        start = Text.assemble(
            f"{each.tokens:>{width},}  ", (f"{percent(share):>5}  ", "dim"), (_bar(share, bar, signs), color), "  ",
            (guide, "dim"),
        )  # fmt: skip
        _print(console, start, each, canvas.width, style="bold" if each is heaviest else "")
    return written(console)


def _print(console: Console, start: Text, line: TreeLine, width: int, *, style: str) -> None:
    told = note(line.node)
    text = cut(line.text, max(1, width - start.cell_len - len(told)))
    console.print(start + Text.assemble((text, style if line.node else "dim"), (told, "dim")), soft_wrap=True)


def _bar(share: float, width: int, signs: str) -> str:
    """A bar in eighths of a column."""
    whole, rest = divmod(round(share * width * 8), 8)
    bar = signs[8] * whole + (signs[rest] if rest else "")
    return f"{bar:<{width}}"


def _guided(lines: Sequence[TreeLine], guides: Sequence[str]) -> Iterator[str]:
    """What stands before the lines: where they hang."""
    branch, last, pipe = guides
    for number, line in enumerate(lines):
        levels = range(1, min(line.depth, _MAX_LEVELS) + 1)
        goes_on = [_goes_on(lines, number, level) for level in levels]
        yield "".join(
            (branch if more else last) if level == len(goes_on) else pipe if more else _BLANK
            for level, more in zip(levels, goes_on, strict=True)
        )


def _goes_on(lines: Sequence[TreeLine], number: int, level: int) -> bool:
    """Whether behind a line another of this level hangs on the same one."""
    return next((line.depth == level for line in lines[number + 1 :] if line.depth <= level), False)
