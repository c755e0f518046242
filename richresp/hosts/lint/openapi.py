"""An OpenAPI document as hosts of models read it: names, descriptions and their lengths, servers, confirmation, answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from richresp.hosts.lint.addresses import check_address, is_local, split
from richresp.hosts.lint.fields import members, objects, text
from richresp.hosts.lint.model import Finding
from richresp.hosts.lint.operations import Operation, json_media, operations
from richresp.hosts.lint.profiles import PROFILES, Profile
from richresp.hosts.lint.references import References, check_references
from richresp.hosts.lint.rules import found, quoted, too_long
from richresp.values.plain import step

_CHANGES = ("post", "put", "patch", "delete")
_BODILESS = ("204", "205")
_VERSION = re.compile(r"3\.[012]\.[0-9]+(-.+)?")
_PAGING = re.compile(
    r"(limit|cursor|page|offset|skip|top|after|before|max_?results|per_?page|page_?(size|token|number)|count|size)",
    re.IGNORECASE,
)


def check_openapi(references: References, profiles: tuple[Profile, ...]) -> Iterator[Finding]:
    """What is wrong with a document, its validity aside.

    Args:
        references: the document.
        profiles: whose lengths hold.
    """
    root = references.root
    version = root.get("openapi", root.get("swagger"))
    if not (isinstance(version, str) and _VERSION.fullmatch(version)):
        said = f"{quoted(version)} is no version that hosts read; write the document as OpenAPI 3.0 or 3.1"
        yield found("openapi-version", "/openapi" if "openapi" in root else "", said)
    info = root.get("info")
    if not (isinstance(info, dict) and text(info, "description")):
        yield found("info-undescribed", "/info", "hosts choose by what the API is for; add info.description")
    yield from _check_servers(root, PROFILES["gpt-actions"] in profiles)
    yield from check_references(references)
    seen: dict[str, str] = {}
    for operation in operations(references):
        yield from _check_name(operation, seen)
        yield from _check_texts(operation, profiles)
        yield from _check_confirmation(operation)
        yield from _check_answers(operation)


def _check_servers(root: dict[str, Any], is_action: bool) -> Iterator[Finding]:  # noqa: FBT001
    servers = objects(root.get("servers"), "/servers")
    if not servers:
        yield found(
            "server-missing", "", "no server is named, so calls go to wherever the document came from; add servers"
        )
    for place, server in servers:
        url = text(server, "url")
        if url is None or "{" in url:
            continue
        yield from check_address(url, step(place, "url"), lower=True)
        parts = split(url)
        if is_action and parts and parts.scheme == "https" and parts.port not in (None, 443) and not is_local(parts):
            said = f"port {parts.port}: actions are called on port 443 only; serve there"
            yield found("port", step(place, "url"), said)


def _check_name(operation: Operation, seen: dict[str, str]) -> Iterator[Finding]:
    name = text(operation.value, "operationId")
    if name is None:
        said = f"{quoted(operation.name)} has no operationId, which is the name that the model calls; add one"
        yield found("operation-id-missing", operation.place, said)
    elif name in seen:
        said = f"{quoted(name)} is the name of {quoted(seen[name])} too; rename one"
        yield found("operation-id-twice", step(operation.place, "operationId"), said)
    else:
        seen[name] = operation.place


def _check_texts(operation: Operation, profiles: tuple[Profile, ...]) -> Iterator[Finding]:
    if not operation.description:
        said = f"{quoted(operation.name)} has neither summary nor description; say what it does and when to call it"
        yield found("operation-undescribed", operation.place, said)
    for name in ("summary", "description"):
        yield from too_long(operation.value.get(name), "operation", step(operation.place, name), profiles)
    for place, parameter in operation.parameters:
        yield from too_long(parameter.get("description"), "parameter", step(place, "description"), profiles)
        if not text(parameter, "description"):
            said = f"the parameter {quoted(parameter.get('name'))} has no description; say what to send"
            yield found("parameter-undescribed", place, said)
    body = operation.body()
    for name, _, schema in members(body.get("properties") if body else None, ""):
        described = operation.references.follow(schema)
        if isinstance(described, dict):
            yield from too_long(described.get("description"), "parameter", f"{operation.place}/requestBody", profiles)
            if not text(described, "description"):
                said = f"the property {quoted(name)} of the body has no description; say what to send"
                yield found("parameter-undescribed", f"{operation.place}/requestBody", said)


def _check_confirmation(operation: Operation) -> Iterator[Finding]:
    flag = operation.value.get("x-openai-isConsequential")
    if flag is None and operation.method in _CHANGES:
        said = (
            f"{operation.method.upper()} without x-openai-isConsequential counts as true: each call asks the person, and no "
            "one can allow it for good; say true or false"
        )
        yield found("consequential-unstated", operation.place, said)
    elif flag is not None and not isinstance(flag, bool):
        said = f"x-openai-isConsequential is {quoted(flag)}; write true or false without quotes"
        yield found("consequential-type", step(operation.place, "x-openai-isConsequential"), said)


def _check_answers(operation: Operation) -> Iterator[Finding]:
    answers = [(status, answer) for status, answer in operation.answers() if status not in _BODILESS]
    if operation.method in ("head", "options", "trace") or not operation.value.get("responses"):
        return
    statuses = [status for status, _ in operation.answers()]
    if not answers and statuses:
        return
    media = [media for _, answer in answers for media in json_media(answer, operation.references)]
    if not media:
        said = f"{quoted(operation.name)} promises no JSON; hosts take text only: add a response of application/json"
        yield found("answer-no-json", step(operation.place, "responses"), said)
    names = [parameter.get("name") for _, parameter in operation.parameters]
    has_bound = any(isinstance(name, str) and _PAGING.fullmatch(name.strip("$")) for name in names)
    if operation.method == "get" and not has_bound and any(_has_list(item, operation.references) for item in media):
        said = f"{quoted(operation.name)} answers with a list and takes no limit or cursor; let the model ask for pages"
        yield found("answer-unpaged", operation.place, said)


def _has_list(media: dict[str, Any], references: References) -> bool:
    schema = references.follow(media.get("schema"))
    if not isinstance(schema, dict):
        return False
    inside = (references.follow(item) for _, _, item in members(schema.get("properties"), ""))
    return any(isinstance(item, dict) and item.get("type") == "array" for item in (schema, *inside))
