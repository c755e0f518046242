"""Rows of any kind as blocks of columns, which is how their cells are made.

A row is a record, which has names (a mapping, a dataclass, an attrs or pydantic instance, a named tuple, a row of a frame, of
a record array or of sqlite3), or a sequence, whose values fill the columns from the left. All rows of a table are of one
kind. What `richresp.values` adapts is taken; a string is no row, nor is what has no order or no end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import Any, Literal

from richresp.exceptions import UsageError
from richresp.values.inputs import Items, NoForm, adapt
from richresp.values.items import Chunked, Stream

Kind = Literal["records", "sequences"]


@dataclass(frozen=True)
class RowBlock:
    """Rows that follow each other, all of one kind.

    Attributes:
        first: the number of the first row, counted from 1.
        kind: "records", which are dicts, or "sequences", which are lists and tuples.
        rows: the rows.
        alike: whether their class or frame says which names all of them have.
    """

    first: int
    kind: Kind
    rows: Sequence[Any]
    alike: bool = False

    def names(self) -> dict[Any, None]:
        """The names in records, in the order in which they come up."""
        return {name: None for names in self._shapes for name in names}

    @cached_property
    def _shapes(self) -> dict[tuple[Any, ...], None]:
        """The names of each record, in its order; most tables have one such shape."""
        return dict.fromkeys(map(tuple, self.rows))

    def foreign(self, known: Iterable[Any]) -> tuple[int, Any] | None:
        """The number of the first record with a name that is not known, and that name."""
        if not self.names().keys() - (allowed := set(known)):
            return None
        return next(
            (number, name) for number, row in enumerate(self.rows, self.first) for name in row if name not in allowed
        )

    def columns(self, names: Sequence[Any]) -> list[Sequence[Any]]:
        """The values of each of the columns; None where a row has none.

        Raises:
            UsageError: for a sequence of more values than there are columns.
        """
        if self.kind == "records":
            if tuple(self.rows[0]) == tuple(names) and len(self._shapes) == 1:
                return list(zip(*map(dict.values, self.rows), strict=True))
            return [self._named(name) for name in names]
        width = len(names)
        lengths = set(map(len, self.rows))
        if lengths == {width}:
            return list(zip(*self.rows, strict=True))
        if max(lengths) > width:
            number, row = next((number, row) for number, row in enumerate(self.rows, self.first) if len(row) > width)
            raise UsageError(f"row {number} has {len(row)} values for {width} columns; name them all in columns=")
        return list(zip(*((*row, *[None] * (width - len(row))) for row in self.rows), strict=True))

    def _named(self, name: Any) -> list[Any]:
        try:
            return list(map(itemgetter(name), self.rows))
        except KeyError:
            return [row.get(name) for row in self.rows]


class Rows:
    """The rows that a caller passed, read once, from the first to the last."""

    def __init__(self, rows: Any, formatted: Iterable[Any] = ()) -> None:
        """Takes rows, and the names of those of their values that have a format.

        Raises:
            UsageError: for what is no list of rows.
        """
        found = rows
        self._formatted = tuple(formatted)
        if not isinstance(rows, (list, tuple, Iterator)):
            try:
                found = adapt(rows)
            except NoForm as error:
                raise UsageError(f"rows=: {error}") from error
        if isinstance(found, dict) or not isinstance(found, (list, tuple, Items, Iterator)):
            kind = type(rows).__name__
            raise UsageError(f"rows= is a {kind}; give a list of rows, each a mapping or a sequence of values")
        if isinstance(found, Stream):  # it would hold what it gave
            self.total: int | None = found.total
            found = iter(rows)
        else:
            self.total = (
                found.total if isinstance(found, Items) else len(found) if not isinstance(found, Iterator) else None
            )
        self._source: Iterator[Any] = iter(found)
        self._framed = isinstance(found, Chunked)
        self._reused = isinstance(found, Iterator)
        self.names = _names(rows, found) if self.total == 0 else {}
        self._kind: Kind | None = None
        self._read = 0

    def block(self, size: int) -> RowBlock | None:
        """The next rows, `size` of them or as many as there are; None behind the last.

        Raises:
            UsageError: for a row that is none, or of another kind than the first.
        """
        try:
            rows = list(map(_kept, islice(self._source, size)) if self._reused else islice(self._source, size))
        except NoForm as error:
            raise UsageError(f"rows=: {error}") from error
        if not rows:
            return None
        first = self._read + 1
        self._read += len(rows)
        kinds = set(map(type, rows))
        if kinds == {dict}:
            found: Kind = "records"
        elif kinds <= {list, tuple}:
            found = "sequences"
        else:
            rows = [_row(row, number, self._formatted) for number, row in enumerate(rows, first)]
            found = "records" if isinstance(rows[0], dict) else "sequences"
        self._kind = self._kind or found
        if self._kind != found or len(kinds) > 1:
            records = self._kind == "records"
            for number, row in enumerate(rows, first):
                if isinstance(row, dict) is not records:
                    was = "a sequence" if records else "a mapping"
                    raise UsageError(f"row {number} is {was}, unlike the rows before it; give rows of one kind")
        return RowBlock(first, found, rows, alike=self._framed or not any(issubclass(kind, dict) for kind in kinds))

    def rest(self) -> int | None:
        """How many rows are still to come: exactly if the rows have a length, else None for one or more."""
        if self.total is not None:
            return max(0, self.total - self._read)
        return 0 if next(self._source, _END) is _END else None

    def without(self, names: Iterable[Any]) -> list[Any]:
        """Which of these names no record that is still to come has; the rows are used up."""
        missing = dict.fromkeys(names)
        for number, row in enumerate(self._source, self._read + 1):
            for name in [name for name in missing if name in _row(row, number)]:
                del missing[name]
            if not missing:
                break
        return list(missing)


_END = object()


def _kept(row: Any) -> Any:
    """A row of an iterator, which may fill the same dict or list again for the next."""
    kind = type(row)
    return row.copy() if kind is dict or kind is list else row


def _names(rows: Any, adapted: Any) -> dict[Any, None]:
    """The names that the rows of an empty frame or array would have."""
    if isinstance(adapted, Chunked):  # an index without a name says nothing where there are no rows
        index = getattr(getattr(rows, "index", None), "names", ())
        return dict.fromkeys((*(name for name in index if name is not None), *getattr(rows, "columns", ())))
    return dict.fromkeys(getattr(getattr(rows, "dtype", None), "names", None) or ())


def unserialized(record: Any, adapted: Any, names: Iterable[Any]) -> Any:
    """A record as it was adapted, but for some names with the values that it has itself.

    A model of pydantic is adapted to what it is as JSON, in which a date is a string that no format of dates goes with.
    """
    if not names or not isinstance(adapted, dict) or getattr(type(record), "model_dump", None) is None:
        return adapted
    values = record.model_dump()
    return adapted | {name: values[name] for name in names if name in adapted and name in values}


def _row(row: Any, number: int, formatted: Iterable[Any] = ()) -> Any:
    """A row as a dict, a list or a tuple."""
    found = row
    names = getattr(type(row), "_fields", None)
    if isinstance(row, tuple) and names is not None:
        return dict(zip(names, row, strict=True))
    if not isinstance(row, (dict, list, tuple)):
        try:
            found = unserialized(row, adapt(row), formatted)
        except NoForm as error:
            raise UsageError(f"row {number}: {error}") from error
    if isinstance(found, dict):
        return found if type(found) is dict else dict(found)  # a defaultdict would get what it is asked for
    if isinstance(found, (list, tuple)):
        return found
    if isinstance(found, Items) and not isinstance(found, Stream):
        return list(found)
    raise UsageError(f"row {number} is a {type(row).__name__}; give a mapping or a sequence of values")
