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
from richresp.limits.links import BATCH_END_SECONDS, BATCH_END_SHARE
from richresp.links.model import Preview
from richresp.links.slots import host_of
from richresp.links.stored import as_asked
from richresp.links.turns import Turns

Result: TypeAlias = Preview | PreviewError
OnDone: TypeAlias = Callable[[str, Result], object]
"""What may be told of each link when it is done: the URL, and its preview or why it has none."""


class _Results:
    """What came of each link. Links that lead to one address, however they are spelled, are asked for once.

    Attributes:
        asked: the first spelling of each address.
    """

    def __init__(self, urls: Iterable[str], address_of: Callable[[str], str], on_done: OnDone | None) -> None:
        self._urls = _listed(urls)
        self._on_done = on_done
        self._told: dict[str, Result] = {}
        spellings: dict[str, list[str]] = {}
        for url in dict.fromkeys(self._urls):
            spellings.setdefault(address_of(url), []).append(url)
        self._spellings = {same[0]: same for same in spellings.values()}
        self.hosts = {same[0]: _host(address) for address, same in spellings.items()}

    @property
    def asked(self) -> list[str]:
        return list(self._spellings)

    def told(self, url: str, result: Result) -> None:
        """What came of one of those that were asked for."""
        for spelling in self._spellings[url]:
            mine = self._told[spelling] = result if spelling == url else as_asked(result, spelling)
            if self._on_done is not None:
                self._on_done(spelling, mine)

    def in_order(self, timeout: float | None) -> list[Result]:
        """All of them; what is missing is late."""
        for url in self._spellings:
            if url not in self._told:
                self.told(url, DeadlineExceeded(url=url, seconds=0.0 if timeout is None else timeout))
        return [self._told[url] for url in self._urls]


def in_threads(
    urls: Iterable[str],
    one: Callable[[str, float], Preview],
    *,
    timeout: float | None,
    total: int,
    per_host: int,
    address_of: Callable[[str], str],
    on_done: OnDone | None,
) -> list[Result]:
    """The results for links.

    Args:
        urls: the links.
        one: previews a link within so many seconds.
        timeout: seconds for all; None for as long as each takes.
        total: how many at once.
        per_host: how many at once of a host.
        address_of: a link in the form in which it is compared.
        on_done: told of each, in the thread of the caller.
    """
    results = _Results(urls, address_of, on_done)
    until = _until(timeout)
    turns = Turns(results.asked, results.hosts.__getitem__, total=total, per_host=per_host)
    todo: SimpleQueue[str | None] = SimpleQueue()
    done: SimpleQueue[tuple[str, Result | BaseException]] = SimpleQueue()
    threads = 0

    def work() -> None:
        while (url := todo.get()) is not None:
            try:
                done.put((url, one(url, _seconds(until))))
            except BaseException as error:  # noqa: BLE001 - it is raised where the batch is waited for
                done.put((url, error))

    try:
        while turns:
            for url in turns.ready():
                todo.put(url)
                if threads < min(total, len(results.asked)):
                    threads += 1
                    threading.Thread(target=work, name="richresp-batch", daemon=True).start()
            try:
                url, told = done.get(timeout=None if until == math.inf else max(0.0, until - time.monotonic()))
            except Empty:
                break
            turns.done(url)
            results.told(url, _result(told))
    finally:
        for _ in range(threads):
            todo.put(None)
    return results.in_order(timeout)


async def in_tasks(
    urls: Iterable[str],
    one: Callable[[str, float], Awaitable[Preview]],
    *,
    timeout: float | None,
    total: int,
    per_host: int,
    address_of: Callable[[str], str],
    on_done: OnDone | None,
) -> list[Result]:
    """The same for coroutines."""
    results = _Results(urls, address_of, on_done)
    until = _until(timeout)
    turns = Turns(results.asked, results.hosts.__getitem__, total=total, per_host=per_host)
    failed: list[BaseException] = []

    async def work(url: str) -> None:
        try:
            told: Result = await one(url, _seconds(until))
        except PreviewError as error:
            told = error
        turns.done(url)
        results.told(url, told)
        begin()

    async def watched(url: str) -> None:
        try:
            await work(url)
        except Exception as error:  # noqa: BLE001 - it is raised where the batch is waited for, and not within a group
            failed.append(error)
            group.cancel_scope.cancel()

    def begin() -> None:
        for url in turns.ready():
            group.start_soon(watched, url)

    with anyio.move_on_after(timeout):
        async with anyio.create_task_group() as group:
            begin()
    if failed:
        raise failed[0]
    return results.in_order(timeout)


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


def _seconds(until: float) -> float:
    """What a link has: a little less than the batch, so that it can still tell what is remembered."""
    left = until - time.monotonic()
    return left - min(BATCH_END_SECONDS, BATCH_END_SHARE * left)


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
