"""`richresp count`: how many tokens a text costs."""

from __future__ import annotations

import click

from richresp.cli.files import FILE
from richresp.cli.inputs import read_text
from richresp.cli.manners import answer
from richresp.cli.options import counter_option
from richresp.tokens import counter as counter_named


@click.command(short_help="Count the tokens of a text.")
@click.argument("file", type=FILE)
@counter_option
def count(file: str, counter: str) -> None:
    """Count the tokens of FILE, or of standard input for `-`.

    \b
    Examples:
      richresp count prompt.txt
      git diff | richresp count -
      richresp count prompt.txt --counter claude
    """
    answer(str(counter_named(counter)(read_text(file))))
