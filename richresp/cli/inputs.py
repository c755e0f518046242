"""What commands read: a file or `-`, as bytes, text or JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

STDIN = "-"


def read_bytes(name: str) -> bytes:
    """A file, or standard input for `-`.

    Raises:
        click.UsageError: if there is no such file, or it cannot be read.
    """
    try:
        with open_bytes(name) as stream:
            return stream.read()
    except OSError as error:
        raise click.UsageError(f"{name}: {error.strerror}") from error


@contextmanager
def open_bytes(name: str) -> Iterator[IO[bytes]]:
    """The same, to be read piece by piece.

    Raises:
        click.UsageError: as for `read_bytes`; what fails later is an OSError.
    """
    if name == STDIN:
        if sys.stdin is None:
            raise click.UsageError("-: standard input is closed")
        yield sys.stdin.buffer
        return
    try:
        stream = Path(name).open("rb")  # noqa: SIM115 - what fails behind it is no wrong call
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise click.UsageError(f"{name}: {reason}") from error
    with stream:
        yield stream


def read_text(name: str) -> str:
    """The same as UTF-8.

    Raises:
        click.ClickException: if it is not UTF-8.
    """
    try:
        return read_bytes(name).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{name}: not UTF-8 from byte {error.start} on") from error


def read_json(name: str) -> Any:
    """The same as JSON.

    Raises:
        click.ClickException: if it is not JSON, or would lose something: a key that stands twice in an object.
    """
    return parse_json(read_text(name), name)


def parse_json(text: str, name: str) -> Any:
    """The same of a text; its name is for errors."""
    try:
        return json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        raise click.ClickException(
            f"{name}: not JSON, line {error.lineno} column {error.colno}: {error.msg}"
        ) from error
    except RecursionError as error:
        raise click.ClickException(f"{name}: nested too deep for Python's JSON reader") from error
    except ValueError as error:
        raise click.ClickException(f"{name}: {error}") from error


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON.

    Raises:
        ValueError: for a key that stands in it twice.
    """
    values = dict(pairs)
    if len(values) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"the key {twice!r} stands twice in an object, and one of the two would be lost")
    return values
