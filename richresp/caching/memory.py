"""A cache in memory, for the threads of one process. The only file that knows cachetools.

The collector may end a forgotten coroutine in the midst of a call, in the same thread, and that gives its lease back: it may take
the lock again, and what it gives back in the midst of a change of the leases is noted, and done at the end of that.

Bounded in bytes, counting what an entry takes beside its value, and in entries; the least recently used go first. After a
fork the child has what the parent had, and both go their own ways.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from cachetools import TLRUCache

from richresp.caching.arguments import (
    check_key,
    check_token,
    check_value,
    checked_bound,
    checked_lease,
    checked_ttl,
    new_token,
)
from richresp.caching.forks import ForkLock
from richresp.caching.protocol import Stats
from richresp.caching.tally import Tally
from richresp.limits.caching import MAX_LEASES, MAX_VALUE_BYTES, MEMORY_BYTES, MEMORY_ENTRIES, MEMORY_ENTRY_BYTES


class _Entry(NamedTuple):
    value: bytes
    expires: float
    size: int


class _Lease(NamedTuple):
    token: str
    expires: float


_Entries: TypeAlias = "TLRUCache[str, _Entry]"
_Leases: TypeAlias = "TLRUCache[str, _Lease]"


class MemoryCache:
    """A Cache in memory.

    Args:
        max_bytes: for keys, values and what the entries take beside them.
        max_entries: how many entries there are at most.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        *,
        max_bytes: int = MEMORY_BYTES,
        max_entries: int = MEMORY_ENTRIES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._max_bytes = checked_bound("max_bytes", max_bytes)
        self._max_entries = checked_bound("max_entries", max_entries)
        self._clock = clock
        self._tally = Tally("MemoryCache", clock)
        self._lock = ForkLock(self._after_fork, make=threading.RLock)
        self._empty()

    def _empty(self) -> None:
        clock = self._clock
        self._entries: _Entries = TLRUCache(
            self._max_bytes,
            ttu=lambda _key, entry, _now: entry.expires,
            timer=clock,
            getsizeof=lambda entry: entry.size,
        )
        self._is_changing = False
        self._late: list[tuple[str, str]] = []
        self._leases: _Leases = TLRUCache(MAX_LEASES, ttu=lambda _key, lease, _now: lease.expires, timer=clock)

    def _after_fork(self, whole: bool) -> None:  # noqa: FBT001 - the one thing a fork has to say
        if not whole:
            self._empty()

    @property
    def stats(self) -> Stats:
        """The counts so far."""
        return self._tally.stats

    def get(self, key: str) -> bytes | None:
        """The value, None where there is none."""
        entry = self._entry(key)
        return None if entry is None else entry.value

    def get_with_ttl(self, key: str) -> tuple[bytes, float] | None:
        """The value and the seconds it has left."""
        entry = self._entry(key)
        left = 0.0 if entry is None else entry.expires - self._clock()
        return (entry.value, left) if entry is not None and left > 0 else None

    def _entry(self, key: str) -> _Entry | None:
        check_key(key)
        try:
            with self._lock.raw:
                entry = self._entries[key]
        except KeyError:
            self._tally.looked_up(found=False)
            return None
        self._tally.looked_up(found=True)
        return entry

    def set(self, key: str, value: bytes, ttl: float) -> None:
        """Stores a value for at most `ttl` seconds, unless it is larger than the cache."""
        check_key(key)
        check_value(value)
        seconds = checked_ttl(ttl)
        size = len(key) + len(value) + MEMORY_ENTRY_BYTES
        if len(value) > MAX_VALUE_BYTES or size > self._max_bytes:
            self.delete(key)
            self._tally.told(f"a value of {len(value)} bytes is too large to be stored", kind="too large")
            return
        with (
            self._lock.raw,
            self._entries.timer as now,
        ):  # which stands still inside, so that none expires between two steps
            entries = self._entries
            if key not in entries:
                while len(entries) >= self._max_entries:
                    entries.popitem()
            entries[key] = _Entry(value, now + seconds, size)
        self._tally.stored()

    def delete(self, key: str) -> None:
        """Forgets a value, if there is one."""
        check_key(key)
        with contextlib.suppress(KeyError), self._lock.raw:
            del self._entries[key]

    def acquire(self, key: str, ttl: float) -> str | None:
        """A token for the lease, which ends by itself after `ttl` seconds; None while somebody else holds it."""
        check_key(key)
        seconds = checked_lease(ttl)
        with self._lock.raw, self._changing_leases() as now:
            if now is None or key in self._leases:
                return None
            token = new_token()
            self._leases[key] = _Lease(token, now + seconds)
            return token

    def release(self, key: str, token: str) -> bool:
        """Ends the lease; False where it is not, or no longer, that of this token."""
        check_key(key)
        check_token(token)
        with self._lock.raw, self._changing_leases() as now:
            if now is None:
                self._late.append((key, token))
            return now is None or self._drop_lease(key, token)

    def _drop_lease(self, key: str, token: str) -> bool:
        if key not in self._leases or self._leases[key].token != token:
            return False
        del self._leases[key]
        return True

    @contextlib.contextmanager
    def _changing_leases(self) -> Iterator[float | None]:
        """The time, which stands still inside; None within another change."""
        if self._is_changing:
            yield None
            return
        self._is_changing = True
        try:
            with self._leases.timer as now:
                try:
                    yield now
                finally:
                    while self._late:
                        self._drop_lease(*self._late.pop())
        finally:
            self._is_changing = False

    def close(self) -> None:
        """Forgets everything."""
        with self._lock.raw:
            self._empty()

    def __repr__(self) -> str:
        return f"MemoryCache(max_bytes={self._max_bytes}, max_entries={self._max_entries})"
