"""`richresp preview`: what a link looks like."""

from __future__ import annotations

import json
from typing import Literal

import click

from richresp.cli.inputs import STDIN, read_bytes
from richresp.cli.targets import everywhere, is_file
from richresp.limits.links import TIMEOUT_SECONDS
from richresp.links import Preview, extract
from richresp.links import preview as fetch_preview


@click.command(short_help="Show what a link looks like.")
@click.argument("target", metavar="URL|FILE")
@click.option("--url", help="The address of a saved page, when a FILE (or `-`) is given.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["terminal", "json", "markdown"]),
    default="terminal",
    show_default=True,
    help="A drawn card, all that is known as JSON, or a card in markdown.",
)
@click.option("--allow-private", is_flag=True, help="Let the URL lead to private addresses and to any port.")
@click.option(
    "--timeout", type=float, default=TIMEOUT_SECONDS, show_default=True, help="Seconds for the whole preview."
)
def preview(
    target: str,
    url: str | None,
    format_: Literal["terminal", "json", "markdown"],
    allow_private: bool,  # noqa: FBT001  # click passes options by name
    timeout: float,
) -> None:
    """Show what a link looks like: site, title, description, image, address.

    \b
    Examples:
      richresp preview https://www.python.org/
      richresp preview https://www.python.org/ --format json
      richresp preview http://localhost:8000/draft --allow-private
      richresp preview saved.html --url https://example.com/article
    """
    if target == STDIN or is_file(target):
        if url is None:
            raise click.UsageError(f"{target}: give the page's address with --url")
        found = extract(read_bytes(target), url=url)
    elif url is not None or ":" not in target:
        raise click.UsageError(
            f"{target}: no such file" + (", and no URL, which starts with https://" if not url else "")
        )
    else:
        found = fetch_preview(target, timeout=timeout, policy=everywhere() if allow_private else None)
    _show(found, format_)


def _show(found: Preview, format_: Literal["terminal", "json", "markdown"]) -> None:
    if format_ == "json":
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
    elif format_ == "markdown":
        click.echo(found.to_markdown())
    else:
        from richresp.cli.card import draw

        draw(found)
