"""Every backend under one roof: a cache as threads see it, a clock that can be moved on, and a way to break the store."""

import asyncio
import itertools
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from richresp.caching import AsyncRedisCache, AsyncTieredCache, MemoryCache, RedisCache, SQLiteCache, TieredCache

_numbers = itertools.count()


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now

    def advance(self, seconds):
        self.now += seconds


class Blocking:
    """An AsyncCache as a Cache, with an event loop of its own."""

    def __init__(self, cache):
        self._runner = asyncio.Runner()
        self._cache = cache

    def __getattr__(self, name):
        value = getattr(self._cache, name)
        if not asyncio.iscoroutinefunction(value):
            return value
        return lambda *arguments: self._runner.run(value(*arguments))

    def end(self):
        self._runner.run(self._cache.close())
        self._runner.close()


@dataclass
class Backend:
    """
    cache: what is tested.
    advance: lets seconds pass, for the cache and its store.
    damage: takes entries from the store, or the store from the entries; nothing else may happen.
    """

    cache: Any
    advance: Callable[[float], None]
    damage: Callable[[], None]


@contextmanager
def memory(_folder, _server):
    clock = Clock()
    cache = MemoryCache(clock=clock)
    yield Backend(cache, clock.advance, cache.close)


@contextmanager
def sqlite(folder, _server):
    clock = Clock()
    path = Path(folder) / f"{next(_numbers)}.sqlite"
    cache = SQLiteCache(path, clock=clock, steady=clock)
    yield Backend(cache, clock.advance, lambda: _overwrite(path))
    cache.close()


@contextmanager
def redis(_folder, server):
    prefix = f"{next(_numbers)}:"
    cache = RedisCache(server.url, prefix=prefix, timeout=5.0)
    yield Backend(cache, lambda seconds: _age(server.admin, prefix, seconds), lambda: _spoil(server.admin, prefix))
    cache.close()


@contextmanager
def async_redis(_folder, server):
    prefix = f"{next(_numbers)}:"
    cache = Blocking(AsyncRedisCache(server.url, prefix=prefix, timeout=5.0))
    yield Backend(cache, lambda seconds: _age(server.admin, prefix, seconds), lambda: _spoil(server.admin, prefix))
    cache.end()


def tiered(below):
    """Memory over each of the others."""

    @contextmanager
    def over(folder, server):
        with below(folder, server) as backend:
            clock = Clock()
            memory = MemoryCache(clock=clock)
            if isinstance(backend.cache, Blocking):
                backend.cache._cache = AsyncTieredCache(memory, backend.cache._cache)
                cache = backend.cache
            else:
                cache = TieredCache(memory, backend.cache)

            def advance(seconds):
                clock.advance(seconds)
                backend.advance(seconds)

            yield Backend(cache, advance, backend.damage)

    return over


BACKENDS = {
    "memory": memory,
    "sqlite": sqlite,
    "redis": redis,
    "async redis": async_redis,
    "memory over memory": tiered(memory),
    "memory over sqlite": tiered(sqlite),
    "memory over redis": tiered(redis),
    "memory over async redis": tiered(async_redis),
}


def _overwrite(path):
    """The head of the file, of which every call reads something."""
    if path.exists():
        with path.open("r+b") as file:
            file.write(b"nonsense" * 1_000)


def _age(admin, prefix, seconds):
    """Time passes on the server by shortening what every key has left."""
    for key in list(admin.scan_iter(match=f"{prefix}*", count=1_000)):
        left = admin.pttl(key) - int(seconds * 1_000)
        if left > 0:
            admin.pexpire(key, left)
        else:
            admin.delete(key)


def _spoil(admin, prefix):
    """Every other key goes, and the rest becomes a list; connections break."""
    for number, key in enumerate(list(admin.scan_iter(match=f"{prefix}*", count=1_000))):
        admin.delete(key)
        if number % 2 and b":e:" in key:
            admin.rpush(key, "nonsense")
    for client in admin.client_list():
        if client["cmd"] != "client|list":
            admin.client_kill_filter(_id=client["id"])
