"""A payload of any make as fresh dicts, lists and scalars, read whole: the copy that cards are put into.

Each value is made plain by the reader of `shape`, so that both see the same; but what JSON cannot hold stays, since it is
shape that replaces it and tells of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from math import nan
from numbers import Number
from typing import Any

from richresp.exceptions import InvalidPayload
from richresp.limits.attaching import MAX_VALUES
from richresp.shaping.reader import Reader
from richresp.values.items import NoForm
from richresp.values.plain import AS_IS, Where, is_list, members, step

_LEAVES = AS_IS - {dict, list}


def copied(payload: Any) -> Any:
    """A copy that shares no container with the payload: keys and items in their order, keys as text.

    Raises:
        InvalidPayload: as `shape` does for bytes, cycles, colliding keys and types without a JSON form; and for more than
            MAX_VALUES values.

    What an iterator or a model of the payload raises passes through.
    """
    reader, trail, inside, count = Reader(), list[str | int](), set[int](), 0
    here = partial(_pointer, trail)
    result = list[Any]()
    stack: list[tuple[Iterator[tuple[str | int, Any]], Any, Any]] = [(iter([(0, payload)]), result, None)]
    while stack:
        children, copy, source = stack[-1]
        del trail[len(stack) - 1 :]
        for name, given in children:
            count += 1
            if type(given) in _LEAVES and count <= MAX_VALUES:
                _put(copy, name, given)
                continue
            trail.append(name)
            if count > MAX_VALUES:
                raise InvalidPayload(pointer=here(), reason=_TOO_MUCH)
            value = reader.native(given, here)
            if not isinstance(value, dict) and not is_list(value):
                _put(copy, name, _scalar(value, given))
                trail.pop()
                continue
            if id(value) in inside:
                raise InvalidPayload(pointer=here(), reason="a value that contains itself; break the cycle")
            inside.add(id(value))
            container: Any = {} if isinstance(value, dict) else []
            _put(copy, name, container)
            stack.append((_children(value, here), container, value))
            break
        else:
            stack.pop()
            inside.discard(id(source))
    return result[0]


_TOO_MUCH = (
    f"more than {MAX_VALUES:,} values, and all of them are read for their links; "
    "pass only what is to be shown: the first rows of a table, itertools.islice(iterator, 1000)"
)


def _put(copy: Any, name: str | int, value: Any) -> None:
    if type(name) is str:
        copy[name] = value
    else:
        copy.append(value)


def _scalar(value: Any, given: Any) -> Any:
    """A scalar of a builtin type; NaN for a number that JSON does not have."""
    if value is None and isinstance(given, Number):
        return nan
    return str.__str__(value) if isinstance(value, str) else value


def _children(value: Any, where: Where) -> Iterator[tuple[str | int, Any]]:
    """The children of a container by name or index."""
    if isinstance(value, dict):
        return _entries(value, where)
    return enumerate(value) if isinstance(value, (list, tuple)) else _items(value, where)


def _entries(mapping: dict[Any, Any], where: Where) -> Iterator[tuple[str | int, Any]]:
    """The entries of a dict; a key that holds a lone surrogate as it is."""
    for key, (text, value) in zip(mapping, members(mapping, where), strict=True):
        yield key if type(key) is str else text, value


def _items(items: Any, where: Where) -> Iterator[tuple[str | int, Any]]:
    try:
        yield from enumerate(items)
    except NoForm as error:
        raise InvalidPayload(pointer=where(), reason=str(error)) from error.__cause__


def _pointer(trail: list[str | int]) -> str:
    """The JSON Pointer of the value at hand; the trail has the place of the payload itself as its first step."""
    return "".join(step("", name) for name in trail[1:])
