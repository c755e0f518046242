"""One flight for callers of all kinds: threads, event loops, and what becomes of it when one is cancelled, dropped or forked."""

import asyncio
import gc
import os
import sys
import threading
from collections import Counter

import pytest

from richresp import Preview
from richresp.links.flights import Flights
from richresp.links.waking import waker

URL = "https://site.example/page"
FOUND = Preview(requested_url=URL, final_url=URL)


def nothing():
    pass


def wait_in_thread(table, key, lead, *, give_up=False):
    """A caller in a thread: leads, or waits until it is told or leads. What it came to know."""
    event = threading.Event()
    with table.join(key, event.set) as ticket:
        if not ticket.leads and not give_up:
            assert event.wait(60)
        if ticket.leads:
            found = lead()
            if found is not None:
                assert ticket.finish(found)
        return ticket.outcome


def run_threads(*targets):
    threads = [threading.Thread(target=target) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)


def test_threads_in_a_hurry():
    """Everybody knows what a leader found, or led and gave up, or left; never do two lead at once."""
    table, leading, overlaps, lost = Flights(), Counter(), [], []
    turns = 300

    def caller(number):
        for turn in range(turns):
            key = str((turn * 7 + number) % 3)
            gives_up, hands_over = (turn + number) % 5 == 0, (turn * number) % 4 == 1

            def lead(key=key, hands_over=hands_over):
                leading[key] += 1
                overlaps.append(leading[key] != 1)
                leading[key] -= 1
                return None if hands_over else FOUND

            if wait_in_thread(table, key, lead, give_up=gives_up) is None and not gives_up and not hands_over:
                lost.append((number, turn))

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        run_threads(*[lambda number=number: caller(number) for number in range(8)])
    finally:
        sys.setswitchinterval(before)
    assert not any(overlaps)
    assert lost == []
    assert len(table) == 0


async def wait_in_loop(table, key, lead):
    loop, event = asyncio.get_running_loop(), asyncio.Event()
    with table.join(key, lambda: loop.call_soon_threadsafe(event.set)) as ticket:
        if not ticket.leads:
            await event.wait()
        if ticket.leads:
            assert ticket.finish(await lead())
        return ticket.outcome


def test_threads_and_event_loops_share_one_flight():
    table, count, lock, joined = Flights(), Counter(), threading.Lock(), threading.Barrier(4)
    outcomes = []

    def lead():
        with lock:
            count["leads"] += 1
        return FOUND

    async def lead_later():
        return lead()

    async def callers():
        outcomes.extend(await asyncio.gather(*(wait_in_loop(table, "a", lead_later) for _ in range(10))))

    def loop():
        joined.wait(60)
        asyncio.run(callers())

    def thread():
        joined.wait(60)
        outcomes.append(wait_in_thread(table, "a", lead))

    first = table.join("a", nothing)
    run_threads(loop, loop, thread, lambda: (joined.wait(60), until(table, 21), first.finish(FOUND)))
    assert outcomes == [FOUND] * 21
    assert count["leads"] == 0


def until(table, number):
    """Waits, by joining and leaving, until so many wait."""
    while len(table._flights["a"].waiting) < number:
        table.join("b", nothing).leave()


def test_a_cancelled_leader_hands_over():
    async def run():
        table, reached = Flights(), asyncio.Event()

        async def hang():
            reached.set()
            await asyncio.Event().wait()

        async def find():
            return FOUND

        leader = asyncio.create_task(wait_in_loop(table, "a", hang))
        await reached.wait()
        others = [asyncio.create_task(wait_in_loop(table, "a", find)) for _ in range(5)]
        await asyncio.sleep(0)
        leader.cancel()
        assert await asyncio.gather(*others) == [FOUND] * 5
        with pytest.raises(asyncio.CancelledError):
            await leader
        assert len(table) == 0

    asyncio.run(run())


def test_a_leader_whose_loop_was_dropped_hands_over():
    """A loop that is closed without an end to its tasks: the collector ends them, wherever that happens to be."""
    table = Flights()

    async def hang():
        await asyncio.Event().wait()

    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda loop, context: None)  # it would say that a task was destroyed
    coroutine = wait_in_loop(table, "a", hang)
    task = loop.create_task(coroutine)
    loop.call_soon(loop.stop)
    loop.run_forever()
    event = threading.Event()
    second = table.join("a", event.set)
    assert not second.leads
    coroutine.close()
    assert event.is_set()
    assert second.leads
    del task
    loop.close()
    gc.collect()


def test_a_leader_whose_loop_was_closed_hands_over_to_who_comes_next():
    """Its coroutine is still there, so that nobody leaves the flight for it."""
    table = Flights()

    async def lead():
        return table.join("a", waker(nothing))

    loop = asyncio.new_event_loop()
    gone = loop.run_until_complete(lead())
    woken = []
    waiting = table.join("a", lambda: woken.append(1))
    gone.lease = "token"
    assert gone.leads
    assert not waiting.leads
    loop.close()
    late = table.join("a", nothing)
    assert (gone.leads, waiting.leads, late.leads) == (False, True, False)
    assert (woken, waiting.lease) == ([1], "token")
    gone.leave()
    assert not gone.finish(FOUND)
    assert waiting.finish(FOUND)
    assert late.outcome == FOUND
    assert len(table) == 0


def test_and_leads_itself_where_nobody_waits():
    table = Flights()

    async def lead():
        return table.join("a", waker(nothing))

    loop = asyncio.new_event_loop()
    loop.run_until_complete(lead())
    loop.close()
    ticket = table.join("a", pytest.fail)
    assert ticket.leads
    assert ticket.finish(FOUND)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_child_begins_with_an_empty_table():
    table, woken = Flights(), []
    leader = table.join("a", nothing)
    table.join("a", lambda: woken.append(1))
    with table._lock:  # as if another thread were in the middle of a call
        child = os.fork()
        if child == 0:
            good = len(table) == 0 and not leader.finish(FOUND) and not woken
            ticket = table.join("a", nothing)
            leader.leave()
            os._exit(0 if good and ticket.leads and ticket.finish(FOUND) and len(table) == 0 else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert leader.finish(FOUND)
    assert woken == [1]
