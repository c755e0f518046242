"""An OpenAPI document as hosts of models read it: names, descriptions and their lengths, servers, confirmation, answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from richresp.hosts.lint.addresses import check_address, is_local, split
from richresp.hosts.lint.fields import members, objects, text
from richresp.hosts.lint.model import Finding
from richresp.hosts.lint.operations import Operation, all_media, json_media, operations
from richresp.hosts.lint.paging import is_paging
from richresp.hosts.lint.profiles import PROFILES, Profile
from richresp.hosts.lint.references import References, check_references
from richresp.hosts.lint.rules import found, quoted, too_long
from richresp.values.plain import step

_CHANGES = ("post", "put", "patch", "delete")
_BODILESS = ("204", "205")
_VERSION = re.compile(r"3\.[012]\.[0-9]+(-.+)?")
_OPERATION_ID = re.compile(r"[A-Za-z0-9_-]+")
_AS_TEXT = ("text/plain", "text/markdown", "text/*", "text/csv")


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
    yield from _check_servers(references, PROFILES["gpt-actions"] in profiles)
    yield from check_references(references)
    seen: dict[str, str] = {}
    for operation in operations(references):
        yield from _check_name(operation, seen)
        yield from _check_texts(operation, profiles)
        yield from _check_confirmation(operation)
        if "swagger" not in root:  # where answers stand in another form
            yield from _check_answers(operation)


def _check_servers(references: References, is_action: bool) -> Iterator[Finding]:  # noqa: FBT001
    root, all_of_them = references.root, [*operations(references)]
    servers = dict(objects(root.get("servers"), "/servers"))
    if not servers and not (all_of_them and all(operation.servers for operation in all_of_them)):
        yield found(
            "server-missing", "", "no server is named, so calls go to wherever the document came from; add servers"
        )
    for operation in all_of_them:
        servers.update(operation.servers)
    for place, server in servers.items():
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
    if name is not None and not _OPERATION_ID.fullmatch(name):
        said = f"{quoted(name)} is the name of a function, which may hold letters, digits, _ and - only; rename it"
        yield found("operation-id", step(operation.place, "operationId"), said)


def _check_texts(operation: Operation, profiles: tuple[Profile, ...]) -> Iterator[Finding]:
    if not operation.description:
        said = f"{quoted(operation.name)} has neither summary nor description; say what it does and when to call it"
        yield found("operation-undescribed", operation.place, said)
    for name in ("summary", "description"):
        yield from too_long(operation.value.get(name), "operation", step(operation.place, name), profiles)
    references = operation.references
    for place, parameter in operation.parameters:
        schema = operation.schema_of(parameter)
        own = text(parameter, "description")
        inside = references.follow(schema)
        said_inside = text(inside, "description") if isinstance(inside, dict) else None
        yield from too_long(own or said_inside, "parameter", step(place, "description" if own else "schema"), profiles)
        yield from _check_inside(schema, step(place, "schema"), references, profiles)
        if not own and not said_inside:
            said = f"the parameter {quoted(parameter.get('name'))} has no description; say what to send"
            yield found("parameter-undescribed", place, said)
    body, at = operation.body(), step(operation.place, "requestBody")
    yield from _check_inside(body, at, references, profiles)
    for name, _, schema in members(references.properties_of(body), ""):
        described = references.follow(schema)
        if isinstance(described, dict) and not text(schema, "description") and not text(described, "description"):
            yield found(
                "parameter-undescribed",
                at,
                f"the property {quoted(name)} of the body has no description; say what to send",
            )


def _check_inside(schema: Any, place: str, references: References, profiles: tuple[Profile, ...]) -> Iterator[Finding]:
    """The properties of a schema, those of properties as well: all of them are billed."""
    for name, described in references.described_in(schema):
        yield from too_long(
            described.get("description"), "parameter", place, profiles, of=f"the property {quoted(name)}: "
        )


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
    if not answers and any(True for _ in operation.answers()):
        return
    kinds = [kind for _, answer in answers for kind, _ in all_media(answer, operation.references)]
    media = [media for _, answer in answers for media in json_media(answer, operation.references)]
    is_done = bool(answers) and not kinds and operation.method in _CHANGES
    if not media and not is_done and not any(kind in _AS_TEXT for kind in kinds):
        said = (
            f"{quoted(operation.name)} promises neither JSON nor plain text, and a model reads nothing else: add a response of "
            "application/json, text/markdown or text/plain"
        )
        yield found("answer-no-json", step(operation.place, "responses"), said)
    names = [parameter.get("name") for _, parameter in operation.parameters]
    has_bound = any(isinstance(name, str) and is_paging(name) for name in names)
    if operation.method == "get" and not has_bound and any(_has_list(item, operation.references) for item in media):
        said = f"{quoted(operation.name)} answers with a list and takes no limit or cursor; let the model ask for pages"
        yield found("answer-unpaged", operation.place, said)


def _has_list(media: dict[str, Any], references: References) -> bool:
    schema = references.follow(media.get("schema"))
    if not isinstance(schema, dict) or references.walked <= 0:
        return False
    references.walked -= len(properties) if isinstance(properties := schema.get("properties"), dict) else 1
    inside = (references.follow(item) for _, _, item in members(schema.get("properties"), ""))
    return any(isinstance(item, dict) and item.get("type") == "array" for item in (schema, *inside))
