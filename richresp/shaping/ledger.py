"""A text as a chain of fragments whose token count is known after every change, without counting it again.

A fragment has a solid part, from its first seam to its last (see `tokens.pieces`): that costs the same whatever stands
around it, and is counted once. What lies between the solid parts of two neighbours is short, and is counted anew when
one of them changes. The sum is exactly the count of the whole text, which is what makes it possible to ask after every
single piece whether it still fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from richresp.limits import LONG_SEAM
from richresp.tokens.pieces import solid_part
from richresp.typing import CountTokens


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
    solid: tuple[int, int] | None = None
    inner: int = 0
    behind: int = 0
    owner: Fragment = field(init=False, repr=False)
    owned_in: int = -1


class Ledger:
    """A chain of fragments and what it costs by a count that is additive at seams."""

    def __init__(self, count: CountTokens) -> None:
        self._count = count
        self.head = Fragment("", begins=False, ends=False, solid=(0, 0))
        self._tail = Fragment("", begins=False, ends=False, solid=(0, 0))
        self.head.right, self._tail.left = self._tail, self.head
        self.head.left = self.head
        self._total = 0
        self._stale: dict[Fragment, None] = {}
        self._epoch = 0
        self.chars = 0

    @property
    def settled(self) -> bool:
        """Whether every count is up to date. Long stretches without a seam are counted only when `total` is asked for."""
        return not self._stale

    @property
    def total(self) -> int:
        """What the text costs."""
        for fragment in self._stale:
            self._count_behind(fragment, "".join(self._behind(fragment)))
        self._stale.clear()
        return self._total

    def insert(self, fragment: Fragment, after: Fragment) -> None:
        fragment.left, fragment.right = after, after.right
        after.right.left = fragment
        after.right = fragment
        self.chars += len(fragment.text)
        fragment.solid = solid_part(fragment.text)
        if fragment.solid is not None:
            first, last = fragment.solid
            fragment.inner = self._count(fragment.text[first:last])
            self._total += fragment.inner
            self._epoch += 1
            self._recount(fragment)
        self._recount(self._owner(after))

    def remove(self, fragment: Fragment) -> None:
        left = fragment.left
        left.right, fragment.right.left = fragment.right, left
        self.chars -= len(fragment.text)
        if fragment.solid is not None:
            self._total -= fragment.inner + fragment.behind
            fragment.behind = 0
            self._stale.pop(fragment, None)
            self._epoch += 1
        self._recount(self._owner(left))

    def text(self) -> str:
        return "".join(self._parts())

    def _parts(self) -> Iterator[str]:
        fragment = self.head
        while fragment is not self._tail:
            yield _comma(fragment, fragment.right)
            fragment = fragment.right
            yield fragment.text

    def _owner(self, fragment: Fragment) -> Fragment:
        """The fragment, or the nearest one on its left, that has a solid part; it holds the count of what follows.

        What was found holds until a solid fragment comes or goes, so that a long stretch is walked only once.
        """
        passed = []
        while fragment.solid is None and fragment.owned_in != self._epoch:
            passed.append(fragment)
            fragment = fragment.left
        owner = fragment if fragment.solid is not None else fragment.owner
        for glue in passed:
            glue.owner, glue.owned_in = owner, self._epoch
        return owner

    def _recount(self, solid: Fragment) -> None:
        """Counts anew what lies between the solid part of a fragment and the next one, or leaves that for later."""
        if solid in self._stale:
            return
        between, size = [], 0
        for text in self._behind(solid):
            between.append(text)
            size += len(text)
            if size > LONG_SEAM:
                self._stale[solid] = None
                return
        self._count_behind(solid, "".join(between))

    def _behind(self, solid: Fragment) -> Iterator[str]:
        """The text between the solid part of a fragment and the next one."""
        yield solid.text[_last_seam(solid) :]
        fragment = solid
        while fragment is not self._tail:
            yield _comma(fragment, fragment.right)
            fragment = fragment.right
            if fragment.solid is not None:
                yield fragment.text[: fragment.solid[0]]
                return
            yield fragment.text

    def _count_behind(self, solid: Fragment, text: str) -> None:
        counted = self._count(text)
        self._total += counted - solid.behind
        solid.behind = counted


def _last_seam(fragment: Fragment) -> int:
    return fragment.solid[1] if fragment.solid is not None else 0


def _comma(left: Fragment, right: Fragment) -> str:
    return "," if left.ends and right.begins else ""
