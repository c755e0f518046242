"""A text as a chain of fragments whose exact token count follows every change.

Counts add up at seams (see `tokens.pieces`), so a change touches no more than the stretch between the seams around it:
the count of that stretch before and after is all that is counted. The whole is counted once, when the total is first
asked for; until then `rough` tells what the fragments cost in the order they came, counted in blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from richresp.limits.shape import LONG_SEAM, ROUGH_BLOCK, ROUGH_SHARE
from richresp.tokens.pieces import solid_part
from richresp.typing import CountTokens

_UNKNOWN = (-1, -1)


@dataclass(slots=True, eq=False)
class Fragment:
    """A stretch of JSON.

    Attributes:
        text: the stretch, without the comma that may have to stand before or behind it.
        begins: whether a value begins with it, which needs a comma behind another value.
        ends: whether a value ends with it.
    """

    text: str
    begins: bool = True
    ends: bool = True
    left: Fragment = field(init=False, repr=False)
    right: Fragment = field(init=False, repr=False)
    known_seams: tuple[int, int] | None = field(default=_UNKNOWN, repr=False)

    @property
    def seams(self) -> tuple[int, int] | None:
        """Where its first and its last seam are; None if it has none."""
        if self.known_seams is _UNKNOWN:
            self.known_seams = solid_part(self.text)
        return self.known_seams


class Ledger:
    """A chain of fragments and what it costs.

    Attributes:
        chars: how many characters the text has.
        bytes: how many bytes it has as UTF-8.
    """

    def __init__(self, count: CountTokens) -> None:
        """
        Args:
            count: a count that is additive at seams.
        """
        self._count = count
        self.head = Fragment("", begins=False, ends=False)
        self._tail = Fragment("", begins=False, ends=False)
        self.head.right, self._tail.left = self._tail, self.head
        self._total: int | None = None
        self._fresh: list[str] = []
        self._fresh_chars = 0
        self._rough = 0
        self._rough_chars = 0
        self.chars = 0
        self.bytes = 0

    @property
    def settled(self) -> bool:
        """Whether the total is at hand without counting the whole text."""
        return self.known is not None

    @property
    def known(self) -> int | None:
        """The total if it is at hand without counting the whole text, to be given back to `forget`."""
        return self._total

    def forget(self, changes: Callable[[], object], known: int | None) -> None:
        """Takes changes back without counting, where the total before them was known.

        Args:
            changes: what undoes them.
            known: what `known` was before them.
        """
        if known is None:
            changes()
            return
        self._total = None
        changes()
        self._total = known

    @property
    def total(self) -> int:
        """What the text costs."""
        if self._total is None:
            self._total = self._count(self.text())
        return self._total

    @property
    def rough(self) -> int:
        """About what was inserted before the total was first asked for, without the last block. It never shrinks, and
        depends on nothing but what was inserted in which order."""
        if self._fresh_chars >= max(ROUGH_BLOCK, ROUGH_SHARE * self._rough_chars):
            self._rough += self._count(",".join(self._fresh))
            self._rough_chars += self._fresh_chars
            self._fresh.clear()
            self._fresh_chars = 0
        return self._rough

    def insert(self, fragment: Fragment, after: Fragment) -> None:
        right = after.right
        if self._total is None:
            self._fresh.append(fragment.text)
            self._fresh_chars += len(fragment.text)
        self._change(after, fragment, right, 1)
        fragment.left, fragment.right = after, right
        after.right = right.left = fragment

    def remove(self, fragment: Fragment) -> None:
        left, right = fragment.left, fragment.right
        left.right, right.left = right, left
        self._change(left, fragment, right, -1)

    def rewrite(self, fragment: Fragment, text: str) -> None:
        """Gives a fragment another text."""
        left = fragment.left
        self.remove(fragment)
        fragment.text, fragment.known_seams = text, _UNKNOWN
        self.insert(fragment, left)

    def text(self) -> str:
        return "".join(self._parts())

    def _parts(self) -> Iterator[str]:
        fragment = self.head
        while fragment is not self._tail:
            yield _comma(fragment, fragment.right)
            fragment = fragment.right
            yield fragment.text

    def _change(self, left: Fragment, fragment: Fragment, right: Fragment, sign: int) -> None:
        """Books that a fragment comes (1) or goes (-1) between two neighbours."""
        without = _comma(left, right)
        with_it = f"{_comma(left, fragment)}{fragment.text}{_comma(fragment, right)}"
        self.chars += sign * (len(with_it) - len(without))
        self.bytes += sign * (len(with_it if with_it.isascii() else with_it.encode()) - len(without))
        if self._total is None:
            return
        before, behind = self._before(left), self._behind(right)
        if before is None or behind is None:
            self._total = None
        else:
            change = self._count(before + with_it + behind) - self._count(before + without + behind)
            self._total += sign * change

    def _before(self, fragment: Fragment) -> str | None:
        """The text from the last seam up to the end of a fragment; None if it is long."""
        parts: list[str] = []
        size = 0
        while fragment is not self.head:
            seams = fragment.seams
            part = fragment.text if seams is None else fragment.text[seams[1] :]
            size += len(part)
            if size > LONG_SEAM:
                return None
            parts.append(part)
            if seams is not None:
                break
            parts.append(_comma(fragment.left, fragment))
            fragment = fragment.left
        return "".join(reversed(parts))

    def _behind(self, fragment: Fragment) -> str | None:
        """The text from the start of a fragment up to the first seam; None if it is long."""
        parts: list[str] = []
        size = 0
        while fragment is not self._tail:
            seams = fragment.seams
            part = fragment.text if seams is None else fragment.text[: seams[0]]
            size += len(part)
            if size > LONG_SEAM:
                return None
            parts.append(part)
            if seams is not None:
                break
            parts.append(_comma(fragment, fragment.right))
            fragment = fragment.right
        return "".join(parts)


def _comma(left: Fragment, right: Fragment) -> str:
    return "," if left.ends and right.begins else ""
