"""The operations of an OpenAPI document, as a host sees them: one function each, whatever else the document holds wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from richresp.hosts.lint.fields import members, objects, text
from richresp.hosts.lint.references import References
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
    """

    name: str
    method: str
    place: str
    value: dict[str, Any]
    parameters: tuple[tuple[str, dict[str, Any]], ...]
    references: References

    @property
    def description(self) -> str:
        """What a model reads of it: its description, else its summary."""
        return text(self.value, "description") or text(self.value, "summary") or ""

    def body(self) -> dict[str, Any] | None:
        """The schema of what is sent as JSON, references followed at its root; None where nothing is."""
        sent = self.references.follow(self.value.get("requestBody"))
        for media in json_media(sent, self.references):
            schema = self.references.follow(media.get("schema"))
            if isinstance(schema, dict):
                return schema
        return None

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
            schema = self.references.written_out(parameter.get("schema"))
            described = {"description": parameter["description"]} if text(parameter, "description") else {}
            properties[name] = {**(schema if isinstance(schema, dict) else {}), **described}
            if parameter.get("required") is True:
                required.append(name)
        body = self.references.written_out(self.body())
        if isinstance(body, dict):
            if isinstance(body.get("properties"), dict):
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
    root = references.root
    for path, place, item in members(root.get("paths") if isinstance(root, dict) else None, "/paths"):
        shared = _parameters(item.get("parameters"), step(place, "parameters"), references)
        for method, at, value in members(item, place):
            if method in METHODS:
                own = _parameters(value.get("parameters"), step(at, "parameters"), references)
                said = {(p.get("name"), p.get("in")) for _, p in own if _is_named(p)}
                inherited = [(q, p) for q, p in shared if not _is_named(p) or (p.get("name"), p.get("in")) not in said]
                name = text(value, "operationId") or f"{method.upper()} {path}"
                yield Operation(name, method, at, value, (*inherited, *own), references)


def json_media(carrier: Any, references: References) -> Iterator[dict[str, Any]]:
    """What a body or a response holds as JSON: its media type objects."""
    content = carrier.get("content") if isinstance(carrier, dict) else None
    for kind, _, media in members(content, ""):
        name = kind.partition(";")[0].strip().lower()
        if name in ("application/json", "*/*", "application/*") or name.endswith("+json"):
            followed = references.follow(media)
            if isinstance(followed, dict):
                yield followed


def _is_named(parameter: dict[str, Any]) -> bool:
    return isinstance(parameter.get("name"), str) and isinstance(parameter.get("in"), str)


def _parameters(value: Any, place: str, references: References) -> list[tuple[str, dict[str, Any]]]:
    followed = ((at, references.follow(item)) for at, item in objects(value, place))
    return [(at, item) for at, item in followed if isinstance(item, dict)]
