"""How commands behave beside what they do: colour, silence, loquacity. One place decides, every command has the options.

- What a pipe gets is plain and stable: no colour, no hyperlinks, a fixed width. What a terminal gets may change.
- Colour: `--color` has the last word, then NO_COLOR (no-color.org), then FORCE_COLOR (force-color.org), then whether a
  terminal listens that is not dumb. An empty variable says nothing.
- Standard output is for answers; whatever is said about them stands on standard error, in lines that begin with the
  program's name. No control character of a stranger goes out.
"""

from __future__ import annotations

import os
import re
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal, TextIO

import click

Color = Literal["auto", "always", "never"]

PLAIN_COLUMNS = 80
PLAIN_ROWS = 24
"""How large a pipe is: as terminals are by default."""

_KEY = "richresp.cli."
# Controls but for tab and line feed, and what turns the direction of a line.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Manners:
    """What was asked for.

    Attributes:
        color: when there are colours.
        quiet: whether only answers and errors are told.
        verbose: whether times, redirects and hits of the cache are told as well.
    """

    color: Color = "auto"
    quiet: bool = False
    verbose: bool = False


def manners() -> Manners:
    """Those of the command that runs."""
    context = click.get_current_context(silent=True)
    told = {} if context is None else context.meta
    return Manners(**{name.removeprefix(_KEY): value for name, value in told.items() if name.startswith(_KEY)})


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody looks at it; at a stream that is closed, which Python has as None, nobody does."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # it was closed later
        return False


def is_coloured(stream: TextIO) -> bool:
    """Whether what goes there is coloured."""
    color = manners().color
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def columns(stream: TextIO) -> int:
    """How wide it is."""
    if not is_terminal(stream):
        return PLAIN_COLUMNS
    try:
        return os.get_terminal_size(stream.fileno()).columns or PLAIN_COLUMNS
    except OSError:
        return PLAIN_COLUMNS


def rows(stream: TextIO) -> int:
    """How high it is."""
    try:
        return os.get_terminal_size(stream.fileno()).lines or PLAIN_ROWS
    except (OSError, ValueError):
        return PLAIN_ROWS


def shown(text: str) -> str:
    """Text on one line, with nothing in it that a terminal obeys."""
    return "".join(char if char.isprintable() else "?" for char in " ".join(text.split()))


def answer(text: str, *, nl: bool = True) -> None:
    """Writes an answer to standard output. A terminal gets what it would obey as the escapes of JSON, a pipe what it is."""
    click.echo(_OBEYED.sub(_escaped, text) if is_terminal(sys.stdout) else text, nl=nl)


def _escaped(obeyed: re.Match[str]) -> str:
    return f"\\u{ord(obeyed[0]):04x}"


def say(message: str) -> None:
    """Tells something about an answer, on one line of standard error. Where that cannot be written, the answer still counts."""
    with suppress(OSError):
        click.echo(f"richresp: {shown(message)}", err=True)


def remark(message: str) -> None:
    """The same unless quiet is asked for."""
    if not manners().quiet:
        say(message)


def detail(message: str) -> None:
    """The same where verbose is asked for."""
    if manners().verbose:
        say(message)


def pass_on_records(name: str) -> None:
    """Says what a logger is told until the command ends, where nobody else listens to it."""
    import logging

    class Saying(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            remark(record.getMessage())

    logger, handler = logging.getLogger(name), Saying(logging.WARNING)
    if logger.hasHandlers():
        return
    logger.addHandler(handler)
    click.get_current_context().call_on_close(lambda: logger.removeHandler(handler))


def give_manners(command: click.Command) -> None:
    """Gives a command, and those below it, the options that all commands have."""
    if not any(option.name == "color" for option in command.params):
        command.params.extend(_options())
    if isinstance(command, click.Group):
        for each in command.commands.values():
            give_manners(each)


def _options() -> list[click.Parameter]:
    choices = click.Choice(["auto", "always", "never"])
    told = "Colours and links; auto: where a terminal listens. NO_COLOR and FORCE_COLOR count as well."
    return [
        click.Option(["--color"], type=choices, callback=_kept, expose_value=False, help=told),
        click.Option(
            ["-q", "--quiet"], is_flag=True, callback=_kept, expose_value=False, help="Tell answers and errors only."
        ),
        click.Option(
            ["-v", "--verbose"],
            is_flag=True,
            callback=_kept,
            expose_value=False,
            help="Tell times, redirects and hits of the cache on standard error.",
        ),
    ]


def _kept(context: click.Context, option: click.Parameter, value: Any) -> None:
    """Keeps what is said, before the name of the command or behind it."""
    if not value:
        return
    if option.name == "verbose" and _KEY + "verbose" not in context.meta:
        began = time.monotonic()
        context.call_on_close(lambda: say(f"{time.monotonic() - began:.3f} s in all"))
    context.meta[f"{_KEY}{option.name}"] = value


def make_lenient() -> None:
    """A stream that cannot write every character writes what stands for it. One that is closed leaves its number to no file:
    whatever writes to the number would write into that."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # which takes the lowest number that is free: this one
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="backslashreplace")
