"""A column of values as the contents of its table cells.

What a value is decides more than what it says: numbers and booleans are never looked at for markup, and never cut.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import Enum
from functools import lru_cache, partial
from numbers import Number
from typing import Any

from richresp.exceptions import InvalidPayload
from richresp.limits.values import KNOWN_TYPES, MAX_WRAPPERS
from richresp.markdown.cell_texts import CellRules, CellTexts
from richresp.markdown.inline import raw_cell
from richresp.markdown.raw import Raw
from richresp.markdown.show import show, unwrapped
from richresp.values.plain import Where

Format = str | Callable[[Any], Any]
Place = Callable[[int], str]
"""Gives the JSON Pointer of the value at an index of a column, when an error needs it."""

_SPELL: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    bool: {True: "true", False: "false"}.__getitem__,
    int: int.__repr__,
    float: float.__repr__,
}


class Column:
    """Values of one column, and their types."""

    __slots__ = ("kinds", "values")

    def __init__(self, values: Sequence[Any]) -> None:
        self.values = values
        self.kinds = frozenset(map(type, values))


class Cells:
    """Makes the cells of one table."""

    def __init__(self, rules: CellRules) -> None:
        self._rules = rules
        self._texts = CellTexts(rules)

    def header(self, name: Any) -> str:
        """The name of a column as a cell; it is not cut."""
        return self._raw(name) if isinstance(name, Raw) else self._texts.whole(show(name))

    def column(self, column: Column, format_: Format | None, place: Place) -> list[str]:
        """The cells of a column.

        Args:
            column: its values, top down.
            format_: what makes a text of each value but None and NaN.
            place: gives the place of a value, for an error.

        Raises:
            InvalidPayload: for a value that has no text, or does not go with its format.
        """
        if format_ is None:
            return self._column(column, place)
        values = column.values
        made = [formatted(value, format_, partial(place, index)) for index, value in enumerate(values)]
        cells = self._column(Column(made), place)
        if self._rules.max_cell is not None:
            for index, (value, text) in enumerate(zip(values, made, strict=True)):
                if is_number(type(value)) and isinstance(text, str) and not isinstance(text, Raw):
                    cells[index] = self._texts.whole(text)
        return cells

    def _column(self, column: Column, place: Place) -> list[str]:
        values, kinds = column.values, column.kinds
        if kinds <= _TEXTUAL:
            return self._texts.column(
                [value or "" for value in values] if len(kinds) > 1 or str not in kinds else values
            )
        if kinds <= _SPELL.keys():
            try:
                if len(kinds) == 1:
                    spelled = list(map(_SPELL[next(iter(kinds))], values))
                else:
                    spelled = [_SPELL[type(value)](value) for value in values]
            except ValueError:  # an integer of more digits than Python prints; refused below, with its place
                pass
            else:
                nan = self._texts.whole(self._rules.nan) if "nan" in spelled else "nan"
                return spelled if nan == "nan" else [nan if text == "nan" else text for text in spelled]
        texts = [
            "" if isinstance(value, Raw) else show(value, nan=self._rules.nan, where=partial(place, index))
            for index, value in enumerate(values)
        ]
        cells = self._texts.column(texts)
        if not any(issubclass(kind, Raw) or is_number(kind) for kind in kinds):
            return cells
        return [
            self._raw(value) if isinstance(value, Raw) else self._texts.whole(text) if is_number(type(value)) else cell
            for value, text, cell in zip(values, texts, cells, strict=True)
        ]

    def _raw(self, source: Raw) -> str:
        return raw_cell(source, self._rules.style, self._rules.newline)


def formatted(value: Any, format_: Format | None, where: Where) -> Any:
    """What a format makes of a value: None and NaN, of which there is nothing to format, are left as they are.

    A callable gets the value that the row has, whatever it is; a spec is for what an Enum's member stands for, or a scalar
    of numpy.

    Raises:
        InvalidPayload: for a value that does not go with a format spec, or has no text.
    """
    if format_ is None:
        return value
    try:
        found = value if isinstance(value, Raw) else unwrapped(value, where)
    except InvalidPayload:  # no text of its own: what a callable is for, and a spec of complex numbers and fractions
        if not callable(format_) and not isinstance(value, Number):
            raise
        found = value
    if found is None or _is_nan(found):
        return found
    if callable(format_):
        return format_(value)
    try:
        return format(_stood_for(value), format_)
    except (TypeError, ValueError, ArithmeticError) as error:
        reason = f"format {format_!r} does not go with a {type(value).__name__}: {error}"
        raise InvalidPayload(pointer=where(), reason=reason) from error


def _is_nan(value: Any) -> bool:
    return value.is_nan() if isinstance(value, Decimal) else isinstance(value, float) and math.isnan(value)


def _stood_for(value: Any) -> Any:
    """What an Enum's member, an array without dimensions or a moment of numpy stands for."""
    for _ in range(MAX_WRAPPERS):
        if isinstance(value, Enum):
            value = value.value
        elif not _holds_one(type(value)) or value.shape:
            break
        elif value.dtype.kind == "M":
            return value.astype("datetime64[us]").item()  # nanoseconds would come back as a number
        else:
            value = value[()]
    return value


def _holds_one(kind: type) -> bool:
    """Whether values of a type are moments of numpy, or arrays, which may hold one scalar."""
    return any(base.__module__ == "numpy" and base.__name__ in {"datetime64", "ndarray"} for base in kind.__mro__)


def _is_number(kind: type) -> bool:
    """Whether the values of a type are numbers, whatever they are spelled like; a boolean is none."""
    if issubclass(kind, (int, float, Decimal)):
        return not issubclass(kind, (bool, Enum))
    return any(base.__name__ == "number" and base.__module__ == "numpy" for base in kind.__mro__)


is_number: Callable[[type], bool] = lru_cache(maxsize=KNOWN_TYPES)(_is_number)

_TEXTUAL = frozenset((str, type(None)))
