"""Texts as the contents of table cells, a column at a time.

A column is looked at as one text before any of its cells is: where nothing in it could be markup, its texts are the cells.
Else only those are escaped that a pattern suspects. The pattern suspects too many, never too few: what the rules of `escape`
make of a text that it lets pass is that text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from richresp.exceptions import UsageError
from richresp.limits.markdown import CELL_PATTERNS, REMEMBERED_CELLS, REMEMBERED_CHARS
from richresp.markdown.cut import checked_limit, cut
from richresp.markdown.escape import CELL, PLAIN, Style, escaped_lines
from richresp.markdown.show import checked_nan
from richresp.markdown.urls import REWRITTEN
from richresp.text import clean

Newline = Literal["<br>", " ", " / "]
NEWLINES: tuple[Newline, ...] = ("<br>", " ", " / ")

_SUSPECTS = {
    "_": r"_(?<![A-Za-z0-9_]_)(?=[^ \t\n])",  # could open, for no letter stands before it
    "|": r"\|",
    "\\": r"\\(?=[!-/:-@\[-`{-~]|$)",  # vanishes, or joins what stands behind the cell
    "*": r"\*(?=[^ \t\n].*\*)",  # could open, and something could close
    "~": r"~(?=[^ \t\n].*~)",
    "`": r"`(?=.*`)",
    "](": r"\]\(",
    "<": r"<(?=[A-Za-z/!?])",
    "&": r"&(?=\#|[A-Za-z][A-Za-z0-9]*;)",
    "://": r"://(?=[^A-Za-z0-9]|$)",  # an address that ends at once
    "w.": r"\.(?<=[wW]{3}\.)(?=[^A-Za-z0-9]|$)",
    "W.": r"\.(?<=[wW]{3}\.)(?=[^A-Za-z0-9]|$)",
    "%": "%(?=[0-9A-Fa-f]{2})",
    "--": "-(?<=[xX][nN]-)(?=-)",
    "\u3002": "\u3002",
    "\uff0e": "\uff0e",
    "\uff61": "\uff61",
}
"""What a clean text must hold for PLAIN to have an escape for it, and a pattern that finds more of it than that.

Each begins with the character itself: then `re` skips all others without trying anything."""

_BESIDE = {"<": ("@", "<"), "://": ("<", "://"), "w.": ("<", r"\."), "W.": ("<", r"\.")}
"""What makes more of a mark where it is in the same column: then each of these is suspected, for looking ahead from each of
them would take the square of the time."""

_REWRITTEN_SIGNS = frozenset(("%", "--", "\u3002", "\uff0e", "\uff61"))
"""Marks of what markdown-it shows otherwise in an address, which the rules of CELL alone do not know."""

_ODD_HOST = r"//(?=:|[\w.-]*[^\w.\-\s/?#:][^\s/?#:]*:)"
"""A host that is none before a port, looked for only in a column that has colons of another kind than `://`."""

_UNCOMMON = re.compile("[^\x00-\u02ff]")


def checked_newline(newline: Newline) -> None:
    """Refuses what does not stand for a line end.

    Raises:
        UsageError: for a newline that is not one of NEWLINES.
    """
    if newline not in NEWLINES:
        raise UsageError(f"newline={newline!r}: give '<br>', ' ' or ' / '")


@dataclass(frozen=True, slots=True)
class CellRules:
    """How values become cells.

    Attributes:
        newline: what stands for the line ends of a text.
        nan: what is shown for NaN.
        max_cell: characters that a text is cut to; None for any number.
        style: what else is escaped.
    """

    newline: Newline = "<br>"
    nan: str = ""
    max_cell: int | None = None
    style: Style = PLAIN

    def __post_init__(self) -> None:
        checked_newline(self.newline)
        checked_nan(self.nan)
        if self.max_cell is not None:
            checked_limit("max_cell", self.max_cell)


class CellTexts:
    """Makes cells of the texts of one table, and remembers some of them."""

    def __init__(self, rules: CellRules) -> None:
        self._rules = rules
        self._remembered = lru_cache(maxsize=REMEMBERED_CELLS)(self._clean_cell)
        style = rules.style
        self._plain = style == PLAIN
        self._marks = (*_SUSPECTS, *("$" if style.math else ""), *("" if style.autolink else ".@:/"))

    def whole(self, text: str) -> str:
        """One text as a cell, of whatever length, by the rules themselves."""
        return self._spelled(text, self._rules.style)

    def column(self, texts: Sequence[str]) -> list[str]:
        """Texts as cells, cut where they are too long."""
        limit = self._rules.max_cell
        if limit is None or max(map(len, texts), default=0) <= limit:
            return self._column(texts)
        kept = [cut(text, limit) if len(text) > limit else (text, False) for text in texts]
        cells = self._column(["" if severed else text for text, severed in kept])
        unlinked = replace(self._rules.style, autolink=False)
        return [
            self._spelled(text, unlinked) if severed else cell
            for (text, severed), cell in zip(kept, cells, strict=True)
        ]

    def _column(self, texts: Sequence[str]) -> list[str]:
        joined = "\n".join(texts)
        if (
            _is_clean("".join(texts))
            and "\n " not in joined
            and " \n" not in joined
            and joined[:1] != " " != joined[-1:]
        ):
            return self._clean_column(texts, joined)
        odd = [
            index
            for index, text in enumerate(texts)
            if not (text.isprintable() and text == text.strip() and (text.isascii() or _is_clean(text)))
        ]
        cells = list(texts)
        for index in odd:
            cells[index] = ""
        cells = self._clean_column(cells, "\n".join(cells))
        for index in odd:
            cells[index] = self._spelled(texts[index], self._rules.style)
        return cells

    def _clean_column(self, texts: Sequence[str], joined: str) -> list[str]:
        """The same for texts that have nothing to be removed, no line ends and no outer blanks."""
        cells = list(texts)
        marks = tuple(mark for mark in self._marks if mark in joined)
        odd = "//" in joined and (joined.count(":") > joined.count("://") or "//:" in joined)
        if not marks and not odd:
            return cells
        patterns = [
            _BESIDE[mark][1] if mark in _BESIDE and _BESIDE[mark][0] in joined else _SUSPECTS.get(mark, re.escape(mark))
            for mark in marks
        ]
        if odd:
            patterns.append(_ODD_HOST)
        rewritten = not _REWRITTEN_SIGNS.isdisjoint(marks)
        suspect, remembered, index, at = _suspect(tuple(patterns)), self._remembered, 0, 0
        while (found := suspect.search(joined, at)) is not None:
            index += joined.count("\n", at, found.start())
            text = texts[index]
            if rewritten and REWRITTEN.search(text):
                cells[index] = self._spelled(text, self._rules.style)
            else:
                cells[index] = remembered(text) if len(text) <= REMEMBERED_CHARS else self._clean_cell(text)
            at = joined.find("\n", found.start())
            if at < 0:
                break
        return cells

    def _clean_cell(self, text: str) -> str:
        """A text that has nothing to be removed, no line ends and no outer blanks, as a cell."""
        if self._plain and not ("//" in text or "w." in text or "W." in text or "[^" in text):
            return _closed(_by_rules(text))
        return self._spelled(text, self._rules.style)

    def _spelled(self, text: str, style: Style) -> str:
        return _closed(self._rules.newline.join(escaped_lines(text, CELL, style)))


def _by_rules(text: str) -> str:
    """A clean line without addresses and footnotes as a cell: what `escaped_lines` makes of it, by the rules alone."""
    places: set[int] = set()
    for sign, rule in CELL.rules:
        if sign in text:
            places.update(rule(text))
    pieces, done = [], 0
    for place in sorted(places):
        pieces.append(text[done:place])
        done = place
    pieces.append(text[done:])
    return "\\".join(pieces)


def _closed(cell: str) -> str:
    """A cell with a blank behind a backslash at its end.

    cmark-gfm and markdown-it take any pipe behind a backslash for an escaped one, even behind an escaped backslash.
    """
    return cell[:-1] + " " if cell.endswith("\\\\") else f"{cell} " if cell.endswith("\\") else cell


def _is_clean(text: str) -> bool:
    """Whether text has nothing that is removed before it is shown, and no line ends or blanks but spaces."""
    return text.isprintable() and (text.isascii() or not _UNCOMMON.search(text) or clean(text) == text)


@lru_cache(maxsize=CELL_PATTERNS)
def _suspect(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """What finds a text that may need an escape."""
    return re.compile("|".join(patterns), re.MULTILINE)
