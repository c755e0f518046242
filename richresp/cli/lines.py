"""The lines of a file of any size, decoded one after the other: no more of it is held than a line and the one behind it.

UTF-8, with a byte order mark or without; UTF-16 and UTF-32 with one, as spreadsheets save the former.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from itertools import chain
from typing import IO

import click

from richresp.cli.inputs import encoding_of, too_large
from richresp.limits.cli import MAX_BLANK_LINES, MAX_INPUT_BYTES, MAX_RECORD_CHARS

_PIECE = 1 << 16


class Lines:
    """Lines with their ends. The first two that are not blank can be looked at before.

    Args:
        stream: the bytes.
        name: of the file, for errors.

    Attributes:
        first: the first line that is not blank; of a line that is too long its beginning.
        second: the next.
        is_long: whether one of them is too long for a record.
    """

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._name = name
        self._count = 0
        self._held: list[str] = []
        self._source = self._decoded()
        self._is_piece = False
        self._encoding = "UTF-8"
        self.is_long = False
        self.first = self._next()
        self.second = "" if self.is_long else self._next()

    def __iter__(self) -> Iterator[str]:
        """All lines.

        Raises:
            click.ClickException: for bytes that are no text, and a line that is too long.
        """
        if self.is_long:
            raise click.ClickException(
                f"{self._name}: a line of more than {MAX_RECORD_CHARS:,} characters is no record; one array is --from json"
            )
        yield from self._held
        self._held.clear()
        for line in self._source:
            if self._is_piece:
                raise click.ClickException(
                    f"{self._name}: line {self._count} is longer than {MAX_RECORD_CHARS:,} characters"
                )
            yield line

    def whole(self) -> str:
        """All of it as one text.

        Raises:
            click.ClickException: for bytes that are no text, and for more of them than are read at once.
        """
        return "".join(self._bounded())

    def _bounded(self) -> Iterator[str]:
        room = MAX_INPUT_BYTES
        for line in chain(self._held, self._source):
            room -= len(line)
            if room < 0:
                raise too_large(self._name)
            yield line

    def _next(self) -> str:
        """The next line that is not blank, which is held, as are those before it."""
        for line in self._source:
            self._held.append(line)
            self.is_long = self._is_piece
            if self.is_long or line.strip():
                return line
            if len(self._held) > MAX_BLANK_LINES:
                raise click.ClickException(f"{self._name}: more than {MAX_BLANK_LINES:,} blank lines at its start")
        return ""

    def _decoded(self) -> Iterator[str]:
        try:
            line = self._stream.readline(MAX_RECORD_CHARS)
            self._encoding = encoding_of(line)
            if self._encoding != "UTF-8":
                yield from self._wide(line)
                return
            decoder = codecs.getincrementaldecoder("utf-8")()
            line = line.removeprefix(codecs.BOM_UTF8)
            while line:
                self._count += 1
                self._is_piece = len(line) == MAX_RECORD_CHARS and not line.endswith(b"\n")
                yield decoder.decode(line)
                line = self._stream.readline(MAX_RECORD_CHARS)
            decoder.decode(b"", final=True)
        except UnicodeError as error:
            raise click.ClickException(
                f"{self._name}: not {self._encoding} in line {self._count}; convert it, for example with iconv"
            ) from error
        except OSError as error:
            raise click.ClickException(f"{self._name}: cannot be read: {error.strerror}") from error

    def _wide(self, start: bytes) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(self._encoding)()
        text = decoder.decode(start)
        ended = False
        while not ended:
            piece = self._stream.read(_PIECE)
            ended = not piece
            *lines, text = (text + decoder.decode(piece, final=ended)).split("\n")
            for line in lines:
                self._count += 1
                yield f"{line}\n"
            if len(text) > MAX_RECORD_CHARS:
                self._is_piece = True
                yield text
                text = ""
        if text:
            yield text
