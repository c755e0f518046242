"""The right to ask that processes share is given back however a preview ends, and waited for no longer than is sensible."""

import asyncio
import threading
from dataclasses import replace

import httpx
import pytest

from richresp import AsyncPreviewer, Blocked, DeadlineExceeded, FetchError, Previewer
from richresp.caching import MemoryCache
from tests.links.remembering import HOUR, URL, Clock, Open, Site, World, both, with_clock

PAGE = {"content-type": "text/html"}


@both
def test_a_lease_is_held_while_a_page_is_asked_for_and_no_longer(kind):
    held = []
    with World(kind, cache=Open()) as world:

        def answer(request):
            held.append(len(world.cache.leases))
            if len(held) == 2:
                raise httpx.ReadError("broken")
            return httpx.Response(200, headers={**PAGE, "cache-control": "no-store"}, text="<title>One</title>")

        world.site.answer = answer
        world.preview()
        assert world.cache.leases == {}
        with pytest.raises(FetchError):
            world.preview()
        assert world.cache.leases == {}
        world.later(HOUR)
        world.site.answer = lambda request: (_ for _ in ()).throw(ZeroDivisionError)
        with pytest.raises(ZeroDivisionError):
            world.preview()
        assert world.cache.leases == {}
    assert held == [1, 1]


class Hanging(httpx.AsyncBaseTransport):
    def __init__(self):
        self.hangs = True
        self.reached = asyncio.Event()

    async def handle_async_request(self, request):
        if self.hangs:
            self.reached.set()
            await asyncio.Event().wait()
        return httpx.Response(200, headers=PAGE, text="<title>One</title>")


@pytest.mark.parametrize("make", [Open, MemoryCache])
def test_who_is_cancelled_leaves_no_lease_that_others_wait_for(make):
    async def run():
        cache, transport = make(), Hanging()
        async with AsyncPreviewer(transport=transport, cache=cache, timeout=60) as previewer:
            task = asyncio.create_task(previewer.preview(URL))
            await transport.reached.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert len(leases(cache)) == 0
            transport.hangs = False
            assert (await previewer.preview(URL)).title == "One"

    asyncio.run(run())


def leases(cache):
    return cache.leases if isinstance(cache, Open) else cache._leases


@pytest.mark.parametrize("make", [Open, MemoryCache])
def test_whose_time_is_over_leaves_none_either(make):
    async def run():
        cache, transport = make(), Hanging()
        async with AsyncPreviewer(transport=transport, cache=cache, timeout=60) as previewer:
            (late,) = await previewer.previews([URL], timeout=0.1)
            assert isinstance(late, DeadlineExceeded)
            assert len(leases(cache)) == 0
            assert len(previewer._shelf.flights) == 0

    asyncio.run(run())


def test_nor_does_a_thread():
    cache, site = Open(), Site()
    with Previewer(transport=httpx.MockTransport(site), cache=cache) as previewer:

        def answer(request):
            raise httpx.ReadTimeout("slow")

        site.answer = answer
        with pytest.raises(DeadlineExceeded) as caught:
            previewer.preview(URL)
        assert caught.value.url == URL
        assert cache.leases == {}

        def interrupt(request):
            raise KeyboardInterrupt

        site.answer = interrupt
        with pytest.raises(KeyboardInterrupt):
            previewer.preview(URL)
        assert cache.leases == {}


def test_a_coroutine_that_is_dropped_says_nothing():
    """Nothing can be awaited there, nor a lock, which whoever is interrupted by the collector may hold: the next one releases."""

    async def begin(previewer, transport):
        coroutine = previewer.preview(URL)
        task = asyncio.ensure_future(transport.reached.wait())
        coroutine.send(None)
        await task
        return coroutine

    async def run():
        cache, transport = MemoryCache(), Hanging()
        async with AsyncPreviewer(transport=transport, cache=cache) as previewer:
            coroutine = await begin(previewer, transport)
            ending = threading.Thread(target=coroutine.close, daemon=True)
            with cache._lock.raw:
                ending.start()
                ending.join(10)
                assert not ending.is_alive()
            assert len(previewer._shelf.flights) == 0
            assert previewer._options.slots._held == 0
            with pytest.raises(Blocked):
                await previewer.preview("http://127.0.0.1/")
            assert len(leases(cache)) == 0

    asyncio.run(run())


class Elsewhere(Open):
    """Another process asks, and may come to an end, after so many looks."""

    def __init__(self, looks, then):
        super().__init__()
        self.looks = looks
        self.then = then

    def get(self, key):
        if key in self.leases:
            self.looks -= 1
            if self.looks == 0:
                self.then(self, key)
        return super().get(key)


@both
@pytest.mark.parametrize("ends", [True, False])
def test_what_another_process_asks_for_is_waited_for(kind, ends):
    with World(kind) as first:
        first.preview()
        told = first.cache.get(next(iter(first.cache._entries)))

    def then(cache, key):
        if ends:
            cache.entries[key] = told
        cache.leases.clear()

    with World(kind, cache=Elsewhere(5, then), clock=first.clock) as world:
        world.site.says("Mine")
        world.cache.acquire(next(iter(first_keys(world))), 60)
        assert world.preview().title == ("One" if ends else "Mine")
        assert world.site.asked == (not ends)
        assert world.cache.leases == {}


def first_keys(world):
    """The key of the page, as a previewer of the same kind has it."""
    with World(world.kind, cache=Open()) as other:
        other.preview()
        return list(other.cache.entries)


@both
def test_nobody_waits_for_another_process_beyond_sense(kind):
    """It has the lease for ever and never answers: whoever has waited long enough asks, and takes nothing from it."""
    with World(kind, cache=Open(), timeout=60) as world:
        key = first_keys(world)[0]
        world.cache.acquire(key, 60)
        options = world.previewer._options
        world.previewer._options = replace(options, memory=replace(options.memory, patience=0.2))
        assert world.preview().title == "One"
        assert list(world.cache.leases) == [key]
        assert world.preview().title == "One"
        assert world.site.asked == 1


@both
def test_a_stale_preview_is_better_than_waiting_in_vain(kind):
    with World(kind, Site(cache_control="max-age=600, stale-while-revalidate=0, stale-if-error=600"), cache=Open(), timeout=0.5) as world:  # fmt: skip
        world.preview()
        (key,) = world.cache.entries
        world.later(601)
        world.cache.acquire(key, 60)
        options = world.previewer._options
        world.previewer._options = replace(options, memory=replace(options.memory, patience=60.0))
        told = world.preview()
        assert (told.title, told.stale) == ("One", True)
        (told,) = world.previews([URL], timeout=0.4)
        assert (told.title, told.stale) == ("One", True)
        assert world.site.asked == 1


def test_who_leads_and_is_late_keeps_what_is_stale_to_itself():
    """The others have more time: one of them asks on."""

    async def run():
        clock, cache, transport = Clock(), MemoryCache(), Hanging()
        transport.hangs = False
        async with with_clock(AsyncPreviewer(transport=transport, cache=cache, timeout=60), clock) as previewer:
            await previewer.preview(URL)
            clock.now += 3 * HOUR
            transport.hangs = True
            first = asyncio.create_task(previewer.previews([URL], timeout=0.3))
            await transport.reached.wait()
            second = asyncio.create_task(previewer.preview(URL))
            await asyncio.sleep(0)
            transport.hangs = False
            assert [each.stale for each in await first] == [True]
            assert not (await second).stale

    asyncio.run(run())
