"""The worlds of chaos: a store that can be harmed, the clock that its caches go by, and the caches over it.

A world lives as long as one run. Its clock passes as time does, and may be moved besides: a breaker that is open need not be
waited for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from richresp.caching import AsyncRedisCache, AsyncTieredCache, MemoryCache, RedisCache, SQLiteCache, TieredCache
from tests.caching.servers import PROGRAM, Server


class Clock:
    """Seconds that pass, moved on or back when a fault says so. The wall may be set; the steady clock only grows."""

    def __init__(self) -> None:
        self._set = self._passed = 0.0

    def wall(self) -> float:
        return time.time() + self._set + self._passed

    def steady(self) -> float:
        return time.monotonic() + self._passed

    def set_by(self, seconds: float) -> None:
        self._set += seconds

    def pass_by(self, seconds: float) -> None:
        self._passed += seconds


@dataclass
class World:
    """What a fault may lay hands on.

    Attributes:
        folder: an empty one.
        server: a redis-server; None where the store is a file.
        path: of the file.
        url: of the server, or of what stands before it.
        stack: closed at the end of the run.
        doom: whether calls to the store are cancelled while they are under way.
        stands: what a fault put in place of the file, and has to stay there.
        locker: a process that locks the file when it is told to.
    """

    folder: Path
    server: Server | None
    clock: Clock
    stack: ExitStack
    max_bytes: int = 256 << 20
    url: str = ""
    doom: bool = False
    stands: bytes | None = None
    locker: Any = None

    def __post_init__(self) -> None:
        self.path.parent.mkdir(mode=0o700)

    @property
    def path(self) -> Path:
        return self.folder / "cache" / "cache.sqlite"


def _redis(world: World) -> RedisCache:
    return RedisCache(world.url, clock=world.clock.steady)


def _async_redis(world: World) -> AsyncRedisCache:
    from tests.hostile.chaos_cancelled import Doomed

    return (Doomed if world.doom else AsyncRedisCache)(world.url, clock=world.clock.steady)


def _sqlite(world: World) -> SQLiteCache:
    return SQLiteCache(world.path, max_bytes=world.max_bytes, clock=world.clock.wall, steady=world.clock.steady)


def _tiered(world: World, *, below: Callable[[World], Any]) -> TieredCache:
    return TieredCache(MemoryCache(clock=world.clock.steady), below(world))


def _async_tiered(world: World) -> AsyncTieredCache:
    return AsyncTieredCache(MemoryCache(clock=world.clock.steady), _async_redis(world))


@dataclass(frozen=True)
class Setting:
    """Callers and the cache that their previewers are given; `is_tiered` where memory is above the store."""

    name: str
    callers: str
    cache: Callable[[World], Any]
    is_redis: bool
    is_tiered: bool = False


_TIERED_REDIS, _TIERED_SQLITE = partial(_tiered, below=_redis), partial(_tiered, below=_sqlite)
SETTINGS = (
    Setting("RedisCache, threads", "threads", _redis, is_redis=True),
    Setting("AsyncRedisCache, coroutines", "coroutines", _async_redis, is_redis=True),
    Setting("TieredCache over Redis, threads", "threads", _TIERED_REDIS, is_redis=True, is_tiered=True),
    Setting("AsyncTieredCache over Redis, coroutines", "coroutines", _async_tiered, is_redis=True, is_tiered=True),
    Setting("SQLiteCache, threads", "threads", _sqlite, is_redis=False),
    Setting("SQLiteCache, coroutines", "coroutines", _sqlite, is_redis=False),
    Setting("TieredCache over SQLite, threads", "threads", _TIERED_SQLITE, is_redis=False, is_tiered=True),
)

HAS_REDIS = PROGRAM is not None


@contextmanager
def world_for(setting: Setting, folder: Path) -> Iterator[World]:
    with ExitStack() as stack:
        server = Server(folder) if setting.is_redis else None
        if server is not None:
            stack.callback(server.close)
            server.admin.ping()
        world = World(folder, server, Clock(), stack, url=server.url if server else "")
        yield world
