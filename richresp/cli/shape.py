"""`richresp shape`: a JSON payload as a handler would return it."""

from __future__ import annotations

from typing import Literal

import click

from richresp.cli.inputs import read_json
from richresp.cli.options import counter_option
from richresp.shaping import shape as shape_payload
from richresp.tokens import counter as counter_named


@click.command(short_help="Trim a JSON payload to a token budget.")
@click.argument("file")
@click.option("--budget", type=int, required=True, help="The most tokens that the output may cost.")
@click.option("--format", "format_", type=click.Choice(["auto", "json"]), default="auto", show_default=True)
@click.option(
    "--notice",
    type=click.Choice(["inline", "aside"]),
    default="inline",
    show_default=True,
    help="Say in the output what is missing, or on standard error.",
)
@click.option("--cursor", help="Where to go on, from the notice of the page before.")
@counter_option
def shape(
    file: str,
    budget: int,
    format_: Literal["auto", "json"],
    notice: Literal["inline", "aside"],
    cursor: str | None,
    counter: str,
) -> None:
    """Trim the JSON in FILE, or standard input for `-`, to a token budget.

    \b
    Examples:
      richresp shape answer.json --budget 800
      richresp shape answer.json --budget 800 --cursor 12-483920174839201
      curl -s https://api.example.com/items | richresp shape - --budget 800 --notice aside
    """
    result = shape_payload(
        read_json(file),
        budget=budget,
        format=format_,
        notice=notice,
        counter=counter_named(counter),
        cursor=cursor,
    )
    click.echo(result.text)
    if notice == "aside" and result.notice is not None:
        click.echo(result.notice, err=True)
