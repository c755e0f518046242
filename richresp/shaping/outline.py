"""The merged paths of a payload while it is walked, and how they become a TokenTree.

Items of a list are merged. So are the entries of a map: an object that has too many names for a record, and either only
one kind of value or more names than any record. Whether it is one shows only in the end, when all objects at a path have
been seen, so the tree is grown with names and merged afterwards; an entry that outweighs the rest keeps its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from itertools import accumulate

from richresp.limits.shape import (
    HEAVY_TREE_SHARE,
    MAX_TREE_DEPTH,
    MAX_TREE_NAMES,
    MAX_TREE_PATHS,
    MAX_TREE_STEP_CHARS,
    RECORD_KEYS,
)
from richresp.shaping.tokentree import TokenTree

_IDENTIFIER = re.compile("[A-Za-z_][A-Za-z0-9_]*")


class Step(Enum):
    """The ways down that are no key."""

    ITEM = "[*]"
    ENTRY = "*"
    OTHER = "(other)"


class Kind:
    """Kinds of values, as bits. Null is none: it stands in for any."""

    TEXT, NUMBER, LIST, OBJECT = 1, 2, 4, 8


class Branch:
    """What is known of one merged path. `other` is set where it stands for several that are not told apart.

    Attributes:
        depth: steps from the root.
        children: by key or Step.
        own: weight of the text that belongs to it and to none of its children.
        total: the same with its children; worked out in the end.
        count: values merged here.
        values: plain values among them and among their items.
        kinds: bits of Kind.
        lead: the key that was last met here, its text as JSON, and that text's weight.
    """

    __slots__ = ("children", "count", "depth", "kinds", "lead", "other", "own", "total", "values")

    def __init__(self, depth: int, *, other: bool = False) -> None:
        self.depth = depth
        self.other = other
        self.children: dict[str | Step, Branch] = {}
        self.own = self.total = 0.0
        self.count = self.values = self.kinds = 0
        self.lead: tuple[str, str, float] | None = None


class Outline:
    """The branches of one payload, bounded in number and depth."""

    def __init__(self) -> None:
        self.root = Branch(0)
        self._room = MAX_TREE_PATHS

    def below(self, parent: Branch, step: str | Step) -> Branch:
        """The branch of a child; beyond the bounds one that stands for all that is there."""
        found = parent.children.get(step)
        if found is not None:
            return found
        if parent.other:
            return parent
        if isinstance(step, str) and len(parent.children) >= MAX_TREE_NAMES:
            return self.below(parent, Step.ENTRY)
        if parent.depth >= MAX_TREE_DEPTH or self._room <= 0:
            return parent.children.setdefault(Step.OTHER, Branch(parent.depth + 1, other=True))
        self._room -= 1
        found = parent.children[step] = Branch(parent.depth + 1)
        return found

    def tree(self, tokens: int) -> TokenTree:
        """The finished tree, with `tokens` shared out by weight."""
        _weigh(self.root)
        todo = [self.root]
        while todo:
            branch = todo.pop()
            if _is_map(branch):
                _merge_entries(branch)
            todo.extend(branch.children.values())
        for branch in reversed(list(_preorder(self.root))):
            item = branch.children.get(Step.ITEM)
            if item is not None and not item.children:
                del branch.children[Step.ITEM]
                branch.own += item.own
                branch.values += item.values
        return _frozen(self.root, tokens)


def _preorder(root: Branch) -> Iterator[Branch]:
    stack = [root]
    while stack:
        branch = stack.pop()
        yield branch
        stack.extend(reversed(branch.children.values()))


def _weigh(root: Branch) -> None:
    for branch in reversed(list(_preorder(root))):
        branch.total = branch.own + sum(child.total for child in branch.children.values())


def _is_map(branch: Branch) -> bool:
    named = [child for step, child in branch.children.items() if isinstance(step, str)]
    if len(named) <= RECORD_KEYS:
        return False
    kinds = 0
    for child in named:
        kinds |= child.kinds
    return Step.ENTRY in branch.children or kinds.bit_count() <= 1


def _merge_entries(branch: Branch) -> None:
    """Merges the named children; not those that alone are most of the branch."""
    entries = branch.children.setdefault(Step.ENTRY, Branch(branch.depth + 1))
    heavy = HEAVY_TREE_SHARE * branch.total
    light = [step for step, child in branch.children.items() if isinstance(step, str) and child.total <= heavy]
    for step in light:
        _merge(entries, branch.children.pop(step))


def _merge(into: Branch, other: Branch) -> None:
    todo = [(into, other)]
    while todo:
        one, two = todo.pop()
        one.own += two.own
        one.total += two.total
        one.count += two.count
        one.values += two.values
        one.kinds |= two.kinds
        for step, child in two.children.items():
            known = one.children.setdefault(step, child)
            if known is not child:
                todo.append((known, child))


def _frozen(root: Branch, tokens: int) -> TokenTree:
    """The branches as values.

    Each branch gets the difference of two rounded running sums over the tree in order: all add up to `tokens`, and no
    subtree is off by more than one.
    """
    order = list(_preorder(root))
    sums = list(accumulate(branch.own for branch in order))
    bounds = [0, *(round(tokens * done / (sums[-1] or 1)) for done in sums)]
    paths, names = {id(root): "$"}, {id(root): "$"}
    for branch in order:
        for step, child in branch.children.items():
            name, text = _shown(step)
            path = paths[id(branch)]
            names[id(child)] = name
            paths[id(child)] = text.removeprefix(".") if path == "$" else path + text
    built: dict[int, TokenTree] = {}
    for at in range(len(order) - 1, -1, -1):
        branch = order[at]
        children = [built.pop(id(child)) for child in branch.children.values()]
        cost = bounds[at + 1] - bounds[at] + sum(child.tokens for child in children)
        built[id(branch)] = TokenTree(
            path=paths[id(branch)],
            name=names[id(branch)],
            tokens=cost,
            share=cost / tokens if tokens else 0.0,
            count=branch.count,
            values=branch.values,
            children=tuple(sorted(children, key=lambda child: -child.tokens)),
        )
    return built[id(root)]


def _shown(step: str | Step) -> tuple[str, str]:
    """The name of a step, and what it adds to a path."""
    if isinstance(step, Step):
        return step.value, step.value if step is Step.ITEM else f".{step.value}"
    if len(step) <= MAX_TREE_STEP_CHARS and _IDENTIFIER.fullmatch(step):
        return step, f".{step}"
    cut = step if len(step) <= MAX_TREE_STEP_CHARS else f"{step[:MAX_TREE_STEP_CHARS]}…"
    name = "".join(char if char.isprintable() else _escaped(char) for char in cut)
    quoted = name.replace("'", "\\'")
    return name, f"['{quoted}']"


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode()
