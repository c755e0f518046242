"""Rows of a file for a table: which form it has, one row after the other, and what of it is not in the table.

JSON: a list of records; it is read whole. NDJSON: a record a line. CSV and TSV: the first row has the names. All rows of a table
are of one kind, that of the first.
"""

from __future__ import annotations

import json
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import click

from richresp.cli.ledger import Ledger, fitted
from richresp.cli.lines import Lines
from richresp.cli.mending import Watch, mended
from richresp.cli.parsing import decode, parse_json, path_of, quoted, value_at
from richresp.cli.separated import delimiter_of
from richresp.limits.markdown import READ_AHEAD

Form = Literal["json", "ndjson", "csv", "tsv"]
FORMS: tuple[Form, ...] = ("json", "ndjson", "csv", "tsv")
Numbered = Iterable[tuple[int, Any]]


def form_of(lines: Lines) -> Form:
    """The form of a file, by its first two lines."""
    first, second = lines.first.strip(), lines.second.strip()
    if not first.startswith(("{", "[")):
        return "tsv" if delimiter_of(first) == "\t" else "csv"
    if lines.is_long:
        return "json"
    try:
        decode(first)
    except ValueError:
        return "ndjson" if first[0] == second[:1] == "{" else "json"
    return "ndjson" if second else "json"


def ndjson_rows(lines: Iterable[str], ledger: Ledger) -> Iterator[tuple[int, Any]]:
    """The values of the lines that are not blank, with their numbers."""
    watch = Watch()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value, is_odd = watch.decode(line)
            yield number, _shown(number, value, ledger) if is_odd else value
        except json.JSONDecodeError as error:
            ledger.lose(number, f"not JSON, column {error.colno}: {error.msg}")
        except ValueError as error:
            ledger.lose(number, str(error))


def json_rows(text: str, name: str, at: str | None, ledger: Ledger) -> Iterator[tuple[int, Any]]:
    """The rows of a JSON document, with their numbers.

    Args:
        text: the document.
        name: of the file, for errors.
        at: the path of the list; None for the document itself.
        ledger: is told of values that are shown as what stands for them.

    Raises:
        click.ClickException: for what is not JSON, and holds no rows.
    """
    value, is_odd = parse_json(text, name, Watch().decode)
    rows = list_of(value if at is None else value_at(value, at), name)
    for number, row in enumerate(rows, 1):
        try:
            yield number, _shown(number, row, ledger) if is_odd else row
        except ValueError as error:
            ledger.lose(number, str(error))


def _shown(number: int, value: Any, ledger: Ledger) -> Any:
    """A value as it is shown.

    Raises:
        ValueError: for two keys that are shown as one.
    """
    try:
        found = mended(value)
    except RecursionError:
        raise ValueError("nested too deep to be read") from None
    if found is not value:
        ledger.mend(number)
    return found


def records(
    found: Numbered, chosen: Mapping[str, str] | None, ledger: Ledger, ahead: float = READ_AHEAD
) -> Iterator[Any]:
    """Those of the values that are rows like the first.

    Args:
        found: values with their numbers.
        chosen: the columns; None for those that the first rows have.
        ledger: is told what is left out.
        ahead: how many rows decide on the columns.
    """
    kind: type | None = None
    shapes: Counter[tuple[str, ...]] = Counter()
    first_of: dict[tuple[str, ...], int] = {}
    names: Mapping[str, Any] = chosen or {}
    ledger.absent.update(names)
    rows = 0
    for number, value in found:
        if type(value) not in (dict, list) or (kind is not None and type(value) is not kind):
            ledger.lose(number, f"{_KINDS.get(type(value), 'a value')}, no {_KINDS[kind or dict].partition(' ')[2]}")
            continue
        kind, rows = type(value), rows + 1
        if kind is list:
            ledger.absent.clear()
            yield fitted(number, value, len(names) if chosen else None, ledger)
        elif chosen is not None:
            if not ledger.is_closed:
                ledger.absent.difference_update(value)
            if any(name not in value for name in names):
                ledger.lack(number)
            yield value
        elif rows <= ahead:
            shape = tuple(value)
            shapes[shape] += 1
            first_of.setdefault(shape, number)
            yield value
        else:
            names = names or _settled(shapes, first_of, ledger)
            yield _known(number, value, names, ledger)
    if not names:
        _settled(shapes, first_of, ledger)


def _settled(shapes: Counter[tuple[str, ...]], first_of: dict[tuple[str, ...], int], ledger: Ledger) -> dict[str, None]:
    """The names of the first rows, which are the columns from then on."""
    names = {name: None for shape in shapes for name in shape}
    for shape, count in shapes.items():
        if len(shape) < len(names):
            ledger.lack(first_of[shape], count)
    return names


def _known(number: int, record: dict[str, Any], names: Mapping[str, Any], ledger: Ledger) -> dict[str, Any]:
    """A record without what has no column."""
    if record.keys() == names.keys():
        return record
    foreign = [name for name in record if name not in names]
    if len(record) - len(foreign) < len(names):
        ledger.lack(number)
    if not foreign:
        return record
    ledger.shorten(number, f"{quoted(foreign[0])} is no column; --columns names them all")
    return {name: value for name, value in record.items() if name in names}


_KINDS = {dict: "an object", list: "a list", str: "a text", int: "a number", float: "a number", bool: "a truth value", type(None): "null"}  # fmt: skip


def list_of(value: Any, name: str) -> list[Any]:
    """The rows of a JSON document: a list, or an object that is one row.

    Raises:
        click.ClickException: for anything else, and for an object that holds lists of rows.
    """
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        raise click.ClickException(f"{name}: {_KINDS.get(type(value), 'a value')}, no list of rows")
    for key, inner in value.items():
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            raise click.ClickException(
                f"{name}: an object, no list of rows; --at {shlex.quote(path_of(key))} takes its list"
            )
    return [value]
