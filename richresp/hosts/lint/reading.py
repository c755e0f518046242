"""Documents as they come: bytes or text, JSON or YAML, or parsed already. Out comes a bounded JSON value, or why there is none.

What begins with a brace or a bracket is JSON, the rest YAML. A key that stands twice is refused: one of the two would be lost.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, TypeAlias

from richresp.exceptions import InvalidPayload, MissingExtra
from richresp.hosts.lint.model import Finding
from richresp.hosts.lint.rules import found, quoted
from richresp.limits.lint import MAX_CHARS, MAX_DEPTH, MAX_DOCUMENT_BYTES, MAX_INT_BITS, MAX_NODES
from richresp.values.plain import pointer

_Way: TypeAlias = tuple[Any, str | int] | None
_Waiting: TypeAlias = tuple[Any, int, _Way]


class Unreadable(Exception):
    """Why a text is no document. It never leaves the room."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read.

    Attributes:
        value: as JSON values; None where it could not be read.
        problem: why not.
        nodes: how many values it holds.
    """

    value: Any
    problem: Finding | None = None
    nodes: int = 0


def read(document: Any) -> Document:
    """Reads bytes or text, or takes a value as it is.

    Raises:
        InvalidPayload: for a parsed value that has no JSON form.
        MissingExtra: for YAML, where PyYAML is not installed.
    """
    if isinstance(document, (bytes, bytearray, memoryview)):
        document = bytes(document)
    if isinstance(document, (bytes, str)):
        if len(document) > MAX_DOCUMENT_BYTES:
            size = f"{len(document):,} {'bytes' if isinstance(document, bytes) else 'characters'}"
            return _large(f"{size}, and no more than {MAX_DOCUMENT_BYTES:,} are read")
        try:
            document = _parsed(document)
        except Unreadable as error:
            return Document(None, found("unreadable", "", str(error)))
    return _measured(document)


def _parsed(document: bytes | str) -> Any:
    try:
        text = document.decode("utf-8-sig") if isinstance(document, bytes) else document
    except UnicodeDecodeError as error:
        raise Unreadable(f"not UTF-8 from byte {error.start} on; save it as UTF-8") from error
    if not text.strip():
        raise Unreadable("the document is empty")
    if text.lstrip()[0] in "{[":
        return _json(text)
    try:
        from richresp.hosts.lint.yamls import load
    except ImportError as error:
        raise MissingExtra(extra="lint") from error
    return load(text)


def _json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise Unreadable(f"not JSON, line {error.lineno} column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise Unreadable(f"nested deeper than {MAX_DEPTH} levels") from error
    except ValueError as error:
        raise Unreadable(f"not JSON: {quoted(str(error))}") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise Unreadable(f"the key {quoted(key)} stands twice in an object; leave one out")
            seen.add(key)
    return values


def _no_constant(name: str) -> Any:
    raise Unreadable(f"{name} is no JSON; leave it out")


def _measured(document: Any) -> Document:
    """The same document, if every rule can go through it in bounded time."""
    nodes = chars = 0
    waiting: list[_Waiting] = [(document, 0, None)]
    while waiting:
        value, depth, way = waiting.pop()
        nodes += 1
        inside = _inside(value, depth, way)
        chars += len(value) if isinstance(value, str) else sum(map(len, value)) if isinstance(value, dict) else 0
        waiting += inside
        if depth > MAX_DEPTH:
            return Document(None, found("too-large", "", f"nested deeper than {MAX_DEPTH} levels; nothing was checked"))
        if nodes + len(waiting) > MAX_NODES:
            return _large(f"more than {MAX_NODES:,} values, YAML aliases written out")
        if chars > MAX_CHARS:
            return _large(f"more than {MAX_CHARS:,} characters of text")
    return Document(document, None, nodes)


def _inside(value: Any, depth: int, way: _Way) -> list[_Waiting]:
    """What a value holds."""
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                raise InvalidPayload(pointer=_pointer(way), reason=f"a key is {type(key).__name__}; make it text")
        return [(inside, depth + 1, (way, key)) for key, inside in value.items()]
    if isinstance(value, list):
        return [(inside, depth + 1, (way, index)) for index, inside in enumerate(value)]
    if not (isinstance(value, str) or _is_scalar(value)):
        kind = type(value).__name__
        raise InvalidPayload(pointer=_pointer(way), reason=f"this is {kind}; give dicts, lists and JSON scalars")
    return []


def _is_scalar(value: Any) -> bool:
    if isinstance(value, int):
        return value.bit_length() <= MAX_INT_BITS
    return value is None or isinstance(value, float)


def _pointer(way: _Way) -> str:
    steps: list[str | int] = []
    while way is not None:
        way, key = way
        steps.append(key)
    return pointer(reversed(steps))


def _large(what: str) -> Document:
    advice = "nothing was checked. Write a document of its own for the model, with the few operations it needs"
    return Document(None, found("too-large", "", f"{what}: {advice}"))
