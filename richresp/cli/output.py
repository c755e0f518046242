"""Where a command writes: standard output, or a file that is there whole or not at all."""

from __future__ import annotations

import os
import secrets
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click

from richresp.cli.inputs import STDIN

_EFFECTIVE = os.access in os.supports_effective_ids


def check_output(name: str | None) -> None:
    """Says before any work is done where nothing can be written in the end.

    Raises:
        click.UsageError: for a directory, for what may not be written to, and for a file in a directory that is not there or
            takes no new file.
    """
    if name in (None, "-"):
        return
    try:
        reason = _obstacle(str(name))
    except (OSError, ValueError) as error:
        reason = _reason(error)
    if reason is not None:
        raise click.UsageError(f"{name}: cannot be written: {reason}")


def check_apart(name: str | None, targets: Iterable[str]) -> None:
    """Says before any work is done where a command would replace what it reads.

    Args:
        name: of the file to be written.
        targets: of the command; `-` is standard input.

    Raises:
        click.UsageError: if one of them is that file.
    """
    if name in (None, "-"):
        return
    for target in targets:
        if target == STDIN and sys.stdin is None:  # what is read says that it is closed
            continue
        with suppress(OSError, ValueError):  # what is not there, is no file name, or has no number
            read = os.fstat(sys.stdin.fileno()) if target == STDIN else Path(target).stat()
            if stat.S_ISREG(read.st_mode) and os.path.samestat(read, Path(str(name)).stat()):
                raise click.UsageError(f"{name}: this would replace what is read; give -o another FILE")


def write_text(name: str | None, text: str) -> None:
    """Writes text as UTF-8.

    A file that is there is replaced, as `curl -o` and compilers do it, in one step: whoever reads it meanwhile has the old one
    or the new one. It keeps its permissions, and a symbolic link goes on to lead to it. What is no regular file, as /dev/stdout
    or a pipe, is written to, and so is a file whose directory lets nothing be put in its place.

    Args:
        name: of the file; None or `-` for standard output.
        text: what to write.

    Raises:
        click.ClickException: if it cannot be written; then nothing is left behind.
    """
    if name in (None, "-"):
        click.echo(text.encode("utf-8"), nl=False)
        return
    try:
        path, data = Path(os.path.realpath(str(name))), text.encode("utf-8")
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        elif path.exists() and not _may(path, os.W_OK):
            raise click.ClickException(f"{name}: cannot be written: it is read-only")
        else:
            _replace(path, data)
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{name}: cannot be written: {_reason(error)}") from error


def _obstacle(name: str) -> str | None:
    """Why a file cannot be written; None where nothing is known that is in the way."""
    path = Path(os.path.realpath(name))
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if name.endswith(os.sep) or not path.parent.is_dir():
            return "there is no such directory"
        return None if _may(path.parent, os.W_OK | os.X_OK) else "its directory takes no new file"
    if stat.S_ISDIR(mode):
        return "it is a directory"
    return None if _may(path, os.W_OK) else "it is read-only"


def _may(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=_EFFECTIVE)


def _replace(path: Path, data: bytes) -> None:
    new = path.with_name(f".richresp-{secrets.token_hex(8)}")
    try:
        with new.open("xb") as file:
            file.write(data)
        if path.exists():
            new.chmod(stat.S_IMODE(path.stat().st_mode))
        new.replace(path)
    except BaseException as error:  # an interrupt leaves no half file either
        with suppress(OSError):
            new.unlink()
        if isinstance(error, PermissionError) and path.exists():
            path.write_bytes(data)
            return
        raise


def _reason(error: OSError | ValueError) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
