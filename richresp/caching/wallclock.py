"""The time that processes share, and whether it was set back.

Entries of a file are judged by wall time, for another process may have written them. Where the clock is set back, they
would live longer than they may; a clock that never is shows how far.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from richresp.limits.caching import CLOCK_SLACK_SECONDS


class WallClock:
    """Wall time, watched.

    Args:
        wall: seconds since the epoch.
        steady: seconds that only grow.
    """

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic) -> None:
        self._wall = wall
        self._steady = steady
        self._offset = wall() - steady()

    def read(self) -> tuple[float, bool]:
        """The time, and whether it was set back by more than CLOCK_SLACK_SECONDS since the last reading."""
        now = self._wall()
        offset = now - self._steady()
        was_set_back = offset < self._offset - CLOCK_SLACK_SECONDS
        self._offset = offset
        return now, was_set_back
