"""What commands read: a file or `-`, as bytes, text or JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

STDIN = "-"


def read_bytes(name: str) -> bytes:
    """A file, or standard input for `-`.

    Raises:
        click.UsageError: if there is no such file, or it cannot be read.
    """
    if name == STDIN and sys.stdin is None:
        raise click.UsageError("-: standard input is closed")
    try:
        if name == STDIN:
            return sys.stdin.buffer.read()
        return Path(name).read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise click.UsageError(f"{name}: {reason}") from error


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
    try:
        return json.loads(read_text(name), object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        raise click.ClickException(
            f"{name}: not JSON, line {error.lineno} column {error.colno}: {error.msg}"
        ) from error
    except RecursionError as error:
        raise click.ClickException(f"{name}: nested too deep for Python's JSON reader") from error
    except ValueError as error:
        raise click.ClickException(f"{name}: {error}") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"the key {twice!r} stands twice in an object, and one of the two would be lost")
    return values
