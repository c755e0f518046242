"""What every document with fields is asked: is it there, is it of its type, is it filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from richresp.hosts.lint.model import Finding
from richresp.hosts.lint.rules import found, quoted
from richresp.values.plain import step

KINDS: dict[type, str] = {str: "a text", bool: "true or false", dict: "an object", list: "a list"}


def check_fields(
    value: Mapping[str, Any],
    place: str,
    *,
    required: Mapping[str, type],
    optional: Mapping[str, type] | None = None,
    missing: str = "field-missing",
    closed: bool = False,
) -> Iterator[Finding]:
    """What is missing, empty, of another type, or unknown.

    Args:
        value: the object.
        place: its pointer.
        required: its fields and their types.
        optional: the same of those that may be absent.
        missing: the code for one that is.
        closed: whether no other field may stand there.
    """
    optional = optional or {}
    for name, kind in required.items():
        if name not in value:
            yield found(missing, place, f"{name} is missing; add it: {KINDS[kind]}")
        elif isinstance(value[name], str) and not value[name].strip() and kind is str:
            yield found(missing, step(place, name), f"{name} is empty; fill it in")
    for name, kind in {**required, **optional}.items():
        if name in value and not isinstance(value[name], kind):
            said = f"{name} is {KINDS.get(type(value[name]), 'of another type')}; it has to be {KINDS[kind]}"
            yield found("field-type", step(place, name), said)
    if closed:
        for name in value:
            if name not in required and name not in optional:
                advice = "is no field of this schema, which makes the document invalid; leave it out"
                yield found("field-unknown", step(place, name), f"{quoted(name)} {advice}")


def text(value: Mapping[str, Any], name: str) -> str | None:
    """A field that is a text and filled in."""
    found_ = value.get(name)
    return found_ if isinstance(found_, str) and found_.strip() else None


def objects(value: Any, place: str) -> Iterable[tuple[str, dict[str, Any]]]:
    """The objects in a list, with their pointers."""
    if isinstance(value, list):
        return [(step(place, index), item) for index, item in enumerate(value) if isinstance(item, dict)]
    return []


def members(value: Any, place: str) -> Iterable[tuple[str, str, dict[str, Any]]]:
    """The objects in an object: name, pointer, value."""
    if isinstance(value, dict):
        return [(name, step(place, name), item) for name, item in value.items() if isinstance(item, dict)]
    return []
