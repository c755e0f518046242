"""The operations of an OpenAPI document, as a host sees them: one function each, whatever else the document holds wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from richresp.hosts.lint.fields import members, objects, text
from richresp.hosts.lint.references import LOST, References, count_values
from richresp.limits.lint import MAX_EXPANDED_NODES
from richresp.values.plain import step

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation.

    Attributes:
        name: its operationId, else method and path.
        method: in lower case.
        place: its pointer.
        value: it.
        parameters: its own and those of its path, with their pointers; references followed.
        references: those of its document.
        path_servers: the servers of its path, with their pointers.
    """

    name: str
    method: str
    place: str
    value: dict[str, Any]
    parameters: tuple[tuple[str, dict[str, Any]], ...]
    references: References
    path_servers: tuple[tuple[str, dict[str, Any]], ...] = ()

    @property
    def servers(self) -> tuple[tuple[str, dict[str, Any]], ...]:
        """Its own and those of its path, with their pointers; without any it is called where the document says."""
        return (*objects(self.value.get("servers"), step(self.place, "servers")), *self.path_servers)

    @property
    def description(self) -> str:
        """What a model reads of it: its description, else its summary."""
        return text(self.value, "description") or text(self.value, "summary") or ""

    def body(self) -> dict[str, Any] | None:
        """The schema of what is sent: as JSON, else as a form or whatever has one; references followed at its root."""
        sent = self.references.follow(self.value.get("requestBody"))
        return _schema_in(sent, self.references)

    def schema_of(self, parameter: dict[str, Any]) -> Any:
        """The schema of a parameter, or of what it carries; None where it has none."""
        return parameter["schema"] if "schema" in parameter else _schema_in(parameter, self.references)

    def answers(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Its successful answers: status and response, references followed."""
        for status, _, response in members(self.value.get("responses"), ""):
            followed = self.references.follow(response)
            if (status.upper() == "2XX" or (len(status) == 3 and status[0] == "2")) and isinstance(followed, dict):
                yield status, followed

    def declaration(self) -> dict[str, Any]:
        """What a host tells a model of it, in the form of function calling: name, description, parameters."""
        properties: dict[str, Any] = {}
        required: list[str] = []
        for _, parameter in self.parameters:
            name = text(parameter, "name") or ""
            schema = self.references.written_out(self.schema_of(parameter))
            described = {"description": parameter["description"]} if text(parameter, "description") else {}
            properties[name] = {**(schema if isinstance(schema, dict) else {}), **described}
            if parameter.get("required") is True:
                required.append(name)
        body = self.references.written_out(self.body())
        if isinstance(body, dict):
            if isinstance(body.get("properties"), dict) and not any(key in body for key in ("allOf", "anyOf", "oneOf")):
                properties.update(body["properties"])
                if isinstance(body.get("required"), list):
                    required.extend(body["required"])
            else:
                properties["body"] = body
        parameters: dict[str, Any] = {"type": "object", "properties": properties}
        if required:
            parameters["required"] = required
        return {"name": self.name, "description": self.description, "parameters": parameters}


def operations(references: References) -> Iterator[Operation]:
    """All operations, in document order."""
    for path, place, item in path_items(references):
        servers = tuple(objects(item.get("servers"), step(place, "servers")))
        shared = _parameters(item.get("parameters"), step(place, "parameters"), references)
        for method, at, value in members(item, place):
            if method in METHODS:
                own = _parameters(value.get("parameters"), step(at, "parameters"), references)
                said = {(p.get("name"), p.get("in")) for _, p in own if _is_named(p)}
                inherited = [(q, p) for q, p in shared if not _is_named(p) or (p.get("name"), p.get("in")) not in said]
                name = text(value, "operationId") or f"{method.upper()} {path}"
                yield Operation(name, method, at, value, (*inherited, *own), references, servers)


def path_items(references: References) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The paths, in document order: path, pointer, path item; for one that is referred to, the pointer of that.

    Many paths may refer to one large item: those are followed as far as that is allowed.
    """
    root, left = references.root, MAX_EXPANDED_NODES
    for path, place, item in members(root.get("paths") if isinstance(root, dict) else None, "/paths"):
        if not isinstance(item.get("$ref"), str):
            yield path, place, item
            continue
        followed = references.follow(item) if left > 0 else LOST
        if isinstance(followed, dict):
            left -= count_values(followed)
            yield path, references.place_of(item), followed
        elif len(item) > 1:
            yield path, place, item


def json_media(carrier: Any, references: References) -> Iterator[dict[str, Any]]:
    """What a body or a response holds as JSON: its media type objects."""
    for kind, media in all_media(carrier, references):
        if kind in ("application/json", "*/*", "application/*") or kind.endswith("+json"):
            yield media


def all_media(carrier: Any, references: References) -> Iterator[tuple[str, dict[str, Any]]]:
    """What a body, a response or a parameter holds: names of media types, without parameters, and media type objects."""
    content = carrier.get("content") if isinstance(carrier, dict) else None
    for kind, _, media in members(content, ""):
        followed = references.follow(media)
        if isinstance(followed, dict):
            yield kind.partition(";")[0].strip().lower(), followed


def _schema_in(carrier: Any, references: References) -> dict[str, Any] | None:
    for media in (*json_media(carrier, references), *(media for _, media in all_media(carrier, references))):
        schema = references.follow(media.get("schema"))
        if isinstance(schema, dict):
            return schema
    return None


def _is_named(parameter: dict[str, Any]) -> bool:
    return isinstance(parameter.get("name"), str) and isinstance(parameter.get("in"), str)


def _parameters(value: Any, place: str, references: References) -> list[tuple[str, dict[str, Any]]]:
    followed = ((at, references.follow(item)) for at, item in objects(value, place))
    return [(at, item) for at, item in followed if isinstance(item, dict)]
