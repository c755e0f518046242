"""What a value will cost, roughly, without counting: the ranking asks this of values that may never be shown.

Never the counter itself, which would make the ranking as dear as the payload is long. Every estimate is a multiple of
1/64, so that a sum is the same in whatever order it is added up.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, NamedTuple

from richresp.exceptions import InvalidPayload
from richresp.limits.shape import LONG_WORD, SHORT_STRING
from richresp.shaping.reader import Child, Reader
from richresp.values.plain import is_container

_SAMPLE = 64
_SPACE = re.compile(r"\s")
_LONG_INT = 10**18

UNBOUNDED = 1e9
"""A limit for what is known to be small."""


class Size(NamedTuple):
    """What a value will cost.

    Attributes:
        cost: tokens as compact JSON, off by a third or so; no more than some tokens above the limit that was given.
        plain: whether all of it was seen, and holds only what the encoder of the standard library writes as we do.
        waits: whether `drop_order` names something in it.
    """

    cost: float
    plain: bool
    waits: bool = False


def measure(child: Child, limit: float, reader: Reader) -> Size:  # noqa: C901  # one loop over types, the hottest there is
    """Looks at a value, and into it until more than `limit` tokens are seen."""
    if child.state is not None or child.lost:
        return _measure_nodes(child, limit, reader)
    total, stack = 0.0, [child.value]
    while stack:
        if total > limit:
            return Size(total, plain=False)
        item = stack.pop()
        kind = type(item)
        if kind is str:
            total += 2 + len(item) * per_char(item)
        elif kind is int or kind is float:
            if not -_LONG_INT < item < _LONG_INT:
                return _measure_nodes(child, limit, reader)
            total += 6 if kind is float else 2 + item.bit_length() / 8
        elif kind is bool or item is None:
            total += 1.5
        elif kind is list or kind is tuple:
            total += 2
            room = int(limit - total) + 2
            stack.extend(item if len(item) <= room else item[:room])
        elif kind is dict:
            total += 2
            room = int(limit - total) + 2
            for key, value in item.items() if len(item) <= room else islice(item.items(), room):
                if type(key) is not str:
                    return _measure_nodes(child, limit, reader)
                total += 2 + len(key) / 4
                stack.append(value)
        else:
            return _measure_nodes(child, limit, reader)
    return Size(total, plain=True)


def atom(child: Child) -> Size | None:
    """What a value costs that is shown whole or not at all, and has nothing in it; None for every other."""
    value = child.value
    kind = type(value)
    if kind is str:
        return Size(2 + len(value) * per_char(value), plain=True) if len(value) <= SHORT_STRING else None
    if kind is int:
        return Size(2 + value.bit_length() / 8, plain=-_LONG_INT < value < _LONG_INT)
    if kind is float:
        return Size(6, plain=-_LONG_INT < value < _LONG_INT)
    return Size(1.5, plain=not child.lost) if kind is bool or value is None else None


def _measure_nodes(child: Child, limit: float, reader: Reader) -> Size:
    """The same node by node, where paths lead into the value or it is not plain; a stream is read no further."""
    total, waits, stack = 0.0, False, [iter((child,))]
    while stack and total <= limit:
        try:
            item = next(stack[-1], None)
        except InvalidPayload:  # raised again, with its place, when the value is to be shown
            item = None
        if item is None:
            stack.pop()
            continue
        if item is not child:
            waits = waits or item.turn > 0
            total += 0 if item.name is None else 2 + len(item.name) / 4
        if is_container(item.value):
            total += 2
            stack.append(reader.children(item.value, item.state, str))
        else:
            total += scalar(item.value)
    return Size(total, plain=False, waits=waits)


def scalar(value: Any) -> float:
    """Tokens of one value that has no children, the comma behind it included."""
    if isinstance(value, str):
        return 2 + len(value) * per_char(value)
    if isinstance(value, bool) or value is None:
        return 1.5
    if isinstance(value, (int, float)):
        return 6 if isinstance(value, float) else 2 + value.bit_length() / 8
    return 2


def per_char(text: str, start: int = 0) -> float:
    """Tokens per character of a text, judged by the few that follow `start` (o200k_base, measured on real payloads)."""
    sample = text[start : start + _SAMPLE]
    if not sample.isascii():
        narrow = sum(char < "\u0900" for char in sample) / len(sample)
        return round(64 * (0.35 * narrow + 0.9 * (1 - narrow))) / 64
    return 0.25 if " " in sample else 0.375


def divisible(value: Any) -> bool:
    """Whether a native value may be shown in part. URLs, numbers and identifiers are shown whole or not at all."""
    if not isinstance(value, str):
        return is_container(value)
    if len(value) <= SHORT_STRING or is_url(value):
        return False
    return len(value) > LONG_WORD or " " in value


def is_divisible(child: Child, reader: Reader) -> bool:
    """Whether a child may be shown in part; one of which everything is dropped has no parts."""
    if not divisible(child.value) or reader.is_held(child):
        return False
    return child.state is None or isinstance(child.value, str) or reader.total(child.value, child.state) != 0


def is_url(text: str) -> bool:
    """Whether the whole text is one address, of whatever scheme."""
    scheme, mark, _ = text[:_SAMPLE].partition("://")
    plain = scheme.replace("+", "").replace("-", "").replace(".", "")
    return bool(mark) and plain.isalnum() and not _SPACE.search(text)
