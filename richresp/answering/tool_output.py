"""Structured content: what a tool's output schema asks for, and a payload as the object that MCP wants.

Before the specification of 2026-07-28 structured content is an object; a list or a text goes under `result`, as FastMCP
does it, which marks such schemas with `x-fastmcp-wrap-result`. The notice stands in it, too, wherever the schema lets it:
a host that shows only the structure must not take a part for the whole.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from richresp.answering.tool_notice import free_key
from richresp.exceptions import InvalidPayload, UsageError
from richresp.limits.tools import MAX_DEPTH
from richresp.shaping.schemas import read_schema
from richresp.values.plain import pointer

_MARK = "x-fastmcp-wrap-result"
_SHARED = ("$schema", "$defs", "definitions")


@dataclass(frozen=True, slots=True)
class Output:
    """How a tool's structured content is made.

    Attributes:
        schema: the output schema; None where the tool has none.
        inner: the schema of the payload in it; None where nothing is known of it.
        wrapped: whether the payload goes under `result`.
        as_text: whether it goes there as a text: a document as it is, all else as JSON.
        wanted: whether there is structured content at all.
    """

    schema: Mapping[str, Any] | None = None
    inner: Mapping[str, Any] | None = None
    wrapped: bool = False
    as_text: bool = False
    wanted: bool = True

    def structure(self, data: Any, notice: str | None) -> tuple[Any, str | None]:
        """What is shown as structured content, with its JSON; None and None where there is none.

        Args:
            data: what is shown, as values.
            notice: to be told in it, if that is valid.

        Raises:
            InvalidPayload: if it does not fit the output schema, with the notice or without.
        """
        if not self.wanted:
            return None, None
        if _is_deep(data):
            if self.schema is not None:
                raise InvalidPayload(
                    pointer="", reason=f"nested deeper than {MAX_DEPTH} levels, which MCP does not carry"
                )
            return None, None
        result = _encoded(data) if self.as_text and not isinstance(data, str) else data
        value = {"result": result} if self.wrapped else data
        if notice is not None and isinstance(value, dict):
            told = {free_key(value): notice} | value
            if self._error(told) is None:
                return told, _encoded(told)
        if (error := self._error(value)) is not None:
            raise error
        return value, _encoded(value)

    def _error(self, value: Any) -> InvalidPayload | None:
        if self.schema is None:
            return None
        try:
            read_schema(self.schema).check(value, pointer, dropped=False)
        except InvalidPayload as error:
            return error
        return None


def output_of(schema: Any, payload: Any, *, wanted: bool = True, wrapped: bool | None = None) -> Output:
    """How the structured content of a payload is made.

    Args:
        schema: the tool's output schema, or None.
        payload: the dict, list, text or scalar that the tool returned.
        wanted: False where none is wanted. A text or scalar has none without a schema that asks for it.
        wrapped: whether the payload goes under `result`; by default as the schema and the payload say.

    Raises:
        UsageError: for a schema that is none, and if one is given where no structured content is wanted.
    """
    if schema is None:
        under = not _is_object(payload) if wrapped is None else wrapped
        plain = payload is None or isinstance(payload, (str, bool, int, float))
        return Output(wrapped=under, wanted=wanted and (not plain or bool(wrapped)))
    if not wanted:
        raise UsageError("structured=False: a tool with an output schema has to return structured content")
    read_schema(schema)
    if not isinstance(schema, Mapping):
        return Output(schema)
    if wrapped is None:
        wrapped = bool(schema.get(_MARK)) or (not _is_object(payload) and _is_of_objects(schema))
    inner = schema.get("properties", {}).get("result") if wrapped else schema
    if wrapped and isinstance(inner, Mapping):
        inner = {**{key: schema[key] for key in _SHARED if key in schema}, **inner}
    known = inner if isinstance(inner, Mapping) else None
    return Output(schema, known, wrapped, as_text=wrapped and known is not None and known.get("type") == "string")


def _is_object(payload: Any) -> bool:
    """Whether JSON shows it as an object. What is neither a list nor a scalar is: a dataclass, a model."""
    return not (
        payload is None
        or isinstance(payload, (str, bool, int, float, list, tuple, set, frozenset, range))
        or hasattr(payload, "__next__")
    )


def _is_of_objects(schema: Mapping[str, Any]) -> bool:
    return schema.get("type") == "object" or "properties" in schema


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for each in level
            if isinstance(each, (dict, list))
            for child in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return False
    return True


def _encoded(value: Any) -> str:
    """The JSON that a host counts: as pydantic writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
