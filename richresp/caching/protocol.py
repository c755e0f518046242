"""What a cache is: bytes under keys for a while, and leases. The rules that every backend holds to.

- Trouble of the store is never raised: it is a miss, counted as an error, with a log record of `richresp.caching`.
- What `get` gives is what `set` was given under that key: the last value, or an earlier one where the store failed the calls
  that came after it. Nothing outlives its ttl.
- Arguments that cannot be right raise UsageError. A value beyond MAX_VALUE_BYTES is not stored, and an older one is gone.
- A lease says who fetches. It ends by `release` or by itself, and only who holds its token can release it. Leases and
  entries never meet, even under one key. A store in trouble grants every lease, since nobody would end the wait for it.
- After `close` a cache may be used again: it opens anew what it needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Stats:
    """What a cache did since it was made.

    Attributes:
        hits: entries found.
        misses: entries not found, whatever the reason.
        errors: calls that the store failed, and entries that were damaged or not ours.
        sets: entries stored.
    """

    hits: int = 0
    misses: int = 0
    errors: int = 0
    sets: int = 0


@runtime_checkable
class Cache(Protocol):
    """A cache for threads. What it promises stands above, in `richresp.caching.protocol`."""

    @property
    def stats(self) -> Stats:
        """The counts so far."""

    def get(self, key: str) -> bytes | None:
        """The value, None where there is none."""

    def get_with_ttl(self, key: str) -> tuple[bytes, float] | None:
        """The value and the seconds it has left, so that a cache above can keep it no longer."""

    def set(self, key: str, value: bytes, ttl: float) -> None:
        """Stores a value for at most `ttl` seconds."""

    def delete(self, key: str) -> None:
        """Forgets a value, if there is one."""

    def acquire(self, key: str, ttl: float) -> str | None:
        """A token for the lease, which ends by itself after `ttl` seconds; None while somebody else holds it."""

    def release(self, key: str, token: str) -> bool:
        """Ends the lease; False where it is not, or no longer, that of this token."""

    def close(self) -> None:
        """Gives back connections and handles."""


@runtime_checkable
class AsyncCache(Protocol):
    """A cache for the coroutines of one event loop: the same calls, awaited."""

    @property
    def stats(self) -> Stats:
        """The counts so far."""

    async def get(self, key: str) -> bytes | None:
        """The value, None where there is none."""

    async def get_with_ttl(self, key: str) -> tuple[bytes, float] | None:
        """The value and the seconds it has left."""

    async def set(self, key: str, value: bytes, ttl: float) -> None:
        """Stores a value for at most `ttl` seconds."""

    async def delete(self, key: str) -> None:
        """Forgets a value, if there is one."""

    async def acquire(self, key: str, ttl: float) -> str | None:
        """A token for the lease, None while somebody else holds it."""

    async def release(self, key: str, token: str) -> bool:
        """Ends the lease; False where it is not, or no longer, that of this token."""

    async def close(self) -> None:
        """Gives back connections."""
