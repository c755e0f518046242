"""A value as text: what a cell, a list item or a field shows of it before anything is escaped.

Nothing is guessed: a string stays the string it is, a float is written as `repr` has it, None is empty, true and false are
spelled as JSON spells them, dates and times by ISO 8601, a Decimal as it is. A list or a mapping is compact JSON. Values of
other types are what `richresp.values` makes of them: an Enum's member its value, a UUID its text, a dataclass a mapping.

NaN says that there is no number, as in the frames of pandas, so it is empty unless the author names a text for it.
Infinities are values, `inf` and `-inf`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from richresp.exceptions import InvalidPayload, UsageError
from richresp.limits.markdown import MAX_JSON_DEPTH, MAX_JSON_PARTS
from richresp.limits.values import MAX_WRAPPERS
from richresp.values.inputs import Items, NoForm, adapt
from richresp.values.plain import Where, is_list, members, native, quote

_CONTAINERS = (dict, list, tuple, set, frozenset, Items)
_BYTES = (bytes, bytearray, memoryview)


def here() -> str:
    """Where a value stands that stands in nothing."""
    return ""


def checked_nan(nan: str) -> None:
    """Refuses what is shown for NaN if it is no text.

    Raises:
        UsageError: for what is no string.
    """
    if not isinstance(nan, str):
        raise UsageError(f"nan={nan!r:.80}: give the text that is shown for NaN")


def show(value: Any, *, nan: str = "", where: Where = here) -> str:
    """A value as text, by the rules of this file.

    Args:
        value: any value that `richresp.values` adapts.
        nan: what is shown for NaN.
        where: gives the JSON Pointer of the value, for an error.

    Raises:
        InvalidPayload: for bytes, a cycle, over 100 levels, an integer of more digits than Python prints, and for what
            has no form: a function, a file, an instance of a class that nothing is known of.
    """
    found = unwrapped(value, where)
    if isinstance(found, str):
        return str.__str__(found)
    if found is None:
        return ""
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, float):
        return nan if found != found else float.__repr__(found)  # noqa: PLR0124  # what NaN alone is: not itself
    if isinstance(found, Decimal):
        return nan if found.is_nan() else str(found)
    return compact(value, where) if isinstance(found, _CONTAINERS) else repr(native(found, where))


def unwrapped(value: Any, where: Where = here) -> Any:
    """A scalar, Decimal or container; what an Enum's member, a scalar of numpy or a model stands for.

    Raises:
        InvalidPayload: as for `show`.
    """
    for _ in range(MAX_WRAPPERS):
        if isinstance(value, _BYTES):
            raise InvalidPayload(pointer=where(), reason="bytes are no text; decode them to a string first")
        if value is None or isinstance(value, (str, Decimal)):
            return value
        try:
            found = adapt(value)
        except NoForm as error:
            raise InvalidPayload(pointer=where(), reason=str(error)) from error.__cause__
        if found is value:
            return value
        value = found
    raise InvalidPayload(pointer=where(), reason=f"a {type(value).__name__} that stands for others without an end")


def compact(value: Any, where: Where = here) -> str:
    """A value as JSON without blanks, each part read when its turn comes.

    Raises:
        InvalidPayload: as for `show`.
    """
    parts: list[str] = []
    inside: set[int] = set()
    levels: list[tuple[Iterator[tuple[str, Any]], str, Any]] = [(iter((("", value),)), "", None)]
    while levels:
        entries, end, holder = levels[-1]
        name, child = next(entries, ("", levels))
        if child is levels:
            levels.pop()
            parts.append(end)
            inside.discard(id(holder))
            continue
        if parts and parts[-1] not in ("[", "{"):
            parts.append(",")
        parts.append(name)
        if len(parts) > 4 * MAX_JSON_PARTS:
            raise InvalidPayload(
                pointer=where(), reason=f"a value of over {MAX_JSON_PARTS:,} parts; pass what is to be seen"
            )
        found = native(child, where)
        if not is_list(found) and not isinstance(found, dict):
            parts.append(quote(found))
            continue
        if id(child) in inside or len(levels) > MAX_JSON_DEPTH:
            reason = "holds itself" if id(child) in inside else f"is nested over {MAX_JSON_DEPTH} levels deep"
            raise InvalidPayload(
                pointer=where(), reason=f"a {type(child).__name__} that {reason}; pass what is to be seen"
            )
        inside.add(id(child))
        mapping = isinstance(found, dict)
        parts.append("{" if mapping else "[")
        levels.append((_entries(found, where), "}" if mapping else "]", child))
    return "".join(parts)


def _entries(container: Any, where: Where) -> Iterator[tuple[str, Any]]:
    if isinstance(container, dict):
        for name, child in members(container, where):
            yield f"{quote(name)}:", child
    else:
        for child in container:
            yield "", child
