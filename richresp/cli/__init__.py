"""The command line: faces on the library, which decide nothing.

Errors are one line on standard error. The exit code is 0 for success, 1 where the input is at fault (a page, a payload, a
cursor) and 2 where the call is (an option, a missing file, a budget that is too small).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from richresp.cli.count import count
from richresp.cli.preview import preview
from richresp.cli.shape import shape
from richresp.exceptions import BudgetTooSmall, RichRespError

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="richresp", message="%(version)s")
def command() -> None:
    """Answers that fit a model's context.

    \b
    Examples:
      richresp shape answer.json --budget 800
      curl -s https://api.example.com/items | richresp shape - --budget 800
      richresp preview https://www.python.org/
      richresp count prompt.txt
    """


command.add_command(count)
command.add_command(preview)
command.add_command(shape)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code."""
    try:
        command.main(arguments, prog_name="richresp", standalone_mode=False)
    except click.ClickException as error:
        return _fail(error.format_message(), error.exit_code)
    except RichRespError as error:
        return _fail(str(error), 2 if isinstance(error, BudgetTooSmall) else 1)
    except (click.Abort, KeyboardInterrupt):
        return _fail("stopped", 130)
    except BrokenPipeError:
        # The reader has gone; a flush at exit would complain about it once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0


def _fail(message: str, code: int) -> int:
    click.echo(f"richresp: {' '.join(message.split())}", err=True)
    return code
