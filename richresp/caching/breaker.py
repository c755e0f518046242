"""Leaving a store alone that fails: a circuit breaker.

After BREAKER_FAILURES in a row it is open, and nobody asks the store for BREAKER_SECONDS. Then one call may try; the others
go on without until it succeeded, or until as much time has passed again, if the one that tried never came back.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from richresp.caching.forks import ForkLock
from richresp.limits.caching import BREAKER_FAILURES, BREAKER_SECONDS


class CircuitBreaker:
    """Says whether a store may be asked. `clock` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = ForkLock()
        self._failures = 0
        self._next_trial = 0.0

    def allows(self) -> bool:
        """Whether this call may ask the store; then say how it went by `succeeded` or `failed`."""
        if self._failures < BREAKER_FAILURES:
            return True
        with self._lock.raw:
            now = self._clock()
            if now < self._next_trial:
                return False
            self._next_trial = now + BREAKER_SECONDS
            return True

    def succeeded(self) -> None:
        if self._failures:
            with self._lock.raw:
                self._failures = 0

    def failed(self) -> None:
        with self._lock.raw:
            self._failures += 1
            if self._failures >= BREAKER_FAILURES:
                self._next_trial = self._clock() + BREAKER_SECONDS
