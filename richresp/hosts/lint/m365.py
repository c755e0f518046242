"""Plugin manifests of Microsoft 365 Copilot, schema 2.4: the document and its functions. Runtimes stand in `runtimes`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from richresp.exceptions import InvalidPath
from richresp.hosts.lint.addresses import check_address
from richresp.hosts.lint.fields import check_fields, members, objects, text
from richresp.hosts.lint.model import Finding
from richresp.hosts.lint.profiles import Field, Profile
from richresp.hosts.lint.rules import found, quoted, too_long
from richresp.paths import parse
from richresp.values.plain import step

LATEST = "v2.4"
_REQUIRED: dict[str, type] = dict.fromkeys(
    ("schema_version", "name_for_human", "namespace", "description_for_human"), str
)
_OPTIONAL: dict[str, type] = {
    "$schema": str,
    "description_for_model": str,
    "logo_url": str,
    "contact_email": str,
    "legal_info_url": str,
    "privacy_policy_url": str,
    "functions": list,
    "runtimes": list,
    "capabilities": dict,
}
_LIMITED: tuple[Field, ...] = ("name_for_human", "description_for_human", "description_for_model")
_FUNCTION: dict[str, type] = {
    "id": str,
    "description": str,
    "parameters": dict,
    "returns": dict,
    "states": dict,
    "capabilities": dict,
}
_CITATION: dict[str, type] = dict.fromkeys(
    ("title", "subtitle", "url", "thumbnail_url", "information_protection_label", "template_selector"), str
)
_CONFIRMATION: dict[str, type] = {"type": str, "title": str, "body": str, "isNonConsequential": bool}
_PARAMETER_TYPES = ("string", "array", "boolean", "integer", "number")
_OFFERED = ("conversation_starters",)
_HANDLING = ("GetPublicData", "GetPrivateData", "DataTransform", "DataExport", "ResourceStateUpdate")
_NAMESPACE = re.compile(r"[A-Za-z0-9]")
"""Microsoft's own expression is open at its end: it holds the first character only."""
_NAME = re.compile(r"[A-Za-z0-9_]+")


def check_m365(manifest: dict[str, Any], profiles: tuple[Profile, ...]) -> Iterator[Finding]:
    """What is wrong with a manifest, its runtimes aside.

    Args:
        manifest: the document.
        profiles: whose lengths hold.
    """
    yield from check_fields(
        manifest, "", required=_REQUIRED, optional=_OPTIONAL, missing="m365-field-missing", closed=True
    )
    version = text(manifest, "schema_version")
    if version and version != LATEST:
        said = f"{quoted(version)} is not the latest schema, which is {LATEST} and what was checked here; move to it"
        yield found("schema-version", "/schema_version", said)
    for limited in _LIMITED:
        yield from too_long(manifest.get(limited), limited, f"/{limited}", profiles)
    namespace = text(manifest, "namespace")
    if namespace and not _NAMESPACE.match(namespace):
        yield found("namespace", "/namespace", f"{quoted(namespace)} has to begin with a letter or a digit; rename it")
    yield from _check_offered(manifest.get("capabilities"))
    for name in ("legal_info_url", "privacy_policy_url"):
        address = text(manifest, name)
        if address and not address.startswith("[["):
            yield from check_address(address, f"/{name}")
    seen: set[str] = set()
    for place, function in objects(manifest.get("functions"), "/functions"):
        yield from _check_function(function, place, profiles, seen)


def _check_offered(capabilities: Any) -> Iterator[Finding]:
    for name in capabilities if isinstance(capabilities, dict) else ():
        if name not in _OFFERED:
            said = f"{quoted(name)} is no capability of a plugin, only {', '.join(_OFFERED)}; leave it out or mend it"
            yield found("capability-unknown", step("/capabilities", name), said)


def _check_function(
    function: dict[str, Any], place: str, profiles: tuple[Profile, ...], seen: set[str]
) -> Iterator[Finding]:
    fields = check_fields(
        function, place, required={"name": str}, optional=_FUNCTION, missing="function-name", closed=True
    )
    yield from fields
    name = text(function, "name")
    if name and not _NAME.fullmatch(name):
        said = f"{quoted(name)} may hold letters, digits and _ only; rename it"
        yield found("function-name", step(place, "name"), said)
    elif name in seen:
        yield found(
            "function-twice", step(place, "name"), f"{quoted(name)} is the name of a function before; rename one"
        )
    elif name:
        seen.add(name)
    yield from too_long(function.get("description"), "any_text", step(place, "description"), profiles)
    parameters = function.get("parameters")
    if isinstance(parameters, dict):
        yield from _check_parameters(parameters, step(place, "parameters"))
    capabilities = function.get("capabilities")
    if isinstance(capabilities, dict):
        kinds = dict.fromkeys(("confirmation", "response_semantics", "security_info"), dict)
        yield from check_fields(capabilities, f"{place}/capabilities", required={}, optional=kinds, closed=True)
    yield from _check_capabilities(capabilities if isinstance(capabilities, dict) else {}, place)


def _check_parameters(parameters: dict[str, Any], place: str) -> Iterator[Finding]:
    kinds: dict[str, type] = {"type": str, "required": list}
    yield from check_fields(
        parameters, place, required={"properties": dict}, optional=kinds, missing="function-parameter"
    )
    properties = parameters.get("properties")
    for name, at, parameter in members(properties, step(place, "properties")):
        if not _NAME.fullmatch(name):
            yield found("function-parameter", at, f"{quoted(name)} may hold letters, digits and _ only; rename it")
        if parameter.get("type") not in _PARAMETER_TYPES:
            said = f"the type of {quoted(name)} has to be one of {', '.join(_PARAMETER_TYPES)}"
            yield found("function-parameter", step(at, "type") if "type" in parameter else at, said)
    required = parameters.get("required")
    if isinstance(required, list) and isinstance(properties, dict):
        for index, name in enumerate(required):
            if not isinstance(name, str) or name not in properties:
                said = f"{quoted(name)} is required and not among the properties; add it there, or leave it out here"
                yield found("function-parameter", f"{place}/required/{index}", said)


def _check_capabilities(capabilities: dict[str, Any], place: str) -> Iterator[Finding]:
    inside = f"{place}/capabilities"
    confirmation = capabilities.get("confirmation")
    if isinstance(confirmation, dict):
        at = f"{inside}/confirmation"
        yield from check_fields(confirmation, at, required={}, optional=_CONFIRMATION, closed=True)
        kind = text(confirmation, "type")
        if kind and kind not in ("None", "AdaptiveCard"):
            yield found(
                "confirmation-type", f"{at}/type", f"{quoted(kind)} is neither None nor AdaptiveCard; write one"
            )
    semantics = capabilities.get("response_semantics")
    if isinstance(semantics, dict):
        yield from _check_semantics(semantics, f"{inside}/response_semantics")
    elif "response_semantics" not in capabilities:
        said = (
            "no response_semantics: answers are cited with a link only where their items have url, title ... under results, "
            "items or data; say data_path and properties"
        )
        yield found("response-semantics", inside if capabilities else place, said)
    security = capabilities.get("security_info")
    if isinstance(security, dict):
        handling = security.get("data_handling")
        at = f"{inside}/security_info" + ("/data_handling" if "data_handling" in security else "")
        if not isinstance(handling, list) or not all(isinstance(item, str) and item in _HANDLING for item in handling):
            yield found("data-handling", at, f"data_handling has to be a list of {', '.join(_HANDLING)}")
        elif not handling:
            said = f"an empty data_handling says nothing of the function; name any of {', '.join(_HANDLING)}"
            yield found("data-handling-empty", at, said)
    elif "security_info" not in capabilities:
        said = "no security_info: the function cannot work together with other plugins of the agent; add data_handling"
        yield found("security-info", inside if capabilities else place, said)


def _check_semantics(semantics: dict[str, Any], place: str) -> Iterator[Finding]:
    kinds: dict[str, type] = {"properties": dict, "static_template": dict, "oauth_card_path": str}
    yield from check_fields(
        semantics, place, required={"data_path": str}, optional=kinds, missing="data-path", closed=True
    )
    properties = semantics.get("properties")
    paths = [(step(place, "data_path"), text(semantics, "data_path"))]
    if isinstance(properties, dict):
        at = step(place, "properties")
        yield from check_fields(properties, at, required={}, optional=_CITATION, closed=True)
        paths += [(step(at, name), text(properties, name)) for name in _CITATION]
        if not text(properties, "url"):
            said = "the properties name no url, so nobody can click the citation; add url: the JSONPath of the link"
            yield found("citation-url", at, said)
    for at, path in paths:
        if path is not None and (reason := _fault(path)) is not None:
            yield found("data-path", at, f"{quoted(path)} is no JSONPath (RFC 9535): {reason}")


def _fault(path: str) -> str | None:
    """Why a text is no JSONPath; None for one, and for what of the RFC is not read here."""
    try:
        parse(path)
    except InvalidPath as error:
        return None if path.startswith("$") and "not supported" in error.reason else error.reason
    return None
