"""What a command looks at: a saved page, or URLs and where they may lead."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from richresp.cli.inputs import STDIN, read_bytes, read_text

if TYPE_CHECKING:
    from richresp.links import Policy


@dataclass(frozen=True, slots=True)
class Saved:
    """A page that is here.

    Attributes:
        body: its bytes.
        url: where it came from.
    """

    body: bytes
    url: str


@dataclass(frozen=True, slots=True)
class Links:
    """URLs as they were given, in order.

    Attributes:
        urls: each may stand there more than once.
        several: whether answers are a list, be it of one.
    """

    urls: tuple[str, ...]
    several: bool


def targets_of(given: tuple[str, ...], url: str | None) -> Saved | Links:
    """What the arguments of a command mean.

    Args:
        given: a FILE, URLs, or `-`, which is a page where its address is given, and else a list of URLs.
        url: the address of a saved page.

    Raises:
        click.UsageError: if they mean nothing.
    """
    if url is not None:
        if len(given) > 1:
            raise click.UsageError("--url is the address of one saved page: give one FILE, or `-`")
        if given[0] != STDIN and not is_file(given[0]):
            raise click.UsageError(f"{given[0]}: no such file")
        return Saved(read_bytes(given[0]), url)
    for target in given:
        if target != STDIN and is_file(target):
            raise click.UsageError(f"{target}: give the page's address with --url")
    if len(given) == 1 and given[0] != STDIN and ":" not in given[0]:
        raise click.UsageError(f"{given[0]}: no such file, and no URL, which starts with https://")
    urls = [url for target in given for url in (_lines() if target == STDIN else [target])]
    return Links(tuple(urls), len(given) > 1 or STDIN in given)


def _lines() -> list[str]:
    """The URLs of standard input, one a line; blank lines and those that begin with `#` say nothing."""
    lines = (line.strip() for line in read_text(STDIN).splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def is_file(target: str) -> bool:
    """Whether there is such a file, or a pipe or device of that name."""
    try:
        return Path(target).exists() and not Path(target).is_dir()
    except (OSError, ValueError):  # a URL may be longer than any file name, and hold what none can
        return False


def everywhere() -> Policy:
    """Private addresses and any port as well, for whoever sits at the keyboard."""
    from richresp.links import Policy

    return Policy(allow_networks=("0.0.0.0/0", "::/0"), allow_ports=range(1, 1 << 16))
