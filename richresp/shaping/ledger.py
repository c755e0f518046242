"""A text as a chain of fragments whose token count is known after every change, without counting it again.

A fragment has a solid part, from its first seam to its last (see `tokens.pieces`): that costs the same whatever stands
around it, and is counted once. What lies between the solid parts of two neighbours is short, and is counted anew when
one of them changes. The sum is exactly the count of the whole text, which is what makes it possible to ask after every
single piece whether it still fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

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


class Ledger:
    """A chain of fragments and what it costs by a count that is additive at seams."""

    def __init__(self, count: CountTokens) -> None:
        self._count = count
        self.head = Fragment("", begins=False, ends=False, solid=(0, 0))
        self._tail = Fragment("", begins=False, ends=False, solid=(0, 0))
        self.head.right, self._tail.left = self._tail, self.head
        self.head.left = self.head
        self.total = 0

    def insert(self, fragment: Fragment, after: Fragment) -> None:
        fragment.left, fragment.right = after, after.right
        after.right.left = fragment
        after.right = fragment
        fragment.solid = solid_part(fragment.text)
        if fragment.solid is not None:
            first, last = fragment.solid
            fragment.inner = self._count(fragment.text[first:last])
            self.total += fragment.inner
            self._recount(fragment)
        self._recount(_solid_at(after))

    def remove(self, fragment: Fragment) -> None:
        left = fragment.left
        left.right, fragment.right.left = fragment.right, left
        if fragment.solid is not None:
            self.total -= fragment.inner + fragment.behind
            fragment.behind = 0
        self._recount(_solid_at(left))

    def text(self) -> str:
        return "".join(self._parts())

    def _parts(self) -> Iterator[str]:
        fragment = self.head
        while fragment is not self._tail:
            yield _comma(fragment, fragment.right)
            fragment = fragment.right
            yield fragment.text

    def _recount(self, solid: Fragment) -> None:
        """Counts anew what lies between the solid part of a fragment and the next one."""
        parts = [solid.text[_last_seam(solid) :]]
        fragment = solid
        while fragment is not self._tail:
            parts.append(_comma(fragment, fragment.right))
            fragment = fragment.right
            if fragment.solid is not None:
                parts.append(fragment.text[: fragment.solid[0]])
                break
            parts.append(fragment.text)
        counted = self._count("".join(parts))
        self.total += counted - solid.behind
        solid.behind = counted


def _solid_at(fragment: Fragment) -> Fragment:
    """The fragment, or the nearest one on its left, that has a solid part. The head has one."""
    while fragment.solid is None:
        fragment = fragment.left
    return fragment


def _last_seam(fragment: Fragment) -> int:
    return fragment.solid[1] if fragment.solid is not None else 0


def _comma(left: Fragment, right: Fragment) -> str:
    return "," if left.ends and right.begins else ""
