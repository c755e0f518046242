"""What a cache did and what went wrong: counters, and log records that do not flood.

A record names the kind of trouble and the type of the error, never its text: that may hold a password or what a stranger
sent. The same kind is told once in LOG_SECONDS, with the number of those left out.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from richresp.caching.forks import ForkLock
from richresp.caching.protocol import Stats
from richresp.limits.caching import LOG_SECONDS

_log = logging.getLogger("richresp.caching")


class Tally:
    """The counters of one cache.

    Args:
        name: how log records call the cache; without secrets.
        clock: seconds that only grow.
    """

    def __init__(self, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = name
        self._clock = clock
        self._lock = ForkLock()
        self._hits = self._misses = self._errors = self._sets = 0
        self._told: dict[str, tuple[float, int]] = {}

    @property
    def stats(self) -> Stats:
        with self._lock.raw:
            return Stats(self._hits, self._misses, self._errors, self._sets)

    def looked_up(self, *, found: bool) -> None:
        with self._lock.raw:
            if found:
                self._hits += 1
            else:
                self._misses += 1

    def stored(self) -> None:
        with self._lock.raw:
            self._sets += 1

    def failed(self, trouble: str, error: BaseException | None = None) -> None:
        """Counts an error, and logs it unless the same trouble was logged a moment ago."""
        with self._lock.raw:
            self._errors += 1
        self.told(trouble if error is None else f"{trouble} ({type(error).__name__})", kind=trouble)

    def told(self, message: str, *, kind: str) -> None:
        """Logs a message unless one of its kind was logged a moment ago."""
        now = self._clock()
        with self._lock.raw:
            last, left_out = self._told.get(kind, (-LOG_SECONDS, 0))
            silent = now - last < LOG_SECONDS
            self._told[kind] = (last, left_out + 1) if silent else (now, 0)
        if not silent:
            more = f"; {left_out} more like it since the last record" if left_out else ""
            _log.warning("%s: %s%s", self.name, message, more)
