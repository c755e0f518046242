"""What the stretches of one text cost, each charged to the branch it belongs to, in about one count of the text.

The text is counted in small blocks, cut where counts add up, so that the total is exact. Within a block tokens are shared
out by what each stretch would cost, roughly; a token that reaches over a boundary is thereby shared by both sides.
"""

from __future__ import annotations

from richresp.limits.shape import EXPLAIN_BLOCK
from richresp.shaping.outline import Branch
from richresp.tokens import Family, O200k
from richresp.tokens.pieces import solid_part
from richresp.typing import CountTokens


class Costs:
    """Takes a text stretch by stretch."""

    def __init__(self, counter: CountTokens) -> None:
        self._counter = counter
        self._text: list[str] | None = None if isinstance(counter, (O200k, Family)) else []
        self._total = 0
        self._clear()

    def _clear(self) -> None:
        self._stretches: list[tuple[str, Branch, float]] = []
        self._size = 0
        self._look_at = EXPLAIN_BLOCK

    def add(self, text: str, branch: Branch, weight: float) -> None:
        """The next stretch of text, the branch it belongs to, and what it will cost, roughly."""
        size = len(text)
        if size >= EXPLAIN_BLOCK and self._look_at == EXPLAIN_BLOCK and self._size:
            self._settle()
        self._stretches.append((text, branch, weight))
        self._size += size
        if self._size >= self._look_at:
            self._settle()

    def total(self) -> int:
        """The count of the whole text, which has come to its end."""
        if self._stretches:
            self._charge("".join([text for text, _, _ in self._stretches]), self._stretches)
            self._clear()
        if isinstance(self._counter, (O200k, Family)):
            return self._counter.price(self._total)
        return self._counter("".join(self._text or ()))

    def _settle(self) -> None:
        """Counts as much of what is pending as nothing that follows can change."""
        text = "".join([text for text, _, _ in self._stretches])
        solid = solid_part(text)
        if solid is None or not solid[1]:
            self._look_at = 2 * self._size
            return
        pending, at = self._stretches, self._size
        self._clear()
        cut, rest = solid[1], self._stretches
        while at > cut:
            part, branch, weight = pending.pop()
            start = at - len(part)
            split = max(cut - start, 0)
            rest.append((part[split:], branch, weight * (len(part) - split) / len(part)))
            if split:
                pending.append((part[:split], branch, weight * split / len(part)))
            at = max(start, cut)
        rest.reverse()
        self._size = len(text) - cut
        self._look_at = max(EXPLAIN_BLOCK, 2 * self._size)
        self._charge(text[:cut], pending)

    def _charge(self, text: str, stretches: list[tuple[str, Branch, float]]) -> None:
        count = O200k()(text)
        self._total += count
        if self._text is not None:
            self._text.append(text)
        scale = count / (sum([weight for _, _, weight in stretches]) or 1)
        for _, branch, weight in stretches:
            branch.own += weight * scale
