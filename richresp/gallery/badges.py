"""The state of a link in a few words, for the list of links and the head of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from richresp.gallery.markup import Markup, element
from richresp.gallery.model import Entry
from richresp.gallery.problems import SEVERITIES, WALLS, Problem, lacking


class Badge(NamedTuple):
    """A word of state, and of what kind it is: one of the severities, or "good"."""

    told: str
    kind: str

    def drawn(self) -> Markup:
        return element("span", self.told, class_=f"badge {self.kind}")


def badges_of(entry: Entry, problems: Sequence[Problem]) -> list[Badge]:
    """What is told of a link. It has no problems where none is listed and no field lacks."""
    preview = entry.preview
    if preview is None:
        return [Badge("no preview", "error")]
    found: list[Badge] = []
    if preview.wall is not None:
        found.append(Badge(WALLS.get(preview.wall, "behind a wall"), "error"))
    if preview.status is not None and preview.status >= 400:
        found.append(Badge(f"HTTP {preview.status}", "error"))
    for severity in SEVERITIES:
        number = sum(problem.severity == severity for problem in problems)
        found += [Badge(many(number, severity), severity)] if number else []
    found += [Badge(f"no {name}", "warning") for name in lacking(preview)]
    found += [Badge("picture not loaded", "warning")] if entry.no_picture is not None else []
    found += [Badge("remembered", "warning")] if preview.stale else []
    found = found or [Badge("no problems found", "good")]
    return [*found, Badge("picture left out", "hint")] if entry.left_out is not None else found


def many(number: int, name: str) -> str:
    """How many of something."""
    return f"1 {name}" if number == 1 else f"{number:,} {name}s"
