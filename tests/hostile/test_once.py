"""One page, many callers, one request: coroutines, event loops and threads against a site on real sockets that counts."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from richresp import AsyncPreviewer, DeadlineExceeded, Previewer
from richresp.caching import MemoryCache
from richresp.links import Policy
from richresp.links.flights import flights_of
from tests.hostile.answers import page
from tests.hostile.wire import Act, Scene

CALLERS = 200
PATIENCE = 30.0
ONCE = page("Cache-Control: no-store")
"""It may not be stored: whoever comes too late for the others asks again, and is counted."""


def loopback(_host):
    return ["127.0.0.1"]


class Crowd:
    """A site that answers when so many wait for its answer, and the cache whose callers they are."""

    def __init__(self, waiting, answer=ONCE, holds=0):
        self.waiting = waiting
        self.answer = answer
        self.holds = holds  # how many of the first requests are never answered
        self.reached = threading.Event()
        self.cache = MemoryCache()
        self.scene = Scene(self.script)

    def script(self, visit):
        self.reached.set()
        if len(self.scene.visits) <= self.holds:
            while True:
                yield Act.PAUSE
        while self.now() < self.waiting:
            yield Act.PAUSE
        yield self.answer

    def now(self):
        return sum(len(flight.waiting) for flight in list(flights_of(self.cache)._flights.values()))

    def wait(self, waiting):
        """Until so many wait."""
        event = threading.Event()
        while self.now() < waiting:
            event.wait(0.001)

    def options(self, **more):
        port = self.scene.ports["plain"]
        policy = Policy(allow_networks=("127.0.0.1/32",), allow_ports=(port,))
        return {
            "cache": self.cache,
            "policy": policy,
            "resolve": loopback,
            "timeout": PATIENCE,
            **more,
        }

    @property
    def url(self):
        return f"http://site.example.com:{self.scene.ports['plain']}/"

    def __enter__(self):
        self.scene.__enter__()
        return self

    def __exit__(self, *error):
        self.scene.__exit__(*error)

    def in_threads(self, count, **asked):
        with Previewer(**self.options()) as previewer, ThreadPoolExecutor(count) as pool:
            return [each.title for each in pool.map(lambda _: previewer.preview(self.url, **asked), range(count))]

    def in_loop(self, count, **asked):
        async def run():
            async with AsyncPreviewer(**self.options()) as previewer:
                found = await asyncio.gather(*(previewer.preview(self.url, **asked) for _ in range(count)))
                return [each.title for each in found]

        return asyncio.run(run())


def together(*calls):
    """Calls in threads of their own, at once."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return [title for told in pool.map(lambda call: call(), calls) for title in told]


def test_coroutines_of_one_loop():
    with Crowd(CALLERS - 1) as crowd:
        assert crowd.in_loop(CALLERS) == ["Title"] * CALLERS
        assert len(crowd.scene.visits) == 1


def test_threads():
    with Crowd(CALLERS - 1) as crowd:
        assert crowd.in_threads(CALLERS) == ["Title"] * CALLERS
        assert len(crowd.scene.visits) == 1


@pytest.mark.parametrize("refresh", [True, False])
def test_event_loops_and_threads_with_previewers_of_their_own(refresh):
    """Half of them want it new, if `refresh` says so."""
    with Crowd(CALLERS - 1) as crowd:
        quarter = CALLERS // 4
        found = together(
            lambda: crowd.in_loop(quarter),
            lambda: crowd.in_loop(quarter, refresh=refresh),
            lambda: crowd.in_threads(quarter),
            lambda: crowd.in_threads(quarter, refresh=refresh),
        )
        assert found == ["Title"] * CALLERS
        assert len(crowd.scene.visits) == 1


def test_a_leader_that_is_cancelled_hands_over_to_whoever_waits():
    """A coroutine leads, and is cancelled when others of its loop and threads wait: one more request, and everybody is told."""
    with Crowd(CALLERS - 2, holds=1) as crowd:

        async def lead():
            async with AsyncPreviewer(**crowd.options()) as previewer:
                leader = asyncio.create_task(previewer.preview(crowd.url))
                assert await asyncio.to_thread(crowd.reached.wait, PATIENCE)
                others = [asyncio.create_task(previewer.preview(crowd.url)) for _ in range(CALLERS // 2 - 1)]
                await asyncio.to_thread(crowd.wait, CALLERS - 1)
                leader.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await leader
                return [each.title for each in await asyncio.gather(*others)]

        def follow():
            assert crowd.reached.wait(PATIENCE)
            return crowd.in_threads(CALLERS // 2)

        assert together(lambda: asyncio.run(lead()), follow) == ["Title"] * (CALLERS - 1)
        assert len(crowd.scene.visits) == 2


def test_a_leader_whose_time_is_over_hands_over():
    with Crowd(10, holds=1) as crowd:

        def lead():
            with Previewer(**crowd.options()) as previewer:
                (late,) = previewer.previews([crowd.url], timeout=1)
                assert isinstance(late, DeadlineExceeded)
            return []

        def follow():
            assert crowd.reached.wait(PATIENCE)
            return crowd.in_threads(11)

        assert together(lead, follow) == ["Title"] * 11
        assert len(crowd.scene.visits) == 2


def test_nobody_waits_beyond_a_deadline_of_its_own():
    """They are back while the leader, which has more time, still waits; what they asked for themselves did not come either."""
    with Crowd(0, holds=1_000) as crowd:

        async def late(previewer):
            with pytest.raises(DeadlineExceeded) as caught:
                await previewer.preview(crowd.url)
            assert caught.value.url == crowd.url

        async def run():
            async with AsyncPreviewer(**crowd.options()) as long, AsyncPreviewer(**crowd.options(timeout=0.3)) as short:
                leader = asyncio.create_task(long.preview(crowd.url))
                assert await asyncio.to_thread(crowd.reached.wait, PATIENCE)
                await asyncio.gather(*(late(short) for _ in range(50)))
                with Previewer(**crowd.options(timeout=0.3)) as thread:
                    with pytest.raises(DeadlineExceeded) as caught:
                        await asyncio.to_thread(thread.preview, crowd.url)
                    assert caught.value.url == crowd.url
                assert not leader.done()
                assert crowd.now() == 0
                leader.cancel()

        asyncio.run(run())
        assert 3 <= len(crowd.scene.visits) < 50


def test_who_has_less_time_than_the_leader_asks_within_it():
    """One asks for all of those, and what it finds is remembered."""
    with Crowd(0, page("Cache-Control: max-age=600"), holds=1) as crowd:

        async def run():
            async with AsyncPreviewer(**crowd.options()) as long, AsyncPreviewer(**crowd.options(timeout=3)) as short:
                leader = asyncio.create_task(long.preview(crowd.url))
                assert await asyncio.to_thread(crowd.reached.wait, PATIENCE)
                found = await asyncio.gather(*(short.preview(crowd.url) for _ in range(50)))
                assert [each.title for each in found] == ["Title"] * 50
                assert not leader.done()
                leader.cancel()

        asyncio.run(run())
        assert len(crowd.scene.visits) == 2
