"""A TokenTree as lines to read: the heaviest first, every line with its tokens, its share and a bar.

What would not show anything is left out: a chain of nodes that each hold all of the last is one line, and what is below
one per cent is summed up. So the text is short and narrow for any tree.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from richresp.limits.shape import LEAST_TREE_SHARE, MAIN_TREE_SHARE, MAX_TREE_LINES, MAX_TREE_WIDTH
from richresp.shaping.tokentree import TokenTree

_BAR = 10
_INDENT = "  "
_MAX_INDENT = 24
_IDENTIFIER = re.compile("[A-Za-z_][A-Za-z0-9_]*")


@dataclass(slots=True)
class TreeLine:
    """A line to draw.

    Attributes:
        text: what it says beside the numbers.
        tokens: what is meant by it costs.
        depth: how far it is indented.
        node: the node whose children follow below it; None for what is no node.
        below: the lines that were made for them.
    """

    text: str
    tokens: int
    depth: int
    node: TokenTree | None = None
    below: list[TreeLine] = field(default_factory=list)

    @property
    def is_end(self) -> bool:
        """Whether it stands for values without anything below them."""
        return self.node is not None and not self.node.children


def draw(tree: TokenTree) -> str:
    """The tree as text of at most MAX_TREE_LINES lines of at most MAX_TREE_WIDTH columns."""
    head = headline(tree)
    rows = tree_lines(tree, MAX_TREE_LINES - len(head) - 1)
    width = max(len(f"{row.tokens:,}") for row in rows)
    return "\n".join((*head, "", *(_drawn(row, tree.tokens, width) for row in rows)))


def headline(tree: TokenTree, width: int = MAX_TREE_WIDTH) -> list[str]:
    """The sum, where most of it goes, and what to do about it, in lines of at most so many columns."""
    total = f"{tree.tokens:,} token{'' if tree.tokens == 1 else 's'}"
    leaf = max(tree, key=lambda node: node.own)
    if not tree.children or not tree.tokens:
        return [total]
    what = "keys and punctuation of " if leaf.children else ""
    start = f"{total}; {percent(leaf.own / tree.tokens)} in {what}"
    cure = _cure(tree, leaf)
    line = f"{start}{cut(leaf.path, width - len(start))}"
    if cure and len(line) + len(cure) + 2 <= width:
        return [f"{line}; {cure}"]
    return [line, cure] if cure else [line]


def _cure(tree: TokenTree, leaf: TokenTree) -> str | None:
    """What `drop` would save, if it saves most."""
    if leaf.children or not _IDENTIFIER.fullmatch(leaf.name) or len(leaf.name) > MAX_TREE_WIDTH // 2:
        return None
    saved, todo = 0, list(tree.children)
    while todo:
        node = todo.pop()
        if node.name == leaf.name:
            saved += node.tokens
        else:
            todo.extend(node.children)
    share = saved / tree.tokens
    return f'drop=["$..{leaf.name}"] saves {percent(share)}' if share > MAIN_TREE_SHARE else None


def tree_lines(tree: TokenTree, room: int) -> list[TreeLine]:
    """The lines to draw, at most `room`: the heaviest that there is room for, each behind the one it belongs to."""
    least = max(LEAST_TREE_SHARE * tree.tokens, 1)
    root = _line(tree, "", 0, least)
    ranked: list[TreeLine] = []
    order = count()
    heap = [(-root.tokens, next(order), root)]
    while heap and len(ranked) < room:
        line = heapq.heappop(heap)[2]
        ranked.append(line)
        line.below = _below(line, least)
        for child in line.below:
            heapq.heappush(heap, (-child.tokens, next(order), child))
    while True:
        shown = {id(line) for line in ranked}
        rows = list(_in_order(root, shown, least))
        if len(rows) <= room:
            return rows
        ranked.pop()


def _line(node: TokenTree, prefix: str, depth: int, least: float) -> TreeLine:
    """The line of a node, or of the whole chain that it begins."""
    end = node
    while end.children:
        heaviest = end.children[0]
        if len(end.children) > 1 and node.tokens - heaviest.tokens >= least:
            break
        end = heaviest
    text = end.path.removeprefix(prefix).removeprefix(".")
    return TreeLine(text, node.tokens, depth, end)


def _below(line: TreeLine, least: float) -> list[TreeLine]:
    node = line.node
    if node is None:
        return []
    prefix = "" if node.path == "$" else node.path
    lines = [_line(child, prefix, line.depth + 1, least) for child in node.children if child.tokens >= least]
    marks = line.tokens - (sum(child.tokens for child in node.children) if node.children else node.tokens)
    if marks >= least:
        lines.append(TreeLine("(keys and punctuation)", marks, line.depth + 1))
    return sorted(lines, key=lambda below: -below.tokens)


def _in_order(root: TreeLine, shown: set[int], least: float) -> Iterator[TreeLine]:
    stack = [root]
    while stack:
        line = stack.pop()
        yield line
        below = [child for child in line.below if id(child) in shown]
        if line.node is not None and line.node.children and (below or line is root):
            rest = line.tokens - sum(child.tokens for child in below)
            hidden = len(line.node.children) - sum(child.node is not None for child in below)
            if hidden and rest >= least:
                below.append(TreeLine(f"{hidden:,} more", rest, line.depth + 1))
        stack.extend(reversed(below))


def _drawn(line: TreeLine, total: int, width: int) -> str:
    share = line.tokens / total if total else 0.0
    bar = "#" * round(_BAR * share)
    start = f"{line.tokens:>{width},}  {percent(share):>5}  {bar:<{_BAR}}  "
    start += (_INDENT * line.depth)[:_MAX_INDENT]
    told = note(line.node)
    return f"{start}{cut(line.text, MAX_TREE_WIDTH - len(start) - len(told))}{told}"


def note(node: TokenTree | None) -> str:
    """How many were merged."""
    if node is None:
        return ""
    told = f"  x{node.count:,}" if node.count > 1 else ""
    if not node.children and node.values > node.count:
        told += f"  ({node.values:,} values)"
    return told


def percent(share: float) -> str:
    """A share as people read it."""
    return "<1 %" if 0 < share < LEAST_TREE_SHARE / 2 else f"{100 * share:.0f} %"


def cut(text: str, room: int) -> str:
    """Text of no more than `room` columns: the middle is left out where it is longer."""
    if _columns(text) <= room:
        return text
    head, tail = text[: room // 2], text[-room // 2 :]
    while _columns(head) + _columns(tail) >= room:
        head, tail = (head[:-1], tail) if _columns(head) >= _columns(tail) else (head, tail[1:])
    return f"{head}…{tail}"


def _columns(text: str) -> int:
    """Columns on a screen, of which ideographs take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
