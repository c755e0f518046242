"""Walks the tree of a page, with a stack of its own, and gathers its blocks.

Text goes into one paragraph until a block begins or ends. In a heading, a term or a cell, which must stay a line, blocks
make line breaks instead. What each element means stands in `steps`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from richresp.limits.markdown import MAX_GLUED_TOKENS
from richresp.markdown.cell_texts import CellTexts
from richresp.markdown.escape import Style
from richresp.markdown.html import elements
from richresp.markdown.html.frames import Frame
from richresp.markdown.html.phrases import paragraph_of
from richresp.markdown.html.places import Places
from richresp.markdown.html.tables import cell_texts
from richresp.markdown.html.tokens import BREAK, END, Mark, Token, is_blank
from richresp.markdown.raw import Block
from richresp.tree import Element

Leave = Callable[[], None]
"""What is done at the end of an element."""

Step = Callable[["Reader", Element], Leave | None]
"""What is done at the start of an element; it gives what is done at the end, `nothing` where that is nothing, and None where what
is in it was read, or is not to be read."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What of a page is wanted.

    Attributes:
        navigation: whether the frame of the page is.
        images: how images are shown.
        links: whether links lead somewhere.
        waiting: whether elements are read that scripts would show later, as by streams of React.
        style: what else is escaped.
    """

    navigation: bool = False
    images: str = "alt"
    links: bool = True
    waiting: bool = False
    style: Style = field(default_factory=Style)


class Reader:
    """Reads one page.

    Attributes:
        wishes: what of it is wanted.
        places: where its links lead.
        frames: what the current place stands in, outermost first.
        tokens: of the current paragraph.
        in_line: in how many blocks, each in the other, that must stay a line.
        own: in how many articles and main parts.
        depth: how many levels of blocks are written.
        texts: makes the cells of tables.
        below_term: how many tokens are a term and the line break below it; 0 where none is.
    """

    def __init__(self, wishes: Wishes, places: Places, depth: int) -> None:
        self.wishes = wishes
        self.places = places
        self.depth = depth
        self.frames: list[Frame] = [Frame()]
        self.tokens: list[Token] = []
        self.in_line = 0
        self.own = 0
        self.texts: CellTexts = cell_texts(wishes.style)
        self.below_term = 0
        self._marks: list[Mark] = []

    def read(self, root: Element) -> list[Block]:
        """The blocks of all that stands in an element."""
        from richresp.markdown.html.steps import STEPS

        style_frame, waiting = not self.wishes.navigation, self.wishes.waiting
        silent, blocks = elements.SILENT, elements.BLOCKS
        tokens = self.tokens
        levels: list[tuple[Iterator[Element], Leave, str | None, bool]] = []
        own = elements.is_own(root, root.tag, root.keys())
        self.own += own
        children, leave, tail, is_own = iter(root), nothing, None, own
        self._text(root.text)
        while True:
            child = next(children, None)
            if child is None:
                leave()
                self.own -= is_own
                if tail and (tokens or not tail.isspace()):
                    tokens.append(tail)
                if not levels:
                    break
                children, leave, tail, is_own = levels.pop()
                continue
            tag, after = child.tag, child.tail
            names = child.keys()
            step = STEPS.get(tag)
            if (
                (step is None and (tag in silent or type(tag) is not str))
                or (names and elements.is_hidden(child, names, waiting=waiting) and not _is_formula(child))
                or (style_frame and elements.is_frame(child, tag, names, own=self.own > 0))
            ):
                self._text(after)
                continue
            if step is not None:
                ended = step(self, child)
            elif tag in blocks:
                ended = self.block()
            else:
                ended = nothing
            if ended is None:
                self._text(after)
                continue
            levels.append((children, leave, tail, is_own))
            is_own = elements.is_own(child, tag, names)
            self.own += is_own
            children, leave, tail = iter(child), ended, after
            text = child.text
            if text and (tokens or not text.isspace()):
                tokens.append(text)
        self.flush()
        return self.frames[0].blocks

    def boundary(self) -> None:
        """A block begins or ends here."""
        if self.in_line:
            if self.tokens:
                self.tokens.append(BREAK)
        elif self.tokens and not self._is_below_term():
            self.flush()

    def block(self) -> Leave:
        """A block begins here; gives what is done at its end."""
        self.boundary()
        return self.boundary

    def flush(self) -> None:
        """Ends the paragraph. Marks that are open go on in the next one; a link does if it has shown nothing yet."""
        if self.in_line:
            self.boundary()
            return
        taken = self.taken()
        if not all(map(is_blank, taken)):
            block = paragraph_of(taken, self.wishes.style)
            if block:
                self.frames[-1].blocks.append(block)

    def taken(self) -> list[Token]:
        """The tokens of what ends here."""
        tokens = self.tokens
        taken = tokens.copy()
        tokens.clear()
        self.below_term = 0
        if self._marks:
            if any(mark.kind == "link" for mark in self._marks) and not self._link_is_empty(taken):
                self._marks = [Mark("none") if mark.kind == "link" else mark for mark in self._marks]
            tokens += self._marks
        return taken

    def start(self, mark: Mark) -> None:
        """A mark begins here."""
        self._marks.append(mark)
        self.tokens.append(mark)

    def end(self) -> None:
        """The last mark ends here."""
        self._marks.pop()
        self.tokens.append(END)

    def enter(self, frame: Frame) -> None:
        """A block that holds blocks begins here."""
        self.flush()
        self.frames.append(frame)

    def leave(self) -> None:
        """It ends here."""
        self.flush()
        frame = self.frames.pop()
        self.frames[-1].blocks += filter(None, frame.ended(self.wishes.style))

    def _text(self, text: str | None) -> None:
        if text and (self.tokens or not text.isspace()):
            self.tokens.append(text)

    def _is_below_term(self) -> bool:
        """Whether nothing stands yet below the term that the paragraph begins with."""
        below = len(self.tokens) - self.below_term
        return self.below_term > 0 and below <= MAX_GLUED_TOKENS and all(map(is_blank, self.tokens[self.below_term :]))

    @staticmethod
    def _link_is_empty(tokens: list[Token]) -> bool:
        """Whether the link that is open at the end of tokens has shown nothing."""
        for token in reversed(tokens):
            if isinstance(token, Mark) and token.kind == "link":
                return True
            if not is_blank(token):
                return False
        return True


def nothing() -> None:
    """What is done at the end of an element that is nothing but its text."""


def _is_formula(element: Element) -> bool:
    """Whether what is hidden is a formula, which stands there beside its picture."""
    return len(element) == 1 and element[0].tag == "math" and not (element.text or "").strip()
