"""How a document is divided into chunks, and what a page that shows some of them says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

from richresp.limits.documents import FREE_FRONT, FRONT_SHARE, FRONT_SIGHT
from richresp.shaping.documents.chain import Chain
from richresp.shaping.documents.plain import line_end, paragraph_end
from richresp.shaping.documents.smaller import smaller
from richresp.shaping.documents.window import Context
from richresp.tokens import O200k

Kind = Literal["markdown", "text", "lines"]


class Division(Protocol):
    """The places at which a text may be divided, for a page that begins at a certain one.

    They depend on the text and on where the page begins, never on what was asked before: every page may be asked for in
    chunks of any size. What is short beside what stands before it on the page is not divided.
    """

    def end(self, start: int, size: int) -> int:
        """Where the chunk that begins at `start` may end: at most `size` characters on, or at the first place behind."""

    def front(self, start: int) -> str:
        """What a page that begins there begins with: the header of an open table, the first line of an open fence."""

    def back(self, end: int) -> str:
        """What a page that ends there ends with: the last line of an open fence."""

    def mark(self, offset: int) -> int:
        """Where what is open at an offset begins, for the cursor to hold beside it; the offset, if nothing is."""

    def page(self, start: int, end: int) -> str:
        """The text of a page that shows `text[start:end]`."""

    def pieces(self, start: int, end: int) -> list[int]:
        """Where else the first chunk of a page may end if there is no room for it, each before the one before: behind
        lines and words, at last inside of them.
        """


def divide(text: str, kind: Kind, *, start: int = 0, mark: int | None = None) -> Division:
    """The division of a text for a page that begins at `start`.

    Args:
        text: any text.
        kind: "markdown": between blocks, items, rows, lines of code, sentences, words. "text": between paragraphs,
            sentences, words. "lines": between lines, blank ones first.
        start: where the page begins: 0, or where a page of the same text ended.
        mark: what `mark(start)` of the division of that page was. Without it nothing is open at `start`.
    """
    if kind == "markdown":
        return _Markdown(text, start, start if mark is None else mark)
    return _Plain(text, kind, start)


@dataclass(eq=False)
class _Markdown:
    text: str
    start: int
    begin: int

    @cached_property
    def _chain(self) -> Chain:
        return Chain(self.text, self.start, self._open(), self.start)

    def _open(self) -> Context:
        """What is open where the page begins: looked for from the mark on, in no more than what is open there."""
        if not 0 <= self.begin < self.start < len(self.text):
            return Context("", "", self.start)
        before = Chain(self.text, self.begin, Context("", "", self.begin), self.begin)
        found = before.leaf_context(self.start)
        return found or before.context(self.start)

    def end(self, start: int, size: int) -> int:
        if start + size >= len(self.text):
            return len(self.text)
        return self._chain.end(start, start + size)

    def front(self, start: int) -> str:
        return self._chain.context(start).front if start < len(self.text) else ""

    def back(self, end: int) -> str:
        back = self._chain.context(end).back if self.start < end < len(self.text) else ""
        return back if self._has_room(back, end) else ""

    def mark(self, offset: int) -> int:
        context = self._chain.context(offset) if self.start < offset < len(self.text) else None
        return context.mark if context is not None and self._has_room(context.front, offset) else offset

    def _has_room(self, repeated: str, end: int) -> bool:
        """Whether what is repeated costs so little beside a page that ends there that another one has room for text too."""
        if len(repeated) <= FREE_FRONT:
            return True
        behind = self.text[max(self.start, end - FRONT_SIGHT * len(repeated)) : end]
        count = O200k()
        return count(repeated) <= FRONT_SHARE * count(self.front(self.start) + behind)

    def page(self, start: int, end: int) -> str:
        return f"{self.front(start)}{self.text[start:end]}{self.back(end)}"

    def pieces(self, start: int, end: int) -> list[int]:
        return smaller(self.text, start, end)


@dataclass(frozen=True, eq=False)
class _Plain:
    text: str
    kind: Literal["text", "lines"]
    start: int

    def end(self, start: int, size: int) -> int:
        place = paragraph_end if self.kind == "text" else line_end
        return place(self.text, start, size, start - self.start)

    def front(self, start: int) -> str:  # noqa: ARG002  # nothing is ever open
        return ""

    def back(self, end: int) -> str:  # noqa: ARG002
        return ""

    def mark(self, offset: int) -> int:
        return offset

    def page(self, start: int, end: int) -> str:
        return self.text[start:end]

    def pieces(self, start: int, end: int) -> list[int]:
        return smaller(self.text, start, end)
