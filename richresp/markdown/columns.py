"""The columns of a table: which, in which order, under which header, how aligned and how formatted.

All that can be wrong with them is found here, before a line of the table is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from richresp.exceptions import UsageError
from richresp.markdown.cells import Column, Format, is_number

Alignment = Literal["left", "right", "center"]
ChosenColumns = Sequence[Any] | Mapping[Any, Any] | None
ChosenAlignment = Alignment | Mapping[Any, Alignment] | None

_DELIMITERS = {"left": "-", "right": "-:", "center": ":-:"}
"""What a delimiter row says. A column of which it says nothing stands to the left, for two characters less."""

_NAMED = 8
"""How many columns an error names."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns that were chosen.

    Attributes:
        names: by which the values are found in a record, in order.
        headers: what the table calls them.
    """

    names: tuple[Any, ...]
    headers: tuple[Any, ...]

    def __post_init__(self) -> None:
        if not self.names:
            raise UsageError("a table needs a column; give columns= or rows with names")
        if len(set(self.names)) < len(self.names):
            twice = next(name for index, name in enumerate(self.names) if name in self.names[:index])
            raise UsageError(f"columns= has {twice!r} twice; name a column once")

    @classmethod
    def chosen(cls, columns: ChosenColumns) -> Columns | None:
        """The columns that an author chose: a list of names, or a mapping from name to header; None for none.

        Raises:
            UsageError: for anything else, no column, and one that is there twice.
        """
        if columns is None:
            return None
        if isinstance(columns, (set, frozenset)):
            raise UsageError("columns= is a set, which has no order; give a list of names")
        if isinstance(columns, (str, bytes)) or not isinstance(columns, Iterable):
            raise UsageError(f"columns={columns!r}: give a list of names, or a mapping from name to header")
        try:
            names = tuple(columns)
            return cls(names, tuple(columns[name] for name in names) if isinstance(columns, Mapping) else names)
        except TypeError as error:
            raise UsageError(f"columns= has a name that no record can have: {error}") from error

    def check(self, option: str, names: Iterable[Any]) -> None:
        """Refuses an option for a column that is not there.

        Raises:
            UsageError: names the column, and those that are there.
        """
        for name in names:
            if name not in self.names:
                raise UsageError(
                    f"{option}= names {name!r}, which is no column of the table; those are {listed(self.names)}"
                )


def checked_align(align: ChosenAlignment) -> ChosenAlignment:
    """An alignment for all columns, or a mapping from column to alignment.

    Raises:
        UsageError: for an alignment that does not exist.
    """
    words: Iterable[Any] = align.values() if isinstance(align, Mapping) else () if align is None else (align,)
    for word in words:
        if not isinstance(word, str) or word not in _DELIMITERS:
            raise UsageError(f"align= has {word!r}; give 'left', 'right' or 'center', for all columns or by column")
    return align


def checked_format(formats: Mapping[Any, Format] | None) -> Mapping[Any, Format]:
    """A mapping from column to format.

    Raises:
        UsageError: for a format that is neither a format spec nor a callable.
    """
    if formats is not None and not isinstance(formats, Mapping):
        raise UsageError("format= is a mapping from column to a format spec ('.2f') or a callable")
    for name, format_ in (formats or {}).items():
        if not isinstance(format_, str) and not callable(format_):
            raise UsageError(f"format= has {format_!r} for {name!r}; give a format spec ('.2f') or a callable")
    return formats or {}


def delimiters(columns: Columns, align: ChosenAlignment, values: Iterable[Sequence[Column]]) -> list[str]:
    """The cells of the delimiter row: what was chosen, else numbers to the right.

    A column is one of numbers if all its values are, None aside, and there is one. `values` has columns, part by part.
    """
    numeric = [False] * len(columns.names)
    if not isinstance(align, str):
        kinds: list[set[type]] = [set() for _ in columns.names]
        for part in values:
            for known, column in zip(kinds, part, strict=True):
                known.update(column.kinds)
        numeric = [bool(known - {type(None)}) and all(map(is_number, known - {type(None)})) for known in kinds]
    chosen = align if isinstance(align, Mapping) else {}
    return [
        _DELIMITERS[align if isinstance(align, str) else chosen.get(name, "right" if number else "left")]
        for name, number in zip(columns.names, numeric, strict=True)
    ]


def listed(names: Iterable[Any]) -> str:
    """The first few names, for an error."""
    shown = list(names)
    return ", ".join(map(repr, shown[:_NAMED])) + (" …" if len(shown) > _NAMED else "")
