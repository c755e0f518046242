"""The token bill: what a manifest, its operations or a list of tools cost before anybody has said a word, and what a call adds.

Hosts write declarations each in their own way (ChatGPT as TypeScript types, the APIs as JSON). Counted is compact JSON in the
form of function calling, references written out: the same for all documents, so that two of them can be compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from richresp.hosts.lint.fields import members, text
from richresp.hosts.lint.model import AnswerFrom, Bill, Charge
from richresp.hosts.lint.operations import Operation, json_media, operations
from richresp.hosts.lint.references import LOST, References
from richresp.hosts.lint.tools import named_tools
from richresp.profiles import PROFILES
from richresp.typing import Counter, CountTokens

COUNTED = (
    "declarations as compact JSON, references written out; each host writes them in a way of its own. An answer is counted "
    "by its largest example, else the schema of one is counted; a real one may be as long as its host allows, "
    f"{PROFILES['gpt-actions'].chars:,} characters for GPT Actions."
)
_MANIFEST = "the manifest"
_FOR_CLIENTS = ("_meta", "icons")


def manifest_charge(manifest: dict[str, Any], count: CountTokens) -> Charge:
    """What a manifest says to the model of itself: its name and description."""
    said = [text(manifest, name) for name in ("name_for_model", "namespace", "description_for_model")]
    cost = _cost("\n".join(part for part in said if part), count)
    return Charge(_MANIFEST, "", "", cost, 0, None, "unknown")


def operation_charges(references: References, document: str, count: CountTokens) -> Iterator[Charge]:
    """What each operation of an OpenAPI document costs."""
    for operation in operations(references):
        declaration = operation.declaration()
        request = _cost(declaration["parameters"], count) if declaration["parameters"]["properties"] else 0
        answer, answer_from = _answer(operation, count)
        total = _cost(declaration, count)
        yield Charge(operation.name, document, operation.place, total, request, answer, answer_from)


def function_charges(functions: Iterable[tuple[str, dict[str, Any]]], count: CountTokens) -> Iterator[Charge]:
    """What each function costs that a manifest of Microsoft 365 declares with parameters of its own."""
    for place, function in functions:
        declaration = {key: function[key] for key in ("name", "description", "parameters") if key in function}
        request = _cost(function["parameters"], count) if "parameters" in function else 0
        name = text(function, "name") or "a function without a name"
        yield Charge(name, "", place, _cost(declaration, count), request, None, "unknown")


def tool_charges(tools: Any, place: str, document: str, count: CountTokens) -> Iterator[Charge]:
    """What each tool of a list costs: all that the list says of it, but for what is meant for clients."""
    for name, at, tool in named_tools(tools, place):
        schema, promised = tool.get("inputSchema"), tool.get("outputSchema")
        request = _cost(schema, count) if isinstance(schema, dict) and schema.get("properties") else 0
        answer = _cost(promised, count) if isinstance(promised, dict) else None
        told: AnswerFrom = "unknown" if answer is None else "schema"
        declaration = {key: value for key, value in tool.items() if key not in _FOR_CLIENTS}
        yield Charge(name, document, at, _cost(declaration, count), request, answer, told)


def added_up(charges: Iterable[Charge], count: CountTokens) -> Bill:
    """The bill: the manifest first, then the dearest."""
    ordered = sorted(
        charges, key=lambda one: (one.name != _MANIFEST, -one.conversation, one.name, one.document, one.place)
    )
    total = sum(charge.conversation for charge in ordered)
    if isinstance(count, Counter):
        return Bill(tuple(ordered), total, COUNTED, count.name, count.exact)
    return Bill(tuple(ordered), total, COUNTED, "a counter of your own", exact=True)


def _answer(operation: Operation, count: CountTokens) -> tuple[int | None, AnswerFrom]:
    examples: list[int] = []
    schemas: list[int] = []
    for _, answer in operation.answers():
        for media in json_media(answer, operation.references):
            schema = media.get("schema")
            followed = operation.references.follow(schema)
            examples += [_cost(example, count) for example in _examples(media, followed, operation.references)]
            if schema is not None and followed is not LOST:
                schemas.append(_cost(operation.references.written_out(schema), count))
    if examples:
        return max(examples), "example"
    return (max(schemas), "schema") if schemas else (None, "unknown")


def _examples(media: dict[str, Any], schema: Any, references: References) -> Iterator[Any]:
    if "example" in media:
        yield media["example"]
    for _, _, example in members(media.get("examples"), ""):
        followed = references.follow(example)
        if isinstance(followed, dict) and "value" in followed:
            yield followed["value"]
    if isinstance(schema, dict) and "example" in schema:
        yield schema["example"]


def _cost(value: Any, count: CountTokens) -> int:
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return count(written.encode("utf-8", "replace").decode("utf-8"))
