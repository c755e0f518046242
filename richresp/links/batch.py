"""Many previews at once, for threads and for coroutines: results in order, errors as values, each link once.

Which link begins when, `turns` decides. What has not ended when the time of the batch is over is told as late, and ends by itself
soon after, for no preview has more time than its batch.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Awaitable, Callable, Iterable
from queue import Empty, SimpleQueue
from typing import TypeAlias

import anyio

from richresp.exceptions import DeadlineExceeded, PreviewError, UsageError
from richresp.links.lines import host_of
from richresp.links.model import Preview
from richresp.links.turns import Turns

Result: TypeAlias = Preview | PreviewError
OnDone: TypeAlias = Callable[[str, Result], object]
"""What may be told of each link when it is done: the URL, and its preview or why it has none."""


def in_threads(
    urls: Iterable[str],
    one: Callable[[str, float], Preview],
    *,
    timeout: float | None,
    total: int,
    per_host: int,
    on_done: OnDone | None,
) -> list[Result]:
    """The results for links.

    Args:
        urls: the links.
        one: previews a link within so many seconds.
        timeout: seconds for all; None for as long as each takes.
        total: how many at once.
        per_host: how many at once of a host.
        on_done: told of each, in the thread of the caller.
    """
    wanted = _listed(urls)
    until = _until(timeout)
    turns = Turns(wanted, _host, total=total, per_host=per_host)
    todo: SimpleQueue[str | None] = SimpleQueue()
    done: SimpleQueue[tuple[str, Result | BaseException]] = SimpleQueue()
    results: dict[str, Result] = {}
    threads = 0

    def work() -> None:
        while (url := todo.get()) is not None:
            try:
                done.put((url, one(url, until - time.monotonic())))
            except BaseException as error:  # noqa: BLE001 - it is raised where the batch is waited for
                done.put((url, error))

    try:
        while turns:
            for url in turns.ready():
                todo.put(url)
                if threads < min(total, len(wanted)):
                    threads += 1
                    threading.Thread(target=work, name="richresp-batch", daemon=True).start()
            try:
                url, told = done.get(timeout=None if until == math.inf else max(0.0, until - time.monotonic()))
            except Empty:
                break
            turns.done(url)
            results[url] = _result(told)
            if on_done is not None:
                on_done(url, results[url])
    finally:
        for _ in range(threads):
            todo.put(None)
    return _in_order(wanted, results, timeout, on_done)


async def in_tasks(
    urls: Iterable[str],
    one: Callable[[str, float], Awaitable[Preview]],
    *,
    timeout: float | None,
    total: int,
    per_host: int,
    on_done: OnDone | None,
) -> list[Result]:
    """The same for coroutines."""
    wanted = _listed(urls)
    until = _until(timeout)
    turns = Turns(wanted, _host, total=total, per_host=per_host)
    results: dict[str, Result] = {}

    async def work(url: str) -> None:
        try:
            told: Result = await one(url, until - time.monotonic())
        except PreviewError as error:
            told = error
        turns.done(url)
        results[url] = told
        if on_done is not None:
            on_done(url, told)
        begin()

    def begin() -> None:
        for url in turns.ready():
            group.start_soon(work, url)

    with anyio.move_on_after(None if timeout is None else timeout):
        async with anyio.create_task_group() as group:
            begin()
    return _in_order(wanted, results, timeout, on_done)


def _listed(urls: Iterable[str]) -> list[str]:
    if isinstance(urls, (str, bytes)):
        raise UsageError("urls is a list of URLs; for one there is preview()")
    listed = list(urls)
    for url in listed:
        if not isinstance(url, str):
            raise UsageError(f"a URL is a text, not a {type(url).__name__}")
    return listed


def _until(timeout: object) -> float:
    if timeout is None:
        return math.inf
    if isinstance(timeout, bool) or not isinstance(timeout, (int, float)) or not 0 < timeout < math.inf:
        raise UsageError(f"timeout={timeout!r}: give seconds, more than 0")
    return time.monotonic() + timeout


def _host(url: str) -> str:
    """The host of a URL; what is none has one of its own, and fails by itself."""
    try:
        return host_of(url)
    except ValueError:
        return ""


def _result(told: Result | BaseException) -> Result:
    if isinstance(told, (Preview, PreviewError)):
        return told
    raise told


def _in_order(
    wanted: list[str], results: dict[str, Result], timeout: float | None, on_done: OnDone | None
) -> list[Result]:
    for url in wanted:
        if url not in results:
            results[url] = DeadlineExceeded(url=url, seconds=0.0 if timeout is None else timeout)
            if on_done is not None:
                on_done(url, results[url])
    return [results[url] for url in wanted]
