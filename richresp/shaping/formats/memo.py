"""What a page remembers of its last version, so that writing it anew costs what has changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from richresp.limits.shape import LONG_SEAM
from richresp.shaping.ledger import Fragment, Ledger
from richresp.typing import CountTokens

_SOLID = re.compile("[A-Za-z0-9]")


@dataclass(slots=True, eq=False)
class Memo:
    """Values and lines by what they were made of.

    Attributes:
        values: of runs, by identity: the run, which is held so that no other takes its place, and its values.
        columns: of the table that the lines belong to.
        lines: of rows, by the identity of their values.
    """

    values: dict[int, tuple[object, list[Any]]] = field(default_factory=dict)
    columns: dict[str | None, tuple[str, ...]] = field(default_factory=dict)
    lines: dict[str | None, dict[int, str]] = field(default_factory=dict)

    def values_of(self, run: object, read: Callable[[], list[Any]]) -> list[Any]:
        """The values of a run; always the same objects, which are not to be changed."""
        known = self.values.get(id(run))
        if known is None:
            known = self.values[id(run)] = run, read()
        return known[1]

    def lines_of(self, table: str | None, columns: tuple[str, ...]) -> dict[int, str]:
        """The known lines of a table; with other columns there are none."""
        if self.columns.get(table) != columns:
            self.columns[table], self.lines[table] = columns, {}
        return self.lines[table]


class Lines:
    """The count of a text that changes by lines: what stays of it is not counted again."""

    def __init__(self, count: CountTokens) -> None:
        self._ledger = Ledger(count)
        self._fragments: list[Fragment] = []

    def count(self, text: str) -> int:
        """What a text costs."""
        lines, known, ledger = _lines(text), self._fragments, self._ledger
        same = 0
        for line, fragment in zip(lines, known, strict=False):
            if line != fragment.text:
                break
            same += 1
        last = 0
        for line, fragment in zip(reversed(lines[same:]), reversed(known[same:]), strict=False):
            if line != fragment.text:
                break
            last += 1
        for fragment in known[same : len(known) - last]:
            ledger.remove(fragment)
        new = [Fragment(line, begins=False, ends=False) for line in lines[same : len(lines) - last]]
        after = known[same - 1] if same else ledger.head
        for fragment in new:
            ledger.insert(fragment, after)
            after = fragment
        self._fragments = [*known[:same], *new, *known[len(known) - last :]]
        return ledger.total


def _lines(text: str) -> list[str]:
    """Lines, each with those behind it that are blank or all marks: as they have no seams, a change in one counts all again."""
    found: list[str] = []
    group: list[str] = []
    size = 0
    for line in text.splitlines(keepends=True):
        if group and (size >= LONG_SEAM or _SOLID.search(line)):
            found.append("".join(group))
            group, size = [], 0
        group.append(line)
        size += len(line)
    if group:
        found.append("".join(group))
    return found
