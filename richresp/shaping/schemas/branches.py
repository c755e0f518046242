"""Whether the branches of a `oneOf` can never be valid together, as those of a tagged union cannot.

Then a value that is valid in one branch is invalid in the others whatever is left out of it. Two branches are apart if
they take no type in common, or if an entry that one of them requires must have values in them that differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from richresp.limits.schemas import MAX_BRANCHES, MAX_REFERENCES
from richresp.shaping.schemas.rules import Rule, Scope

_Scalar = tuple[bool, Any]
"""A scalar, and whether it is true or false: which to JSON are no numbers."""

_TYPES = frozenset(("null", "boolean", "object", "array", "number", "string"))


@dataclass(frozen=True, slots=True)
class _Branch:
    """What one branch takes: which types, which entries it requires, and which values those may have."""

    types: frozenset[str]
    required: frozenset[str]
    choices: Mapping[str, frozenset[_Scalar]]


def are_apart(rules: list[Rule], *, of: int) -> set[str] | None:
    """The names of the entries that tell branches apart; None where they may be valid together.

    Args:
        rules: the branches.
        of: how many there are, those that are true or false among them.
    """
    if len(rules) != of or of > MAX_BRANCHES:
        return None
    names: set[str] = set()
    for one, other in combinations(map(_branch, rules), 2):
        if one.types.isdisjoint(other.types):
            continue
        tag = _tag(one, other)
        if tag is None:
            return None
        names.add(tag)
    return names


def _tag(one: _Branch, other: _Branch) -> str | None:
    return next(
        (
            name
            for name, values in one.choices.items()
            if name in other.choices
            and values.isdisjoint(other.choices[name])
            and (name in one.required or name in other.required)
            and one.types & other.types == {"object"}
        ),
        None,
    )


def _branch(rule: Rule) -> _Branch:
    types, required, choices = _TYPES, frozenset[str](), dict[str, frozenset[_Scalar]]()
    for schema, scope in _chain(rule):
        types &= _types(schema.get("type"))
        required |= frozenset(schema.get("required", ()))
        for name, entry in schema.get("properties", {}).items():
            for values in _values(entry, scope):
                choices[name] = values & choices.get(name, values)
    return _Branch(types, required, choices)


def _chain(rule: Rule) -> list[tuple[dict[str, Any], Scope]]:
    """A schema and those that it refers to, each with its scope."""
    schema, scope = rule.schema, rule.scope.inside(rule.schema)
    chain = [(schema, scope)]
    while "$ref" in schema and len(chain) < MAX_REFERENCES:
        found, outer = scope.follow(schema["$ref"])
        if not isinstance(found, dict):
            break
        schema, scope = found, outer.inside(found)
        chain.append((schema, scope))
    return chain


def _types(given: str | list[str] | None) -> frozenset[str]:
    """Types that a schema takes; whole numbers are numbers."""
    if given is None:
        return _TYPES
    listed = [given] if isinstance(given, str) else given
    return frozenset("number" if name == "integer" else name for name in listed)


def _values(schema: Any, scope: Scope) -> Iterator[frozenset[_Scalar]]:
    """The scalars that a schema takes, each time that it names them."""
    if not isinstance(schema, dict):
        return
    for part, _ in _chain(Rule(schema, same=False, scope=scope)):
        for values in (part.get("enum"), [part["const"]] if "const" in part else None):
            if values is not None and not any(isinstance(value, (dict, list)) for value in values):
                yield frozenset((type(value) is bool, value) for value in values)
