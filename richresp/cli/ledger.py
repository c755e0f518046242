"""What of a file is not in its table, told in one line: rows that are none, values that have no column, columns without values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from richresp.cli.parsing import quoted
from richresp.limits.cli import MAX_TOLD_ROWS


@dataclass(slots=True)
class Ledger:
    """What is to be said of the rows.

    Attributes:
        unit: what rows are counted in: "row" or "line".
        lost: how many rows are not in the table, and `reasons` of the first; those of a CSV value that is not closed are counted
            as the lines they are.
        cut: how many have values that are not in the table, and `cut_at` the first.
        mended: how many have values that are shown as what stands for them, and `mended_at` the first.
        short: how many have no value for some column, and `short_at` the first.
        absent: chosen columns that no row had so far.
        is_closed: whether what comes now is not shown, and not told of.
    """

    unit: str
    lost: int = 0
    reasons: list[str] = field(default_factory=list)
    cut: int = 0
    cut_at: str = ""
    mended: int = 0
    mended_at: int = 0
    short: int = 0
    short_at: int = 0
    is_by_line: bool = False
    absent: set[str] = field(default_factory=set)
    is_closed: bool = False
    _told: int = 0

    def lose(self, number: int, reason: str, last: int = 0) -> None:
        """A row is left out, which ends in the line `last`."""
        if self.is_closed:
            return
        lines = max(last - number + 1, 1)
        self.lost += lines
        self.is_by_line = self.is_by_line or lines > 1
        if len(self.reasons) < MAX_TOLD_ROWS:
            place = f"{self.unit}s {number} to {last}" if lines > 1 else f"{self.unit} {number}"
            self.reasons.append(f"{place} ({reason})")
            self._told += lines

    def mend(self, number: int) -> None:
        """Values of a row are shown as what stands for them."""
        if self.is_closed:
            return
        self.mended += 1
        self.mended_at = self.mended_at or number

    def shorten(self, number: int, reason: str) -> None:
        """Values of a row are left out."""
        if self.is_closed:
            return
        self.cut += 1
        self.cut_at = self.cut_at or f"{self.unit} {number}: {reason}"

    def lack(self, number: int, count: int = 1) -> None:
        """A row has no value for some column."""
        if self.is_closed:
            return
        self.short += count
        self.short_at = min(self.short_at, number) if self.short_at else number

    @property
    def is_whole(self) -> bool:
        """Whether everything is in the table."""
        return not self.lost and not self.cut

    def __str__(self) -> str:
        told = []
        if self.lost:
            more = f", and {self.lost - self._told:,} more" if self.lost > self._told else ""
            lost = _count(self.lost, "line" if self.is_by_line else "row")
            told.append(f"{lost} left out: {', '.join(self.reasons)}{more}")
        if self.cut:
            told.append(f"values of {_rows(self.cut)} left out, the first in {self.cut_at}")
        if self.mended:
            told.append(
                f"{_rows(self.mended)} with half a character, shown as \ufffd, or a number that JSON has not, left blank, the "
                f"first in {self.unit} {self.mended_at}"
            )
        if self.short:
            told.append(
                f"{_rows(self.short)} without a value for each column, the first in {self.unit} {self.short_at}"
            )
        if self.absent:
            told.append(f"no row that is shown has {', '.join(map(quoted, sorted(self.absent)))}")
        return "; ".join(told)


def _rows(count: int) -> str:
    return _count(count, "row")


def _count(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def fitted(number: int, values: list[Any], width: int | None, ledger: Ledger) -> list[Any]:
    """A row without what stands behind its columns."""
    if width is None or len(values) == width:
        return values
    if len(values) < width:
        ledger.lack(number)
    elif any(value not in ("", None) for value in values[width:]):
        ledger.shorten(number, f"{len(values)} values for {width} columns")
    return values[:width]
