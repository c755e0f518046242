"""How a preview ends that a transport fails: with an error that says what it was, and how many seconds it had."""

import asyncio
import threading

import httpx
import pytest

from richresp import AsyncPreviewer, DeadlineExceeded, FetchError, Previewer
from richresp.links.trip import TRIP
from tests.links.driven import both
from tests.links.remembering import Open

preview = both

URL = "https://site.example.com/page"


def test_a_transport_that_raises_the_end_of_an_iteration_makes_no_preview(preview):
    def site(request):
        raise StopIteration("no preview")

    with pytest.raises((StopIteration, RuntimeError)):  # in a coroutine Python makes the one of the other
        preview(site, URL)


def late(request):
    TRIP.get().deadline = 0.0
    return httpx.Response(200, headers={"content-type": "text/html"}, text="<title>Title</title>")


def test_what_came_too_late_is_told_with_the_seconds_that_it_had(preview):
    with pytest.raises(DeadlineExceeded, match="within 3 s") as caught:
        preview(late, URL, timeout=3)
    assert caught.value.seconds == 3


def test_in_a_batch_those_are_the_seconds_of_the_batch():
    async def of_coroutines():
        async with AsyncPreviewer(transport=httpx.MockTransport(late)) as previewer:
            return await previewer.previews([URL], timeout=2)

    with Previewer(transport=httpx.MockTransport(late)) as previewer:
        found = [*previewer.previews([URL], timeout=2), *asyncio.run(of_coroutines())]
    assert all(1 < each.seconds < 2 for each in found)


def test_a_transport_without_a_free_connection_is_told_as_such(preview):
    def site(request):
        raise httpx.PoolTimeout("none is free")

    with pytest.raises(FetchError, match="connections of the transport") as caught:
        preview(site, URL)
    assert not isinstance(caught.value, DeadlineExceeded)


class Stuck(Open):
    """Its leases are given back once somebody lets it."""

    def __init__(self):
        super().__init__()
        self.let, self.done = threading.Event(), threading.Event()

    def release(self, key, token):
        self.let.wait(20)
        super().release(key, token)
        self.done.set()


def test_a_release_that_hangs_holds_up_no_thread_beyond_its_deadline():
    def late(request):
        TRIP.get().deadline = 0.0
        raise httpx.ReadTimeout("slow")

    cache = Stuck()
    with Previewer(transport=httpx.MockTransport(late), cache=cache) as previewer:
        with pytest.raises(DeadlineExceeded):
            previewer.preview(URL)
        assert not cache.done.is_set()
        cache.let.set()
        assert cache.done.wait(20)
    assert cache.leases == {}
