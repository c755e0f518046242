"""The runtimes of a Microsoft 365 plugin: where its functions run, by an OpenAPI document or on an MCP server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from richresp.hosts.lint.addresses import check_address
from richresp.hosts.lint.fields import check_fields, objects, text
from richresp.hosts.lint.model import Finding
from richresp.hosts.lint.rules import found, quoted
from richresp.limits.lint import MAX_STARS, MAX_WILDCARDS

_AUTH = ("None", "OAuthPluginVault", "ApiKeyPluginVault")
_TYPES = ("OpenApi", "LocalPlugin", "RemoteMCPServer")


def check_runtimes(manifest: dict[str, Any], methods: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
    """What is wrong with the runtimes of a manifest.

    Args:
        manifest: the document.
        methods: by the pointer of a runtime, the names of the functions that its document has, and their HTTP methods
            (empty for tools). A runtime that is not in it is not known.
    """
    functions = {
        name: place for place, item in objects(manifest.get("functions"), "/functions") if (name := text(item, "name"))
    }
    claimed: dict[str, str] = {}
    for place, runtime in objects(manifest.get("runtimes"), "/runtimes"):
        kind = runtime.get("type")
        if kind not in _TYPES:
            said = f"type is {quoted(kind) if 'type' in runtime else 'missing'}; write one of {', '.join(_TYPES)}"
            yield found("runtime-type", f"{place}/type" if "type" in runtime else place, said)
        yield from _check_auth(runtime, place)
        yield from _check_spec(runtime, place)
        known = {**functions, **methods.get(place, {})}
        bound = _bound(runtime, [*functions] or [*methods.get(place, {})])
        for index, pattern in enumerate(_patterns(runtime)):
            if pattern not in known and not (
                "*" in pattern and (index >= MAX_WILDCARDS or _matches([*known], [pattern]))
            ):
                said = f"{quoted(pattern)} names no function of the manifest; mend it"
                yield found("runtime-function", f"{place}/run_for_functions/{index}", said)
        for name in bound:
            if name in claimed:
                said = f"{quoted(name)} runs on {claimed[name]} too; name each function in one runtime only"
                yield found("runtime-function", f"{place}/run_for_functions" if _patterns(runtime) else place, said)
            claimed.setdefault(name, place)
        if kind == "OpenApi" and place in methods:
            yield from _check_bound(manifest, functions, bound, methods[place])


def _check_auth(runtime: dict[str, Any], place: str) -> Iterator[Finding]:
    auth = runtime.get("auth")
    kind = auth.get("type") if isinstance(auth, dict) else None
    if not isinstance(auth, dict) or kind not in _AUTH:
        if not (runtime.get("type") == "RemoteMCPServer" and "auth" not in runtime):  # Microsoft's own example has none
            said = f"auth.type has to be one of {', '.join(_AUTH)}"
            yield found("runtime-auth", f"{place}/auth" if "auth" in runtime else place, said)
    elif kind != "None" and not text(auth, "reference_id"):
        said = f"{kind} needs the reference_id that was given at registration; add it"
        yield found("runtime-auth", f"{place}/auth", said)


def _check_spec(runtime: dict[str, Any], place: str) -> Iterator[Finding]:
    spec, at = runtime.get("spec"), f"{place}/spec"
    if not isinstance(spec, dict):
        yield found("runtime-spec", at if "spec" in runtime else place, "spec has to be an object; add it")
    elif runtime.get("type") == "OpenApi":
        kinds: dict[str, type] = dict.fromkeys(("url", "api_description", "progress_style"), str)
        yield from check_fields(spec, at, required={}, optional=kinds, closed=True)
        if not text(spec, "url") and not text(spec, "api_description"):
            yield found("runtime-spec", at, "neither url nor api_description names the OpenAPI document; add one")
    elif runtime.get("type") == "RemoteMCPServer":
        yield from check_fields(
            spec, at, required={"url": str}, optional={"mcp_tool_description": dict}, missing="runtime-spec"
        )
        if address := text(spec, "url"):
            yield from check_address(address, f"{at}/url")
        described = spec.get("mcp_tool_description")
        if isinstance(described, dict):
            if ("file" in described) == ("tools" in described):
                said = "say either file or tools: one, and only one"
                yield found("runtime-spec", f"{at}/mcp_tool_description", said)
        elif "mcp_tool_description" not in spec:
            said = (
                "mcp_tool_description is missing, which the schema requires, and this bill cannot count the tools; add it, and "
                "lint the list that the server gives as well"
            )
            yield found("tools-absent", at, said)
    elif runtime.get("type") == "LocalPlugin" and spec.get("local_endpoint") != "Microsoft.Office.Addin":
        yield found("runtime-spec", at, "local_endpoint has to be Microsoft.Office.Addin")


def _check_bound(
    manifest: dict[str, Any], functions: Mapping[str, str], bound: list[str], methods: Mapping[str, str]
) -> Iterator[Finding]:
    for name in bound:
        if name not in functions:
            continue
        place = functions[name]
        if name not in methods:
            said = f"{quoted(name)} is no operationId of the OpenAPI document; name it as it is named there"
            yield found("function-operation", f"{place}/name", said)
        elif methods[name] != "get" and _is_declared_harmless(manifest, place):
            said = (
                f"isNonConsequential does nothing for {methods[name].upper()}; set x-openai-isConsequential in OpenAPI"
            )
            yield found("confirmation-idle", f"{place}/capabilities/confirmation/isNonConsequential", said)


def _is_declared_harmless(manifest: dict[str, Any], place: str) -> bool:
    function = manifest["functions"][int(place.rpartition("/")[2])]
    value: Any = function
    for key in ("capabilities", "confirmation", "isNonConsequential"):
        value = value.get(key) if isinstance(value, dict) else None
    return value is True


def _patterns(runtime: dict[str, Any]) -> list[str]:
    names = runtime.get("run_for_functions")
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _bound(runtime: dict[str, Any], functions: list[str]) -> list[str]:
    """The functions that a runtime takes: all, where it names none."""
    patterns = _patterns(runtime)
    named = set(patterns)
    wild = _matches(functions, [pattern for pattern in patterns if "*" in pattern])
    return [name for name in functions if not patterns or name in named or name in wild]


def _matches(names: list[str], patterns: list[str]) -> set[str]:
    few = [pattern for pattern in patterns[:MAX_WILDCARDS] if pattern.count("*") <= MAX_STARS]
    return {name for name in names for pattern in few if fnmatchcase(name, pattern)}
