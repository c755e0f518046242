"""What a command looks at: a saved page, or URLs and where they may lead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from richresp.cli.inputs import STDIN, read_bytes
from richresp.cli.listed import listed_links
from richresp.exceptions import PreviewError

if TYPE_CHECKING:
    from richresp.links import Policy


_SCHEME = re.compile(r"\s*[a-z][a-z0-9+.-]*://", re.ASCII | re.IGNORECASE)  # RFC 3986, 3.1; `localhost:8000/x` has none


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
        refused: those that are not asked for, and why.
    """

    urls: tuple[str, ...]
    several: bool
    refused: Mapping[str, PreviewError] = field(default_factory=dict)


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
        require_url(url, other="")
        return Saved(read_bytes(given[0]), url)
    for target in given:
        if target != STDIN and is_file(target):
            raise click.UsageError(f"{target}: give the page's address with --url")
        if target != STDIN:
            require_url(target)
    urls: list[str] = []
    refused: dict[str, PreviewError] = {}
    for target in given:
        lines, faults = listed_links() if target == STDIN else ([target], {})
        urls += lines
        refused |= faults
    return Links(tuple(urls), len(given) > 1 or STDIN in given, refused)


def require_url(target: str, *, other: str = "no such file, and ") -> None:
    """Refuses what is no URL at all, before anything is fetched. Of a URL that is not previewed the library tells why.

    Args:
        target: what was given.
        other: what else was looked for.

    Raises:
        click.UsageError: if it does not start as a URL does.
    """
    if _SCHEME.match(target) is None:
        raise click.UsageError(f"{target}: {other}no URL, which starts with https:// or http://")


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
