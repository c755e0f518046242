"""`richresp shape --compare`: what a payload costs in each format, and how much of it fits.

A pipe gets the same lines as a terminal, without colours. A format that a payload cannot have says so in its line.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from textwrap import fill
from typing import Any

import click

from richresp.cli.manners import shown
from richresp.exceptions import BudgetTooSmall, UsageError
from richresp.shaping import Shaped
from richresp.shaping import shape as shape_payload
from richresp.shaping.formats import FORMATS, Format
from richresp.shaping.notice import counted_in
from richresp.shaping.treetext import percent

_GAP = "  "
Caps = dict[str, int]


@dataclass(frozen=True, slots=True)
class Compared:
    """What one format makes of a payload.

    Attributes:
        format: its name.
        tokens: what the whole payload costs in it; None where it cannot be written in it.
        reason: why not.
        fits: how much of it fits; empty where nobody asked.
        notice: what is said of the rest.
    """

    format: Format
    tokens: int | None
    reason: str = ""
    fits: str = ""
    notice: str | None = None


def compare(payload: Any, caps: Caps, profile: str | None, **options: Any) -> tuple[list[Compared], str]:
    """What the formats make of a payload, and which of them `auto` takes.

    Args:
        payload: what `shape` takes.
        caps: what has to hold; with a profile or without. Neither: only the whole payload is looked at.
        profile: as for `shape`.
        options: the others, as for `shape`.

    Raises:
        RichRespError: for options that no format goes with.
    """

    def whole(name: Format) -> Shaped:
        return shape_payload(payload, budget=sys.maxsize, format=name, **options)

    def within(name: Format) -> Shaped:
        return shape_payload(payload, budget=caps or None, profile=profile, format=name, **options)

    taken = whole("auto").format
    asked = within if caps or profile is not None else None
    return [_compared(name, whole, asked) for name in FORMATS if name != "auto"], taken


def _compared(name: Format, whole: Callable[[Format], Shaped], within: Callable[[Format], Shaped] | None) -> Compared:
    try:
        tokens = whole(name).tokens
    except UsageError as error:
        if name == "json":
            raise
        reason = str(error).removeprefix(f"format={name!r} is ").partition(";")[0]
        return Compared(name, None, reason)
    if within is None:
        return Compared(name, tokens)
    try:
        found = within(name)
    except BudgetTooSmall as error:
        return Compared(name, tokens, fits=f"nothing: it takes {error.needed:,} {error.unit}")
    kept = "all of it" if found.notice is None else shown(counted_in(found.notice))
    return Compared(name, tokens, fits=f"{kept}, {found.tokens:,} tokens", notice=found.notice)


def compared_text(found: list[Compared], taken: str, *, coloured: bool, width: int | None) -> str:
    """The table as text, its cheapest line marked, and below it what each format says of the rest, within so many columns."""
    json = next(line.tokens for line in found if line.format == "json")
    written = [line.tokens for line in found if line.tokens is not None]
    cheapest = next(line.format for line in found if line.tokens == min(written))
    lines = [
        (
            line.format,
            "-" if line.tokens is None else f"{line.tokens:,}",
            "" if line.tokens is None or not json else percent(line.tokens / json),
            ", ".join(
                mark for mark, holds in (("cheapest", line.format == cheapest), ("auto", line.format == taken)) if holds
            ),
            line.fits or line.reason,
        )
        for line in found
    ]
    head = ("format", "tokens", "of json", "", "what fits" if any(line.fits for line in found) else "")
    rows = list(_aligned([head, *lines]))
    if coloured:
        styles = [{"bold": True}, *(_style(line, cheapest) for line in found)]
        rows = [click.style(row, **style) for row, style in zip(rows, styles, strict=True)]
    notices = [f"{line.format}: {shown(line.notice)}" for line in found if line.notice is not None]
    if width is not None:
        notices = [fill(notice, width, subsequent_indent=_GAP, break_on_hyphens=False) for notice in notices]
    if coloured:
        notices = [click.style(notice, dim=True) for notice in notices]
    return "\n".join((*rows, *([""] if notices else []), *notices))


def _style(line: Compared, cheapest: str) -> dict[str, Any]:
    if line.tokens is None:
        return {"dim": True}
    return {"fg": "green", "bold": True} if line.format == cheapest else {}


def _aligned(lines: list[tuple[str, ...]]) -> Iterator[str]:
    """Columns beside each other, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for name, tokens, share, mark, rest in lines:
        cells = f"{name:<{widths[0]}}", f"{tokens:>{widths[1]}}", f"{share:>{widths[2]}}", f"{mark:<{widths[3]}}", rest
        yield _GAP.join(cells).rstrip()
