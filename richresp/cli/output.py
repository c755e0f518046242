"""Where a command writes: standard output, or a file that is there whole or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

import click


def check_output(name: str | None) -> None:
    """Says before any work is done where nothing can be written in the end.

    Raises:
        click.UsageError: for a directory, and for a file in a directory that is not there.
    """
    if name in (None, "-"):
        return
    try:
        reason = "it is a directory" if stat.S_ISDIR(Path(str(name)).stat().st_mode) else None
    except FileNotFoundError:
        reason = None if Path(str(name)).parent.is_dir() else "there is no such directory"
    except (OSError, ValueError) as error:
        reason = _reason(error)
    if reason is not None:
        raise click.UsageError(f"{name}: cannot be written: {reason}")


def write_text(name: str | None, text: str) -> None:
    """Writes text as UTF-8.

    A file that is there is replaced, as `curl -o` and compilers do it, in one step: whoever reads it meanwhile has the old one
    or the new one. It keeps its permissions, and a symbolic link goes on to lead to it. What is no regular file, as /dev/stdout
    or a pipe, is written to.

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
        path = Path(os.path.realpath(str(name)))
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")
        else:
            _replace(path, text)
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{name}: cannot be written: {_reason(error)}") from error


def _replace(path: Path, text: str) -> None:
    new = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}")
    try:
        with new.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        if path.exists():
            new.chmod(stat.S_IMODE(path.stat().st_mode))
        new.replace(path)
    except BaseException:  # an interrupt leaves no half file either
        with suppress(OSError):
            new.unlink()
        raise


def _reason(error: OSError | ValueError) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
