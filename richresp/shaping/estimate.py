"""What a value will cost, roughly, without counting: the ranking asks this of values that may never be shown.

Never the counter itself, which would make the ranking as dear as the payload is long.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from richresp.limits import LONG_WORD, SHORT_STRING, STAKE

_SAMPLE = 64
_SPACE = re.compile(r"\s")
# How far a field moves back for what it is, judged by eye on real records: nobody reads links and nulls first.
_EMPTY_WEIGHT = 1.6
_URL_WEIGHT = 2.0
_WORDS_WEIGHT = 0.5


def estimate(value: Any, limit: float) -> float:
    """Tokens of a value as compact JSON, off by a third or so; stops soon after `limit`."""
    total, stack = 0.0, [value]
    while stack and total < limit:
        item = stack.pop()
        if isinstance(item, dict):
            total += 2
            room = int(limit - total) + 2
            for key, child in islice(item.items(), room):
                total += 2 + len(key) / 4 if isinstance(key, str) else 3
                stack.append(child)
        elif isinstance(item, (list, tuple, set, frozenset)):
            total += 2
            stack.extend(islice(item, int(limit - total) + 2))
        else:
            total += scalar(item)
    return total


def scalar(value: Any) -> float:
    """Tokens of one value that has no children, the comma behind it included."""
    if isinstance(value, str):
        return 2 + len(value) * per_char(value)
    if isinstance(value, bool) or value is None:
        return 1.5
    if isinstance(value, (int, float)):
        return 1.5 + (len(repr(value)) if abs(value) < 1e18 else 19) / 3
    return 2


def per_char(text: str, start: int = 0) -> float:
    """Tokens per character of a text, judged by the few that follow `start` (o200k_base, measured on real payloads)."""
    sample = text[start : start + _SAMPLE]
    if not sample.isascii():
        narrow = sum(char < "\u0900" for char in sample) / len(sample)
        return 0.35 * narrow + 0.9 * (1 - narrow)
    return 0.24 if " " in sample else 0.38


def divisible(value: Any) -> bool:
    """Whether a value may be shown in part. URLs, numbers and identifiers are shown whole or not at all."""
    if not isinstance(value, str):
        return isinstance(value, (dict, list, tuple)) and len(value) > 0
    if len(value) <= SHORT_STRING or is_url(value):
        return False
    return len(value) > LONG_WORD or " " in value


def weight(value: Any, cost: float) -> float:
    """What puts a record's field behind its neighbours: its cost, but words before links, and links before nothing."""
    if divisible(value):
        return min(cost, STAKE)
    if not value and value is not False and value != 0:
        return cost * _EMPTY_WEIGHT + STAKE
    if isinstance(value, str):
        return cost * (_URL_WEIGHT if is_url(value) else _WORDS_WEIGHT if " " in value else 1)
    return cost


def is_url(text: str) -> bool:
    """Whether the whole text is one address, of whatever scheme."""
    scheme, mark, _ = text[:_SAMPLE].partition("://")
    plain = scheme.replace("+", "").replace("-", "").replace(".", "")
    return bool(mark) and plain.isalnum() and not _SPACE.search(text)
