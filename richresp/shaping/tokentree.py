"""What `explain` returns: a tree of merged paths with what each costs, as a value.

A node stands for all values at one path: the items of a list share one, `[*]`, and so do the entries of a map, `*`. What
a node costs beyond its children is its own: brackets, keys, commas, and the plain values of a list, which is why a vector
is one leaf however long it is.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class TokenTree:
    """Where tokens go. `str()` draws it; iterating gives this node and all below it, each before its children.

    Attributes:
        path: where the values stand, in the manner of JSONPath, `results[*].embedding`; `$` for the payload itself. Long
            keys are cut and control characters escaped, so that it is safe to print.
        name: its last step: a key, `[*]`, `*`, or `(other)` for what is too deep or too varied to be told apart.
        tokens: what the values cost together, their children included, but not the keys that lead to them.
        share: `tokens` as a part of the whole payload's, 0 to 1.
        count: how many values were merged here.
        values: how many of them, or of the items of lists here, are plain values: strings, numbers, booleans, nulls.
        children: the nodes below, heaviest first.
    """

    path: str
    name: str
    tokens: int
    share: float
    count: int
    values: int
    children: tuple[TokenTree, ...] = ()

    @property
    def own(self) -> int:
        """Tokens that are in none of the children: all of them for a leaf, else mostly keys and punctuation."""
        return self.tokens - sum(child.tokens for child in self.children)

    def __iter__(self) -> Iterator[TokenTree]:
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def heaviest(self, number: int = 5) -> tuple[TokenTree, ...]:
        """The leaves that cost most, heaviest first.

        Args:
            number: how many at most.
        """
        return tuple(heapq.nlargest(number, (node for node in self if not node.children), key=lambda leaf: leaf.tokens))

    def to_dict(self) -> dict[str, Any]:
        """The tree as JSON-native values, `children` as a list."""
        result: dict[str, Any] = {}
        todo = [(self, result)]
        while todo:
            node, filled = todo.pop()
            inner: list[dict[str, Any]] = [{} for _ in node.children]
            filled.update(
                path=node.path, name=node.name, tokens=node.tokens, share=node.share, count=node.count,
                values=node.values, children=inner,
            )  # fmt: skip
            todo.extend(zip(node.children, inner, strict=True))
        return result

    def __str__(self) -> str:
        from richresp.shaping.treetext import draw

        return draw(self)
