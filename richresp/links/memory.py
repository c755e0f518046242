"""What remembering needs: clocks, chance, the author's rules, and how long others are waited for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from richresp.links.freshness import Rules


@dataclass(frozen=True, slots=True)
class Memory:
    """What remembering needs.

    Attributes:
        clock: seconds since the epoch.
        steady: seconds on a clock that is never set.
        jitter: numbers from 0 to 1, so that processes do not ask in step.
        rules: how long an answer is believed that does not say.
        patience: seconds for which others may hold up a preview, in this process or another; a slow cache may for a third of them.
        lease: seconds for which other processes leave it to this one.
    """

    clock: Callable[[], float]
    steady: Callable[[], float]
    jitter: Callable[[], float]
    rules: Rules
    patience: float
    lease: float
