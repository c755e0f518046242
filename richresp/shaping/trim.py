"""An item of a list without what is late in it, at whatever depth that stands.

Items stay items, if only as {}, so that a list shows them in order; a field of which everything is late goes with it.
"""

from __future__ import annotations

from math import nan
from typing import Any, NamedTuple

from richresp.exceptions import InvalidPayload
from richresp.limits.shape import MAX_TRIM_DEPTH, RECORD_KEYS
from richresp.shaping.estimate import UNBOUNDED, Size, measure
from richresp.shaping.reader import Child, Reader
from richresp.shaping.weigh import Standing, is_late, standing
from richresp.values.plain import is_container, is_list, repaired

_CONTAINERS = frozenset((dict, list, tuple))


class Trimmed(NamedTuple):
    """What people read of an item.

    Attributes:
        child: the item, with a value of which nothing is late.
        cost: what that costs.
        late: what the rest costs.
    """

    child: Child
    cost: float
    late: float


def trimmed(child: Child, size: Size, reader: Reader) -> Trimmed | None:
    """A small item without what is late in it; None if all of it is late, or nothing."""
    if not is_container(child.value):
        return None
    rest, late = trim(child, reader, plain=size.plain)
    if not late or not rest:
        return None
    return Trimmed(child._replace(value=rest, state=None), max(size.cost - late, 1.0), late)


def trim(child: Child, reader: Reader, *, plain: bool, depth: int = MAX_TRIM_DEPTH) -> tuple[Any, float]:
    """A value without what is late in it, and what that costs; the value itself and 0.0 where nothing is.

    Args:
        child: the value.
        reader: what reads its nodes.
        plain: whether `measure` found it plain.
        depth: how deep to look.
    """
    if plain and child.state is None and not child.lost:
        return _plain(child.value, reader, depth)
    try:
        return _nodes(child, reader, depth)
    except InvalidPayload:  # raised again, with its place, when the value is to be shown
        return child.value, 0.0


def _plain(value: Any, reader: Reader, depth: int) -> tuple[Any, float]:
    late = 0.0
    rest: Any
    if type(value) is dict:
        rest, is_record = {}, len(value) <= RECORD_KEYS
        for name, inner in value.items():
            if is_record and is_late(name, inner, reader):
                late += 2 + len(name) / 4 + measure(Child(0, name, inner), UNBOUNDED, reader).cost
                continue
            if inner and depth and type(inner) in _CONTAINERS:
                inside, more = _plain(inner, reader, depth - 1)
                if more:
                    late += more
                    if not inside:
                        continue
                    rest[name] = inside
                    continue
            rest[name] = inner
    else:
        rest = []
        for inner in value:
            inside, more = inner, 0.0
            if inner and depth and type(inner) in _CONTAINERS:
                inside, more = _plain(inner, reader, depth - 1)
            late += more
            rest.append(inside)
    return (rest, late) if late else (value, 0.0)


def _nodes(child: Child, reader: Reader, depth: int) -> tuple[Any, float]:
    """The same node by node, where paths lead into the value or it is not plain."""
    value, late = child.value, 0.0
    rest: Any = [] if is_list(value) else {}
    is_record = reader.is_record(child)
    for inner in reader.children(value, child.state, str):
        if is_record and standing(inner, reader) is Standing.LATE:
            late += 2 + len(inner.name or "") / 4 + measure(inner, UNBOUNDED, reader).cost
            continue
        inside, more = (_nodes(inner, reader, depth - 1)) if depth and is_container(inner.value) else (inner.value, 0.0)
        late += more
        if inner.name is None:
            rest.append(nan if inner.lost else inside)
        elif inside or not more:
            rest[_key(inner.name, value)] = nan if inner.lost else inside
    return rest, late


def _key(name: str, mapping: dict[Any, Any]) -> Any:
    """The key of a dict that reads so; a lone surrogate in it is to be told when it is shown."""
    if name in mapping or "\ufffd" not in name:
        return name
    return next((key for key in mapping if isinstance(key, str) and repaired(key) == name), name)
