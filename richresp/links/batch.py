"""Many previews at once, for threads and for coroutines.

Each link is looked for in what is remembered first, where it waits for no host; the others take turns, of which `turns` decides.
Nothing begins when the time of the batch is over. What has not ended then is told as late, and ends by itself soon after, for no
preview has more time than its batch.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

import anyio
from anyio.lowlevel import checkpoint

from richresp.exceptions import PreviewError
from richresp.limits.links import BATCH_LOOKERS, BATCH_SLICE
from richresp.links.crew import Crew
from richresp.links.model import Preview
from richresp.links.results import OnDone, Result, Results
from richresp.links.turns import Turns

_Found = TypeVar("_Found")


def in_threads(
    urls: Iterable[str],
    one: Callable[[str, float], Preview],
    *,
    timeout: float | None,
    total: int,
    per_host: int,
    address_of: Callable[[str], str],
    on_done: OnDone | None,
    known: Callable[[str, float], Preview | None] | None = None,
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
        known: what is remembered of a link, looked for within so many seconds; None where nothing is.
    """
    results = Results(urls, address_of, on_done, timeout)
    turns = Turns((), results.hosts.__getitem__, total=total, per_host=per_host)
    crew = Crew(lambda url: one(url, results.seconds), total)
    asked = results.asked()
    try:
        url = next(asked, None)
        while (url is not None or turns) and results.left > 0:
            if url is not None:
                found = None if known is None else _told(known, url, results.seconds)
                if found is None:
                    turns.add(url)
                else:
                    results.told(url, found)
                url = next(asked, None)
            for begun in turns.ready():
                crew.begin(begun)
            done = crew.done(0.0 if url is not None else results.left) if turns else None
            if done is not None:
                turns.done(done[0])
                results.told(done[0], _result(done[1]))
    finally:
        crew.end()
    return results.in_order()


async def in_tasks(
    urls: Iterable[str],
    one: Callable[[str, float], Awaitable[Preview]],
    *,
    timeout: float | None,
    total: int,
    per_host: int,
    address_of: Callable[[str], str],
    on_done: OnDone | None,
    known: Callable[[str, float], Awaitable[Preview | None]] | None = None,
) -> list[Result]:
    """The same for coroutines."""
    tasks = _Tasks(Results(urls, address_of, on_done, timeout), one, known, total, per_host)
    with anyio.move_on_after(timeout):
        await tasks.run()
    return tasks.results.in_order()


class _Tasks:
    """The tasks of a batch."""

    def __init__(
        self,
        results: Results,
        one: Callable[[str, float], Awaitable[Preview]],
        known: Callable[[str, float], Awaitable[Preview | None]] | None,
        total: int,
        per_host: int,
    ) -> None:
        self.results = results
        self._one = one
        self._known = known
        self._turns = Turns((), results.hosts.__getitem__, total=total, per_host=per_host)
        self._asked = results.asked()
        self._failed: list[BaseException] = []
        self._group = anyio.create_task_group()

    async def run(self) -> None:
        async with self._group:
            for _ in range(BATCH_LOOKERS):
                self._group.start_soon(self._watched, self._look)
        if self._failed:
            raise self._failed[0]

    async def _look(self) -> None:
        for count, url in enumerate(self._asked, 1):
            found = None if self._known is None else await _awaited(self._known, url, self.results.seconds)
            if found is None:
                self._turns.add(url)
                self._begin()
            else:
                self.results.told(url, found)
            if count % BATCH_SLICE == 0:
                await checkpoint()

    def _begin(self) -> None:
        if self.results.left > 0:
            for url in self._turns.ready():
                self._group.start_soon(self._watched, self._work, url)

    async def _work(self, url: str) -> None:
        told = await _awaited(self._one, url, self.results.seconds)
        self._turns.done(url)
        self.results.told(url, told)
        self._begin()

    async def _watched(self, part: Callable[..., Awaitable[None]], *url: str) -> None:
        try:
            await part(*url)
        except Exception as error:  # noqa: BLE001 - it is raised where the batch is waited for, and not within a group
            self._failed.append(error)
            self._group.cancel_scope.cancel()


def _told(ask: Callable[[str, float], _Found], url: str, seconds: float) -> _Found | PreviewError:
    try:
        return ask(url, seconds)
    except PreviewError as error:
        return error


async def _awaited(ask: Callable[[str, float], Awaitable[_Found]], url: str, seconds: float) -> _Found | PreviewError:
    try:
        return await ask(url, seconds)
    except PreviewError as error:
        return error


def _result(told: Result | BaseException) -> Result:
    if isinstance(told, (Preview, PreviewError)):
        return told
    raise told
