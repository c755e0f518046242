"""`richresp table`: records of a file as a markdown table, of any size in constant memory."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Literal, TypeAlias

import click

from richresp.cli.files import FILE
from richresp.cli.inputs import open_bytes, parse_json
from richresp.cli.ledger import Ledger
from richresp.cli.lines import Lines
from richresp.cli.manners import answer, remark, say
from richresp.cli.records import FORMS, Form, form_of, list_of, ndjson_rows, records
from richresp.cli.separated import Separated, delimiter_of, long_fields
from richresp.exceptions import UsageError
from richresp.limits.markdown import READ_AHEAD
from richresp.markdown import iter_table
from richresp.markdown import table as whole_table

Alignment: TypeAlias = Literal["left", "right", "center"]

_SIDES = ("left", "right", "center")


@click.command(short_help="Turn records into a markdown table.")
@click.argument("file", type=FILE)
@click.option(
    "--from",
    "form",
    type=click.Choice(FORMS),
    help="What FILE is; by default its first lines tell. JSON is read whole, the others line by line.",
)
@click.option(
    "--columns",
    multiple=True,
    metavar="NAME[=HEADER],...",
    help="Which columns, in which order, under which header; by default all that the first 128 rows have.",
)
@click.option(
    "--align",
    multiple=True,
    metavar="[NAME=]SIDE,...",
    help="left, right or center, for all columns or by column; by default numbers stand to the right. Values of CSV are texts.",
)
@click.option(
    "--max-rows", type=click.IntRange(1), help="How many rows are shown; a last line says that there are more."
)
@click.option(
    "--max-cell", type=click.IntRange(1), help="Characters of a text; a longer one is cut and ends in an ellipsis."
)
def table(
    file: str,
    form: Form | None,
    columns: tuple[str, ...],
    align: tuple[str, ...],
    max_rows: int | None,
    max_cell: int | None,
) -> None:
    """Turn the records in FILE, or standard input for `-`, into a markdown table.

    FILE is JSON (a list of records), NDJSON (a record a line), CSV or TSV (the first row has the names). NDJSON, CSV and TSV may
    be of any size: rows are written as they are read.

    A row that cannot be read, and a value that has no column, are left out; one line on standard error tells which, and the
    exit code is 1.

    \b
    Examples:
      richresp table berths.csv
      richresp table berths.csv --columns id,name=Berth --align id=right --max-rows 20
      richresp table events.ndjson --max-cell 80 > events.md
      curl -s https://api.example.com/berths | richresp table - --from json
    """
    chosen, sides = _columns(columns), _align(align)
    with open_bytes(file) as stream, long_fields():
        lines = Lines(stream, file)
        form = form or form_of(lines)
        ledger = Ledger("row" if form == "json" else "line")
        options: dict[str, Any] = {"align": sides, "max_rows": max_rows, "max_cell": max_cell}
        try:
            count = _write(_table(lines, form, file, chosen, ledger, options))
        except UsageError as error:
            raise UsageError(_by_option(str(error))) from error
    if not count:
        remark(f"{file}: there are no rows")
    if not ledger.is_whole:
        say(f"{file}: {ledger}")
        click.get_current_context().exit(1)
    if str(ledger):
        remark(f"{file}: {ledger}")


def _table(
    lines: Lines, form: Form, name: str, chosen: dict[str, str] | None, ledger: Ledger, options: dict[str, Any]
) -> Iterator[str]:
    """The lines of the table."""
    if form == "json":
        found = list_of(parse_json(lines.whole(), name), name)
        rows = list(records(enumerate(found, 1), chosen, ledger, ahead=float("inf")))
        return iter(str(whole_table(rows, columns=chosen, **options)).splitlines() if rows else ())
    if form == "ndjson":
        streamed = records(ndjson_rows(lines, ledger), chosen, ledger)
        return iter_table(_first(streamed, options["max_rows"], ledger), columns=chosen, **options)
    separated = Separated(lines, "\t" if form == "tsv" else delimiter_of(lines.first), ledger)
    if not separated.header:
        return iter(())
    picked = _picked(separated.header, chosen)
    headers = list(chosen.values()) if chosen else [separated.header[place] for place in picked]
    if isinstance(options["align"], dict):
        sides = options["align"]
        places = _picked(list(chosen) if chosen else separated.header, sides, "--align")
        options = options | {"align": dict(zip(places, sides.values(), strict=True))}
    rows_of = _first(separated.rows(picked), options["max_rows"], ledger)
    return iter_table(rows_of, columns=dict(enumerate(headers)), **options)


def _first(rows: Iterator[Any], max_rows: int | None, ledger: Ledger) -> Iterator[Any]:
    """As many as are shown, and one more, by which it is known that there are more."""
    yield from islice(rows, max_rows)
    ledger.is_closed = True
    yield from islice(rows, 1)


def _picked(header: Sequence[str], chosen: dict[str, Any] | None, option: str = "--columns") -> list[int]:
    """Where the chosen columns stand."""
    for name in chosen or ():
        if name not in header:
            raise click.UsageError(
                f"{option} has {name!r}, which is no column; those are {', '.join(map(repr, header))}"
            )
    return [header.index(name) for name in chosen] if chosen else list(range(len(header)))


def _write(lines: Iterator[str]) -> int:
    """Writes lines, and says how many they are."""
    count = 0
    while block := list(islice(lines, READ_AHEAD)):
        count += len(block)
        answer("\n".join(block))
    return count


def _columns(given: tuple[str, ...]) -> dict[str, str] | None:
    """The names that were chosen, and their headers.

    Raises:
        click.UsageError: for a name that is there twice.
    """
    chosen: dict[str, str] = {}
    for part in _parts(given):
        name, _, header = part.partition("=")
        if name in chosen:
            raise click.UsageError(f"--columns has {name!r} twice; name a column once")
        chosen[name] = header or name
    return chosen or None


def _align(given: tuple[str, ...]) -> Alignment | dict[str, Alignment] | None:
    sides: dict[str, Alignment] = {}
    parts = _parts(given)
    for part in parts:
        name, _, side = part.rpartition("=")
        if side not in _SIDES:
            raise click.UsageError(f"--align has {side!r}; give left, right or center, for all columns or as NAME=SIDE")
        if not name and len(parts) > 1:
            raise click.UsageError(f"--align has {side!r} for all columns beside others; give one of them")
        sides[name] = side  # type: ignore[assignment]
    return sides.get("", sides) or None


def _parts(given: tuple[str, ...]) -> list[str]:
    """What stands between commas; a name that holds one is put in quotes, as in CSV."""
    return [part for row in csv.reader(given) for part in row if part]


def _by_option(message: str) -> str:
    """What the library says of its arguments, by the names of the options."""
    for name in ("columns", "align"):
        message = message.replace(f"{name}=", f"--{name}")
    return message
