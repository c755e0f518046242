"""What the text of a paragraph is made of while a page is read: a flat list of text, markdown on purpose, and marks.

    ["see ", Mark("link", url), "the ", Mark("strong"), "page", END, END, BREAK]

A mark lasts to its END; marks are nested as their elements are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from richresp.markdown.raw import Raw
from richresp.text import clean

Kind = Literal["em", "strong", "del", "link", "none"]


@dataclass(frozen=True, slots=True)
class Mark:
    """The start of marked text; one of kind "none" marks nothing, and one that has ended, ends nothing.

    Attributes:
        kind: what it is.
        url: where a link leads.
    """

    kind: Kind
    url: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """The end of the last mark that has none yet."""


END: Final = End()
NO_MARK: Final = Mark("none")
BREAK: Final = "\0"
"""A line break; no text of a page has this character."""

Token: TypeAlias = str | Mark | End

BLANKS: Final = " \t\n\r\f"
"""White space that collapses."""

_RUN = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
_BREAKS = re.compile(" ?(?:\0 ?)+")


def is_blank(token: Token) -> bool:
    """Whether a token shows nothing: white space that can collapse, a break, a mark by itself."""
    return not isinstance(token, str) or not token or (not isinstance(token, Raw) and not token.strip("\0 \t\n\r\f"))


def collapsed(text: str) -> str:
    """Text with its white space as a browser shows it (CSS Text 3, 4.1): a run is one blank, beside a break none."""
    if "\0" in text:
        return _BREAKS.sub("\n", _RUN.sub(" ", text))
    return _RUN.sub(" ", text.strip(BLANKS))


def spaced(tokens: Sequence[Token], *, without: frozenset[str]) -> list[Token]:
    """Tokens with their white space collapsed and moved out of marks; marks that show nothing, or repeat the one around, are
    not there, and two beside each other are one.

    Args:
        tokens: of a paragraph.
        without: kinds of marks that mean nothing here.
    """
    return _Spacing(without).of(tokens)


class _Spacing:
    """Collapses white space: what stands between two visible pieces waits until the second one comes."""

    def __init__(self, without: frozenset[str]) -> None:
        self._out: list[Token] = []
        self._open: list[Mark] = []
        self._active = set(without)
        self._ending: list[Mark] = []
        self._starting: list[Mark] = []
        self._blank = ""

    def of(self, tokens: Sequence[Token]) -> list[Token]:
        for token in tokens:
            if isinstance(token, str):
                self._text(token)
            elif isinstance(token, Mark):
                self._start(token)
            else:
                self._end()
        while self._open:
            self._end()
        self._out += [END] * len(self._ending)
        return self._out

    def _text(self, token: str) -> None:
        if isinstance(token, Raw):
            if token:
                self._show(token)
            return
        if token == BREAK:
            self._blank = "\n"
            return
        text = token.strip()
        if not text:
            self._wait(token)
            return
        if token[0].isspace():
            self._wait(token[: token.index(text)])
        if not (text.isascii() and text.isprintable()):
            text = clean(_RUN.sub(" ", text))
        elif "  " in text:
            text = _RUN.sub(" ", text)
        if text:
            self._show(text)
        if token[-1].isspace():
            self._wait(token[len(token.rstrip()) :])

    def _wait(self, blank: str) -> None:
        """Keeps white space until something visible comes; at a line break none shows."""
        if self._blank != "\n" and blank:
            self._blank = _RUN.sub(" ", self._blank + blank)

    def _start(self, mark: Mark) -> None:
        if mark.kind in self._active or mark.kind == "none":
            mark = NO_MARK
        else:
            self._active.add(mark.kind)
            self._starting.append(mark)
        self._open.append(mark)

    def _end(self) -> None:
        mark = self._open.pop()
        if mark.kind == "none":
            return
        self._active.discard(mark.kind)
        if self._starting:
            self._starting.pop()
        else:
            self._ending.append(mark)

    def _show(self, piece: str) -> None:
        while self._ending and self._starting and self._is_one(self._ending[-1], self._starting[0]):
            self._ending.pop()
            del self._starting[0]
        self._out += [END] * len(self._ending)
        if self._blank and self._out:
            self._out.append(self._blank)
        self._out += self._starting
        self._out.append(piece)
        self._ending, self._starting, self._blank = [], [], ""

    def _is_one(self, first: Mark, second: Mark) -> bool:
        """Whether two marks with nothing but a blank between them are one; a blank that is struck through shows."""
        blanks = (" ", "") if first.kind in {"em", "strong"} else ("",)
        return first == second and self._blank in blanks
