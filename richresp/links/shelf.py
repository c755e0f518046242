"""How a cache is asked, for threads and for coroutines. A cache that raises is a miss and a log record, whoever wrote it."""

from __future__ import annotations

import inspect
import logging
from typing import Any

from anyio import to_thread

from richresp.caching import AsyncCache, Cache, MemoryCache, TieredCache
from richresp.exceptions import UsageError
from richresp.links.flights import flights_of
from richresp.links.steps import CacheStep, Claim, Forget, Lookup, Release, Store, Told

_LOG = logging.getLogger("richresp.links")


def _call(step: CacheStep) -> tuple[str, tuple[Any, ...]]:
    """The method that performs a step, and what it is given."""
    match step:
        case Lookup(key):
            return "get", (key,)
        case Store(key, value, ttl):
            return "set", (key, value, ttl)
        case Forget(key):
            return "delete", (key,)
        case Claim(key, ttl):
            return "acquire", (key, ttl)
        case Release(key, token):
            return "release", (key, token)


def _failed(step: CacheStep, error: Exception) -> Told:
    """What to go on with when a cache raises: a lease is granted, for nobody else can be waited for."""
    _LOG.warning("the cache raised %s; a cache should log its troubles and miss", type(error).__name__)
    return "none" if isinstance(step, Claim) else None


def _is_cache(cache: object) -> bool:
    """Whether it has the shape of one, and is not the class of one that was not called."""
    return isinstance(cache, (Cache, AsyncCache)) and not isinstance(cache, type)


def _perform(cache: Cache | AsyncCache, step: CacheStep) -> Told:
    method, given = _call(step)
    try:
        told: Told = getattr(cache, method)(*given)
    except Exception as error:  # noqa: BLE001 - any cache of this shape may stand here
        return _failed(step, error)
    return told if isinstance(told, (bytes, str)) else None


class Shelf:
    """A cache for threads.

    Attributes:
        is_quick: whether it is memory, which nobody has to wait for.
    """

    def __init__(self, cache: Cache) -> None:
        if inspect.iscoroutinefunction(getattr(cache, "get", None)) or not _is_cache(cache):
            raise UsageError(
                f"cache={type(cache).__name__}: give one of richresp.caching; an AsyncCache is for an AsyncPreviewer"
            )
        self.cache = cache
        self.flights = flights_of(cache)
        self.is_quick = isinstance(cache, MemoryCache)

    def perform(self, step: CacheStep) -> Told:
        return _perform(self.cache, step)


class AsyncShelf:
    """A cache for coroutines: one made for them, or one for threads, which is asked in one, but for what it has in memory."""

    def __init__(self, cache: Cache | AsyncCache) -> None:
        if not _is_cache(cache):
            raise UsageError(f"cache={type(cache).__name__}: give one of richresp.caching")
        self.cache = cache
        self.flights = flights_of(cache)
        self._awaited = inspect.iscoroutinefunction(cache.get)
        self._quick = isinstance(cache, MemoryCache)
        self._tiered = cache if isinstance(cache, TieredCache) else None

    @property
    def is_quick(self) -> bool:
        """Whether it is memory, which nobody has to wait for."""
        return self._quick

    def perform_now(self, step: CacheStep) -> Told:
        """A step on memory."""
        return _perform(self.cache, step)

    async def perform(self, step: CacheStep) -> Told:
        if self._quick:
            return self.perform_now(step)
        method, given = _call(step)
        call = getattr(self.cache, method)
        try:
            if self._tiered is not None and isinstance(step, Lookup) and (copy := self._tiered.peek(step.key)):
                told: Told = copy
            elif self._awaited:
                told = await call(*given)
            else:
                told = await to_thread.run_sync(call, *given, abandon_on_cancel=True)
        except Exception as error:  # noqa: BLE001 - as above
            return _failed(step, error)
        return told if isinstance(told, (bytes, str)) else None
