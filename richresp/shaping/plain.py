"""Any payload as JSON-native values, one node at a time.

`native` looks at one value and never at its children, so that a payload is read only as far as it is shown. `encode` and
`copy` take a value whole. None of them recurses: depth is the payload's affair, not the stack's.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Generator, Iterator
from functools import partial
from typing import Any

from richresp.exceptions import InvalidPayload
from richresp.limits import MAX_INT_DIGITS, STRING_SLICE

Where = Callable[[], str]
"""Gives the JSON Pointer of the value at hand, when an error needs it."""

Scalar = None | bool | int | float | str
_SURROGATE = re.compile("[\ud800-\udfff]")
_quote = json.JSONEncoder(ensure_ascii=False).encode
_MAX_INT = 10**MAX_INT_DIGITS


def native(value: Any, where: Where) -> Any:
    """A scalar as JSON has it, or a dict, list or tuple as it is: its children are still to be looked at.

    Raises:
        InvalidPayload: for bytes, and for every type that has no JSON form.
    """
    match value:
        case None | bool() | str() | dict() | list() | tuple():
            return value
        case int():
            if not -_MAX_INT < value < _MAX_INT:
                raise InvalidPayload(
                    pointer=where(), reason=f"an integer of over {MAX_INT_DIGITS} digits; pass it as a string"
                )
            return int(value)
        case float():
            return float(value) if math.isfinite(value) else None
        case set() | frozenset():
            return sorted(value, key=_set_order)
        case bytes() | bytearray() | memoryview():
            raise InvalidPayload(pointer=where(), reason="bytes have no JSON form; decode them to a string first")
    raise InvalidPayload(
        pointer=where(), reason=f"a {type(value).__name__} has no JSON form; pass a dict, list, string or number"
    )


def _set_order(item: Any) -> tuple[int, float, str]:
    """An order for the members of a set that no hash seed changes: numbers by size, then text, then the rest."""
    match item:
        case int() | float() if item == item:  # noqa: PLR0124  # NaN, which no order holds, is not equal to itself
            return 0, item, ""
        case str():
            return 1, 0, item
        case tuple():
            return 2, 0, repr([_set_order(part) for part in item])
        case frozenset():
            return 3, 0, repr(sorted(map(_set_order, item)))
    return 4, 0, repr(item)


def members(mapping: dict[Any, Any], where: Where, replaced: list[str] | None = None) -> Iterator[tuple[str, Any]]:
    """The entries of a dict, in order, with each key as the text that JSON has for it.

    Args:
        mapping: the dict.
        where: gives its pointer.
        replaced: takes the pointers of entries whose key UTF-8 cannot hold.

    Raises:
        InvalidPayload: at a key that is no scalar, and at one whose text another key of the dict has as well.
    """
    renamed: set[str] = set()
    for key, value in mapping.items():
        text = _key_text(key, where)
        if text is not key:
            if text in renamed or (text in mapping and text != key):
                raise InvalidPayload(pointer=where(), reason=f"two keys read {text!r} as text; rename one of them")
            renamed.add(text)
            if replaced is not None and is_repaired(text, mapping):
                replaced.append(step(where(), text))
        yield text, value


def is_repaired(name: str, mapping: dict[Any, Any]) -> bool:
    """Whether the text of a key had to differ from the key, which is a string, too."""
    return "\ufffd" in name and name not in mapping


def _key_text(key: Any, where: Where) -> str:
    match key:
        case str():
            return repaired(key)
        case float():
            return repr(float(key))
        case None | bool() | int():
            return quote(native(key, where))
    raise InvalidPayload(
        pointer=where(), reason=f"a key of type {type(key).__name__} has no JSON form; use strings as keys"
    )


def repaired(text: str) -> str:
    """Text with U+FFFD for each lone surrogate, which UTF-8 cannot hold; the same object where there is none."""
    if type(text) is not str:
        text = str.__str__(text)
    return text if text.isascii() or not _SURROGATE.search(text) else _SURROGATE.sub("\ufffd", text)


def quote(value: Scalar) -> str:
    """A native scalar as JSON; nothing is escaped that need not be, for escapes cost tokens."""
    return _quote(value)


def step(pointer: str, key: str | int) -> str:
    """The JSON Pointer of a child."""
    return f"{pointer}/{key}" if isinstance(key, int) else f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"


def encode(root: Any, pointer: str = "", replaced: list[str] | None = None) -> Iterator[str]:
    """A value as compact JSON, in pieces, read no further than the pieces are.

    Args:
        root: the value.
        pointer: where it stands, for errors.
        replaced: takes the pointers of the values that JSON cannot hold.

    Raises:
        InvalidPayload: as `native` and `key_text` do, and for a value that contains itself.
    """
    trail: list[str | int] = []
    where = partial(_pointer, pointer, trail)
    open_ids: set[int] = set()
    stack: list[tuple[Iterator[tuple[str | int, Any]], str, int]] = []
    lead, value = "", root
    while True:
        shown = native(value, where)
        if isinstance(shown, (dict, list, tuple)) and shown:
            if id(value) in open_ids:
                raise InvalidPayload(pointer=where(), reason="a value that contains itself; break the cycle")
            open_ids.add(id(value))
            if isinstance(shown, dict):
                yield f"{lead}{{"
                stack.append((members(shown, where, replaced), "}", id(value)))
            else:
                yield f"{lead}["
                stack.append((enumerate(shown), "]", id(value)))
            lead = ""
        else:
            yield lead
            kept = yield from _leaf(value, shown)
            if not kept and replaced is not None:
                replaced.append(where())
            lead = ","
        while stack:
            children, close, ident = stack[-1]
            del trail[len(stack) - 1 :]
            child = next(children, None)
            if child is not None:
                break
            stack.pop()
            open_ids.discard(ident)
            yield close
            lead = ","
        else:
            return
        name, value = child
        trail.append(name)
        if isinstance(name, str):
            yield lead
            yield from _leaf(name, name)
            lead = ":"


def _pointer(start: str, trail: list[str | int]) -> str:
    """The JSON Pointer of the value at hand; built only when it is asked for, since a trail may be very long."""
    return start + "".join(step("", name) for name in trail)


def _leaf(value: Any, shown: Any) -> Generator[str, None, bool]:
    """What has no children as JSON, a long string in slices; returns whether it could be kept as it is."""
    if not isinstance(shown, str):
        yield _quote(list(shown) if isinstance(shown, tuple) else shown)
        return shown is not None or value is None
    kept = True
    yield '"'
    for start in range(0, len(shown), STRING_SLICE):
        given = shown[start : start + STRING_SLICE]
        part = repaired(given)
        kept = kept and part == given
        yield _quote(part)[1:-1]
    yield '"'
    return kept


def copy(root: Any) -> Any:
    """A value that `encode` has taken, as fresh JSON-native values."""

    def shallow(value: Any) -> Any:
        shown = native(value, str)
        if isinstance(shown, str):
            return repaired(shown)
        if isinstance(shown, dict):
            return dict(members(shown, str))
        return list(shown) if isinstance(shown, (list, tuple)) else shown

    result = shallow(root)
    todo = [result] if isinstance(result, (dict, list)) else []
    while todo:
        container = todo.pop()
        names: Any = list(container) if isinstance(container, dict) else range(len(container))
        for name in names:
            container[name] = child = shallow(container[name])
            if isinstance(child, (dict, list)) and child:
                todo.append(child)
    return result
