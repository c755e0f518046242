"""Memory over a shared cache: what was read or written lately is answered without asking the store.

A copy above lives no longer than the entry below, and at most COPY_SECONDS, after which what others wrote or deleted
there is seen. Leases are those of the shared cache. A copy is not kept if the key was written while it was read.
"""

from __future__ import annotations

import inspect
from dataclasses import replace

from richresp.caching.arguments import check_key, check_value, checked_ttl
from richresp.caching.protocol import AsyncCache, Cache, Stats
from richresp.caching.tally import Tally
from richresp.exceptions import UsageError
from richresp.limits.caching import COPY_SECONDS, COPY_STRIPES


def _is_awaited(cache: object) -> bool | None:
    """Whether a cache is one for coroutines; None where it is none, or the class of one."""
    if isinstance(cache, type) or not isinstance(cache, (Cache, AsyncCache)):
        return None
    return inspect.iscoroutinefunction(cache.get_with_ttl)


def _check(memory: object, shared: object, *, awaited: bool) -> None:
    """
    Raises:
        UsageError: unless memory is a cache for threads, and the shared one of the kind that is wanted.
    """
    if _is_awaited(memory) is not False:
        raise UsageError(f"memory is of type {type(memory).__name__}: give a MemoryCache")
    told = f"shared is of type {type(shared).__name__}"
    kind = _is_awaited(shared)
    if kind is None:
        raise UsageError(f"{told}: give one of richresp.caching, called with its arguments")
    if kind is not awaited:
        right = (
            "AsyncTieredCache, for this one is for coroutines" if kind else "TieredCache, for this one is for threads"
        )
        raise UsageError(f"{told}: put it into {right}")


class _Copies:
    """The copies in memory, and what the two classes below share: all but the asking of the shared cache.

    A write takes its copy away before and puts it there after, so that one that is cancelled in between leaves none.
    """

    def __init__(self, memory: Cache, shared: Cache | AsyncCache) -> None:
        self._memory = memory
        self._shared = shared
        self._tally = Tally("TieredCache")
        self._writes = [0] * COPY_STRIPES

    @property
    def stats(self) -> Stats:
        return replace(self._tally.stats, errors=self._memory.stats.errors + self._shared.stats.errors)

    def find(self, key: str) -> tuple[bytes, float] | None:
        found = self._memory.get_with_ttl(key)
        if found is not None:
            self._tally.looked_up(found=True)
        return found

    def writes(self, key: str) -> int:
        """Moves whenever a key of this stripe is written here."""
        return self._writes[hash(key) % COPY_STRIPES]

    def keep(self, key: str, found: tuple[bytes, float] | None, writes: int) -> None:
        """Keeps what was found below, unless the key was written since `writes` was read."""
        self._tally.looked_up(found=found is not None)
        if found is not None and self.writes(key) == writes:
            self._memory.set(key, found[0], min(found[1], COPY_SECONDS))

    def put(self, key: str, value: bytes, ttl: float) -> None:
        self._writes[hash(key) % COPY_STRIPES] += 1
        self._memory.set(key, value, min(ttl, COPY_SECONDS))
        self._tally.stored()

    def drop(self, key: str) -> None:
        check_key(key)
        self._writes[hash(key) % COPY_STRIPES] += 1
        self._memory.delete(key)

    def close(self) -> None:
        self._memory.close()


class TieredCache:
    """A Cache of two: memory over a shared one, such as `TieredCache(MemoryCache(), SQLiteCache())`.

    Raises:
        UsageError: for what is no cache for threads.
    """

    def __init__(self, memory: Cache, shared: Cache) -> None:
        _check(memory, shared, awaited=False)
        self._copies = _Copies(memory, shared)
        self._shared = shared

    @property
    def stats(self) -> Stats:
        """The counts so far; the errors are those of both."""
        return self._copies.stats

    def get(self, key: str) -> bytes | None:
        """The value, None where there is none."""
        found = self.get_with_ttl(key)
        return None if found is None else found[0]

    def peek(self, key: str) -> bytes | None:
        """The value if it is in memory, where nobody has to wait for it; the shared cache is not asked."""
        found = self._copies.find(key)
        return None if found is None else found[0]

    def get_with_ttl(self, key: str) -> tuple[bytes, float] | None:
        """The value and the seconds it has left; at most COPY_SECONDS where it was in memory."""
        found = self._copies.find(key)
        if found is None:
            writes = self._copies.writes(key)
            found = self._shared.get_with_ttl(key)
            self._copies.keep(key, found, writes)
        return found

    def set(self, key: str, value: bytes, ttl: float) -> None:
        """Stores a value in both for at most `ttl` seconds."""
        check_value(value)
        seconds = checked_ttl(ttl)
        self._copies.drop(key)
        self._shared.set(key, value, seconds)
        self._copies.put(key, value, seconds)

    def delete(self, key: str) -> None:
        """Forgets a value in both."""
        self._copies.drop(key)
        self._shared.delete(key)
        self._copies.drop(key)

    def acquire(self, key: str, ttl: float) -> str | None:
        """A token for the lease of the shared cache, None while somebody else holds it."""
        return self._shared.acquire(key, ttl)

    def release(self, key: str, token: str) -> bool:
        """Ends the lease; False where it is not, or no longer, that of this token."""
        return self._shared.release(key, token)

    def close(self) -> None:
        """Closes both."""
        self._copies.close()
        self._shared.close()

    def __repr__(self) -> str:
        return f"TieredCache({self._shared!r})"


class AsyncTieredCache:
    """An AsyncCache of two: memory over a shared one, such as `AsyncTieredCache(MemoryCache(), AsyncRedisCache(url))`.

    Raises:
        UsageError: for what is no cache for threads, and then one for coroutines.
    """

    def __init__(self, memory: Cache, shared: AsyncCache) -> None:
        _check(memory, shared, awaited=True)
        self._copies = _Copies(memory, shared)
        self._shared = shared

    @property
    def stats(self) -> Stats:
        """The counts so far; the errors are those of both."""
        return self._copies.stats

    async def get(self, key: str) -> bytes | None:
        """The value, None where there is none."""
        found = await self.get_with_ttl(key)
        return None if found is None else found[0]

    async def get_with_ttl(self, key: str) -> tuple[bytes, float] | None:
        """The value and the seconds it has left; at most COPY_SECONDS where it was in memory."""
        found = self._copies.find(key)
        if found is None:
            writes = self._copies.writes(key)
            found = await self._shared.get_with_ttl(key)
            self._copies.keep(key, found, writes)
        return found

    async def set(self, key: str, value: bytes, ttl: float) -> None:
        """Stores a value in both for at most `ttl` seconds."""
        check_value(value)
        seconds = checked_ttl(ttl)
        self._copies.drop(key)
        await self._shared.set(key, value, seconds)
        self._copies.put(key, value, seconds)

    async def delete(self, key: str) -> None:
        """Forgets a value in both."""
        self._copies.drop(key)
        await self._shared.delete(key)
        self._copies.drop(key)

    async def acquire(self, key: str, ttl: float) -> str | None:
        """A token for the lease of the shared cache, None while somebody else holds it."""
        return await self._shared.acquire(key, ttl)

    async def release(self, key: str, token: str) -> bool:
        """Ends the lease; False where it is not, or no longer, that of this token."""
        return await self._shared.release(key, token)

    async def close(self) -> None:
        """Closes both."""
        self._copies.close()
        await self._shared.close()

    def __repr__(self) -> str:
        return f"AsyncTieredCache({self._shared!r})"
