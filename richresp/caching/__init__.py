"""Caches of bytes: one fetch for everybody, from one process to many machines.

`MemoryCache` is for the threads of a process, `SQLiteCache` for the processes of a machine, `RedisCache` and
`AsyncRedisCache` for many machines (extra `redis`; Redis or Valkey), `TieredCache` and `AsyncTieredCache` put memory over
one of them. What all of them promise stands in `protocol`; anything of that shape may stand where a cache is taken. Each is
loaded at its first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from richresp.caching.protocol import AsyncCache, Cache, Stats

if TYPE_CHECKING:
    from richresp.caching.memory import MemoryCache
    from richresp.caching.redis import AsyncRedisCache, RedisCache
    from richresp.caching.sqlite import SQLiteCache
    from richresp.caching.tiered import AsyncTieredCache, TieredCache

__all__ = [
    "AsyncCache",
    "AsyncRedisCache",
    "AsyncTieredCache",
    "Cache",
    "MemoryCache",
    "RedisCache",
    "SQLiteCache",
    "Stats",
    "TieredCache",
]

_HOME = {
    "AsyncRedisCache": "redis",
    "AsyncTieredCache": "tiered",
    "MemoryCache": "memory",
    "RedisCache": "redis",
    "SQLiteCache": "sqlite",
    "TieredCache": "tiered",
}


def __getattr__(name: str) -> Any:
    """Loads a backend at its first use (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module 'richresp.caching' has no attribute {name!r}")
    value = getattr(import_module(f"richresp.caching.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
