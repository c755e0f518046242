"""How a step is performed: the one answer that a preview has open, and the place that it holds, for threads and for coroutines.

Nothing is decided here. Whatever ends a preview, its line is closed, which closes the answer and gives the place back.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator

import anyio
import httpx

from richresp.exceptions import DeadlineExceeded
from richresp.limits.freshness import RELEASE_SECONDS
from richresp.links.failures import FOREIGN, failed
from richresp.links.flights import Ticket
from richresp.links.options import Options
from richresp.links.shelf import AsyncShelf, Shelf
from richresp.links.slots import Place, host_of
from richresp.links.steps import Answer, CacheStep, Failed, Fetch, Join, Later, Read, Step, Told, Wait, Waiting
from richresp.links.trip import Trip
from richresp.links.waking import abandoned, waker


class Line:
    """For threads: it looks at the clock before each step, and waits no longer than until the deadline."""

    def __init__(
        self,
        url: str,
        transport: httpx.BaseTransport,
        options: Options,
        trip: Trip,
        shelf: Shelf,
        later: Callable[[str], None],
    ) -> None:
        self._transport = transport
        self._options = options
        self._trip = trip
        self._shelf = shelf
        self._later = later
        self._url = url
        self._ticket: Ticket | None = None
        self._place: Place | None = None
        self._response: httpx.Response | None = None
        self._chunks: Iterator[bytes] = iter(())

    def perform(self, step: Step) -> Told:
        seconds = self._trip.deadline - time.monotonic()
        if seconds <= 0:
            return self.late()
        if isinstance(step, CacheStep):
            return self._shelf.perform(step)
        try:
            return self._perform(step, seconds)
        except FOREIGN as error:
            return failed(self._url, error, self._options.timeout)

    def _perform(self, step: Waiting, seconds: float) -> Told:
        told: Told = None
        match step:
            case Fetch():
                self._hang_up()
                self._url = step.url
                told = self._fetch(step, seconds)
            case Read(within):
                told = self._read(within)
            case Join(key, within):
                told = self._join(key, seconds if within is None else min(within, seconds))
            case Wait(wanted):
                time.sleep(min(wanted, seconds))
            case Later(url):
                self._later(url)
        return told

    def late(self) -> Failed:
        """That there is no time for the step."""
        return Failed(DeadlineExceeded(url=self._url, seconds=self._options.timeout))

    def close(self) -> None:
        """Ends it, once the steps are closed."""
        self._hang_up()
        step = abandoned(self._ticket)
        if step is not None:
            self._shelf.perform(step)

    def _hang_up(self) -> None:
        response, place = self._response, self._place
        self._response = self._place = None
        try:
            if response is not None:
                response.close()
        except FOREIGN:  # what is being thrown away may be broken
            pass
        finally:
            if place is not None:
                self._options.slots.leave(place)

    def _fetch(self, step: Fetch, seconds: float) -> Told:
        turn = threading.Event()
        place = self._place = Place(host_of(step.url), turn.set)
        if not (self._options.slots.ask(place) or turn.wait(seconds)):
            return self.late()
        response = self._response = self._transport.handle_request(request(step, seconds))
        stream = response.stream
        if not isinstance(stream, httpx.SyncByteStream):
            raise TypeError("an answer with a body that is for coroutines")
        self._chunks = iter(stream)
        return Answer(response.status_code, response.headers.raw)

    def _read(self, within: float | None) -> bytes:
        until = self._trip.deadline
        if within is not None:
            self._trip.deadline = min(until, time.monotonic() + within)
        try:
            return next(filter(None, self._chunks), b"")
        finally:
            self._trip.deadline = until

    def _join(self, key: str, seconds: float) -> Told:
        turn = threading.Event()
        ticket = self._ticket = self._shelf.flights.join(key, turn.set)
        try:
            if ticket.leads or turn.wait(seconds):
                return ticket
        except BaseException:
            ticket.leave()
            raise
        ticket.leave()
        return self.late()


class AsyncLine:
    """For coroutines: they are cancelled at the deadline, wherever they wait."""

    def __init__(
        self,
        url: str,
        transport: httpx.AsyncBaseTransport,
        options: Options,
        shelf: AsyncShelf,
        later: Callable[[str], None],
    ) -> None:
        self._transport = transport
        self._options = options
        self._shelf = shelf
        self._later = later
        self._url = url
        self._ticket: Ticket | None = None
        self._place: Place | None = None
        self._response: httpx.Response | None = None
        self._chunks: AsyncIterator[bytes] | None = None

    async def perform(self, step: Step) -> Told:
        if isinstance(step, CacheStep):
            return await self._shelf.perform(step)
        try:
            return await self._perform(step)
        except FOREIGN as error:
            return failed(self._url, error, self._options.timeout)

    async def _perform(self, step: Waiting) -> Told:
        told: Told = None
        match step:
            case Fetch():
                await self._hang_up()
                self._url = step.url
                told = await self._fetch(step)
            case Read(within) | Join(_, within):
                told = self.late()
                with anyio.move_on_after(within):
                    told = await (_anext(self._chunks) if isinstance(step, Read) else self._join(step.key))
            case Wait(wanted):
                await anyio.sleep(wanted)
            case Later(url):
                self._later(url)
        return told

    def late(self) -> Failed:
        """That there is no time for the step."""
        return Failed(DeadlineExceeded(url=self._url, seconds=self._options.timeout))

    async def close(self) -> None:
        await self._hang_up()
        step = abandoned(self._ticket)
        if step is not None and self._shelf.is_quick:
            self._shelf.perform_now(step)
        elif step is not None and not isinstance(sys.exception(), GeneratorExit):  # where nothing can be awaited
            with anyio.move_on_after(RELEASE_SECONDS, shield=True):
                await self._shelf.perform(step)

    async def _hang_up(self) -> None:
        response, place, chunks = self._response, self._place, self._chunks
        self._response = self._place = self._chunks = None
        if response is None and place is None:
            return
        try:
            with anyio.CancelScope(shield=True):
                if isinstance(chunks, AsyncGenerator):  # one that is dropped would be closed by whoever comes along
                    await chunks.aclose()
                if response is not None:
                    await response.aclose()
        except FOREIGN:  # what is being thrown away may be broken
            pass
        finally:
            if place is not None:
                self._options.slots.leave(place)

    async def _fetch(self, step: Fetch) -> Told:
        turn = anyio.Event()
        place = self._place = Place(host_of(step.url), waker(turn.set))
        if not self._options.slots.ask(place):
            await turn.wait()
        response = await self._transport.handle_async_request(request(step, self._options.timeout))
        self._response = response
        stream = response.stream
        if not isinstance(stream, httpx.AsyncByteStream):
            raise TypeError("an answer with a body that is for threads")
        self._chunks = aiter(stream)
        return Answer(response.status_code, response.headers.raw)

    async def _join(self, key: str) -> Ticket:
        turn = anyio.Event()
        ticket = self._ticket = self._shelf.flights.join(key, waker(turn.set))
        try:
            if not ticket.leads:
                await turn.wait()
        except BaseException:
            ticket.leave()
            raise
        return ticket


def request(step: Fetch, seconds: float) -> httpx.Request:
    """A request for the transport itself: a client would read redirects, keep cookies and heed the environment."""
    timeout = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
    return httpx.Request("GET", step.url, headers=list(step.headers), extensions={"timeout": timeout})


async def _anext(chunks: AsyncIterator[bytes] | None) -> bytes:
    if chunks is not None:
        async for chunk in chunks:
            if chunk:
                return chunk
    return b""
