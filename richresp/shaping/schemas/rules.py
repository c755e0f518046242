"""Rules: a schema that a value is to be held to, and what a set of them demands of it.

A demand only ever asks that more is shown. So demands add up, whatever they come from: showing all of a payload meets them
all, and to ask for more than a schema needs costs room and breaks nothing.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any, Protocol


class Scope(Protocol):
    """Where in its document a schema stands, which says what a reference in it means."""

    def inside(self, schema: Any) -> Scope:
        """The scope of a schema within: another one where it has an identifier of its own."""

    def follow(self, reference: str) -> tuple[Any, Scope]:
        """What a reference leads to, and the scope there.

        Raises:
            UsageError: if it leads out of the document, or nowhere.
        """


@dataclass(frozen=True, slots=True)
class Rule:
    """A schema that a value is held to.

    Attributes:
        schema: the schema, an object.
        same: whether its verdict must stay the same, as under `not`; else it only must not turn from valid to invalid.
        scope: where the schema stands.
    """

    schema: dict[str, Any]
    same: bool
    scope: Scope


@dataclass(slots=True)
class Demands:
    """What the rules for one value demand; a name, an item is asked for only where the payload has it.

    Attributes:
        whole: show it uncut, or not at all.
        every: show each entry or item, if perhaps not all of it.
        names: entries to show.
        entries: how many of the first entries to show.
        items: how many items to show.
        head: how many of the first items to show, since a rule goes by their place.
        units: items are whole, or not there.
        here: rules that the value is held to as well.
        named: rules for entries, by their names.
        patterns: rules for entries whose name a pattern is found in.
        others: rules for all entries but those of some names.
        at: rules for the items at an index.
        beyond: rules for the items from an index on.
    """

    whole: bool = False
    every: bool = False
    names: set[str] = field(default_factory=set)
    entries: int = 0
    items: int = 0
    head: int = 0
    units: bool = False
    here: list[Rule] = field(default_factory=list)
    named: dict[str, list[Rule]] = field(default_factory=dict)
    patterns: list[tuple[str, Rule]] = field(default_factory=list)
    others: list[tuple[Container[str], Rule]] = field(default_factory=list)
    at: dict[int, list[Rule]] = field(default_factory=dict)
    beyond: list[tuple[int, Rule]] = field(default_factory=list)

    def are_none(self) -> bool:
        """Whether nothing is asked for, of the value or of anything in it."""
        return self == _NOTHING


_NOTHING = Demands()
