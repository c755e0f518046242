"""The previewer for coroutines: the other short driver. What it does beside waiting, client.py does as well."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import sys
import time
from collections.abc import Generator, Iterable
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Self, TypeVar

import anyio
import httpx
from anyio.lowlevel import cancel_shielded_checkpoint

from richresp.caching import AsyncCache, Cache, MemoryCache
from richresp.exceptions import PreviewError
from richresp.limits.freshness import DEFAULT_TTL_SECONDS, RELEASE_SECONDS
from richresp.limits.links import (
    MAX_BODY_BYTES,
    MAX_CONNECTIONS,
    MAX_CONNECTIONS_PER_HOST,
    MAX_RENEWALS,
    TIMEOUT_SECONDS,
)
from richresp.links.async_lines import AsyncLine
from richresp.links.batch import in_tasks
from richresp.links.forks import register
from richresp.links.model import Preview
from richresp.links.options import Options
from richresp.links.policy import Policy
from richresp.links.results import OnDone
from richresp.links.shelf import AsyncShelf
from richresp.links.steps import CacheStep, Release, Step, Told
from richresp.links.transport import AsyncGuardedTransport
from richresp.links.trip import TRIP, Trip
from richresp.links.whole import Fetched
from richresp.typing import Resolve

_Found = TypeVar("_Found")


class AsyncPreviewer:
    """The same for coroutines of one event loop at a time. Arguments have the same meaning as for `Previewer`.

    A cache may be for coroutines or for threads. Once its loop is closed, or it was closed itself, another loop may use it; asked in
    two at once, it raises UsageError.
    """

    def __init__(
        self,
        *,
        cache: Cache | AsyncCache | None = None,
        ttl: float = DEFAULT_TTL_SECONDS,
        timeout: float = TIMEOUT_SECONDS,
        transport: httpx.AsyncBaseTransport | None = None,
        resolve: Resolve | None = None,
        policy: Policy | None = None,
        user_agent: str | None = None,
        accept_language: str | None = None,
        proxy: str | None = None,
        max_connections: int = MAX_CONNECTIONS,
        max_connections_per_host: int = MAX_CONNECTIONS_PER_HOST,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        given = self._options = Options.of(
            timeout, transport, resolve, policy, user_agent, accept_language, proxy, max_connections,
            max_connections_per_host, ssl_context, ttl, awaited=True,
        )  # fmt: skip
        self._transport = transport or AsyncGuardedTransport(given.policy, **given.guard)
        self._shelf = AsyncShelf(MemoryCache() if cache is None else cache)
        self._renewals: dict[str, asyncio.Task[None]] = {}
        self._left: SimpleQueue[Release] = SimpleQueue()
        register(self)

    @property
    def timeout(self) -> float:
        """Seconds that one preview may take."""
        return self._options.timeout

    async def preview(self, url: str, *, refresh: bool = False) -> Preview:
        """What a link looks like. Arguments and errors are those of `Previewer.preview`."""
        return await self._run(url, self._options.trip(), self._options.flow(url, refresh=refresh))

    async def fetch(self, url: str, *, timeout: float | None = None, max_bytes: int = MAX_BODY_BYTES) -> Fetched:
        """All of a page. Arguments and errors are those of `Previewer.fetch`."""
        return await self._run(url, self._options.reading(timeout, max_bytes), self._options.whole(url, max_bytes))

    async def previews(
        self, urls: Iterable[str], *, timeout: float | None = None, refresh: bool = False, on_done: OnDone | None = None
    ) -> list[Preview | PreviewError]:
        """What several links look like. Arguments and results are those of `Previewer.previews`."""

        async def one(url: str, seconds: float) -> Preview:
            return await self._run(url, self._options.trip(seconds), self._options.flow(url, refresh=refresh))

        async def known(url: str, seconds: float) -> Preview | None:
            return await self._run(url, self._options.trip(seconds), self._options.known(url))

        return await in_tasks(
            urls, one, known=None if refresh else known, timeout=timeout, on_done=on_done,
            address_of=self._options.address, **self._options.widths,
        )  # fmt: skip

    async def _run(self, url: str, trip: Trip, steps: Generator[Step, Told, _Found]) -> _Found:
        line = AsyncLine(url, self._transport, self._options, trip, self._shelf, self._renew, self._left)
        token, handled = TRIP.set(trip), sys.exception()
        try:
            if not self._left.empty():
                await self._release()
            step = next(steps)
            while self._shelf.is_quick and isinstance(step, CacheStep):  # known links need no deadline
                step = steps.send(self._shelf.perform_now(step))
            with anyio.move_on_after(trip.deadline - time.monotonic()):
                while True:
                    step = steps.send(await line.perform(step))
            while True:
                steps.send(line.late())
        except StopIteration as done:
            found: _Found = done.value
            return found
        except BaseException as error:  # GeneratorExit, and what becomes of it on the way, are no Exception
            if _is_dropped(error, handled):
                line.drop()
                raise GeneratorExit from None
            raise
        finally:
            steps.close()
            await line.close()
            with contextlib.suppress(ValueError):  # closed from elsewhere, whose context knows nothing of it
                TRIP.reset(token)

    async def _release(self) -> None:
        """Gives back the leases of those who were dropped."""
        with contextlib.suppress(Empty), anyio.move_on_after(RELEASE_SECONDS):
            while True:
                await self._shelf.perform(self._left.get_nowait())

    def _renew(self, url: str) -> None:
        async def work() -> None:
            with contextlib.suppress(PreviewError):
                await self._run(url, self._options.trip(), self._options.flow(url, renew=True))

        with contextlib.suppress(RuntimeError):  # trio has no tasks beside those that are waited for
            loop = asyncio.get_running_loop()
            self._renewals = {at: task for at, task in self._renewals.items() if not task.get_loop().is_closed()}
            if len(self._renewals) < MAX_RENEWALS and url not in self._renewals:
                task = self._renewals[url] = loop.create_task(work())
                task.add_done_callback(lambda _: self._renewals.pop(url, None))

    def after_fork(self) -> None:
        """Forgets what the parent of a fork renews. Its child calls it."""
        self._renewals = {}

    async def close(self) -> None:
        """Closes all connections, those in use once their answers are done. What is being renewed is given up."""
        renewals = [task for task in self._renewals.values() if not task.get_loop().is_closed()]
        for task in renewals:
            task.cancel()
        if renewals:
            await asyncio.gather(*renewals, return_exceptions=True)
        await self._transport.aclose()
        await cancel_shielded_checkpoint()  # what was woken last comes to its end

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


def _is_dropped(error: BaseException | None, handled: BaseException | None) -> bool:
    """Whether an error comes of a coroutine being ended where nothing can be awaited, and not of what was handled around it."""
    while error is not None and error is not handled:
        if isinstance(error, GeneratorExit):
            return True
        error = error.__context__
    return False


async def apreview(url: str, **options: Any) -> Preview:
    """The same as `preview`, for coroutines."""
    async with AsyncPreviewer(**options) as previewer:
        return await previewer.preview(url)
