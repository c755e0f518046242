"""Whether an OpenAPI document is one: what openapi-spec-validator says, in bounded time. The only file that knows it.

It reads everything that a document refers to, over the network as well, tries patterns of the document on its defaults, and
walks schemas once for every way that leads to them. So it gets a copy without patterns, nothing to fetch with, only
documents that refer to nothing outside, and only where these ways and its objects were counted before.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

from richresp.exceptions import MissingExtra
from richresp.hosts.lint.model import Finding
from richresp.hosts.lint.references import References, references_in
from richresp.hosts.lint.rules import found
from richresp.limits.lint import (
    DEAR_OBJECT,
    MAX_BRANCHES,
    MAX_INVALID,
    MAX_MESSAGE_CHARS,
    MAX_VALIDATED_NODES,
    MAX_VALIDATED_PAIRS,
    MAX_VALIDATED_WORK,
    MAX_WAY,
)
from richresp.values.plain import pointer

_BRANCHING = ("allOf", "anyOf", "oneOf")
_DEAR = ("schema", "schemas", "parameters", "securitySchemes")
_CHECKED_HERE = ("DuplicateOperationIDError",)
_SINGLE = ("not", "items", "if", "then", "else")
_MAPS = {
    *("properties", "patternProperties", "$defs", "definitions", "dependentSchemas"),
    *("schemas", "responses", "parameters", "examples", "requestBodies", "headers", "securitySchemes", "links"),
    *("callbacks", "pathItems", "paths", "webhooks", "content", "encoding", "variables", "scopes", "mapping"),
}
"""Keywords whose values have names of the author's choice."""


def check_validity(references: References, nodes: int) -> Iterator[Finding]:
    """What is not OpenAPI in a document of 3.0, 3.1 or 3.2.

    Raises:
        MissingExtra: if openapi-spec-validator is not installed.
    """
    try:
        from jsonschema_path import SchemaPath
        from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator, OpenAPIV32SpecValidator
    except ImportError as error:
        raise MissingExtra(extra="lint") from error
    root = references.root
    kinds = {"3.0.": OpenAPIV30SpecValidator, "3.1.": OpenAPIV31SpecValidator, "3.2.": OpenAPIV32SpecValidator}
    kind = kinds.get(str(root.get("openapi"))[:4])
    if kind is None:
        return
    if nodes > MAX_VALIDATED_NODES or pairs(root) > MAX_VALIDATED_PAIRS or work(root) > MAX_VALIDATED_WORK:
        yield found(
            "not-validated", "", "too large to be validated in reasonable time; only the other rules were held to it"
        )
        return
    errors = _asked(_of_form(kind).iter_errors(root))
    yield from errors
    if errors:
        return
    if _ways(references) > MAX_BRANCHES or any(not to.startswith("#") for to, _ in references_in(root)):
        said = "its schemas branch too often, or refer to other documents: only its form was validated"
        yield found("not-validated", "", said)
        return
    document = SchemaPath.from_dict(_harmless(root), handlers={})
    behind = kind(document)
    yield from _asked(behind.root_validator(behind.schema_path), is_rooted=False)


@cache
def _of_form(kind: Any) -> Any:
    """What holds a document to the form of its version.

    The published schemas of 3.1 and later find each schema by a dynamic anchor, for which their whole is searched again
    every time, some milliseconds, unless it was before: a hundred times slower.
    """
    given = kind.schema_validator
    form = getattr(given, "schema", None)
    if not (isinstance(form, dict) and isinstance(form.get("$id"), str) and hasattr(given, "format_checker")):
        return given
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    searched = Registry().with_resource(form["$id"], DRAFT202012.create_resource(form)).crawl()
    root = {"$schema": form["$schema"], "$ref": form["$id"]}
    return given.__class__(root, registry=searched, format_checker=given.format_checker)


def work(root: Any) -> int:
    """How much there is to validate in an OpenAPI document, in objects."""
    count, waiting = 0, [(root, False)]
    while waiting:
        value, is_dear = waiting.pop()
        if isinstance(value, dict):
            count += DEAR_OBJECT if is_dear else 1
            waiting.extend((item, is_dear or key in _DEAR) for key, item in value.items())
        elif isinstance(value, list):
            waiting.extend((item, is_dear) for item in value)
    return count


def pairs(root: Any) -> int:
    """How many comparisons it takes to find out that no item of a list stands in it twice, all lists together."""
    count, waiting = 0, [root]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            kinds = {type(item) for item in value}
            count += len(value) if kinds <= {str} or kinds <= {int, float} else len(value) ** 2
            waiting.extend(value)
        elif isinstance(value, dict):
            waiting.extend(value.values())
    return count


def _asked(errors: Iterator[Any], *, is_rooted: bool = True) -> list[Finding]:
    """What a validator finds. Behind the form of the document it tells pointers from wherever it began."""
    told: list[Finding] = []
    try:
        for error in islice(errors, MAX_INVALID):
            if type(error).__name__ not in _CHECKED_HERE:
                best = _closest(error)
                place, said = pointer(best.absolute_path), str(best.message)
                if not is_rooted:
                    place, said = "", f"{place} in a schema: {said}" if place else said
                short = said if len(said) <= MAX_MESSAGE_CHARS // 2 else f"{said[: MAX_MESSAGE_CHARS // 2]}…"
                told.append(found("openapi-invalid", place, f"{short}: mend this, hosts refuse what is not OpenAPI"))
    except Exception as error:  # noqa: BLE001  # it is given what strangers wrote, and is no judge of that
        name = type(error).__name__
        said = f"openapi-spec-validator gave up with {name}, as where references lead nowhere or in circles; mend these first"
        told.append(found("not-validated", "", said))
    return told


def _closest(error: Any) -> Any:
    """What an error comes from. Where OpenAPI takes a reference as well, that there is none is not what is wrong."""
    while error.context:
        inside = [one for one in error.context if one.validator != "required" or one.validator_value != ["$ref"]]
        error = max(inside or error.context, key=lambda one: len(one.path))
    return error


def _harmless(value: Any, parent: str = "") -> Any:
    """A copy without regular expressions and without defaults that are collections: trying the one on the other, or
    either on schemas that branch, may take longer than anybody waits."""
    if isinstance(value, dict):
        return {
            key: _harmless(item, key) for key, item in value.items() if parent in _MAPS or not _is_costly(key, item)
        }
    return [_harmless(item) for item in value] if isinstance(value, list) else value


def _is_costly(key: str, value: Any) -> bool:
    if key == "pattern":
        return isinstance(value, str)
    return (
        isinstance(value, dict) if key == "patternProperties" else key == "default" and isinstance(value, (dict, list))
    )


def _ways(references: References) -> int:
    """In how many ways in all the validator comes to schemas that it walks without remembering; a cycle is too many."""
    ways, known = 0, dict[int, int]()
    waiting = [references.root]
    while waiting and ways <= MAX_BRANCHES:
        value = waiting.pop()
        if isinstance(value, dict):
            if "allOf" in value or "default" in value:
                ways += _ways_from(value, references, known, 0)
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return ways


def _ways_from(schema: Any, references: References, known: dict[int, int], depth: int) -> int:
    if not isinstance(schema, dict):
        return 1
    if id(schema) not in known:
        known[id(schema)] = MAX_BRANCHES + 1  # what a cycle finds
        if depth > MAX_WAY:
            return MAX_BRANCHES + 1
        inside = [item for key in _BRANCHING if isinstance(schema.get(key), list) for item in schema[key]]
        inside += [schema[key] for key in _SINGLE if key in schema]
        reference = schema.get("$ref")
        if isinstance(reference, str):
            inside.append(references.lookup(reference))
        ways = 1
        for item in inside:
            ways = min(MAX_BRANCHES + 1, ways + _ways_from(item, references, known, depth + 1))
        known[id(schema)] = ways
    return known[id(schema)]
