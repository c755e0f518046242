"""What memory over a shared cache adds: copies, and when they are not kept."""

import asyncio

import pytest

from richresp import UsageError
from richresp.caching import AsyncTieredCache, MemoryCache, TieredCache
from richresp.limits.caching import COPY_SECONDS
from tests.conformance.backends import Clock


class Slow:
    """An AsyncCache whose answers wait until they are let go."""

    def __init__(self):
        self.cache = MemoryCache()
        self.asked = asyncio.Event()
        self.go = asyncio.Event()

    @property
    def stats(self):
        return self.cache.stats

    async def get_with_ttl(self, key):
        found = self.cache.get_with_ttl(key)
        self.asked.set()
        await self.go.wait()
        return found

    async def set(self, key, value, ttl):
        self.cache.set(key, value, ttl)

    async def delete(self, key):
        self.cache.delete(key)

    async def get(self, key):
        return self.cache.get(key)

    async def acquire(self, key, ttl):
        return self.cache.acquire(key, ttl)

    async def release(self, key, token):
        return self.cache.release(key, token)

    async def close(self):
        self.cache.close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def shared(clock):
    return MemoryCache(clock=clock)


@pytest.fixture
def tiered(clock, shared):
    return TieredCache(MemoryCache(clock=clock), shared)


def test_what_was_found_below_is_not_asked_for_again(tiered, shared):
    shared.set("key", b"value", 600)
    assert [tiered.get("key") for _ in range(3)] == [b"value"] * 3
    assert shared.stats.hits == 1


def test_a_copy_lives_no_longer_than_the_entry(tiered, shared, clock):
    shared.set("key", b"value", 30)
    clock.advance(20)
    assert tiered.get_with_ttl("key") == (b"value", 10)
    clock.advance(9)
    assert tiered.get_with_ttl("key") == (b"value", 1)
    clock.advance(1)
    assert tiered.get("key") is None


def test_what_others_do_is_seen_when_the_copy_is_old(tiered, shared, clock):
    tiered.set("key", b"mine", 6_000)
    shared.set("key", b"theirs", 6_000)
    clock.advance(COPY_SECONDS - 1)
    assert tiered.get("key") == b"mine"
    clock.advance(1)
    assert tiered.get("key") == b"theirs"


def test_a_peek_sees_what_is_in_memory_alone(tiered, shared, clock):
    shared.set("theirs", b"value", 6_000)
    tiered.set("mine", b"value", 6_000)
    before = shared.stats
    assert (tiered.peek("mine"), tiered.peek("theirs")) == (b"value", None)
    clock.advance(COPY_SECONDS)
    assert tiered.peek("mine") is None
    assert shared.stats == before


def test_a_lease_is_that_of_the_shared_cache(tiered, shared):
    token = tiered.acquire("key", 60)
    assert shared.acquire("key", 60) is None
    assert shared.release("key", token) is True


@pytest.mark.parametrize("write", ["set", "delete"])
def test_what_is_written_while_it_is_read_is_not_replaced_by_the_old_copy(write):
    async def scenario():
        slow = Slow()
        cache = AsyncTieredCache(MemoryCache(), slow)
        slow.cache.set("key", b"old", 60)
        reading = asyncio.ensure_future(cache.get("key"))
        await slow.asked.wait()
        await (cache.set("key", b"new", 60) if write == "set" else cache.delete("key"))
        slow.go.set()
        assert await reading == b"old"
        assert await cache.get("key") == (b"new" if write == "set" else None)

    asyncio.run(scenario())


def test_a_write_that_is_cancelled_leaves_no_old_copy():
    class Stuck(Slow):
        async def set(self, key, value, ttl):
            self.cache.set(key, value, ttl)
            self.asked.set()
            await self.go.wait()

    async def scenario():
        stuck = Stuck()
        memory = MemoryCache()
        cache = AsyncTieredCache(memory, stuck)
        memory.set("key", b"old", 60)
        writing = asyncio.ensure_future(cache.set("key", b"new", 60))
        await stuck.asked.wait()
        writing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await writing
        stuck.go.set()
        assert await cache.get("key") == b"new"

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("kind", "shared", "right"),
    [
        (TieredCache, Slow, "AsyncTieredCache"),
        (TieredCache, lambda: AsyncTieredCache(MemoryCache(), Slow()), "AsyncTieredCache"),
        (AsyncTieredCache, MemoryCache, " TieredCache"),
        (AsyncTieredCache, lambda: TieredCache(MemoryCache(), MemoryCache()), " TieredCache"),
        *[(kind, lambda other=other: other, "richresp.caching") for kind in (TieredCache, AsyncTieredCache) for other in (None, "x", {}, MemoryCache)],
    ],
)  # fmt: skip
def test_a_shared_cache_of_the_wrong_kind_is_refused_with_where_it_belongs(kind, shared, right):
    with pytest.raises(UsageError, match=rf"^shared is .*{right}"):
        kind(MemoryCache(), shared())


@pytest.mark.parametrize("memory", [None, "x", MemoryCache, Slow(), AsyncTieredCache(MemoryCache(), Slow())])
def test_memory_is_a_cache_for_threads(memory):
    with pytest.raises(UsageError, match=r"^memory is .*MemoryCache"):
        TieredCache(memory, MemoryCache())
    with pytest.raises(UsageError, match=r"^memory is .*MemoryCache"):
        AsyncTieredCache(memory, Slow())
