"""The rows of caches in a reduced form: how often a site is asked, exactly, and times with much room.

The true numbers are for `python tests/benchmarks/cache.py`.
"""

import asyncio
import threading
from statistics import median

import pytest

from richresp import AsyncPreviewer
from richresp.caching import MemoryCache, SQLiteCache, TieredCache
from richresp.links import Policy
from tests.benchmarks.cache import crowded, known, shared, surroundings
from tests.benchmarks.cache_sides import CACHES
from tests.caching.servers import PROGRAM

PAGES = 60
ROUNDS = 5
TRIES = 3
CALLERS = 300

needs_redis = pytest.mark.skipif(PROGRAM is None, reason="no redis-server on PATH: apt-get install redis-server")


@pytest.fixture(scope="module")
def around():
    with surroundings() as both:
        yield both


@pytest.mark.parametrize("how", CACHES)
@pytest.mark.parametrize("store", ["memory", "SQLite", "memory over SQLite"])
def test_a_known_preview_costs_less_than_what_hishel_knows(how, store, around):
    took, requests = known(how, store, *around, times=60, rounds=ROUNDS)
    assert requests == 2  # one for each side
    assert median(ours / theirs for ours, theirs in took) < 1


@needs_redis
@pytest.mark.parametrize("how", CACHES)
@pytest.mark.parametrize("store", ["Redis", "memory over Redis"])
def test_so_it_does_from_redis(how, store, around):
    took, requests = known(how, store, *around, times=40, rounds=ROUNDS)
    assert requests >= 2  # a call that is late is a miss
    assert median(ours / theirs for ours, theirs in took) < 1


@pytest.mark.parametrize("how", CACHES)
def test_however_many_want_a_page_it_is_asked_for_once(how, around):
    requests, _, right = crowded("richresp", how, *around, callers=CALLERS)
    assert (requests, right) == (1, CALLERS)


@needs_redis
@pytest.mark.parametrize("how", CACHES)
def test_processes_that_share_a_redis_ask_once_for_each_page(how, around):
    for _ in range(TRIES):
        told = shared("richresp", how, *around, pages=PAGES)
        assert told.right == 4 * PAGES
        assert PAGES <= told.requests <= 4 * PAGES  # where Redis is late, each process may have to ask for itself
        if not told.errors:
            assert told.requests == PAGES
            break


class Watched(MemoryCache):
    """Knows which threads asked it."""

    def __init__(self):
        super().__init__()
        self.askers = []

    def get_with_ttl(self, key):
        self.askers.append(threading.current_thread())
        return super().get_with_ttl(key)


def test_what_is_in_memory_needs_no_thread_for_a_coroutine(around, tmp_path):
    site, _ = around
    memory = Watched()
    cache = TieredCache(memory, SQLiteCache(tmp_path / "cache.sqlite"))

    async def ask(times):
        policy = Policy(allow_networks=("127.0.0.0/8",), allow_ports=(site.port,))
        async with AsyncPreviewer(cache=cache, policy=policy) as previewer:
            for _ in range(times):
                await previewer.preview(site.url("page", 1))

    asyncio.run(ask(1))
    memory.askers.clear()
    asyncio.run(ask(10))
    cache.close()
    assert memory.askers == [threading.main_thread()] * 10
