"""CSV and TSV, row by row: the first has the names, the others may be shorter. Quotes are those of RFC 4180."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from richresp.cli.ledger import Ledger, fitted
from richresp.limits.cli import MAX_RECORD_CHARS

_DELIMITERS = ",\t;"


def delimiter_of(header: str) -> str:
    """What stands between the values of CSV: the one of comma, tab and semicolon that the first row has most of."""
    bare = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)


class Separated:
    """The rows of CSV or TSV.

    Args:
        lines: of the file.
        delimiter: between values.
        ledger: is told what is left out.

    Attributes:
        header: the values of the first row.
    """

    def __init__(self, lines: Iterable[str], delimiter: str, ledger: Ledger) -> None:
        self._reader = csv.reader(lines, delimiter=delimiter, strict=True)
        self._ledger = ledger
        self._rows = self._read()
        self.header: list[str] = next(self._rows, (0, []))[1]

    def rows(self, picked: list[int]) -> Iterator[list[str | None]]:
        """The values of some columns, by their places."""
        width = len(self.header)
        as_is = picked == list(range(width))
        for number, row in self._rows:
            values: list[str | None] = fitted(number, row, width, self._ledger)
            values += [None] * (width - len(values))
            yield values if as_is else [values[place] for place in picked]

    def _read(self) -> Iterator[tuple[int, list[str]]]:
        while True:
            number = self._reader.line_num + 1
            try:
                row = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                self._ledger.lose(number, str(error))
            else:
                if row:
                    yield number, row


@contextmanager
def long_fields() -> Iterator[None]:
    """Lets values of CSV be as long as a record may be."""
    before = csv.field_size_limit(MAX_RECORD_CHARS)
    try:
        yield
    finally:
        csv.field_size_limit(before)
