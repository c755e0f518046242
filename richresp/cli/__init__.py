"""The command line: faces on the library, which decide nothing.

Errors are one line on standard error. The exit code is 0 for success, 1 where the input is at fault (a page, a payload, a
cursor), 2 where the call is (an option, a missing file, a budget that is too small) and 130 for Ctrl-C.

A command is loaded when it is called: help for all of them takes no longer than click itself.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from richresp.cli.groups import Group
from richresp.cli.manners import give_manners, make_lenient, say
from richresp.cli.wording import told
from richresp.exceptions import InvalidPayload, RichRespError, UsageError
from richresp.version import VERSION

__all__ = ["main"]

COMMANDS = {
    "cache": "Show or clear what is remembered of links.",
    "completion": "Print what completes commands in your shell.",
    "count": "Count the tokens of a text.",
    "gallery": "Show links as cards, on one page.",
    "lint": "Check a manifest, an OpenAPI document or MCP tools, and count their tokens.",
    "markdown": "Turn a page into markdown, by pages of a budget.",
    "preview": "Show what links look like.",
    "shape": "Trim a JSON payload to a token budget.",
    "table": "Turn records into a markdown table.",
}
"""Each stands in the module of its name, under its name."""


class _Commands(Group):
    """Commands by name, loaded when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"richresp.cli.{cmd_name}"), cmd_name)
        give_manners(found)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, message="%(version)s")
def command() -> None:
    """Answers that fit a model's context.

    \b
    Examples:
      richresp shape answer.json --budget 800
      richresp shape answer.json --explain
      curl -s https://api.example.com/items | richresp shape - --budget 800
      richresp preview https://www.python.org/
      richresp preview https://www.python.org/ --explain
      richresp gallery https://www.python.org/ -o cards.html
      richresp markdown https://www.python.org/ --budget 2000
      richresp table berths.csv
      richresp count prompt.txt
      richresp lint ai-plugin.json
    """


give_manners(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code."""
    if sys.stdout is None:
        return _fail("standard output is closed", 1)
    make_lenient()
    try:
        code = command.main(arguments, prog_name="richresp", standalone_mode=False)
        sys.stdout.flush()
    except (click.ClickException, RichRespError) as error:
        return _fail(error.format_message() if isinstance(error, click.ClickException) else told(error), _code(error))
    except (click.Abort, KeyboardInterrupt):
        return _fail("stopped", 130)
    except OSError as error:
        # The reader has gone, or the disk is full: a flush at exit would complain about it once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1 if isinstance(error, BrokenPipeError) else _fail(f"cannot write: {error.strerror}", 1)
    return code if isinstance(code, int) else 0


def _code(error: click.ClickException | RichRespError) -> int:
    if isinstance(error, click.ClickException):
        return error.exit_code
    return 2 if isinstance(error, UsageError) and not isinstance(error, InvalidPayload) else 1


def _fail(message: str, code: int) -> int:
    say(message)
    return code
