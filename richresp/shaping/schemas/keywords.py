"""What each keyword of JSON Schema demands, of the drafts 4 to 2020-12 at once: a keyword that a draft does not have, or
reads otherwise, makes for a demand too many at the most.

Leaving out an optional entry, or an item from the end, turns a valid value invalid under few keywords, and an invalid one
valid under many. For those that may count on either (`not`, `if`, most of `oneOf`) the verdict of the schema below must
stay the same: its names are shown, and of lists and maps that it looks at everything. Types, numbers and strings never
change, so what is said of them demands nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from typing import Any

from richresp.shaping.schemas.branches import are_apart
from richresp.shaping.schemas.rules import Demands, Rule


def demand(found: Demands, rule: Rule, known: Container[str]) -> None:
    """Adds what one rule demands.

    Args:
        found: takes it.
        rule: the rule.
        known: the keywords that its draft has; others say nothing.
    """
    for keyword, value in rule.schema.items():
        reader = _READERS.get(keyword)
        if reader is not None and keyword in known:
            reader(found, rule, value)


def _into(rule: Rule, schemas: list[Any], *, same: bool | None = None) -> list[Rule]:
    """The rules that schemas within a rule make; true and false demand nothing, for their verdict never changes."""
    kept = rule.same if same is None else same
    return [Rule(schema, kept, rule.scope) for schema in schemas if isinstance(schema, dict)]


def _ref(found: Demands, rule: Rule, value: str) -> None:
    schema, scope = rule.scope.follow(value)
    if isinstance(schema, dict):
        found.here.append(Rule(schema, rule.same, scope))


def _whole(found: Demands, _rule: Rule, _value: Any) -> None:
    found.whole = True


def _all_of(found: Demands, rule: Rule, value: list[Any]) -> None:
    """Also `anyOf`: what was valid stays so, and nothing has to turn invalid."""
    found.here += _into(rule, value)


def _one_of(found: Demands, rule: Rule, value: list[Any]) -> None:
    names = None if rule.same else are_apart(_into(rule, value), of=len(value))
    if names is None:
        found.here += _into(rule, value, same=True)
    else:
        found.names |= names
        found.here += _into(rule, value)


def _not(found: Demands, rule: Rule, value: Any) -> None:
    found.here += _into(rule, [value], same=True)


def _then(found: Demands, rule: Rule, value: Any) -> None:
    found.here += _into(rule, [value])


def _constant(found: Demands, rule: Rule, value: Any) -> None:
    _choice(found, rule, [value])


def _choice(found: Demands, _rule: Rule, value: list[Any]) -> None:
    found.whole = found.whole or any(isinstance(choice, (dict, list)) for choice in value)


def _required(found: Demands, _rule: Rule, value: list[str]) -> None:
    found.names.update(value)


def _properties(found: Demands, rule: Rule, value: Mapping[str, Any]) -> None:
    if rule.same:
        found.names.update(value)
    for name, schema in value.items():
        if rules := _into(rule, [schema]):
            found.named.setdefault(name, []).extend(rules)


def _patterns(found: Demands, rule: Rule, value: Mapping[str, Any]) -> None:
    found.every = found.every or rule.same
    found.patterns += [(pattern, inner) for pattern, schema in value.items() for inner in _into(rule, [schema])]


def _others(found: Demands, rule: Rule, value: Any) -> None:
    if rule.same and value is not True:
        found.every = True
    known = rule.schema.get("properties", {})
    found.others += [(known, inner) for inner in _into(rule, [value])]


def _fewest_entries(found: Demands, _rule: Rule, value: float) -> None:
    found.entries = max(found.entries, int(value))


def _only_if_same(found: Demands, rule: Rule, _value: Any) -> None:
    found.every = found.every or rule.same


def _unevaluated(found: Demands, rule: Rule, value: Any) -> None:
    found.whole = found.whole or (rule.same and value is not True)
    found.others += [((), inner) for inner in _into(rule, [value])]
    found.beyond += [(0, inner) for inner in _into(rule, [value])]


def _dependencies(found: Demands, rule: Rule, value: Mapping[str, Any]) -> None:
    """The names that stand for others stay as well: what their schemas say may count for `unevaluatedProperties`."""
    found.names.update(value)
    for wanted in value.values():
        if isinstance(wanted, list):
            found.names.update(wanted)
        else:
            found.here += _into(rule, [wanted])


def _items(found: Demands, rule: Rule, value: Any) -> None:
    if isinstance(value, list):
        _places(found, rule, value)
    else:
        found.every = found.every or (rule.same and value is not True)
        start = rule.schema.get("prefixItems")
        found.beyond += [(len(start) if isinstance(start, list) else 0, inner) for inner in _into(rule, [value])]


def _places(found: Demands, rule: Rule, value: list[Any]) -> None:
    found.head = max(found.head, len(value))
    for index, schema in enumerate(value):
        if rules := _into(rule, [schema]):
            found.at.setdefault(index, []).extend(rules)


def _fewest_items(found: Demands, _rule: Rule, value: float) -> None:
    found.items = max(found.items, int(value))


def _contains(found: Demands, rule: Rule, value: Any) -> None:
    found.every = True
    same = rule.same or "maxContains" in rule.schema
    found.beyond += [(0, inner) for inner in _into(rule, [value], same=same)]


def _unique(found: Demands, rule: Rule, value: bool) -> None:  # noqa: FBT001  # what the keyword says
    """Two items of which different parts are left out may be the same; one of two that are the same may be left out."""
    found.units = found.units or value
    found.whole = found.whole or (rule.same and value)


_READERS: dict[str, Callable[[Demands, Rule, Any], None]] = {
    "$ref": _ref,
    "$dynamicRef": _whole,
    "$recursiveRef": _whole,
    "allOf": _all_of,
    "anyOf": _all_of,
    "oneOf": _one_of,
    "not": _not,
    "if": _not,
    "then": _then,
    "else": _then,
    "const": _constant,
    "enum": _choice,
    "required": _required,
    "properties": _properties,
    "patternProperties": _patterns,
    "additionalProperties": _others,
    "minProperties": _fewest_entries,
    "maxProperties": _only_if_same,
    "propertyNames": _only_if_same,
    "dependentRequired": _dependencies,
    "dependentSchemas": _dependencies,
    "dependencies": _dependencies,
    "unevaluatedProperties": _unevaluated,
    "unevaluatedItems": _unevaluated,
    "items": _items,
    "prefixItems": _places,
    "additionalItems": _items,
    "minItems": _fewest_items,
    "maxItems": _only_if_same,
    "contains": _contains,
    "uniqueItems": _unique,
}
