"""A list of MCP tools as `tools/list` gives it: names, descriptions, schemas, hints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from richresp.hosts.lint.fields import members, objects, text
from richresp.hosts.lint.model import Finding
from richresp.hosts.lint.profiles import Profile
from richresp.hosts.lint.references import References
from richresp.hosts.lint.rules import found, quoted, too_long
from richresp.hosts.lint.schemas import Schemas
from richresp.hosts.lint.within import check_inside
from richresp.values.plain import step

_NAME = re.compile(r"[A-Za-z0-9_.-]+")
_HINTS = ("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")
_IDLE_WHEN_READING = ("destructiveHint", "idempotentHint")


def check_tools(tools: Any, place: str, profiles: tuple[Profile, ...]) -> Iterator[Finding]:
    """What is wrong with a list of tools.

    Args:
        tools: the list.
        place: its pointer.
        profiles: whose lengths hold.
    """
    if not isinstance(tools, list):
        yield found("field-type", place, "tools has to be a list of tools")
        return
    if not tools:
        yield found("no-tools", place, "the list holds no tool, so a model can call none")
    seen: set[str] = set()
    schemas = Schemas()
    for index, tool in enumerate(tools):
        if not isinstance(tool, dict):
            yield found("field-type", step(place, index), f"a tool is {quoted(tool)}; it has to be an object")
            continue
        yield from _check_tool(tool, step(place, index), profiles, schemas, seen)
        for name in ("inputSchema", "outputSchema"):
            yield from check_inside(tool.get(name), step(step(place, index), name))
    if not schemas.is_complete:
        yield found("not-validated", place, "too many or too large schemas: some were not validated")


def _check_tool(
    tool: dict[str, Any], place: str, profiles: tuple[Profile, ...], schemas: Schemas, seen: set[str]
) -> Iterator[Finding]:
    name = text(tool, "name")
    if name is None:
        yield found("tool-name", place, "a tool has no name; give it one")
    elif not _NAME.fullmatch(name):
        said = f"{quoted(name)} may hold letters, digits, _, - and . only; rename it"
        yield found("tool-name", step(place, "name"), said)
    elif name in seen:
        yield found("tool-twice", step(place, "name"), f"{quoted(name)} is the name of a tool before; rename one")
    else:
        seen.add(name)
    yield from too_long(name, "tool_name", step(place, "name"), profiles)
    yield from too_long(tool.get("description"), "tool", step(place, "description"), profiles)
    if text(tool, "description") is None:
        said = f"{quoted(name or 'a tool')} has no description; say what it does and when to call it"
        yield found("tool-undescribed", place, said)
    yield from _check_input(tool, place, schemas)
    yield from _check_output(tool, place, schemas)
    yield from _check_hints(tool, place)


def _check_input(tool: dict[str, Any], place: str, schemas: Schemas) -> Iterator[Finding]:
    schema, at = tool.get("inputSchema"), step(place, "inputSchema")
    if not isinstance(schema, dict):
        said = 'inputSchema has to be a JSON Schema of an object; for no parameters write {"type": "object"}'
        yield found("input-schema", at if "inputSchema" in tool else place, said)
        return
    if schema.get("type") != "object":
        yield found("input-schema", at, 'the schema of the parameters has to say "type": "object"')
    fault = schemas.fault(schema)
    if fault is not None:
        yield found("input-schema", at, f"{fault}; mend the schema")
    references = References(schema)
    bare = [
        name
        for name, _, item in members(schema.get("properties"), "")
        if not text(item, "description") and not _is_described(references.follow(item))
    ]
    if bare:
        shown = ", ".join(map(quoted, bare[:5])) + (f" and {len(bare) - 5} more" if len(bare) > 5 else "")
        yield found("property-undescribed", at, f"no description: {shown}; say what to send")


def _is_described(schema: Any) -> bool:
    return isinstance(schema, dict) and text(schema, "description") is not None


def _check_output(tool: dict[str, Any], place: str, schemas: Schemas) -> Iterator[Finding]:
    schema, at = tool.get("outputSchema"), step(place, "outputSchema")
    if schema is None:
        said = "no outputSchema: clients cannot check structured answers, and this bill does not know their form"
        yield found("output-schema-absent", place, said)
    elif not isinstance(schema, dict):
        yield found("output-schema", at, "outputSchema has to be a JSON Schema")
    elif (fault := schemas.fault(schema)) is not None:
        yield found("output-schema", at, f"{fault}; mend the schema")


def _check_hints(tool: dict[str, Any], place: str) -> Iterator[Finding]:
    hints = tool.get("annotations")
    hints = hints if isinstance(hints, dict) else {}
    reads = hints.get("readOnlyHint") is True
    absent = [name for name in _HINTS if name not in hints and not (reads and name in _IDLE_WHEN_READING)]
    if absent:
        said = f"{', '.join(absent)} not said: clients take the worst, that it changes and destroys things; say it"
        yield found("tool-hints", step(place, "annotations") if "annotations" in tool else place, said)
    for name in _HINTS:
        if name in hints and not isinstance(hints[name], bool):
            yield found("field-type", f"{place}/annotations/{name}", f"{name} has to be true or false")


def tool_list(document: Any) -> tuple[Any, str] | None:
    """The tools of a document and their pointer: a bare list, `{"tools": [...]}`, or the JSON-RPC answer with that."""
    if isinstance(document, list):
        return document, ""
    if isinstance(document, dict):
        if "tools" in document:
            return document["tools"], "/tools"
        result = document.get("result")
        if isinstance(result, dict) and "tools" in result:
            return result["tools"], "/result/tools"
    return None


def named_tools(tools: Any, place: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The tools that are objects: name, pointer, tool."""
    for at, tool in objects(tools, place):
        yield text(tool, "name") or "a tool without a name", at, tool
