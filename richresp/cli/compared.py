"""The table of `richresp shape --compare`, within the columns that there are.

A pipe gets the same lines as a terminal, without colours. In a narrow terminal columns go: first what can be worked out from the
others, then what is shortened, of which the notices below speak, last the marks.
"""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import fill

import click

from richresp.cli.comparing import Compared, Fitting
from richresp.cli.manners import shown
from richresp.limits.cli import LEAST_TOLD_COLUMNS
from richresp.shaping.treetext import columns_of, cut, percent

_GAP = "  "
_JSON, _MARK, _SHORTENED = "of json", "", "shortened most"
_CHEAPEST = "cheapest"
_RIGHT = ("tokens", _JSON, "shown", "used")
_Columns = dict[str, list[str]]


def compared_text(found: list[Compared], taken: str, *, coloured: bool, width: int | None) -> str:
    """The table as text, its cheapest line marked, and below it what is to be said of each format.

    Args:
        found: what formats make of a payload.
        taken: the one that `auto` takes.
        coloured: whether marks have colours.
        width: how many columns there are; None for any number.
    """
    cheapest = min((line.tokens, number) for number, line in enumerate(found) if line.tokens is not None)[1]
    columns = _narrowed(_columns(found, taken, cheapest), width)
    rows = list(zip(*(_aligned(head, cells) for head, cells in columns.items()), strict=True))
    lines = [_line(cells, columns, number - 1 == cheapest, coloured=coloured) for number, cells in enumerate(rows)]
    if coloured:
        lines[0] = click.style(lines[0], bold=True)
    notes = [f"{line.format}: {shown(line.note)}" for line in found if line.note]
    if _MARK not in columns:
        notes.insert(0, f"cheapest: {found[cheapest].format}; auto: {taken}")
    if width is not None:
        notes = [fill(note, width, subsequent_indent=_GAP, break_on_hyphens=False) for note in notes]
    if coloured:
        notes = [click.style(note, dim=True) for note in notes]
    return "\n".join((*lines, *([""] if notes else []), *notes))


def _columns(found: list[Compared], taken: str, cheapest: int) -> _Columns:
    """The cells below each head."""
    json = next(line.tokens for line in found if line.format == "json")
    columns: _Columns = {
        "format": [line.format for line in found],
        "tokens": ["-" if line.tokens is None else f"{line.tokens:,}" for line in found],
        _JSON: ["" if line.tokens is None or not json else percent(line.tokens / json) for line in found],
        _MARK: [
            ", ".join([*[_CHEAPEST] * (number == cheapest), *["auto"] * (line.format == taken)])
            for number, line in enumerate(found)
        ],
    }
    if any(line.fitting for line in found):
        fittings = [line.fitting for line in found]
        columns |= {
            "shown": ["" if fitting is None else _percent(fitting.share) for fitting in fittings],
            "used": ["" if fitting is None else _used(fitting) for fitting in fittings],
            _SHORTENED: ["" if fitting is None else shown(fitting.shortened) for fitting in fittings],
        }
    return columns


def _percent(share: float) -> str:
    """A share, which is not all where something is missing."""
    return "99 %" if 0.99 < share < 1 else percent(share)


def _used(fitting: Fitting) -> str:
    return ", ".join(f"{cost:,} {unit if cost != 1 else unit.removesuffix('s')}" for unit, cost in fitting.used.items())


def _narrowed(columns: _Columns, width: int | None) -> _Columns:
    """The columns that there is room for."""
    kept = dict(columns)
    for head in (_JSON, _SHORTENED, _MARK):
        if width is None or _wide(kept) <= width or head not in kept:
            continue
        cells = kept.pop(head)
        room = width - _wide(kept) - len(_GAP)
        if head == _SHORTENED and room >= LEAST_TOLD_COLUMNS:
            kept[head] = [cut(cell, room) for cell in cells]
    return kept


def _wide(columns: _Columns) -> int:
    return sum(max(map(columns_of, (head, *cells))) for head, cells in columns.items()) + len(_GAP) * (len(columns) - 1)


def _aligned(head: str, cells: Iterable[str]) -> list[str]:
    """A column, its numbers to the right."""
    cells = [head, *cells]
    width = max(map(columns_of, cells))
    blanks = [" " * (width - columns_of(cell)) for cell in cells]
    return [blank + cell if head in _RIGHT else cell + blank for cell, blank in zip(cells, blanks, strict=True)]


def _line(cells: tuple[str, ...], heads: Iterable[str], is_cheapest: bool, *, coloured: bool) -> str:  # noqa: FBT001
    drawn = [_marked(head, cell) if coloured and is_cheapest else cell for head, cell in zip(heads, cells, strict=True)]
    return _GAP.join(drawn).rstrip()


def _marked(head: str, cell: str) -> str:
    """A cell of the cheapest format: its name and its mark stand out."""
    if head == _MARK:
        return cell.replace(_CHEAPEST, click.style(_CHEAPEST, fg="green"), 1)
    return click.style(cell, bold=True) if head == "format" else cell
