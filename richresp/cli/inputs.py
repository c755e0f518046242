"""What commands read: a file or `-`, as bytes or text. Text is UTF-8, or UTF-16 or UTF-32 with a byte order mark.

No more is held than MAX_INPUT_BYTES: a file is measured before it is read, what has no size is read in pieces.
"""

from __future__ import annotations

import codecs
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from richresp.limits.cli import MAX_INPUT_BYTES

STDIN = "-"
_PIECE = 1 << 20
# The mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def read_bytes(name: str) -> bytes:
    """A file, or standard input for `-`.

    Raises:
        click.UsageError: if there is no such file, or it cannot be read.
        click.ClickException: if it is larger than what is read.
    """
    try:
        with open_bytes(name) as stream:
            status = os.fstat(stream.fileno()) if name != STDIN else None
            if status is not None and stat.S_ISREG(status.st_mode) and status.st_size > MAX_INPUT_BYTES:
                raise too_large(name)
            return b"".join(_pieces(stream, name))
    except OSError as error:
        raise click.UsageError(f"{name}: {error.strerror}") from error


def _pieces(stream: IO[bytes], name: str) -> Iterator[bytes]:
    room = MAX_INPUT_BYTES
    while piece := stream.read(_PIECE):
        room -= len(piece)
        if room < 0:
            raise too_large(name)
        yield piece


def too_large(name: str) -> click.ClickException:
    """What is said of a file that is larger than what is read."""
    return click.ClickException(
        f"{name}: larger than {MAX_INPUT_BYTES >> 20} MiB, which is the most that is read at once"
    )


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
        reason = error.strerror if isinstance(error, OSError) else "no name of a file holds a null byte"
        raise click.UsageError(f"{name}: {reason}") from error
    with stream:
        yield stream


def read_text(name: str) -> str:
    """The same as text.

    Raises:
        click.ClickException: if it is none.
    """
    return decoded(read_bytes(name), name)


def decoded(body: bytes, name: str) -> str:
    """Bytes as text, without the mark.

    Raises:
        click.ClickException: if they are none.
    """
    encoding = encoding_of(body)
    try:
        return body.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise click.ClickException(
            f"{name}: not {encoding} from byte {error.start} on; convert it, for example with iconv"
        ) from error


def encoding_of(start: bytes) -> str:
    """The encoding of text that begins like this."""
    return next((encoding for mark, encoding in _MARKS if start.startswith(mark)), "UTF-8")
