"""What asks for a page that may be known: richresp and the cached client of hishel, over the same kinds of store.

hishel keeps whole pages and parses none; it is set to keep everything for an hour, as these pages say nothing of how long they last.
"""

import asyncio
import logging
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import redis
from hishel import AsyncRedisStorage, AsyncSqliteStorage, RedisStorage, SqliteStorage
from hishel.httpx import AsyncCacheClient, CacheClient
from redis import asyncio as aredis

from richresp import AsyncPreviewer, Previewer
from richresp.caching import AsyncRedisCache, AsyncTieredCache, MemoryCache, RedisCache, SQLiteCache, TieredCache
from richresp.links import Policy

logging.getLogger("hishel").setLevel(logging.CRITICAL)  # what it could not store shows in the requests

_HOUR = 3_600.0
_TIMEOUT = 60.0  # seconds, for hishel: what is measured is not how it gives up
_PREVIEW_TIMEOUT = 20.0  # half of it is how long a lease is waited for whose end was lost


class Place(NamedTuple):
    """Where a side keeps things: a folder of its own, and a redis-server; None where there is none."""

    folder: Path
    redis: str | None


class Asking(NamedTuple):
    """What asks for URLs, and the cache of richresp, which counts its errors."""

    ask: Callable
    cache: Any = None


_SYNC = {
    "memory": lambda place: MemoryCache(),
    "SQLite": lambda place: SQLiteCache(place.folder / "cache.sqlite"),
    "Redis": lambda place: RedisCache(place.redis),
    "memory over SQLite": lambda place: TieredCache(MemoryCache(), SQLiteCache(place.folder / "cache.sqlite")),
    "memory over Redis": lambda place: TieredCache(MemoryCache(), RedisCache(place.redis)),
}
_ASYNC = {
    **_SYNC,
    "Redis": lambda place: AsyncRedisCache(place.redis),
    "memory over Redis": lambda place: AsyncTieredCache(MemoryCache(), AsyncRedisCache(place.redis)),
}
CACHES = {"sync": _SYNC, "async": _ASYNC}
"""The caches by how they are asked and by name."""

BELOW = {"memory over SQLite": "SQLite", "memory over Redis": "Redis"}
"""What hishel keeps pages in beside a cache of two; beside the others it is the same."""


def _hishel_storage(store, place):
    if store == "Redis":
        return RedisStorage(client=redis.Redis.from_url(place.redis), default_ttl=_HOUR)
    if store == "memory":
        return SqliteStorage(connection=sqlite3.connect(":memory:", check_same_thread=False), default_ttl=_HOUR)
    return SqliteStorage(database_path=place.folder / "hishel.sqlite", default_ttl=_HOUR)


async def _async_hishel_storage(store, place):
    if store == "Redis":
        return AsyncRedisStorage(client=aredis.Redis.from_url(place.redis), default_ttl=_HOUR)
    import anysqlite

    path = ":memory:" if store == "memory" else place.folder / "hishel.sqlite"
    return AsyncSqliteStorage(connection=await anysqlite.connect(path), default_ttl=_HOUR)


@contextmanager
def previewing(store, place, port, at_once):
    """What asks for URLs by so many threads, all of which begin together; tells what each gave, a Preview."""
    with (
        _previewer(Previewer, "sync", store, place, port, at_once) as previewer,
        ThreadPoolExecutor(at_once) as threads,
    ):
        yield Asking(partial(_by_threads, previewer.preview, threads, at_once), previewer._shelf.cache)
        previewer.close()
        previewer._shelf.cache.close()


@contextmanager
def previewing_async(store, place, port, at_once):
    """The same by so many tasks."""
    with (
        _previewer(AsyncPreviewer, "async", store, place, port, at_once) as previewer,
        asyncio.Runner() as runner,
    ):
        yield Asking(lambda urls: runner.run(_by_tasks(previewer.preview, urls, at_once)), previewer._shelf.cache)
        runner.run(previewer.close())
        closed = previewer._shelf.cache.close()
        if closed is not None:
            runner.run(_awaited(closed))


@contextmanager
def _previewer(kind, how, store, place, port, at_once):
    policy = Policy(allow_networks=("127.0.0.0/8",), allow_ports=(port,))
    lifted = {"max_connections": at_once, "max_connections_per_host": at_once}
    yield kind(cache=CACHES[how][store](place), policy=policy, timeout=_PREVIEW_TIMEOUT, **lifted)


@contextmanager
def hishel(store, place, _port, at_once):
    """As `previewing`, by hishel's client; gives answers, or what it raised."""
    with (
        CacheClient(storage=_hishel_storage(BELOW.get(store, store), place), **_options(at_once)) as client,
        ThreadPoolExecutor(at_once) as threads,
    ):

        def get(url):
            try:
                return client.get(url)
            except httpx.HTTPError as error:
                return error

        yield Asking(partial(_by_threads, get, threads, at_once))


@contextmanager
def hishel_async(store, place, _port, at_once):
    """The same by tasks."""
    with asyncio.Runner() as runner:
        storage = runner.run(_async_hishel_storage(BELOW.get(store, store), place))
        client = AsyncCacheClient(storage=storage, **_options(at_once))

        async def get(url):
            try:
                return await client.get(url)
            except httpx.HTTPError as error:
                return error

        yield Asking(lambda urls: runner.run(_by_tasks(get, urls, at_once)))
        runner.run(client.aclose())


def _options(at_once):
    limits = httpx.Limits(max_connections=at_once, max_keepalive_connections=at_once)
    return {"trust_env": False, "timeout": _TIMEOUT, "limits": limits}


def _by_threads(ask, threads, at_once, urls):
    found, todo = {}, iter(enumerate(urls))
    together, taking = threading.Barrier(at_once), threading.Lock()

    def work():
        together.wait()
        while True:
            with taking:
                at, url = next(todo, (None, None))
            if url is None:
                return
            found[at] = ask(url)

    for done in [threads.submit(work) for _ in range(at_once)]:
        done.result()
    return [found[at] for at in range(len(found))]


async def _by_tasks(ask, urls, at_once):
    found, todo = {}, iter(enumerate(urls))

    async def work():
        for at, url in todo:
            found[at] = await ask(url)

    await asyncio.gather(*(work() for _ in range(at_once)))
    return [found[at] for at in range(len(found))]


async def _awaited(what):
    return await what


def right_among(found, urls):
    """How many of what was found show the number of their page."""
    texts = [getattr(each, "title", None) or getattr(each, "text", "") for each in found]
    return sum(url.rpartition("/")[2].zfill(8) in text for url, text in zip(urls, texts, strict=True))


SIDES = {
    ("richresp", "sync"): previewing,
    ("richresp", "async"): previewing_async,
    ("hishel", "sync"): hishel,
    ("hishel", "async"): hishel_async,
}
