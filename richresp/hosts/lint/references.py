"""`$ref` in a document: what it leads to, and a declaration with all that it leads to written out. Bounded, cycles and all.

Only references into the document itself are followed. Others are told of, never fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from richresp.hosts.lint.fields import text
from richresp.hosts.lint.model import Finding
from richresp.hosts.lint.rules import found, quoted
from richresp.limits.lint import (
    MAX_DEPTH,
    MAX_EXPANDED_CHARS,
    MAX_EXPANDED_NODES,
    MAX_NODES,
    MAX_REFERENCES,
    MAX_REFERENCES_SEEN,
)
from richresp.values.plain import step

_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")
_DATA = {"example", "examples", "default", "enum", "const"}
"""Keywords whose values are data: a `$ref` in them is a word."""
_NAMED = {"properties", "patternProperties", "$defs", "definitions", "dependentSchemas"}
"""Keywords whose values have names of the author's choice: below them `default` is no keyword."""

_WITHIN = ("allOf", "anyOf", "oneOf", "items", "prefixItems", "additionalProperties")

LOST: Any = object()


@dataclass(slots=True)
class References:
    """The references of one document.

    Attributes:
        root: the document.
        left: how many more steps are taken along them.
        chars: how many characters are still written out.
        nodes: the same of values.
        walked: how many schemas are still looked into by `described_in`.
    """

    root: Any
    left: int = MAX_REFERENCES_SEEN
    chars: int = MAX_EXPANDED_CHARS
    nodes: int = MAX_EXPANDED_NODES
    walked: int = MAX_EXPANDED_NODES
    known: dict[str, Any] = field(default_factory=dict)

    def lookup(self, reference: str) -> Any:
        """What a reference into this document names; LOST where that is nothing, or more than is followed."""
        if reference not in self.known:
            self.left -= 1
            if self.left < 0:
                return LOST
            self.known[reference] = self._found(reference)
        return self.known[reference]

    def follow(self, value: Any) -> Any:
        """What a value stands for: itself, or what it refers to; LOST where that is nothing."""
        for _ in range(MAX_REFERENCES):
            if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
                return value
            value = self.lookup(value["$ref"])
        return LOST

    def place_of(self, value: Any) -> str:
        """The pointer of what a reference leads to, the last of several."""
        place = ""
        for _ in range(MAX_REFERENCES):
            if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
                break
            place, value = unquote(value["$ref"][1:]), self.lookup(value["$ref"])
        return place

    def described_in(self, schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        """The schemas of the properties of a schema, at all levels, references followed: name and schema, each once."""
        waiting, seen = [("", schema)], set[int]()
        while waiting and self.walked > 0:
            name, value = waiting.pop()
            self.walked -= 1
            followed = self.follow(value)
            if not isinstance(followed, dict) or id(followed) in seen:
                continue
            seen.add(id(followed))
            if name:
                yield name, value if text(value, "description") else followed
            inside = [(name, item) for key in _WITHIN for item in _listed(followed.get(key))]
            properties = followed.get("properties")
            if isinstance(properties, dict):
                inside += properties.items()
            self.walked -= len(inside)
            waiting.extend(reversed(inside))

    def properties_of(self, schema: Any) -> dict[str, Any]:
        """The properties of an object, those that its `allOf` adds included; references followed at the schemas."""
        found_: dict[str, Any] = {}
        waiting, seen = [schema], set[int]()
        while waiting and self.walked > 0:
            value = self.follow(waiting.pop())
            self.walked -= 1
            if isinstance(value, dict) and id(value) not in seen:
                seen.add(id(value))
                properties, parts = value.get("properties"), _listed(value.get("allOf"))
                found_ |= properties if isinstance(properties, dict) else {}
                waiting.extend(reversed(parts))
                self.walked -= len(parts) + (len(properties) if isinstance(properties, dict) else 0)
        return found_

    def written_out(self, value: Any, inside: tuple[str, ...] = (), depth: int = 0) -> Any:
        """The same with what it refers to in place of references, as far as that is allowed; cycles stay references."""
        if self.nodes < -MAX_NODES:  # more than the document holds: one part of it, over and over
            return {} if isinstance(value, dict) else value if isinstance(value, str) else None
        if isinstance(value, dict):
            reference = value.get("$ref")
            if isinstance(reference, str) and self._follows(reference, inside, depth):
                out = self.written_out(self.lookup(reference), (*inside, reference), depth + 1)
                beside = {key: item for key, item in value.items() if key != "$ref"}
                return {**out, **self.written_out(beside, inside, depth)} if isinstance(out, dict) and beside else out
            self.nodes -= len(value)
            self.chars -= sum(map(len, value))
            return {key: self.written_out(item, inside, depth + 1) for key, item in value.items()}
        if isinstance(value, list):
            self.nodes -= len(value)
            return [self.written_out(item, inside, depth + 1) for item in value]
        if isinstance(value, str):
            self.chars -= len(value)
        return value

    def _follows(self, reference: str, inside: tuple[str, ...], depth: int) -> bool:
        there_is_room = self.nodes > 0 and self.chars > 0 and depth < MAX_DEPTH and len(inside) < MAX_REFERENCES
        return there_is_room and reference not in inside and self.lookup(reference) is not LOST

    def _found(self, reference: str) -> Any:
        if reference == "#":
            return self.root
        if not reference.startswith("#/"):
            return LOST
        value = self.root
        for part in unquote(reference[2:]).split("/"):
            key = part.replace("~1", "/").replace("~0", "~")
            if isinstance(value, dict) and key in value:
                value = value[key]
            elif isinstance(value, list) and _INDEX.fullmatch(key) and int(key) < len(value):
                value = value[int(key)]
            else:
                return LOST
        return value


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if isinstance(value, dict) else []


def count_values(value: Any) -> int:
    """How many values there are in a value, itself included."""
    count, waiting = 0, [value]
    while waiting:
        inside = waiting.pop()
        count += 1
        if isinstance(inside, dict):
            waiting.extend(inside.values())
        elif isinstance(inside, list):
            waiting.extend(inside)
    return count


def values_of(value: Any, names: tuple[str, ...]) -> dict[str, set[str]]:
    """The texts that stand under these names anywhere in a value."""
    found_: dict[str, set[str]] = {name: set() for name in names}
    waiting = [value]
    while waiting:
        inside = waiting.pop()
        if isinstance(inside, dict):
            for name in names:
                if isinstance(inside.get(name), str):
                    found_[name].add(inside[name])
            waiting.extend(inside.values())
        elif isinstance(inside, list):
            waiting.extend(inside)
    return found_


def references_in(document: Any) -> Iterator[tuple[str, str]]:
    """All references of a document and their pointers, in document order; what stands in examples and the like is data."""
    waiting: list[tuple[Any, str, bool]] = [(document, "", False)]
    while waiting:
        value, place, named = waiting.pop()
        if isinstance(value, list):
            waiting.extend((item, step(place, index), False) for index, item in reversed([*enumerate(value)]))
        if not isinstance(value, dict):
            continue
        if isinstance(value.get("$ref"), str):
            yield value["$ref"], step(place, "$ref")
        for key, item in reversed(value.items()):
            if named or not (key in _DATA or key.startswith("x-")):
                waiting.append((item, step(place, key), not named and key in _NAMED))


def check_references(references: References) -> Iterator[Finding]:
    """References that lead nowhere, and those that lead out of the document."""
    for reference, place in references_in(references.root):
        if not reference.startswith("#"):
            said = f"{quoted(reference)} is in another document, which was not fetched or counted; put it into this one"
            yield found("ref-elsewhere", place, said)
        elif reference.startswith("#/") and references.left > 0 and references.lookup(reference) is LOST:
            yield found("ref-lost", place, f"{quoted(reference)} leads nowhere; mend the name, or add what it names")
