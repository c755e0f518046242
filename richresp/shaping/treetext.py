"""A TokenTree as text to read: a sentence of what is most, then lines, each with its tokens, its share and a bar. It is short and
narrow for any tree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from richresp.limits.shape import LEAST_TREE_SHARE, MAIN_TREE_SHARE, MAX_TREE_LINES, MAX_TREE_WIDTH
from richresp.shaping.tokentree import TokenTree
from richresp.shaping.treelines import TreeLine, heaviest, tree_lines

_BAR = 10
_INDENT = "  "
_MAX_INDENT = 24
_IDENTIFIER = re.compile("[A-Za-z_][A-Za-z0-9_]*")


def draw(tree: TokenTree) -> str:
    """The tree as text of at most MAX_TREE_LINES lines of at most MAX_TREE_WIDTH columns."""
    head = headline(tree)
    rows = tree_lines(tree, MAX_TREE_LINES - len(head) - 1)
    width = max(len(f"{row.tokens:,}") for row in rows)
    return "\n".join((*head, "", *(_drawn(row, tree.tokens, width) for row in rows)))


def headline(tree: TokenTree, width: int = MAX_TREE_WIDTH) -> list[str]:
    """The sum, where most of it goes, and what to do about it, in lines of at most so many columns."""
    parts = [("", f"{tree.tokens:,} token{'' if tree.tokens == 1 else 's'}")]
    most = heaviest(tree)
    if most.node is not tree and tree.tokens:
        parts.append(("; ", f"{percent(most.tokens / tree.tokens)} in"))
        words = () if most.node else ("keys", "and", "punctuation", "of")
        parts += [(" ", word) for word in (*words, most.node.path if most.node else most.of)]
        parts += _cure(tree, most.node, width) if most.node else []
    return list(_filled(parts, width))


def _filled(parts: list[tuple[str, str]], width: int) -> Iterator[str]:
    """Parts, each behind what stands between it and the one before, in lines of at most so many columns."""
    line = ""
    for between, part in parts:
        room = width - columns_of(line + between)
        if not line:
            line = cut(part, width)
        elif columns_of(part) <= room or columns_of(part) > width <= 2 * room:
            line += between + cut(part, room)
        else:
            yield line
            line = cut(part, width)
    yield line


def _cure(tree: TokenTree, leaf: TokenTree, width: int) -> list[tuple[str, str]]:
    """What to drop, and what that would save, if it saves most; in one part where there is room for that."""
    if leaf.children or not _IDENTIFIER.fullmatch(leaf.name) or len(leaf.name) > MAX_TREE_WIDTH // 2:
        return []
    saved, todo = 0, list(tree.children)
    while todo:
        node = todo.pop()
        if node.name == leaf.name:
            saved += node.tokens
        else:
            todo.extend(node.children)
    share = saved / tree.tokens
    if share <= MAIN_TREE_SHARE:
        return []
    path, gain = f'drop=["$..{leaf.name}"]', f"saves {percent(share)}"
    return [("; ", f"{path} {gain}")] if len(path) + len(gain) < width else [("; ", path), (" ", gain)]


def _drawn(line: TreeLine, total: int, width: int) -> str:
    share = line.tokens / total if total else 0.0
    bar = "#" * round(_BAR * share)
    start = f"{line.tokens:>{width},}  {percent(share):>5}  {bar:<{_BAR}}  "
    start += (_INDENT * line.depth)[:_MAX_INDENT]
    told = notes(line.node)[0]
    return f"{start}{cut(line.text, MAX_TREE_WIDTH - len(start) - len(told))}{told}"


def notes(node: TokenTree | None) -> tuple[str, ...]:
    """How many were merged, and from there on less and less of it, down to nothing."""
    if node is None:
        return ("",)
    merged = f"  x{node.count:,}" if node.count > 1 else ""
    if not node.children and node.values > node.count:
        return (f"{merged}  ({node.values:,} values)", merged, "")
    return (merged, "")


def percent(share: float) -> str:
    """A share as people read it."""
    return "<1 %" if 0 < share < LEAST_TREE_SHARE / 2 else f"{100 * share:.0f} %"


def cut(text: str, room: int) -> str:
    """Text of no more than `room` columns: the middle is left out where it is longer."""
    if columns_of(text) <= room:
        return text
    if room < 1:
        return ""
    head, tail = text[: room // 2], text[-room // 2 :]
    while columns_of(head) + columns_of(tail) >= room:
        head, tail = (head[:-1], tail) if columns_of(head) >= columns_of(tail) else (head, tail[1:])
    return f"{head}…{tail}"


def columns_of(text: str) -> int:
    """Columns on a screen, of which ideographs take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
