"""What must stay whole in a paragraph of markdown: links, images, code, tags, entities, escapes, and emphasis.

Found by a scan of its marks, one look at each. It may take for a link what is none, and so keep too much whole, never a
part of a link for text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from richresp.limits.documents import LONG_EMPHASIS, LONG_SPAN

_MARK = re.compile(
    r"\\(?:\r\n?|[^a-zA-Z0-9])|`+|<[^<>\s][^<>]{0,2000}>|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{0,31});|!?\[|\]"
    r"|\*+|_+|~+|https?://[^\s<>\[\]()*`]*"
)
_TICKS = re.compile("`+")
_TARGET = re.compile(r"\((?:\\.|[^()\\]|\((?:\\.|[^()\\]){0,2000}+\)){0,2000}+\)")
_LABEL = re.compile(r"\[[^\[\]]{0,999}\]")
_SPECIAL = re.compile(r"[\\`<&\[*_~]")
_MOST_OPEN = 100

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spans:
    """What stays whole: `hard` always, `soft` where there is another place to cut. Each is sorted and disjoint."""

    hard: list[Span]
    soft: list[Span]

    def hard_around(self, at: int) -> Span | None:
        """What must not be cut at a place."""
        return _around(self.hard, at)

    def soft_around(self, at: int) -> Span | None:
        """What had better not be cut there."""
        return _around(self.soft, at)


def spans(text: str, start: int, end: int) -> Spans:
    """What stays whole of a text between two places."""
    if not _SPECIAL.search(text, start, end):
        return Spans([], [])
    hard: list[Span] = []
    soft: list[Span] = []
    ticks: dict[int, list[int]] | None = None
    brackets: list[int] = []
    runs: list[tuple[str, int]] = []
    at = start
    while mark := _MARK.search(text, at, end):
        first, at = mark.span()
        char = mark[0][0]
        if char == "`":
            ticks = _ticks(text, first, end) if ticks is None else ticks
            places = ticks[at - first]
            later = bisect_left(places, at)
            if later < len(places):
                at = places[later] + at - first
                hard.append((first, at))
        elif char in "\\<&h":
            hard.append((first, at))
        elif char in "![":
            brackets.append(first)
        elif char == "]":
            target = _TARGET.match(text, at, end) or _LABEL.match(text, at, end)
            at = target.end() if target else at
            if brackets and at - brackets[-1] <= LONG_SPAN:
                hard.append((brackets.pop(), at))
        else:
            _emphasis(text, (char, first, at), runs, soft)
        del brackets[:-_MOST_OPEN], runs[:-_MOST_OPEN]
    return Spans(_joined(hard), _joined(soft))


def _ticks(text: str, start: int, end: int) -> dict[int, list[int]]:
    """Where runs of backticks begin, by their length."""
    found: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text, start, end):
        found.setdefault(run.end() - run.start(), []).append(run.start())
    return found


def _emphasis(text: str, run: tuple[str, int, int], runs: list[tuple[str, int]], soft: list[Span]) -> None:
    """Closes the emphasis that a run of marks ends, or opens one."""
    char, first, last = run
    if first > 0 and not text[first - 1].isspace() and not text[last : last + 1].isalnum():
        for depth in range(len(runs) - 1, -1, -1):
            if runs[depth][0] == char:
                if last - runs[depth][1] <= LONG_EMPHASIS:
                    soft.append((runs[depth][1], last))
                del runs[depth:]
                return
    if last < len(text) and not text[last].isspace() and not text[first - 1 : first].isalnum():
        runs.append((char, first))


def _joined(found: list[Span]) -> list[Span]:
    """The same with those that overlap made one, those too long left out."""
    joined: list[Span] = []
    for first, last in sorted(found):
        if joined and first < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return [span for span in joined if span[1] - span[0] <= LONG_SPAN]


def _around(found: list[Span], at: int) -> Span | None:
    """The one that a place is inside of."""
    index = bisect_right(found, at, key=lambda span: span[0]) - 1
    return found[index] if index >= 0 and found[index][0] < at < found[index][1] else None
