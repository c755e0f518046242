"""Payloads whose own code is run when they are read never stand in the way of the event loop; few are read at once."""

import asyncio
import threading
from dataclasses import dataclass

import anyio
import anyio.to_thread
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from richresp.integrations.fastapi import ShapedResponse
from richresp.integrations.threads import in_thread
from richresp.limits.answering import MAX_PLAIN_VALUES, SHAPING_THREADS


class Met(dict):
    pass


@dataclass
class Todo:
    id: int


@pytest.mark.parametrize(
    ("payload", "beside"),
    [
        (lambda: iter([1]), True),
        (lambda: {"todos": [Met(id=1)]}, True),
        (lambda: [{"todos": (n for n in range(3))}], True),
        (lambda: [Todo(1)], True),
        (lambda: {"n": [1] * (MAX_PLAIN_VALUES + 1)}, True),
        (lambda: {"n": [1, 2.5, True, None, "text", {}, []]}, False),
    ],
)
def test_what_may_block_is_read_beside_the_event_loop(payload, beside):
    threads = []

    def counter(text):
        threads.append(threading.current_thread())
        return len(text)

    app, loops = FastAPI(), []

    @app.get("/")
    async def _answer():
        loops.append(threading.current_thread())
        return ShapedResponse.of(budget=400, counter=counter)(payload())

    assert TestClient(app).get("/").status_code == 200
    assert threads
    assert (loops[0] not in threads) is beside


def test_so_many_are_shaped_at_once_and_no_more():
    running, most, lock = 0, 0, threading.Lock()
    full = threading.Barrier(SHAPING_THREADS, timeout=30)
    go, taken = threading.Event(), []

    def work():
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        go.wait(30)
        full.wait()  # breaks if fewer than these run at once
        with lock:
            running -= 1

    async def run():
        async with anyio.create_task_group() as group:
            for _ in range(3 * SHAPING_THREADS):
                group.start_soon(in_thread, work)
            await anyio.wait_all_tasks_blocked()
            taken.append(anyio.to_thread.current_default_thread_limiter().borrowed_tokens)
            go.set()

    for _ in range(2):  # each event loop has its own
        asyncio.run(run())
        go.clear()
    assert (most, taken) == (SHAPING_THREADS, [0, 0])
