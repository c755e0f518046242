"""`richresp table`: records of a file as a markdown table, of any size in constant memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

import click

from richresp.cli.columns import columns_of, is_split, sides_of
from richresp.cli.files import FILE
from richresp.cli.inputs import open_bytes
from richresp.cli.ledger import Ledger
from richresp.cli.lines import Lines
from richresp.cli.manners import answer, remark, say
from richresp.cli.options import at_option
from richresp.cli.parsing import quoted
from richresp.cli.records import FORMS, Form, Numbered, form_of, json_rows, ndjson_rows, records
from richresp.cli.separated import Separated, delimiter_of, long_fields
from richresp.limits.markdown import READ_AHEAD
from richresp.markdown import iter_table
from richresp.markdown import table as whole_table
from richresp.markdown.columns import listed


@click.command(short_help="Turn records into a markdown table.")
@click.argument("file", type=FILE)
@click.option(
    "--from",
    "form",
    type=click.Choice(FORMS),
    help="What FILE is; by default its first lines tell. JSON is read whole, the others line by line.",
)
@at_option
@click.option(
    "--columns",
    multiple=True,
    metavar="NAME[=HEADER],...",
    help="Which columns, in which order, under which header; by default all that the first 128 rows have. A name that holds a comma or"
    ' a quote stands in quotes, as in CSV ("a,b"); what is a name as a whole, = included, is one.',
)
@click.option(
    "--align",
    multiple=True,
    metavar="[NAME=]SIDE,...",
    help="left, right or center, for all columns or by column, named as for --columns, by its last =; by default numbers stand to the"
    " right. Values of CSV are texts.",
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
    at: str | None,
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
      richresp table answer.json --at '$.items' --columns '"a,b"=Both,c'
      curl -s https://api.example.com/berths | richresp table - --from json
    """
    sides = sides_of(align)
    columns_of(columns, ())  # what is wrong whatever the names are
    with open_bytes(file) as stream, long_fields():
        lines = Lines(stream, file)
        form = form or form_of(lines)
        if at is not None and form != "json":
            cure = "" if form == "ndjson" else ", or say --from json"
            raise click.UsageError(f"--at is a path into JSON, and {file} is {_NAMES[form]}; leave it out{cure}")
        ledger = Ledger("row" if form == "json" else "line")
        options: dict[str, Any] = {"align": sides, "max_rows": max_rows, "max_cell": max_cell}
        if form in ("csv", "tsv"):
            written = _separated(
                Separated(lines, "\t" if form == "tsv" else delimiter_of(lines.first), ledger), columns, ledger, options
            )
        else:
            found = json_rows(lines.whole(), file, at, ledger) if form == "json" else ndjson_rows(lines, ledger)
            written = _records(found, columns, ledger, options, is_whole=form == "json")
        count = _write(written)
    if not count:
        remark(f"{file}: there are no rows")
    if not ledger.is_whole:
        say(f"{file}: {ledger}")
        click.get_current_context().exit(1)
    if str(ledger):
        remark(f"{file}: {ledger}")


_NAMES = {"csv": "CSV", "tsv": "TSV", "ndjson": "NDJSON"}


def _records(
    found: Numbered, columns: tuple[str, ...], ledger: Ledger, options: dict[str, Any], *, is_whole: bool
) -> Iterator[str]:
    """The lines of a table of JSON values; the columns of a document are those of all its rows."""
    values = iter(found)
    ahead = list(values if is_whole else islice(values, READ_AHEAD)) if is_split(columns) else []
    known = {name for _, value in ahead if isinstance(value, dict) for name in value}
    chosen = columns_of(columns, known)
    rows = records(chain(ahead, values), chosen, ledger, ahead=float("inf") if is_whole else READ_AHEAD)
    shown = _first(rows, options["max_rows"], ledger, more=None if is_whole else 1)
    if not is_whole:
        return iter_table(shown, columns=chosen, **options)
    listed = list(shown)
    return iter(str(whole_table(listed, columns=chosen, **options)).splitlines() if listed else ())


def _separated(
    separated: Separated, columns: tuple[str, ...], ledger: Ledger, options: dict[str, Any]
) -> Iterator[str]:
    """The lines of a table of CSV."""
    header = separated.header
    if not header:
        return iter(())
    chosen = columns_of(columns, header)
    picked = _picked(header, chosen)
    twice = [name for name in chosen or () if header.count(name) > 1]
    if twice:
        remark(f"{header.count(twice[0])} columns are called {quoted(twice[0])}; the first of them is shown")
    headers = list(chosen.values()) if chosen else header
    if isinstance(options["align"], dict):
        sides = options["align"]
        names = list(chosen) if chosen else header
        _picked(names, sides, "--align")
        options = options | {"align": {place: sides[name] for place, name in enumerate(names) if name in sides}}
    rows = _first(separated.rows(picked), options["max_rows"], ledger)
    return iter_table(rows, columns=dict(enumerate(headers)), **options)


def _first(rows: Iterator[Any], max_rows: int | None, ledger: Ledger, more: int | None = 1) -> Iterator[Any]:
    """As many as are shown, and of the others so many, by which it is known that there are more. They are not told of."""
    yield from islice(rows, max_rows)
    ledger.is_closed = True
    yield from islice(rows, more)


def _picked(header: Sequence[str], chosen: dict[str, Any] | None, option: str = "--columns") -> list[int]:
    """Where the chosen columns stand."""
    for name in chosen or ():
        if name not in header:
            raise click.UsageError(f"{option} has {quoted(name)}, which is no column; those are {listed(header)}")
    return [header.index(name) for name in chosen] if chosen else list(range(len(header)))


def _write(lines: Iterator[str]) -> int:
    """Writes lines, and says how many they are."""
    count = 0
    while block := list(islice(lines, READ_AHEAD)):
        count += len(block)
        answer("\n".join(block))
    return count
