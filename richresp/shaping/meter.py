"""Whether a text is within its caps: exactly, as often as that is cheap.

The ledger of a page follows our own counters for next to nothing. A foreign counter is a black box, and may be slow: it
is asked when half of the room that it last left may be used up, and has the last word in any case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from richresp.exceptions import BudgetTooSmall
from richresp.limits.shape import LEAST_CURSOR_TOKENS, LEAST_NOTICE_TOKENS, NEAR_SHARE
from richresp.limits.tokens import MAX_TOKEN_BYTES
from richresp.shaping.budget import Caps
from richresp.shaping.page import Page
from richresp.tokens import Family, O200k
from richresp.typing import CountTokens

_UNLIMITED = float("inf")
_LEAST_SHARE = 0.1
_STRIDE = 0.8  # of the way to a full page: pieces cost about as much as those before


@dataclass(eq=False)
class Meter:
    """Compares pages with the caps of a call.

    Attributes:
        caps: what must hold.
        counter: what counts tokens. It remembers from which length on to ask for a count that is dear.
    """

    caps: Caps
    counter: CountTokens
    _due: float = field(init=False, default=0.0)

    @cached_property
    def is_foreign(self) -> bool:
        """Whether the counter is not one of ours."""
        return not isinstance(self.counter, (O200k, Family))

    @cached_property
    def room(self) -> int | None:
        """The cap on tokens in tokens of o200k_base; None where there is none, or a foreign counter decides."""
        if self.caps.tokens is None or not isinstance(self.counter, (O200k, Family)):
            return None
        return self.counter.room(self.caps.tokens)

    @cached_property
    def most_chars(self) -> float:
        """A text of more characters is over for certain, and need not be looked at."""
        least = [cap for cap in (self.caps.chars, self.caps.bytes) if cap is not None]
        if self.room is not None:
            least.append(self.room * MAX_TOKEN_BYTES)
        return min(least, default=_UNLIMITED)

    @cached_property
    def about_tokens(self) -> float:
        """About how many tokens the caps allow: two characters are one in the densest of ordinary texts."""
        halves = [cap / 2 for cap in (self.caps.chars, self.caps.bytes) if cap is not None]
        tokens = self.caps.tokens if self.room is None else self.room
        return min(halves if tokens is None else [*halves, tokens])

    def near(self, page: Page) -> bool:
        """Whether it is time to look at every piece: from then on until the end."""
        room, caps = self.room, self.caps
        if page.writer is not None:
            return page.rough > NEAR_SHARE * min(self.about_tokens, _UNLIMITED if room is None else room)
        return (
            (room is not None and page.rough > NEAR_SHARE * room)
            or (room is None and caps.tokens is not None)
            or (caps.chars is not None and page.chars > NEAR_SHARE * caps.chars)
            or (caps.bytes is not None and page.bytes > NEAR_SHARE * caps.bytes)
        )

    def over(self, page: Page) -> bool:
        """Whether a page is over, as far as is known: a count that is dear is not asked for every time."""
        if page.writer is not None:
            return self._over_written(page)
        if self._is_long(page.chars, page.bytes):
            return True
        cap = self.caps.tokens if self.room is None else self.room
        if cap is None:
            return False
        dear = self.is_foreign or not page.settled
        if dear and page.chars < self._due:
            return False
        used = self.counter(page.text()) if self.is_foreign else page.total
        if dear:
            self._due = page.chars * (1 + (cap - used) / max(used, 1) / 2)
        return used > cap

    def _over_written(self, page: Page) -> bool:
        """The same of a page that has to be written to be measured."""
        if page.bulk < self._due:
            return False
        share = max(self.size(page, unit) / max(cap, 1) for unit, cap in self._caps)
        if share <= 1:
            self._due = page.bulk * (1 + _STRIDE * (1 / max(share, _LEAST_SHARE) - 1))
        return share > 1

    def is_hopeless(self, page: Page) -> bool:
        """Whether a bare page has no room for the notice that has to stand in it, however short that is."""
        if page.writer is not None or not page.has_line or self.room is None or not page.settled:
            return False
        spare = self.room - page.total
        return spare < LEAST_NOTICE_TOKENS + LEAST_CURSOR_TOKENS and (
            (spare < LEAST_NOTICE_TOKENS and page.is_cut) or page.goes_on
        )

    def fits(self, page: Page) -> int | None:
        """What a page costs by the counter if all caps hold, else None. This is the last word."""
        if self._is_long(page.chars, page.bytes):
            return None
        return self._within(self.size(page, "tokens"))

    def fits_text(self, text: str) -> int | None:
        """The same of a text that stands alone; most of one that is far too long is never counted."""
        if self._is_long(len(text), 0 if self.caps.bytes is None else len(text.encode())):
            return None
        if isinstance(self.counter, (O200k, Family)) and self.caps.tokens is not None:
            return self.counter.up_to(text, self.caps.tokens)
        return self._within(self.counter(text))

    def size(self, page: Page, unit: str) -> int:
        """What a page costs in a unit of its caps."""
        if unit != "tokens":
            return page.chars if unit == "chars" else page.bytes
        if isinstance(self.counter, (O200k, Family)):
            return self.counter.price(page.total)
        return self.counter(page.text())

    def shortage(self, page: Page) -> BudgetTooSmall:
        """What would have to be raised for a page to fit, and to what."""
        return self._shortage({unit: self.size(page, unit) for unit, _ in self._caps})

    def shortage_of(self, text: str) -> BudgetTooSmall:
        """The same for a text that stands alone."""
        sizes = {"tokens": self.counter(text), "chars": len(text), "bytes": len(text.encode())}
        return self._shortage(sizes)

    def lesser(self, one: BudgetTooSmall | None, other: BudgetTooSmall) -> BudgetTooSmall:
        """Of two shortages the one that is sooner mended."""
        if one is None or one.needed <= one.budget:
            return other
        if other.needed <= other.budget or other.unit != one.unit:
            return one
        return min(one, other, key=lambda error: error.needed)

    def _shortage(self, sizes: dict[str, int]) -> BudgetTooSmall:
        short = [(unit, cap) for unit, cap in self._caps if sizes[unit] > cap] or self._caps
        unit, cap = short[-1]
        return BudgetTooSmall(budget=cap, needed=sizes[unit], unit=unit)

    @cached_property
    def _caps(self) -> list[tuple[str, int]]:
        """The caps there are, those first that are quick to check."""
        every = (("chars", self.caps.chars), ("bytes", self.caps.bytes), ("tokens", self.caps.tokens))
        return [(unit, cap) for unit, cap in every if cap is not None]

    def _is_long(self, chars: int, size: int) -> bool:
        caps = self.caps
        return (caps.chars is not None and chars > caps.chars) or (caps.bytes is not None and size > caps.bytes)

    def _within(self, used: int) -> int | None:
        return used if self.caps.tokens is None or used <= self.caps.tokens else None
