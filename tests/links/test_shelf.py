"""How a cache is asked: which kinds are taken, where each is called, and what its troubles become."""

import asyncio
import threading

import pytest

from richresp import AsyncPreviewer, Previewer, UsageError
from richresp.caching import MemoryCache
from richresp.links.shelf import AsyncShelf, Shelf
from richresp.links.steps import Claim, Forget, Lookup, Release, Store
from tests.links.remembering import Open

STEPS = [Lookup("k"), Store("k", b"v", 9.0), Lookup("k"), Forget("k"), Lookup("k"), Claim("k", 9.0), Claim("k", 9.0)]


class Where(Open):
    """A cache for threads that notes in which it is called."""

    def __init__(self):
        super().__init__()
        self.threads = set()

    def get(self, key):
        self.threads.add(threading.get_ident())
        return super().get(key)


class Awaited(Open):
    """The same for coroutines."""

    async def get(self, key):
        return super().get(key)

    async def set(self, key, value, ttl):
        super().set(key, value, ttl)

    async def delete(self, key):
        super().delete(key)

    async def acquire(self, key, ttl):
        return super().acquire(key, ttl)

    async def release(self, key, token):
        return super().release(key, token)


def in_thread(cache, steps):
    shelf = Shelf(cache)
    return [shelf.perform(step) for step in steps]


def in_loop(cache, steps):
    async def run():
        shelf = AsyncShelf(cache)
        return [await shelf.perform(step) for step in steps]

    return asyncio.run(run())


ALL = [(in_thread, Open), (in_thread, MemoryCache), (in_loop, Open), (in_loop, MemoryCache), (in_loop, Awaited)]


@pytest.mark.parametrize(("perform", "make"), ALL)
def test_each_step_is_one_call(perform, make):
    cache = make()
    *told, first, second = perform(cache, STEPS)
    assert told == [None, None, b"v", None, None]
    assert isinstance(first, str)
    assert second is None
    assert perform(cache, [Release("k", first), Claim("k", 9.0)])[1] is not None


@pytest.mark.parametrize(("perform", "make"), [each for each in ALL if each[1] is not MemoryCache])
def test_what_a_cache_raises_is_a_miss_and_a_lease_that_is_granted(perform, make, caplog):
    cache = make()
    cache.raises = OSError("secret")
    *told, claimed = perform(cache, [Lookup("k"), Store("k", b"v", 9.0), Claim("k", 9.0)])
    assert told == [None, None]
    assert isinstance(claimed, str)
    assert [record.name for record in caplog.records] == ["richresp.links"] * 3
    assert "OSError" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_what_ends_a_program_is_no_trouble_of_a_cache(stop):
    cache = Open()
    cache.raises = stop()
    with pytest.raises(stop):
        Shelf(cache).perform(Lookup("k"))


def test_no_loop_waits_for_a_cache_that_is_for_threads():
    cache = Where()
    in_loop(cache, [Lookup("k")])
    assert cache.threads
    assert threading.get_ident() not in cache.threads


@pytest.mark.parametrize("kind", [Previewer, AsyncPreviewer])
@pytest.mark.parametrize("cache", [{}, "cache.sqlite", 5, object(), MemoryCache])
def test_what_is_no_cache_is_refused(kind, cache):
    with pytest.raises(UsageError, match="cache="):
        kind(cache=cache)


def test_a_cache_for_coroutines_is_none_for_threads():
    AsyncShelf(Awaited())
    with pytest.raises(UsageError, match="AsyncPreviewer"):
        Previewer(cache=Awaited())


def test_who_shares_a_cache_waits_for_each_other():
    cache = MemoryCache()
    assert Shelf(cache).flights is AsyncShelf(cache).flights
    assert Shelf(cache).flights is not Shelf(MemoryCache()).flights
