"""Threads that are used again, never shared by two calls, and gone when nobody needs them."""

import asyncio
import os
import queue
import subprocess
import sys
import threading

import pytest

from richresp.links.waking import waker
from richresp.links.workers import Workers

PATIENCE = 20.0
FORK = """
import os
from richresp.links.workers import Workers

workers = Workers("test", 20.0)
workers.start(int, int).result()
if not (child := os.fork()):
    os._exit(workers.start(lambda: 7, int).result(10))
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def nothing():
    pass


def test_a_thread_is_used_again():
    workers = Workers("test", PATIENCE)
    threads = {workers.start(threading.get_ident, nothing).result(PATIENCE) for _ in range(50)}
    assert len(threads) == 1


def test_calls_at_once_have_each_a_thread():
    workers, meet = Workers("test", PATIENCE), threading.Barrier(5)
    for _ in range(3):
        calls = [workers.start(lambda: (meet.wait(PATIENCE), threading.get_ident())[1], nothing) for _ in range(5)]
        assert len({each.result(PATIENCE) for each in calls}) == 5


@pytest.mark.parametrize("error", [OSError, SystemExit, KeyboardInterrupt])
def test_an_error_is_raised_where_it_is_waited_for(error):
    def broken():
        raise error

    workers, ended = Workers("test", PATIENCE), []
    with pytest.raises(error):
        workers.start(broken, lambda: ended.append(1)).result(PATIENCE)
    assert ended == [1]
    assert workers.start(lambda: "whole", nothing).result(PATIENCE) == "whole"


def test_it_has_ended_before_its_result_is_there():
    workers, ended = Workers("test", PATIENCE), []
    for number in range(200):
        assert workers.start(lambda: 1, lambda number=number: ended.append(number)).result(PATIENCE) == 1
        assert ended[-1] == number


def test_who_waits_in_vain_ends():
    workers = Workers("test", 0.0)
    thread = workers.start(threading.current_thread, nothing).result(PATIENCE)
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert workers.start(threading.current_thread, nothing).result(PATIENCE) is not thread


class Late(queue.SimpleQueue):
    """Calls that come just after whoever waited for them has given up."""

    def get(self, *, timeout=None):
        if timeout is not None:
            raise queue.Empty
        return super().get()


@pytest.mark.parametrize(("free", "call"), [(0, nothing), (1, None)])
def test_a_thread_ends_only_if_no_call_is_on_its_way(free, call):
    workers = Workers("test", PATIENCE)
    workers._calls, workers._free = Late(), free
    workers._calls.put(nothing)
    assert workers._next() is call
    assert workers._free == 0


@pytest.fixture
def hasty():
    """Threads that take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hasty")
def test_no_call_is_lost_while_threads_end():
    workers = Workers("test", 0.0)
    assert [workers.start(lambda number=number: number, nothing).result(PATIENCE) for number in range(2_000)] == [
        *range(2_000)
    ]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_child_has_threads_of_its_own():
    command = [sys.executable, "-W", "ignore", "-c", FORK]
    assert subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout == "7\n"


def test_a_coroutine_is_woken_from_a_thread_and_an_ended_loop_says_that_it_is_gone():
    async def run():
        event = asyncio.Event()
        wake = waker(event.set)
        Workers("test", 0.0).start(wake, nothing)
        await asyncio.wait_for(event.wait(), PATIENCE)
        return wake

    wake = asyncio.run(run())
    with pytest.raises(RuntimeError):
        wake()
