"""A list of links on standard input: one a line, blank lines and those that begin with `#` say nothing.

It is read before the first is asked for, and what comes of each is kept until its turn: so there is an end to its length.
"""

from __future__ import annotations

import click

from richresp.cli.inputs import STDIN, decoded, open_bytes
from richresp.exceptions import InvalidURL, PreviewError
from richresp.limits.cli import MAX_LINKS, MAX_LIST_BYTES


def listed_links() -> tuple[list[str], dict[str, PreviewError]]:
    """The lines, and those of them that are not asked for, with the reason.

    Raises:
        click.UsageError: if there is nothing to read from.
        click.ClickException: if it is no text, or too long.
    """
    with open_bytes(STDIN) as stream:
        try:
            body = stream.read(MAX_LIST_BYTES + 1)
        except OSError as error:
            raise click.UsageError(f"{STDIN}: {error.strerror}") from error
    if len(body) > MAX_LIST_BYTES:
        raise _too_long(f"{MAX_LIST_BYTES >> 20} MiB")
    lines = [line.strip() for line in decoded(body, STDIN).splitlines()]
    urls = [line for line in lines if line and not line.startswith("#")]
    if len(urls) > MAX_LINKS:
        raise _too_long(f"{MAX_LINKS:,} links")
    return urls, {url: _refusal(url) for url in urls if len(url.split()) > 1}


def _refusal(line: str) -> InvalidURL:
    """Why a line is not asked for that could be one URL with a space in it, and mostly is two."""
    return InvalidURL(url=line, reason="a space in it; give one URL a line, and %20 for a space that is part of it")


def _too_long(most: str) -> click.ClickException:
    return click.ClickException(
        f"{STDIN}: a list of more than {most}; give it in parts, as `split -l 10000` makes them"
    )
