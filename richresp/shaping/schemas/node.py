"""A value's place in a schema: what must show of it there, and the places of what is in it. Read lazily, once."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field

from richresp.limits.schemas import MAX_NODES
from richresp.shaping.schemas.keywords import demand
from richresp.shaping.schemas.rules import Demands, Rule

_Key = frozenset[tuple[int, bool]]


@dataclass(eq=False, slots=True)
class Book:
    """The nodes of one schema that were met so far, by the schemas that they are held to.

    Attributes:
        known: the keywords that the draft of the schema has.
        nodes: the nodes.
    """

    known: Container[str] = ()
    nodes: dict[_Key, Node | None] = field(default_factory=dict)

    def node(self, rules: list[Rule]) -> Node | None:
        """What rules make of a value; None where they ask for nothing."""
        if not rules:
            return None
        key = frozenset((id(rule.schema), rule.same) for rule in rules)
        if key in self.nodes:
            return self.nodes[key]
        found = _demands(rules, self.known)
        node = None if found.are_none() else Node(self, found)
        if len(self.nodes) < MAX_NODES:
            self.nodes[key] = node
        return node


@dataclass(eq=False, slots=True)
class Node:
    """What must show of a value as soon as anything of it does.

    Attributes:
        book: where the nodes of what is in it stand.
        demands: the demands.
    """

    book: Book
    demands: Demands

    def child(self, key: str | int) -> Node | None:
        """The node of an entry or item; None where there is nothing to ask for."""
        found = self.demands
        if found.whole:
            return None
        if isinstance(key, int):
            if found.units:
                return _UNIT
            rules = [*found.at.get(key, ()), *(rule for start, rule in found.beyond if key >= start)]
        else:
            rules = [
                *found.named.get(key, ()),
                *(rule for pattern, rule in found.patterns if re.search(pattern, key)),
                *(rule for known, rule in found.others if key not in known),
            ]
        return self.book.node(rules)


_UNIT = Node(Book(), Demands(whole=True))


def _demands(rules: list[Rule], known: Container[str]) -> Demands:
    """What rules demand together with those they lead to; a circle of references ends where it began."""
    found = Demands()
    seen: set[tuple[int, bool]] = set()
    todo = list(rules)
    while todo:
        rule = todo.pop()
        key = id(rule.schema), rule.same
        if key in seen:
            continue
        seen.add(key)
        demand(found, Rule(rule.schema, rule.same, rule.scope.inside(rule.schema)), known)
        todo += found.here
        found.here.clear()
    return found
