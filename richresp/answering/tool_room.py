"""What an answer may cost in all its channels together, and the search for the shape that fits.

A shape is made for a budget of its text alone; what text and structure cost together is nearly proportional to it. So the
next budget follows from what the last one cost, between one that fits and one that does not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from richresp.exceptions import BudgetTooSmall
from richresp.limits.tools import AIM, ENOUGH, SEARCH_CALLS
from richresp.shaping.budget import Caps
from richresp.typing import CountTokens


@dataclass(frozen=True, slots=True)
class Room:
    """Caps on an answer.

    Attributes:
        caps: on all of it.
        count: what counts tokens.
        together: whether the channels share them, or each has them for itself.
    """

    caps: Caps
    count: CountTokens
    together: bool = True

    def share_of(self, *channels: Iterable[str]) -> float:
        """What texts use of the room: 1 is all of it. Each channel is the texts of one."""
        costs = [self._cost(texts) for texts in channels]
        limits = self.limits()
        used = [
            (sum(cost[unit] for cost in costs) if self.together else max(cost[unit] for cost in costs)) / max(cap, 0.5)
            for unit, cap in limits.items()
        ]
        return max(used)

    def tokens(self, *channels: Iterable[str]) -> int:
        """What texts cost in tokens, all together."""
        return sum(self.count(text) for texts in channels for text in texts)

    def limits(self) -> dict[str, int]:
        """The caps as `shape` takes them."""
        return {unit: cap for unit, cap in asdict(self.caps).items() if cap is not None}

    def less(self, texts: Iterable[str]) -> Room:
        """What is left beside some texts."""
        cost = self._cost(texts)
        return Room(
            Caps(**{unit: max(cap - cost[unit], 1) for unit, cap in self.limits().items()}), self.count, self.together
        )

    def part(self, share: float) -> Room:
        """A share of it."""
        caps = Caps(**{unit: max(int(cap * share), 1) for unit, cap in self.limits().items()})
        return Room(caps, self.count, self.together)

    def _cost(self, texts: Iterable[str]) -> dict[str, int]:
        cost = dict.fromkeys(("tokens", "chars", "bytes"), 0)
        wanted = self.limits()
        for text in texts:
            cost["chars"] += len(text)
            if "tokens" in wanted:
                cost["tokens"] += self.count(text)
            if "bytes" in wanted:
                cost["bytes"] += len(text.encode("utf-8", "surrogatepass"))
        return cost


@dataclass(frozen=True, slots=True)
class Draft:
    """A shape in all its channels.

    Attributes:
        shown: what was shaped.
        used: the share of the room that all channels cost.
        inner: the share that its text alone does, without the notice.
        whole: whether nothing is missing.
    """

    shown: Any
    used: float
    inner: float
    whole: bool


def fullest(draft: Callable[[Mapping[str, int]], Draft], room: Room) -> Draft:
    """The fullest of a few drafts that fit.

    Args:
        draft: makes one whose text is within some caps.
        room: for all channels.

    Raises:
        BudgetTooSmall: if none fits; `needed` is what the smallest one costs.
    """
    share, low, high, best, short = 1.0, 0.0, 1.0, None, None
    for _ in range(SEARCH_CALLS):
        try:
            found = draft(room.part(share).limits())
        except BudgetTooSmall as error:
            short, low, used = error, share, None
            if share == 1.0:
                break
        else:
            used = found.used
            if used <= 1:
                if found.whole or used >= ENOUGH or share == 1.0:
                    return found
                best, low = (found if best is None or used >= best.used else best), share
            else:
                high = min(share, found.inner) if found.inner < share else share
        share = _next(low, high, share if used is None else min(share, found.inner), used)
        if int(share * 1e6) in (int(low * 1e6), int(high * 1e6)):
            break
    return best or _least(draft, room, short)


def _next(low: float, high: float, share: float, used: float | None) -> float:
    aimed = 0.0 if used is None else share * AIM / used
    middle = (low + high) / 2
    return aimed if low < aimed < high else middle


def _least(draft: Callable[[Mapping[str, int]], Draft], room: Room, short: BudgetTooSmall | None) -> Draft:
    """The smallest draft there is, if that fits."""
    limits = room.limits()
    unit, needed = (short.unit, short.needed) if short is not None else (next(iter(limits)), 1)
    for _ in limits:
        try:
            found = draft({**limits, unit: needed})
        except BudgetTooSmall as error:
            unit, needed = error.unit, error.needed
        else:
            break
    else:
        found = draft({**limits, unit: needed})
    if found.used <= 1:
        return found
    cap = limits[unit]
    raise BudgetTooSmall(budget=cap, needed=max(math.ceil(cap * found.used - 1e-6), cap + 1), unit=unit)
