"""The documents that a manifest names: which they are, and the manifest, tool list or OpenAPI document that a value is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from richresp.hosts.lint.fields import objects, text
from richresp.hosts.lint.model import Kind
from richresp.hosts.lint.reading import read
from richresp.hosts.lint.tools import tool_list
from richresp.limits.lint import MAX_NAMED


@dataclass(frozen=True, slots=True)
class Named:
    """A document that a manifest names.

    Attributes:
        reference: the URL or the relative path, as it stands there; empty for one that stands there itself.
        place: the pointer of it.
        kind: what it should be.
        runtime: the pointer of the runtime that it is for; empty in manifests without runtimes.
        document: the document, where it stands in the manifest itself.
    """

    reference: str
    place: str
    kind: Literal["openapi", "mcp-tools"]
    runtime: str = ""
    document: Any = None


def kind_of(value: Any) -> Kind:
    """What a document is, by its fields."""
    if isinstance(value, dict):
        version = value.get("schema_version")
        if (isinstance(version, str) and version.startswith("v2")) or {"namespace", "runtimes"} <= value.keys():
            return "m365-plugin"
        if "schema_version" in value or "name_for_model" in value or "name_for_human" in value:
            return "chatgpt-plugin"
        if "openapi" in value or "swagger" in value:
            return "openapi"
    tools = tool_list(value)
    if tools is not None and (isinstance(value, dict) or _are_tools(value)):
        return "mcp-tools"
    return "unknown"


def named_in(document: Any) -> dict[str, str]:
    """The documents that a manifest names: URLs and relative paths as they stand there, and what each should be.

    They are the keys of what `lint` takes as `beside`. Other documents name none.

    Args:
        document: as `lint` takes it.

    Returns:
        "openapi" or "mcp-tools" for each, in document order.

    Raises:
        InvalidPayload: for a parsed value that has no JSON form.
        MissingExtra: for YAML, where PyYAML is not installed.
    """
    named: dict[str, str] = {}
    for one in names_in(read(document).value):
        if one.reference and len(named) < MAX_NAMED:
            named.setdefault(one.reference, one.kind)
    return named


def names_in(value: Any) -> Iterator[Named]:
    """All documents that a manifest names or holds."""
    kind = kind_of(value)
    if kind == "chatgpt-plugin":
        api = value.get("api")
        if isinstance(api, dict) and (url := text(api, "url")):
            yield Named(url, "/api/url", "openapi")
    elif kind == "m365-plugin":
        for place, runtime in objects(value.get("runtimes"), "/runtimes"):
            spec = runtime.get("spec")
            if isinstance(spec, dict):
                yield from _of_runtime(runtime.get("type"), spec, place)


def _of_runtime(kind: Any, spec: dict[str, Any], place: str) -> Iterator[Named]:
    described = spec.get("mcp_tool_description")
    if kind == "OpenApi":
        if inline := text(spec, "api_description"):
            yield Named("", f"{place}/spec/api_description", "openapi", place, inline)
        elif url := text(spec, "url"):
            yield Named(url, f"{place}/spec/url", "openapi", place)
    elif kind == "RemoteMCPServer" and isinstance(described, dict):
        at = f"{place}/spec/mcp_tool_description"
        if "tools" in described:
            yield Named("", f"{at}/tools", "mcp-tools", place, described["tools"])
        elif file := text(described, "file"):
            yield Named(file, f"{at}/file", "mcp-tools", place)


def _are_tools(value: list[Any]) -> bool:
    return all(isinstance(item, dict) and ("name" in item or "inputSchema" in item) for item in value)
