"""JSON of files: what is not JSON is said with its place, and no value is lost or taken for another without a word."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from itertools import islice
from typing import Any, TypeVar

import click

from richresp.cli.inputs import read_text
from richresp.cli.manners import detail
from richresp.exceptions import InvalidPath, UsageError
from richresp.limits.cli import MAX_QUOTED_CHARS
from richresp.paths import find, parse

_Value = TypeVar("_Value")

_BLANKS = " \t\r\n"
_PLAIN = re.compile("[A-Za-z_][A-Za-z0-9_]*")
_DIGITS = re.compile("integer string conversion")


def read_json(name: str) -> Any:
    """A file, or standard input for `-`, as JSON.

    Raises:
        click.UsageError: if there is no such file.
        click.ClickException: if it is not JSON, or would lose something: a key that stands twice in an object.
    """
    return parse_json(read_text(name), name, decode)


def read_payload(name: str, at: str | None) -> Any:
    """The same; where each line is JSON (NDJSON), the list of them.

    Args:
        name: of the file.
        at: the path of the value that is meant; None for all of it.

    Raises:
        click.UsageError: as well for a path that is none, or does not name one value.
        click.ClickException: as well for a line that is not JSON behind one that is.
    """
    text = read_text(name)
    try:
        value = parse_json(text, name, decode)
    except click.ClickException:
        lines = _lines(text, name)
        if lines is None:
            raise
        detail(f"{name}: {len(lines):,} lines of JSON are read as a list")
        value = lines
    return value if at is None else value_at(value, at)


def _lines(text: str, name: str) -> list[Any] | None:
    """The values of the lines; None where the first is no JSON by itself, or is all there is.

    Raises:
        click.ClickException: for a later one that is not JSON, with its place.
    """
    values = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip(_BLANKS):
            try:
                values.append(decode(line))
            except ValueError as error:
                if not values:
                    return None
                told = (
                    f"not JSON, column {error.colno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else error
                )
                raise click.ClickException(f"{name}: line {number}: {told}") from error
    return values if len(values) > 1 else None


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON.

    Raises:
        ValueError: for a key that stands in it twice.
    """
    values = dict(pairs)
    if len(values) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"the key {quoted(twice)} stands twice in an object, and one of the two would be lost")
    return values


_DECODER = json.JSONDecoder(object_pairs_hook=unique)


def parse_json(text: str, name: str, decode: Callable[[str], _Value]) -> _Value:
    """What is decoded of the text of a file.

    Raises:
        click.ClickException: with its place, if it is not JSON.
    """
    try:
        return decode(text)
    except json.JSONDecodeError as error:
        raise click.ClickException(
            f"{name}: not JSON, line {error.lineno} column {error.colno}: {error.msg}"
        ) from error
    except ValueError as error:
        raise click.ClickException(f"{name}: {error}") from error


def decode(text: str, decoder: json.JSONDecoder = _DECODER) -> Any:
    """JSON as a value.

    Raises:
        json.JSONDecodeError: if it is not JSON; its place is never behind the last character that is not blank.
        ValueError: for JSON that cannot be read, with words for it.
    """
    try:
        return decoder.decode(text.rstrip(_BLANKS))
    except RecursionError:
        raise ValueError("nested too deep to be read") from None
    except json.JSONDecodeError:
        raise
    except ValueError as error:
        if _DIGITS.search(str(error)):
            digits = sys.get_int_max_str_digits()
            raise ValueError(f"a number of more than {digits:,} digits; write it as a string") from None
        raise


def value_at(value: Any, path: str) -> Any:
    """The one value that a path names.

    Raises:
        click.UsageError: for a path that is none, or does not name one value.
    """
    try:
        found = [inner for _, inner in islice(find(value, parse(path)), 2)]
    except (InvalidPath, UsageError) as error:
        raise click.UsageError(f"--at {error}") from error
    if not found:
        raise click.UsageError(f"--at {quoted(path)}: there is nothing at this path")
    if len(found) > 1:
        raise click.UsageError(
            f"--at {quoted(path)}: there is more than one value at this path; name one, with [0] for [*]"
        )
    return found[0]


def path_of(key: str) -> str:
    """The path of an entry of the payload."""
    if _PLAIN.fullmatch(key):
        return f"$.{key}"
    escaped = key.replace("\\", "\\\\").replace("'", "\\'")
    written = "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in escaped)
    return f"$['{written}']"


def named_by(pointer: str) -> str:
    """How what a JSON Pointer leads to is told: order.line_items, or results[3].tags."""
    names = [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]
    told = "".join(f"[{name}]" if name.isdecimal() else f".{name}" for name in names).removeprefix(".")
    return told if len(told) <= MAX_QUOTED_CHARS else f"{told[:MAX_QUOTED_CHARS]}…"


def quoted(text: str) -> str:
    """A word of a file or of the command line, as it is told: in quotes, and not endless."""
    return repr(text if len(text) <= MAX_QUOTED_CHARS else f"{text[:MAX_QUOTED_CHARS]}…")
