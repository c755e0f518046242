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
from richresp.cli.lint import lint
from richresp.cli.gallery import gallery
from richresp.cli.markdown import markdown
from richresp.cli.preview import preview
from richresp.cli.shape import shape
from richresp.exceptions import InvalidPayload, RichRespError, UsageError

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
      richresp gallery https://www.python.org/ -o cards.html
      richresp markdown https://www.python.org/ --budget 2000
      richresp count prompt.txt
      richresp lint ai-plugin.json
    """


command.add_command(count)
command.add_command(lint)
command.add_command(gallery)
command.add_command(markdown)
command.add_command(preview)
command.add_command(shape)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code."""
    if sys.stdout is None:
        return _fail("standard output is closed", 1)
    try:
        code = command.main(arguments, prog_name="richresp", standalone_mode=False)
        sys.stdout.flush()
    except (click.ClickException, RichRespError) as error:
        return _fail(error.format_message() if isinstance(error, click.ClickException) else str(error), _code(error))
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
    click.echo(f"richresp: {' '.join(message.split())}", err=True)
    return code
