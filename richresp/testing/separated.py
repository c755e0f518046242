"""CSV and TSV read back: each row beside the item it shows, cell by cell.

A cell is a scalar as it is, or compact JSON; blank for null, the empty text and what the item has not; `…` for what is hidden. Items
that are no records stand in the last column.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from richresp.exceptions import UsageError
from richresp.markdown.show import show
from richresp.testing.comparing import Gap, chosen, gaps
from richresp.testing.reading import OPENING, Answer, Fault
from richresp.values.plain import compact, is_container, step

DELIMITERS = {"csv": ",", "tsv": "\t"}
_HIDDEN = "…"


def records(text: str, format: str) -> list[list[str]]:  # noqa: A002  # the word of the field
    """The records of CSV or TSV, those of a blank line aside.

    Raises:
        Fault: for what is none, or has rows of several lengths.
    """
    try:
        # No other line end than CR and LF ends a record.
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=DELIMITERS[format], strict=True))
    except csv.Error as error:
        raise Fault(f"the text is not CSV: {error}. Nothing may be cut off what shape returned") from None
    found = [row for row in found if row]
    sizes = {len(row) for row in (found[1:] if _is_notice(found) else found)}
    if len(sizes) > 1:
        raise Fault(f"the rows have {min(sizes)} to {max(sizes)} fields: cut with shape, which never cuts a row")
    return found


def check_rows(answer: Answer, data: Any) -> None:
    """Whether the text of a result has as many rows as its data.

    Raises:
        Fault: if it has not.
    """
    found = records(answer.text, answer.format)
    told = answer.notice is not None and found[:1] == [[answer.notice]]
    rows = len(found) - told - 1
    if isinstance(data, list) and rows != len(data):
        raise Fault(
            f"the text has {max(rows, 0):,} rows and the data {len(data):,} items: hand the result of shape on as it is"
        )


def read_rows(answer: Answer, whole: Any) -> tuple[list[Gap], Answer]:
    """What the rows of a text lack of a payload, and the answer with the notice that stands above them.

    Raises:
        Fault: for rows that are none of the payload, not in its order, or cut.
        UsageError: for a payload that is no list.
    """
    if not isinstance(whole, list):
        raise UsageError("payload: rows show a list; give the list that was shaped")
    found = records(answer.text, answer.format)
    if _is_notice(found) and not any(isinstance(item, dict) and found[0][0] in item for item in whole):
        answer = replace(answer, notice=found.pop(0)[0])
    elif answer.notice is not None and answer.notice in answer.text.partition("\n")[0]:
        answer = replace(answer, notice=None)
    if not found:
        raise Fault("the text is empty, without even a head of columns: return the text of shape as it is")
    columns, *rows = found
    missing = [] if len(rows) >= len(whole) else [Gap("", "items", len(rows), len(whole))]
    return missing + chosen(whole, rows, "", partial(_row, columns)), answer


def _row(columns: list[str], item: Any, cells: list[str], path: str) -> Iterator[Gap]:
    """What a row lacks of its item."""
    values: dict[str, Any] = item if isinstance(item, dict) else {columns[-1]: item}
    for name, cell in zip(columns, cells, strict=True):
        yield from _cell(values.get(name), cell, step(path, name) if isinstance(item, dict) else path)
    hidden = [name for name, value in values.items() if name not in columns and value not in (None, "")]
    if hidden:
        yield Gap(path, "keys", len(values) - len(hidden), len(values))


def _cell(value: Any, cell: str, path: str) -> Iterator[Gap]:
    expected = compact(value) if is_container(value) else show(value)
    if cell == expected:
        return
    if cell == _HIDDEN and expected:
        yield Gap(path, "keys", 0, 1)
    elif isinstance(value, str):
        yield from gaps(value, cell, path)
    elif is_container(value):
        try:
            shown = json.loads(cell)
        except ValueError:
            shown = cell
        yield from gaps(value, shown, path)
    else:
        raise Fault(
            f"{path} is {cell[:60]!r} where the payload has {expected[:60]!r}: hand the text of shape on as it is"
        )


def _is_notice(found: list[list[str]]) -> bool:
    return bool(found) and len(found[0]) == 1 and found[0][0].startswith(OPENING)
