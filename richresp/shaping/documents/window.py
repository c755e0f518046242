"""A stretch of markdown that is parsed at once, and what a page needs in front to begin anywhere in it.

A window may begin inside a construct: then what opens that again stands before its text, as it will on a page, and the
parser sees both. So a page shows its part as the whole does, by the same parse that divided it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from richresp.limits.documents import (
    MAX_CONTEXT,
    MAX_FRONT,
    VERIFIED_CHARS,
    VERIFIED_LINES,
    WINDOW_CHARS,
)
from richresp.shaping.documents.blocks import LINE_END, Block, at_line, blocks
from richresp.shaping.documents.containers import Container, column, expanded, opened, reopened
from richresp.shaping.documents.raw import Raw, at_place, raw

_WORD = re.compile(r"[^\W_]")
_DEFINITION = re.compile(r"[ >]*\[[^\]]*\]:")
_PIPE = re.compile(r"[^\r\n|]*+(?:\r\n?|\n)?[^\r\n|]*+\|")
_HARD_BREAK = re.compile(r"\\(?:\r\n?|\n)\Z")


@dataclass(frozen=True, slots=True)
class Context:
    """What is open at a place.

    Attributes:
        front: what a page that begins there begins with.
        back: what a page that ends there ends with.
        mark: from where on `front` can be found again; the place itself if it is empty.
        kinds: the blocks that a page beginning there begins with, from outside in; None if that does not matter.
        inside: the paragraph that is cut there.
    """

    front: str
    back: str
    mark: int
    kinds: tuple[str, ...] | None = None
    inside: Block | None = None


class Window:
    """A stretch from `start` on: its text with what opens what it begins in, its lines and blocks.

    Places are offsets of that text; `shift` added, they are offsets of the whole.
    """

    def __init__(self, whole: str, start: int, context: Context) -> None:
        self.start = start
        self.stop = _line_end(whole, start)
        self.is_last = self.stop >= len(whole)
        self.text = context.front + whole[start : self.stop]
        self.first = len(context.front)
        self.shift = start - self.first
        self.lines = [0, *(end for found in LINE_END.finditer(self.text) if (end := found.end()) < len(self.text))]
        self.blocks = blocks(self.text)
        self._mark = context.mark
        self._raw: dict[int, list[Raw]] = {}

    def line_start(self, line: int) -> int:
        """Where a line begins; behind the last line the end."""
        return self.lines[line] if line < len(self.lines) else len(self.text)

    def line_at(self, at: int) -> int:
        """The line that a place is on."""
        return bisect_right(self.lines, at) - 1

    @cached_property
    def certain(self) -> int:
        """Up to where what follows the window changes nothing: the start of its last leaf, if that is not most of it."""
        if self.is_last:
            return len(self.text)
        late = len(self.text) - (self.stop - self.start) // 4
        block = self.blocks[-1] if self.blocks else None
        while block is not None and block.inside:
            block = block.inside[-1]
        begin = self.line_start(block.first) if block is not None else 0
        return begin if begin > (self.first + len(self.text)) // 2 else late

    def context(self, at: int) -> Context | None:
        """What is open at a place; None where it cannot be opened again."""
        line = self.line_at(at)
        begins = self.lines[line] == at
        stack: tuple[Container, ...] = ()
        found, leaf, kinds, kind = self.blocks, None, None, ""
        top: Block | None = None
        while (block := at_line(found, line)) is not None:
            if begins and block.first == line:
                kinds = (kind, *block.path()) if block.kind == "list_item" else block.path()
                break
            if top is None or (top.is_list and not stack):
                top = block
            if block.is_leaf:
                leaf = block
                break
            if block.is_list:
                kind = block.kind
            else:
                container = opened(expanded(self._line(block.first)), block, stack, kind)
                if container is None:
                    return None
                stack = (*stack, container)
            found = block.inside
        return self._context(at, stack, leaf, kinds, top)

    def leaf_context(self, at: int, *, begins: bool) -> Context | None:
        """What is open at a place behind the window, if the window's first block is a leaf that goes on until there."""
        leaf = self.blocks[0] if self.blocks and self.blocks[0].is_leaf else None
        if leaf is None:
            return None
        if leaf.kind == "html_block":
            return self._opened_raw(at, (), next(iter(self._raw_of(leaf)), None), begins=begins, mark=self._mark)
        return self._opened(at, (), leaf, None, begins=begins, mark=self._mark)

    def _context(
        self,
        at: int,
        stack: tuple[Container, ...],
        leaf: Block | None,
        kinds: tuple[str, ...] | None,
        top: Block | None,
    ) -> Context:
        begin = 0 if top is None else self.line_start(top.first)
        mark = self._mark if begin < self.first else begin + self.shift
        if stack and at + self.shift - mark > MAX_CONTEXT:
            return Context("", "", at + self.shift)
        begins = self.lines[self.line_at(at)] == at
        if leaf is not None and leaf.kind == "html_block":
            inside = at_place(self._raw_of(leaf), at)
            if inside is not None and not stack and inside.first >= self.first:
                mark = inside.first + self.shift
            return self._opened_raw(at + self.shift, stack, inside, begins=begins, mark=mark)
        return self._opened(at + self.shift, stack, leaf, kinds, begins=begins, mark=mark)

    def _opened(
        self,
        at: int,
        stack: tuple[Container, ...],
        leaf: Block | None,
        kinds: tuple[str, ...] | None,
        *,
        begins: bool,
        mark: int,
    ) -> Context:
        front, prefix = reopened(stack)
        if begins and not any(container.marker for container in stack):
            front = ""
        back, kind = "", "" if leaf is None else leaf.kind
        if leaf is not None and kind == "fence":
            line = self._content(leaf.first, stack)
            blanks = " " * (len(line) - len(line.lstrip(" ")))
            front = reopened(stack)[0] + prefix + (line if len(line) <= MAX_FRONT // 2 else blanks + leaf.markup) + "\n"
            back = ("" if begins else "\n") + prefix + blanks + leaf.markup
        elif leaf is not None and kind == "table":
            head = [self._content(leaf.first + number, stack) for number in (0, 1)]
            front = reopened(stack)[0] + "".join(f"{prefix}{line}\n" for line in head)
        if not begins:
            front += prefix
        if len(front) > MAX_FRONT:
            return Context("", back, at)
        inside = leaf if leaf is not None and kind == "paragraph" else None
        if kind in ("paragraph", "code_block"):
            kinds = (kind,)
        if kinds is not None:
            kinds = (*(name for container in stack for name in container.kinds), *kinds)
        return Context(front, back, mark if front else at, kinds, inside)

    def _opened_raw(
        self, at: int, stack: tuple[Container, ...], inside: Raw | None, *, begins: bool, mark: int
    ) -> Context:
        """The same in raw HTML, and in a comment or script of it."""
        context = self._opened(at, stack, None, None, begins=begins, mark=mark)
        if inside is None:
            return context
        opener, closer = inside.around(at - self.shift)
        lines, prefix = reopened(stack)
        front = f"{lines}{prefix}{opener}\n{'' if begins else prefix}" if opener else context.front
        back = f"{'' if begins else chr(10)}{prefix}{closer}" if closer else ""
        return Context("", "", at) if len(front) > MAX_FRONT else Context(front, back, mark if front else at)

    def _raw_of(self, leaf: Block) -> list[Raw]:
        found = self._raw.get(leaf.first)
        if found is None:
            found = self._raw[leaf.first] = raw(self.text, self.line_start(leaf.first), self.line_start(leaf.last))
        return found

    def may_cut(self, at: int) -> bool:
        """Whether what stands before and behind a place shows on two pages what it shows in the whole."""
        context = self.context(at)
        if context is None:
            return False
        if context.inside is not None:
            begin = self.line_start(context.inside.first)
            line = self.lines[self.line_at(at - 1)]
            if not _WORD.search(self.text, line, at) or _DEFINITION.match(self.text, begin, at):
                return False
            if _HARD_BREAK.search(self.text, line, at):
                return False
        if context.kinds is None or (not context.front and self._is_plain(at, context)):
            return True
        return self._begins(at, context)

    def _is_plain(self, at: int, context: Context) -> bool:
        """Whether it is plain to see that a page would begin with the same block."""
        if context.kinds is not None and len(context.kinds) > 1:
            return False
        if context.inside is None:
            return context.kinds != ("code_block",)
        return self.text[at : at + 1].isalpha() and not _PIPE.match(self.text, at)

    def _begins(self, at: int, context: Context) -> bool:
        """Whether a page that begins at a place would begin with the same blocks, by a parse of its first lines."""
        line = self.line_at(at)
        end = min(self.line_start(line + VERIFIED_LINES), at + VERIFIED_CHARS)
        leaf: Block | None = None
        found = self.blocks
        while (block := at_line(found, line)) is not None:
            leaf, found = block, block.inside
        if leaf is not None and leaf.is_leaf:
            end = min(end, self.line_start(leaf.last))
        first = blocks(context.front + self.text[at:end])
        return bool(first) and first[0].path() == context.kinds

    def _line(self, number: int) -> str:
        return self.text[self.lines[number] : self.line_start(number + 1)]

    def _content(self, number: int, stack: tuple[Container, ...]) -> str:
        """A line without what its containers put before it, or more of it than can be repeated."""
        line = self._line(number)[: 2 * MAX_FRONT].rstrip("\r\n").expandtabs(4)
        return line[column(line, number, stack) :]


def _line_end(text: str, start: int) -> int:
    """Where a window ends: with a line, unless that goes on and on."""
    far = min(len(text), start + 2 * WINDOW_CHARS)
    found = LINE_END.search(text, start + WINDOW_CHARS, far)
    if found is not None:
        far = found.end()
    return far + 1 if text[far - 1 : far + 1] == "\r\n" else far
