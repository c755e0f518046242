"""What an output shows beside what there was: nothing invented, nothing out of order, nothing cut where it must not be.

Lists may show a beginning, an end or a choice of their items, in order; texts a beginning and `…`; what a scalar is, it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from richresp.graphemes import last_break
from richresp.testing.reading import Fault
from richresp.values.plain import step

_URL = re.compile(r"(?:https?|ftp)://[A-Za-z0-9/._~%?=&#-]*[A-Za-z0-9/]")
_NUMBER = re.compile(r"\d+(?:,\d{3}(?!\d))*(?:[.:]\d+)*")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is shown in part: its path, what is counted, how many are shown and how many there are."""

    path: str
    kind: str
    kept: int
    total: int


Compare = Callable[[Any, Any, str], Iterable[Gap]]
"""From an item, what is shown of it and its path to what is missing."""


def gaps(whole: Any, part: Any, path: str = "") -> list[Gap]:
    """What the part lacks of the whole, in document order, with paths below `path`.

    Raises:
        Fault: at what is not in the whole, or not in that order.
    """
    return list(_gaps(whole, part, path))


def _gaps(whole: Any, part: Any, path: str) -> Iterator[Gap]:
    where = path or "the answer"
    if type(whole) is not type(part):
        raise Fault(
            f"{where} is {_short(part)}, a {_type(part)}, where the payload has {_short(whole)}, a {_type(whole)}: hand the "
            "text on as it is, without converting values"
        )
    if isinstance(whole, str):
        yield from _text(whole, part, path)
    elif isinstance(whole, dict):
        yield from _entries(whole, part, path)
    elif isinstance(whole, list):
        if len(part) < len(whole):
            yield Gap(path, "items", len(part), len(whole))
        yield from _items(whole, part, path)
    elif repr(whole) != repr(part):
        raise Fault(
            f"{where} is {_short(part)} where the payload has {_short(whole)}: nothing may be invented, rounded or rewritten "
            "after shaping"
        )


def _entries(whole: dict[str, Any], part: dict[str, Any], path: str) -> Iterator[Gap]:
    where = path or "the answer"
    strange = next((name for name in part if name not in whole), None)
    if strange is not None:
        raise Fault(
            f"{where} has the key {_short(strange)}, which the payload has not: add fields before the payload is shaped, or "
            "give payload= as it was then"
        )
    if list(part) != [name for name in whole if name in part]:
        raise Fault(f"{where} has its keys in another order than the payload: do not sort after shaping")
    if len(part) < len(whole):
        yield Gap(path, "keys", len(part), len(whole))
    for name, value in part.items():
        yield from _gaps(whole[name], value, step(path, name))


def _items(whole: list[Any], part: list[Any], path: str) -> list[Gap]:
    return chosen(whole, part, path, _gaps)


def chosen(whole: list[Any], part: list[Any], path: str, compare: Compare) -> list[Gap]:
    """The gaps of the items: of the first, or the last, as many; or of any choice of them in their order.

    Args:
        whole: the items.
        part: what is shown of them.
        path: of the list.
        compare: gives what is missing of an item in what is shown, and raises a Fault if it shows another one.

    Raises:
        Fault: if they are no such choice.
    """
    first: Fault | None = None
    for start in dict.fromkeys((0, len(whole) - len(part))) if len(part) <= len(whole) else ():
        try:
            pairs = zip(whole[start:], part, strict=False)
            return [gap for at, pair in enumerate(pairs) for gap in compare(*pair, step(path, start + at))]
        except Fault as fault:
            first = first or fault
    found: list[Gap] = []
    ahead = iter(enumerate(whole))
    for number, item in enumerate(part):
        inside = next(
            (gaps for at, each in ahead if (gaps := _or_none(compare, each, item, step(path, at))) is not None), None
        )
        if inside is None:
            raise _stray(whole, item, step(path, number), compare) or first or _too_many(whole, part, path)
        found += inside
    return found


def _stray(whole: list[Any], item: Any, path: str, compare: Compare) -> Fault | None:
    """What is to be said of an item that stands elsewhere in the payload."""
    elsewhere = next((at for at, each in enumerate(whole) if _or_none(compare, each, item, "") is not None), None)
    if elsewhere is None:
        return None
    return Fault(
        f"{path} is item {elsewhere} of the payload, out of order or twice: sort and filter before shaping, "
        "since pages follow the order of the payload"
    )


def _too_many(whole: list[Any], part: list[Any], path: str) -> Fault:
    return Fault(
        f"{path or 'the answer'} has {len(part)} items where the payload has {len(whole)}: nothing may be added"
    )


def _or_none(compare: Compare, whole: Any, part: Any, path: str) -> list[Gap] | None:
    try:
        return list(compare(whole, part, path))
    except Fault:
        return None


def _text(whole: str, part: str, path: str) -> Iterator[Gap]:
    if part == whole:
        return
    where, kept = path or "the answer", part.removesuffix("…")
    if kept == part or not whole.startswith(kept):
        marked = "a cut text ends in …" if whole.startswith(part) else "a text is shown as it is, or from its start"
        raise Fault(f"{where} is {_short(part)} where the payload has {_short(whole)}: {marked}")
    check_cut(whole, len(kept), where)
    yield Gap(path, "characters", len(kept), len(whole))


def check_cut(text: str, at: int, where: str) -> None:
    """Whether a text may end there.

    Raises:
        Fault: in a URL, a number, or what is one character to a reader.
    """
    for what, pattern in (("URL", _URL), ("number", _NUMBER)):
        for match in pattern.finditer(text):
            if match.start() < at < match.end():
                raise Fault(
                    f"{where} cuts the {what} {_short(match[0])} after {at - match.start()} characters: a part of it is another "
                    f"{what}, so leave it out or show it whole, as shape does"
                )
    if last_break(text, 0, at) != at:
        raise Fault(
            f"{where} is cut inside a character of several code points, near {_short(text[max(0, at - 8) : at + 8])}"
        )


def _type(value: Any) -> str:
    names = {dict: "object", list: "list", str: "text", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
