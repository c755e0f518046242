"""How columns are named on the command line: `--columns NAME[=HEADER],...` and `--align [NAME=]SIDE,...`.

Commas stand between parts. What holds one stands in quotes, in which a quote is written twice, as in CSV; a quoted name ends at its
quote, whatever it holds. A part that is the name of a column as a whole is that column, though it holds `=`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal, TypeAlias

import click

from richresp.cli.parsing import quoted

Alignment: TypeAlias = Literal["left", "right", "center"]
Sides: TypeAlias = "Alignment | dict[str, Alignment] | None"

_SIDES = ("left", "right", "center")
_PART = re.compile('(?:"((?:[^"]|"")*)"(?=[,=]|$))?([^,]*)(,|$)')


def _parts(option: str, given: tuple[str, ...]) -> list[tuple[str, int | None]]:
    """The parts of an option, and where the name in each ends; None where that is to be found.

    Raises:
        click.UsageError: for a part that is empty, and for a quote that is not closed.
    """
    found: list[tuple[str, int | None]] = []
    for text in given:
        at, comma = 0, ","
        while comma:
            part = _PART.match(text, at)
            if part is None or (part[1] is None and part[2].startswith('"')):
                raise click.UsageError(f"{option} has a quote that does not end before a comma: {quoted(text[at:])}")
            if part[1] is None and not part[2]:
                raise click.UsageError(f'{option} names no column; one without a name is ""')
            name = (part[1] or "").replace('""', '"')
            found.append((name + part[2], len(name) if part[1] is not None and part[2] else None))
            at, comma = part.end(), part[3]
    return found


def columns_of(given: tuple[str, ...], known: Collection[str]) -> dict[str, str] | None:
    """The columns that were chosen, and their headers; None where none were.

    Args:
        given: the values of the option.
        known: the names that there are; empty where there are none.

    Raises:
        click.UsageError: for what cannot be read, and for a name that is there twice.
    """
    chosen: dict[str, str] = {}
    for text, told_end in _parts("--columns", given):
        end = told_end
        if end is None:
            marks = [] if text in known else [at for at, char in enumerate(text) if char == "="]
            end = next((at for at in reversed(marks) if text[:at] in known), marks[0] if marks else len(text))
        name = text[:end]
        if name in chosen:
            raise click.UsageError(f"--columns has {quoted(name)} twice; name a column once")
        chosen[name] = text[end + 1 :] or name
    return chosen or None


def is_split(given: tuple[str, ...]) -> bool:
    """Whether it has to be known which columns there are, to tell names from headers."""
    return any(end is None and "=" in text for text, end in _parts("--columns", given))


def sides_of(given: tuple[str, ...]) -> Sides:
    """The alignments that were chosen; None where none were. A side stands behind the last `=`.

    Raises:
        click.UsageError: for what is none.
    """
    sides: dict[str, Alignment] = {}
    parts = _parts("--align", given)
    for text, known_end in parts:
        end = text.rfind("=") if known_end is None else known_end
        side = text[end + 1 :]
        if side not in _SIDES:
            raise click.UsageError(
                f"--align has {quoted(side)}; give left, right or center, for all columns or as NAME=SIDE"
            )
        if end < 0 and len(parts) > 1:
            raise click.UsageError(f"--align has {quoted(side)} for all columns beside others; give one of them")
        if end < 0:
            return side  # type: ignore[return-value]
        sides[text[:end]] = side  # type: ignore[assignment]
    return sides or None
