"""A cache in a file, for the processes of one machine.

Where no file can be (a read-only folder, one that is not the user's own, a file that is no cache) the cache lives in memory,
and says so once; what is there stays as it is. Reads and writes have their own breakers, since a file that somebody keeps
locked can still be read.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from richresp.caching.arguments import (
    check_key,
    check_token,
    check_value,
    checked_bound,
    checked_lease,
    checked_ttl,
    new_token,
)
from richresp.caching.breaker import CircuitBreaker
from richresp.caching.contents import Contents
from richresp.caching.database import Database, Failed
from richresp.caching.memory import MemoryCache
from richresp.caching.place import Place, Unusable
from richresp.caching.protocol import Stats
from richresp.caching.tally import Tally
from richresp.caching.wallclock import WallClock
from richresp.limits.caching import (
    MAX_VALUE_BYTES,
    MEMORY_BYTES,
    MIN_SQLITE_BYTES,
    SQLITE_BYTES,
    SQLITE_VALUE_SHARE,
)

_T = TypeVar("_T")


class SQLiteCache:
    """A Cache in a SQLite file.

    Args:
        path: of the file; by default in the user's cache folder, which is made if it is missing, for the user alone. A folder
            that is given has to be there. A file that is there has to be a cache, or empty: any other is left as it is.
        max_bytes: what the file may grow to; the log beside it has a few MB at most.
        clock: seconds since the epoch, which all processes that share the file agree on.
        steady: seconds that only grow.
    """

    def __init__(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        max_bytes: int = SQLITE_BYTES,
        clock: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._max_bytes = checked_bound("max_bytes", max_bytes, MIN_SQLITE_BYTES)
        self._max_value = min(MAX_VALUE_BYTES, max_bytes // SQLITE_VALUE_SHARE)
        self._steady = steady
        self._place = Place(path)
        self._tally = Tally(f"the cache {self._place.path}", steady)
        self._reading = CircuitBreaker(steady)
        self._writing = CircuitBreaker(steady)
        self._memory: MemoryCache | None = None
        self._database = Database(self._place, max_bytes=max_bytes, clock=WallClock(clock, steady))

    @property
    def path(self) -> Path:
        """Where the file is, or would be."""
        return self._place.path

    @property
    def stats(self) -> Stats:
        """The counts so far."""
        return self._tally.stats

    def get(self, key: str) -> bytes | None:
        """The value, None where there is none."""
        found = self.get_with_ttl(key)
        return None if found is None else found[0]

    def get_with_ttl(self, key: str) -> tuple[bytes, float] | None:
        """The value and the seconds it has left."""
        check_key(key)
        found = self._run(
            self._reading, lambda: self._database.read(key), lambda memory: memory.get_with_ttl(key), None
        )
        self._tally.looked_up(found=found is not None)
        return found

    def set(self, key: str, value: bytes, ttl: float) -> None:
        """Stores a value for at most `ttl` seconds, unless it is larger than an eighth of the file."""
        check_key(key)
        check_value(value)
        seconds = checked_ttl(ttl)
        if len(value) > self._max_value:
            self.delete(key)
            self._tally.told(f"a value of {len(value)} bytes is too large to be stored", kind="too large")
            return

        def write() -> bool:
            self._database.write(key, value, seconds)
            return True

        def remember(memory: MemoryCache) -> bool:
            memory.set(key, value, seconds)
            return True

        if self._run(self._writing, write, remember, False):  # noqa: FBT003 - what a failure gives
            self._tally.stored()

    def delete(self, key: str) -> None:
        """Forgets a value, if there is one."""
        check_key(key)
        self._run(self._writing, lambda: self._database.delete(key), lambda memory: memory.delete(key), None)

    def acquire(self, key: str, ttl: float) -> str | None:
        """A token for the lease, which ends by itself after `ttl` seconds; None while somebody else holds it."""
        check_key(key)
        seconds, token = checked_lease(ttl), new_token()
        unguarded: str | None = token
        return self._run(
            self._writing,
            lambda: token if self._database.take(key, token, seconds) else None,
            lambda memory: memory.acquire(key, seconds),
            unguarded,
        )

    def release(self, key: str, token: str) -> bool:
        """Ends the lease; False where it is not, or no longer, that of this token."""
        check_key(key)
        check_token(token)
        return self._run(
            self._writing,
            lambda: self._database.give_back(key, token),
            lambda memory: memory.release(key, token),
            False,  # noqa: FBT003 - what a failure gives
        )

    def refusal(self) -> str | None:
        """Why no file can be used at this path; None where one is, or could be made. Nothing is changed by asking."""
        return self._place.refusal()

    def contents(self) -> Contents | None:
        """What the file holds; None where there is no file that can be used."""
        return self._run(self._reading, self._database.contents, _nothing, None)

    def clear(self) -> int | None:
        """Forgets all values, and says how many; None where there is no file that can be used."""
        return self._run(self._writing, self._database.clear, _nothing, None)

    def close(self) -> None:
        """Closes the handles of all threads."""
        self._database.close()
        if self._memory is not None:
            self._memory.close()

    def _run(
        self,
        breaker: CircuitBreaker,
        stored: Callable[[], _T],
        remembered: Callable[[MemoryCache], _T],
        failure: _T,
    ) -> _T:
        if self._memory is None:
            if not breaker.allows():
                return failure
            try:
                result = self._watched(stored)
            except Failed as error:
                self._tally.failed(str(error))
                if error.waited:
                    breaker.failed()
                return failure
            except OSError as error:
                self._tally.failed(f"the file cannot be opened: {error.strerror or 'not now'}")
                breaker.failed()
                return failure
            except Unusable as error:
                self._live_in_memory(error)
            else:
                breaker.succeeded()
                return result
        assert self._memory is not None  # noqa: S101 - for type checkers: it was made above, or before
        return remembered(self._memory)

    def _watched(self, stored: Callable[[], _T]) -> _T:
        try:
            return stored()
        finally:  # here and not where it happens, for that is in the midst of a call that holds a lock
            if self._place.has_news:
                self._place.has_news = False
                self._tally.failed("the file was damaged and is set aside")

    def _live_in_memory(self, reason: Unusable) -> None:
        self._tally.failed(f"kept in memory only: {reason}")
        if self._memory is None:
            self._memory = MemoryCache(max_bytes=min(self._max_bytes, MEMORY_BYTES), clock=self._steady)

    def __repr__(self) -> str:
        return f"SQLiteCache({str(self.path)!r})"


def _nothing(_memory: MemoryCache) -> None:
    """What memory tells of a file."""
