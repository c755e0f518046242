"""CSV and TSV, row by row: the first has the names, the others may be shorter. Quotes are those of RFC 4180.

Before it a line may say what stands between values (`sep=;`), as spreadsheets write and read it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from richresp.cli.ledger import Ledger, fitted
from richresp.limits.cli import MAX_RECORD_CHARS

_DELIMITERS = ",\t;"
_SAID = re.compile('"?sep=([^"\\w\\s]|\t)"?', re.IGNORECASE)


def delimiter_of(header: str) -> str:
    """What stands between the values of CSV: what the first line says, or the one of comma, tab and semicolon that it has most of."""
    if said := _SAID.fullmatch(header.strip(" \r\n")):
        return said[1]
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
        if _SAID.fullmatch(delimiter.join(self.header).strip()):
            self.header = next(self._rows, (0, []))[1]

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
                self._ledger.lose(number, _reason(str(error)), self._reader.line_num)
            else:
                if row:
                    yield number, row


def _reason(message: str) -> str:
    """What Python's reader says of a row, in words for whoever wrote the file."""
    return next((told for sign, told in _REASONS.items() if sign in message), message)


_REASONS = {
    "unexpected end of data": "a quote is not closed, and the rest of the file stands in it",
    "new-line character": "a carriage return in a value without quotes",
    "field larger": f"a value of more than {MAX_RECORD_CHARS:,} characters, or a quote that is not closed",
}


@contextmanager
def long_fields() -> Iterator[None]:
    """Lets values of CSV be as long as a record may be."""
    before = csv.field_size_limit(MAX_RECORD_CHARS)
    try:
        yield
    finally:
        csv.field_size_limit(before)
