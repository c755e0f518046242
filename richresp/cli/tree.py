"""`richresp shape --explain` where there is colour: the tree of a payload, with bars of where its tokens go.

Of all values those cost most that are red, and those that are yellow a good deal: they are to be looked at first. Colour is for bars alone, and nothing is told by it
only: text has that of the terminal, which can be read on light and dark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TextIO

from rich.console import Console
from rich.text import Text

from richresp.cli.card import Canvas, written
from richresp.cli.manners import columns, rows
from richresp.cli.wording import cured
from richresp.limits.cli import BAR_COLUMNS, HEAVY_SHARE, LEAST_BAR_COLUMNS, ROOMY_COLUMNS, TREE_COLUMNS
from richresp.limits.shape import MAX_TREE_LINES
from richresp.shaping import TokenTree
from richresp.shaping.treelines import MARKS, TreeLine, tree_lines
from richresp.shaping.treetext import columns_of, cut, headline, notes, percent

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_ASCII_EIGHTHS = "    #####"
_GUIDES = ("├─ ", "└─ ", "│  ")
_ASCII_GUIDES = ("|- ", "`- ", "|  ")
_BLANK = "   "
_GAP = "  "
_KEYS = "(keys)"  # what is left of MARKS in a narrow terminal
_SHARE_COLUMNS = 9  # of a share, with the gaps beside it
_MAX_LEVELS = 8


def coloured_tree(tree: TokenTree, stream: TextIO) -> str:
    """The tree as it is drawn for a stream with colours, no wider than that.

    Where there is no room for all, what is said beside names goes first, then the bars, and names are cut last.
    """
    canvas = replace(Canvas.of(stream), width=min(columns(stream), TREE_COLUMNS))
    console = canvas.console()
    head = [cured(line) for line in headline(tree, canvas.width)]
    lines = tree_lines(tree, max(MAX_TREE_LINES, rows(stream) - 2) - len(head) - 1)
    for number, line in enumerate(head):
        total, mark, rest = line.partition(";") if number == 0 else ("", "", line)
        console.print(Text.assemble((total, "bold"), mark, rest), soft_wrap=True)
    console.print()
    signs, guides = (_EIGHTHS, _GUIDES) if canvas.is_unicode else (_ASCII_EIGHTHS, _ASCII_GUIDES)
    hung = list(_guided(lines, guides))
    width = max(len(f"{line.tokens:,}") for line in lines)
    beside = width + _SHARE_COLUMNS
    named = [columns_of(guide + line.text) for guide, line in zip(hung, lines, strict=True) if line.node]
    bar = _bar_columns(canvas.width - beside, named)
    most = max((line for line in lines if line.is_end), key=lambda line: line.tokens, default=None)
    for each, guide in zip(lines, hung, strict=True):
        share = each.tokens / tree.tokens if tree.tokens else 0.0
        color = "red" if each is most else "yellow" if each.is_end and share >= HEAVY_SHARE else "cyan"
        start = Text.assemble(
            f"{each.tokens:>{width},}  ", (f"{percent(share):>5}  ", "dim"), (_bar(share, bar, signs), color),
            _GAP if bar else "", (guide, "dim"),
        )  # fmt: skip
        _print(console, start, each, canvas.width, style="bold" if each is most else "")
    return written(console)


def _bar_columns(room: int, named: Sequence[int]) -> int:
    """How wide bars are beside names of so many columns: as wide as they may be without a name being cut for them."""
    least = sum(name > room for name in named)
    for bar in (BAR_COLUMNS, LEAST_BAR_COLUMNS):
        if sum(name > room - bar - len(_GAP) for name in named) == least:
            return bar
    return LEAST_BAR_COLUMNS if room >= ROOMY_COLUMNS else 0


def _print(console: Console, start: Text, line: TreeLine, width: int, *, style: str) -> None:
    room = width - start.cell_len
    text = _KEYS if line.text == MARKS and columns_of(MARKS) > room else line.text
    told = next((told for told in notes(line.node) if columns_of(text) + len(told) <= room), "")
    drawn = start + Text.assemble((cut(text, room), style if line.node else "dim"), (told, "dim"))
    drawn.truncate(width)
    console.print(drawn, soft_wrap=True)


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
