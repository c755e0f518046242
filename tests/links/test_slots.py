"""How many answers are open at once, against a model; and that whatever ends a preview gives its place back."""

import asyncio
import os
import threading
from collections import Counter

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import AsyncPreviewer, DeadlineExceeded, Previewer
from richresp.links.slots import Place, Slots
from tests.links.driven import Chunks

URL = "https://site.example.com/page"
PAGE = {"content-type": "text/html"}


@given(
    total=st.integers(1, 5),
    per_host=st.integers(1, 3),
    moves=st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 30), st.booleans()), max_size=60),
)
def test_the_caps_hold_and_nobody_waits_for_a_free_place(total, per_host, moves):
    slots, there, queue = Slots(total, per_host), [], []
    for host, pick, coming in moves:
        if coming:
            place = Place(host, lambda: None)
            (there if slots.ask(place) else queue).append(place)
        elif there or queue:
            line = there if there and (pick % 2 or not queue) else queue
            slots.leave(line.pop(pick % len(line)))
        woken = [place for place in queue if place.held]
        queue = [place for place in queue if not place.held]
        there += woken
        held = Counter(place.host for place in there)
        assert sum(held.values()) <= total
        assert max(held.values(), default=0) <= per_host
        assert not [each for each in queue if sum(held.values()) < total and held[each.host] < per_host]
        assert len(slots) == len({place.host for place in there + queue})
    for place in there + queue:
        slots.leave(place)
        slots.leave(place)
    assert len(slots) == 0


def test_who_came_first_goes_first():
    slots, order = Slots(1, 1), []
    places = [Place("a", lambda number=number: order.append(number)) for number in range(4)]
    for place in places:
        slots.ask(place)
    for place in places:
        slots.leave(place)
    assert order == [1, 2, 3]


def test_hosts_that_wait_are_let_in_in_turn():
    slots, order = Slots(1, 1), []
    places = [Place(host, lambda host=host: order.append(host)) for host in "xaaabbc"]
    for place in places:
        slots.ask(place)
    for _ in places:
        slots.leave(next(place for place in places if place.held))
    assert "".join(order) == "abcaba"


def test_threads_of_one_previewer_keep_to_the_caps():
    lock, now, most = threading.Lock(), Counter(), Counter()
    meet = threading.Barrier(2)

    def site(request):
        host = request.url.host
        with lock:
            now[host] += 1
            most[host] = max(most[host], now[host])
        meet.wait(5)
        with lock:
            now[host] -= 1
        return httpx.Response(200, headers=PAGE, text="<title>T</title>")

    with Previewer(transport=httpx.MockTransport(site), max_connections_per_host=2, timeout=30) as previewer:
        threads = [threading.Thread(target=previewer.preview, args=(f"{URL}/{number}",)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(previewer._options.slots) == 0
    assert most == {"site.example.com": 2}


class Hanging(httpx.AsyncBaseTransport):
    """Answers nobody, or with a body that never ends, and says who is there."""

    def __init__(self, body=None):
        self.body = body
        self.there = asyncio.Event()
        self.asked = 0

    async def handle_async_request(self, request):
        self.asked += 1
        self.there.set()
        if self.body is None:
            await asyncio.Event().wait()
        return httpx.Response(200, headers=PAGE, stream=self.body)


class Endless(Chunks):
    async def __aiter__(self):
        yield b"<title>"
        await asyncio.Event().wait()


@pytest.mark.parametrize("body", [None, Endless([])])
def test_a_cancelled_preview_leaves_nothing(body):
    async def run():
        transport = Hanging(body)
        async with AsyncPreviewer(transport=transport, timeout=60) as previewer:
            task = asyncio.create_task(previewer.preview(URL))
            await transport.there.wait()
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert len(previewer._options.slots) == 0
            assert asyncio.all_tasks() == {asyncio.current_task()}
        assert body is None or body.closed == 1

    asyncio.run(run())


def test_waiting_for_a_place_counts_as_time():
    async def run():
        transport = Hanging()
        async with AsyncPreviewer(transport=transport, timeout=0.05, max_connections_per_host=1) as previewer:
            told = await asyncio.gather(*(previewer.preview(URL) for _ in range(3)), return_exceptions=True)
            assert [type(each) for each in told] == [DeadlineExceeded] * 3
            assert len(previewer._options.slots) == 0
        assert 1 <= transport.asked <= 3

    asyncio.run(run())


def test_an_interrupt_passes_and_leaves_nothing():
    def site(request):
        raise KeyboardInterrupt

    body = Chunks(iter_interrupted())
    for each in (site, lambda request: httpx.Response(200, headers=PAGE, stream=body)):
        with Previewer(transport=httpx.MockTransport(each)) as previewer:
            with pytest.raises(KeyboardInterrupt):
                previewer.preview(URL)
            assert len(previewer._options.slots) == 0
    assert body.closed == 1


def iter_interrupted():
    yield b"<title>"
    raise KeyboardInterrupt


def nothing():
    pass


def test_leaving_waits_for_no_lock():
    """What the collector ends in the middle of a call into the table leaves it at once, and is let go right after."""
    slots = Slots(1, 1)
    first, second, third = (Place("a", nothing) for _ in range(3))
    assert [slots.ask(each) for each in (first, second, third)] == [True, False, False]
    with slots._lock:
        slots.leave(first)
        slots.leave(second)
        assert not third.held
    slots.leave(Place("b", nothing))
    assert third.held
    slots.leave(third)
    assert len(slots) == 0


class Interrupting(str):
    """A host that calls something when the table looks it up, which is in the middle of a call."""

    __slots__ = ("call",)

    def __hash__(self):
        call, self.call = self.call, nothing
        call()
        return super().__hash__()

    def __eq__(self, other):
        return str(self) == other


def test_who_leaves_in_the_middle_of_a_call_is_let_go_at_its_end():
    slots, host = Slots(1, 1), Interrupting("b")
    host.call = nothing
    first, waiting, third = Place("a", nothing), Place("a", nothing), Place(host, nothing)
    slots.ask(first)
    slots.ask(waiting)
    host.call = lambda: slots.leave(first)
    slots.ask(third)
    assert (waiting.held, third.held) == (False, True)
    host.call = lambda: slots.leave(waiting)
    slots.leave(third)
    assert len(slots) == 0


def test_who_is_gone_when_its_turn_comes_is_passed_over():
    def closed():
        raise RuntimeError("Event loop is closed")

    slots = Slots(1, 1)
    places = [Place("a", nothing), *(Place("a", closed) for _ in range(1_000)), Place("a", nothing)]
    for place in places:
        slots.ask(place)
    slots.leave(places[0])
    assert places[-1].held
    slots.leave(places[-1])
    assert len(slots) == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_child_begins_with_an_empty_table():
    slots, places = Slots(1, 1), [Place("a", nothing) for _ in range(3)]
    for place in places:
        slots.ask(place)
    with slots._lock:  # as if another thread were in the middle of a call
        child = os.fork()
        if child == 0:
            mine = Place("a", nothing)
            good = slots.ask(mine)
            for place in places:
                slots.leave(place)
            other = Place("a", nothing)
            os._exit(0 if good and len(slots) == 1 and not slots.ask(other) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert len(slots) == 1
