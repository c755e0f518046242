"""Counters by name: exact for o200k_base, estimates for families. Each is a value that can be called."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from richresp.exceptions import UsageError
from richresp.limits.tokens import MAX_TOKEN_BYTES
from richresp.tokens.families import FACTORS
from richresp.typing import Counter


@dataclass(frozen=True, slots=True)
class O200k:
    """Exact counts of o200k_base, the encoding of OpenAI's models since GPT-4o."""

    name: ClassVar[str] = "o200k_base"
    exact: ClassVar[bool] = True

    def __call__(self, text: str, /) -> int:
        from richresp.tokens.bpe import count

        return count(text)

    def price(self, count: int) -> int:
        """What `count` tokens of o200k_base cost by this counter."""
        return count

    def room(self, budget: int) -> int:
        """How many tokens of o200k_base a budget of this counter buys."""
        return budget

    def up_to(self, text: str, limit: int, /) -> int | None:
        """The count where it is at most `limit`, else None; most of a longer text is never looked at."""
        from richresp.tokens.bpe import block_counts

        if len(text) > limit * MAX_TOKEN_BYTES:
            return None
        total = 0
        for count in block_counts(text):
            total += count
            if total > limit:
                return None
        return total


@dataclass(frozen=True, slots=True)
class Family:
    """An estimate for a family of models: o200k_base times `factor`, rounded up.

    Attributes:
        name: the family's name.
        factor: tokens of the family for one of o200k_base; see FACTORS for where it comes from.
    """

    name: str
    factor: float
    exact: ClassVar[bool] = False

    def __call__(self, text: str, /) -> int:
        return self.price(O200k()(text))

    def price(self, count: int) -> int:
        """What `count` tokens of o200k_base cost by this counter."""
        return math.ceil(count * self.factor)

    def room(self, budget: int) -> int:
        """How many tokens of o200k_base a budget of this counter buys."""
        count = int(budget / self.factor)
        while self.price(count) > budget:
            count -= 1
        while self.price(count + 1) <= budget:
            count += 1
        return count

    def up_to(self, text: str, limit: int, /) -> int | None:
        count = O200k().up_to(text, self.room(limit))
        return None if count is None else self.price(count)


def counter(name: str = "o200k_base") -> Counter:
    """The counter of an encoding or a model family.

    Args:
        name: "o200k_base", or one of the families in `richresp.tokens.families.FACTORS` ("claude", "gemini" ...).

    Raises:
        UsageError: for a name that is neither.
    """
    if name == O200k.name:
        return O200k()
    if name in FACTORS:
        return Family(name, FACTORS[name])
    known = ", ".join((O200k.name, *FACTORS))
    raise UsageError(f"no counter is called {name!r}: take one of {known}, or pass any callable that counts a text")
