"""What a schema of a tool says and does not hold: required names without a property, references that lead nowhere or elsewhere.

JSON Schema allows both, so no validator tells of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from richresp.hosts.lint.model import Finding
from richresp.hosts.lint.references import LOST, References, references_in, values_of
from richresp.hosts.lint.rules import found, quoted
from richresp.values.plain import step

_OTHER_WAYS = ("$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "patternProperties", "dependentSchemas")
"""Keywords by which a schema may have properties that do not stand in it."""


def check_inside(schema: Any, place: str) -> Iterator[Finding]:
    """What is wrong within a schema.

    Args:
        schema: anything; nothing is said of what is no object.
        place: its pointer.
    """
    if isinstance(schema, dict):
        yield from _check_required(schema, place)
        yield from _check_references(schema, place)


def _check_required(schema: dict[str, Any], place: str) -> Iterator[Finding]:
    """Of the schema, its properties and items. What stands in `anyOf` and the like may rely on what stands around it."""
    waiting: list[tuple[Any, str]] = [(schema, place)]
    while waiting:
        value, at = waiting.pop()
        if not isinstance(value, dict):
            continue
        properties, required = value.get("properties", {}), value.get("required")
        is_whole = not any(key in value for key in _OTHER_WAYS) and not isinstance(
            value.get("additionalProperties"), dict
        )
        if isinstance(properties, dict):
            waiting.extend((item, step(step(at, "properties"), name)) for name, item in properties.items())
            if is_whole and isinstance(required, list):
                for index, name in enumerate(required):
                    if isinstance(name, str) and name not in properties:
                        said = f"{quoted(name)} is required and not among the properties; add it there, or leave it out here"
                        yield found("required-unknown", f"{at}/required/{index}", said)
        waiting.append((value.get("items"), step(at, "items")))


def _check_references(schema: dict[str, Any], place: str) -> Iterator[Finding]:
    references = References(schema)
    named = values_of(schema, ("$id", "$anchor", "$dynamicAnchor"))
    is_split = any(one != schema.get("$id") for one in named["$id"])  # below such a name pointers begin there
    anchors = named["$anchor"] | named["$dynamicAnchor"]
    for reference, at in references_in(schema):
        to, _, fragment = reference.partition("#")
        if to and to not in named["$id"]:
            said = (
                f"{quoted(reference)} is in another document, which clients do not fetch; put what it names under $defs"
            )
            yield found("ref-elsewhere", place + at, said)
        elif not to and not is_split and _is_lost(fragment, references, anchors):
            said = f"{quoted(reference)} leads nowhere in this schema; mend the name, or add what it names under $defs"
            yield found("schema-ref-lost", place + at, said)


def _is_lost(fragment: str, references: References, anchors: set[str]) -> bool:
    if fragment and not fragment.startswith("/"):
        return fragment not in anchors
    return references.lookup(f"#{fragment}") is LOST and references.left > 0
