"""Which lines a TokenTree is drawn in, by one account: a line costs what the node costs that it names, and the lines below one add
up to it, less what is left out, which is under one per cent of the whole.

What would not show anything is left out: a chain of nodes that each hold all of the last is one line, and what is below
one per cent is summed up.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from richresp.limits.shape import LEAST_TREE_SHARE
from richresp.shaping.tokentree import TokenTree

MARKS = "(keys and punctuation)"


@dataclass(slots=True)
class TreeLine:
    """A line to draw.

    Attributes:
        text: what it says beside the numbers.
        tokens: what is meant by it costs.
        depth: how far it is indented.
        node: the node that it names; None for what is no node.
        of: the path of the node that the line hangs on; empty for the root.
        skipped: nodes that are left out beside those of its chain.
        marks: what the keys and marks of its chain cost that lead to the node.
        below: the lines that were made for its children.
    """

    text: str
    tokens: int
    depth: int
    node: TokenTree | None = None
    of: str = ""
    skipped: int = 0
    marks: int = 0
    below: list[TreeLine] = field(default_factory=list)

    @property
    def is_end(self) -> bool:
        """Whether it stands for values without anything below them."""
        return self.node is not None and not self.node.children


def tree_lines(tree: TokenTree, room: int) -> list[TreeLine]:
    """The lines to draw, at most `room`: the heaviest that there is room for, each behind the one it belongs to."""
    least = _least(tree)
    root = TreeLine(tree.path, tree.tokens, 0, tree)
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


def heaviest(tree: TokenTree) -> TreeLine:
    """Where most of the tokens go: of all lines that have none below them, whatever room there is, the one that costs most."""
    least = _least(tree)
    todo = [TreeLine(tree.path, tree.tokens, 0, tree)]
    ends = []
    while todo:
        line = todo.pop()
        below = _below(line, least)
        if not below:
            ends.append(line)
        todo.extend(below)
    return max(ends, key=lambda line: line.tokens)


def _least(tree: TokenTree) -> float:
    return max(LEAST_TREE_SHARE * tree.tokens, 1)


def _line(node: TokenTree, of: TokenTree, depth: int, least: float) -> TreeLine:
    """The line of a node, or of the end of the chain that it begins."""
    end, skipped, aside = node, 0, 0
    while end.children:
        first, *rest = end.children
        if rest and node.tokens - first.tokens >= least:
            break
        skipped, aside, end = skipped + len(rest), aside + sum(each.tokens for each in rest), first
    text = end.path.removeprefix("" if of.path == "$" else of.path).removeprefix(".")
    return TreeLine(text, end.tokens, depth, end, of.path, skipped, node.tokens - aside - end.tokens)


def _below(line: TreeLine, least: float) -> list[TreeLine]:
    node = line.node
    if node is None or not node.children:
        return []
    lines = [_line(child, node, line.depth + 1, least) for child in node.children if child.tokens >= least]
    marks = node.own + sum(below.marks for below in lines)
    if marks >= least:
        lines.append(TreeLine(MARKS, marks, line.depth + 1, of=node.path))
    return sorted(lines, key=lambda below: -below.tokens)


def _in_order(root: TreeLine, shown: set[int], least: float) -> Iterator[TreeLine]:
    stack = [root]
    while stack:
        line = stack.pop()
        yield line
        below = [child for child in line.below if id(child) in shown]
        if line.node is not None and line.node.children and (below or line is root):
            rest = line.tokens - sum(child.tokens for child in below)
            hidden = len(line.node.children) + sum(child.skipped - (child.node is not None) for child in below)
            if rest >= least:
                text = f"{hidden:,} more" if hidden else MARKS
                below.append(TreeLine(text, rest, line.depth + 1, of=line.node.path))
        stack.extend(reversed(below))
