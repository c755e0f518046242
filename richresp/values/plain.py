"""Any value as JSON has it, one node at a time: never a look at its children, so that a payload is read only as far as
it is shown.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from json.encoder import encode_basestring
from typing import Any

from richresp.exceptions import InvalidPayload
from richresp.limits.values import MAX_COPIED_CHARS, MAX_INT_DIGITS, MAX_WRAPPERS
from richresp.values.inputs import Items, NoForm, adapt, key_text

Where = Callable[[], str]
"""Gives the JSON Pointer of the value at hand, when an error needs it."""

Scalar = None | bool | int | float | str
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_INT = 10**MAX_INT_DIGITS
_quote = json.JSONEncoder(ensure_ascii=False).encode

compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False).encode
"""A value of nothing but builtin types as compact JSON; ValueError for NaN, RecursionError for depth."""

AS_IS = frozenset((str, dict, list, bool, type(None)))
"""Types that JSON has as they are, whatever the value."""


def native(value: Any, where: Where) -> Any:
    """A scalar as JSON has it, or a dict, list, tuple or Items: its children are still to be looked at.

    Raises:
        InvalidPayload: for bytes, and for every type that has no JSON form.
    """
    for _ in range(MAX_WRAPPERS):
        match value:
            case None | bool() | str() | dict() | list() | tuple() | Items():
                return value
            case int():
                if not -_MAX_INT < value < _MAX_INT:
                    reason = f"an integer of over {MAX_INT_DIGITS} digits; pass it as a string"
                    raise InvalidPayload(pointer=where(), reason=reason)
                return int(value)
            case float():
                return float(value) if math.isfinite(value) else None
            case set() | frozenset():
                return _sorted(value, where)
            case bytes() | bytearray() | memoryview():
                raise InvalidPayload(pointer=where(), reason="bytes have no JSON form; decode them to a string first")
        try:
            value = adapt(value)
        except NoForm as error:
            raise InvalidPayload(pointer=where(), reason=str(error)) from error.__cause__
    raise InvalidPayload(pointer=where(), reason=f"a {type(value).__name__} that stands for others without an end")


def is_list(value: Any) -> bool:
    """Whether a native value is a list, in whatever form."""
    return isinstance(value, (list, tuple, Items))


def is_container(value: Any) -> bool:
    """Whether a native value has children."""
    return isinstance(value, (dict, list, tuple, Items)) and not is_empty(value)


def is_empty(value: Any) -> bool:
    """Whether a container, or a string, has nothing in it."""
    return not value.has(0) if isinstance(value, Items) else not value


def length(value: Any) -> int | None:
    """How many children or characters; None for a stream whose end is not in sight."""
    return value.total if isinstance(value, Items) else len(value)


def _sorted(members_: set[Any] | frozenset[Any], where: Where) -> list[Any]:
    try:
        return sorted(members_, key=_set_order)
    except RecursionError:
        raise InvalidPayload(pointer=where(), reason="a set of values nested too deep; pass a list") from None


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


def members(mapping: dict[Any, Any], where: Where) -> Iterator[tuple[str, Any]]:
    """The entries of a dict, in order, with each key as the text that JSON has for it.

    Raises:
        InvalidPayload: at a key that is no scalar, and at one whose text another key of the dict has as well.
    """
    renamed: set[str] = set()
    for key, value in mapping.items():
        text = key if type(key) is str and key.isascii() else _key_text(key, where)
        if text is not key:
            if text in renamed or (text in mapping and text != key):
                raise InvalidPayload(pointer=where(), reason=f"two keys read {text!r} as text; rename one of them")
            renamed.add(text)
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
    text = key_text(key)
    if text is None:
        reason = f"a key of type {type(key).__name__} has no JSON form; use strings as keys"
        raise InvalidPayload(pointer=where(), reason=reason)
    return repaired(text)


def repaired(text: str) -> str:
    """Text with U+FFFD for each lone surrogate, which UTF-8 cannot hold; the same object where there is none."""
    if type(text) is not str:
        text = str.__str__(text)
    return _SURROGATE.sub("\ufffd", text) if _has_surrogate(text) else text


def _has_surrogate(text: str) -> bool:
    """Whether a text cannot be encoded. To try is quicker than to search, but copies the text."""
    if text.isascii():
        return False
    if len(text) > MAX_COPIED_CHARS:
        return _SURROGATE.search(text) is not None
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def quote(value: Scalar) -> str:
    """A native scalar as JSON; nothing is escaped that need not be, for escapes cost tokens."""
    return encode_basestring(value) if type(value) is str else _quote(value)


def pointer(path: Iterable[str | int]) -> str:
    """The JSON Pointer of what a path of keys and indexes leads to."""
    return "".join(step("", key) for key in path)


def step(pointer: str, key: str | int) -> str:
    """The JSON Pointer of a child."""
    return f"{pointer}/{key}" if isinstance(key, int) else f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
