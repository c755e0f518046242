"""Whether a finished text is within its caps: all of it counted, nothing estimated."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from richresp.exceptions import BudgetTooSmall
from richresp.limits.shape import LEAST_PART_CHARS, LEAST_PART_TOKENS
from richresp.shaping.budget import Caps
from richresp.shaping.model import Shaped
from richresp.typing import CountTokens


@dataclass(frozen=True)
class Gauge:
    """Compares texts with the caps of a call. The main unit is that in which parts get their shares: tokens, if there is a
    cap on them.
    """

    caps: Caps
    counter: CountTokens

    @cached_property
    def unit(self) -> str:
        """The main unit."""
        return self._caps[-1][0]

    @cached_property
    def cap(self) -> int:
        """The cap on it."""
        return self._caps[-1][1]

    @cached_property
    def least(self) -> int:
        """The smallest room for a part."""
        return LEAST_PART_TOKENS if self.unit == "tokens" else LEAST_PART_CHARS

    def size(self, shaped: Shaped) -> int:
        """What the text of one part takes of the main unit."""
        return shaped.tokens if self.unit == "tokens" else self._size(shaped.text, self.unit)

    def measure(self, text: str) -> int:
        """What a text takes of the main unit."""
        return self._size(text, self.unit)

    def room(self, text: str) -> int:
        """How much of the main unit a text leaves; below nought, by how much it is over."""
        return self.cap - self.measure(text)

    def count(self, text: str) -> int:
        """What a text costs in tokens."""
        return self.counter(text)

    def fits(self, text: str) -> bool:
        """Whether all caps hold."""
        return all(self._size(text, unit) <= cap for unit, cap in self._caps)

    def shortage(self, text: str) -> BudgetTooSmall:
        """What would have to be raised for a text to fit, and to what."""
        short = [each for each in self._caps if self._size(text, each[0]) > each[1]] or self._caps
        unit, cap = short[-1]
        return BudgetTooSmall(budget=cap, needed=self._size(text, unit), unit=unit)

    @cached_property
    def _caps(self) -> list[tuple[str, int]]:
        """The caps there are, those first that are quick to check, the main one last."""
        every = (("bytes", self.caps.bytes), ("chars", self.caps.chars), ("tokens", self.caps.tokens))
        return [(unit, cap) for unit, cap in every if cap is not None]

    def _size(self, text: str, unit: str) -> int:
        if unit == "tokens":
            return self.count(text)
        return len(text) if unit == "chars" else len(text.encode())
