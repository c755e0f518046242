"""How a step is performed: the one answer that a preview has open, and the place that it holds, for threads and for coroutines.

Nothing is decided here. Whatever ends a preview, its line is closed, which closes the answer and gives the place back.
"""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

import anyio
import httpx

from richresp.exceptions import DeadlineExceeded
from richresp.links.failures import FOREIGN, failed
from richresp.links.options import Options
from richresp.links.slots import Place
from richresp.links.steps import Answer, Failed, Fetch, Step, Told
from richresp.links.trip import Trip


class Line:
    """For threads: it looks at the clock before each step, and waits no longer than until the deadline."""

    def __init__(self, transport: httpx.BaseTransport, options: Options, trip: Trip) -> None:
        self._transport = transport
        self._options = options
        self._trip = trip
        self._url = ""
        self._place: Place | None = None
        self._response: httpx.Response | None = None
        self._chunks: Iterator[bytes] = iter(())

    def perform(self, step: Step) -> Told:
        seconds = self._trip.deadline - time.monotonic()
        try:
            if isinstance(step, Fetch):
                self.close()
                self._url = step.url
                return self._fetch(step, seconds)
            return self.late() if seconds <= 0 else _next(self._chunks)
        except FOREIGN as error:
            return failed(self._url, error, self._options.timeout)

    def late(self) -> Failed:
        """That there is no time for the step."""
        return Failed(DeadlineExceeded(url=self._url, seconds=self._options.timeout))

    def close(self) -> None:
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
        if seconds <= 0 or not (self._options.slots.ask(place) or turn.wait(seconds)):
            return self.late()
        response = self._response = self._transport.handle_request(request(step, seconds))
        stream = response.stream
        if not isinstance(stream, httpx.SyncByteStream):
            raise TypeError("an answer with a body that is for coroutines")
        self._chunks = iter(stream)
        return Answer(response.status_code, response.headers.raw)


class AsyncLine:
    """For coroutines: they are cancelled at the deadline, wherever they wait."""

    def __init__(self, transport: httpx.AsyncBaseTransport, options: Options) -> None:
        self._transport = transport
        self._options = options
        self._url = ""
        self._place: Place | None = None
        self._response: httpx.Response | None = None
        self._chunks: AsyncIterator[bytes] | None = None

    async def perform(self, step: Step) -> Told:
        try:
            if isinstance(step, Fetch):
                await self.close()
                self._url = step.url
                return await self._fetch(step)
            return await _anext(self._chunks)
        except FOREIGN as error:
            return failed(self._url, error, self._options.timeout)

    def late(self) -> Failed:
        """That there is no time for the step."""
        return Failed(DeadlineExceeded(url=self._url, seconds=self._options.timeout))

    async def close(self) -> None:
        response, place = self._response, self._place
        self._response = self._place = self._chunks = None
        try:
            if response is not None:
                with anyio.CancelScope(shield=True):
                    await response.aclose()
        except FOREIGN:  # what is being thrown away may be broken
            pass
        finally:
            if place is not None:
                self._options.slots.leave(place)

    async def _fetch(self, step: Fetch) -> Told:
        turn = anyio.Event()
        place = self._place = Place(host_of(step.url), turn.set)
        if not self._options.slots.ask(place):
            await turn.wait()
        response = await self._transport.handle_async_request(request(step, self._options.timeout))
        self._response = response
        stream = response.stream
        if not isinstance(stream, httpx.AsyncByteStream):
            raise TypeError("an answer with a body that is for threads")
        self._chunks = aiter(stream)
        return Answer(response.status_code, response.headers.raw)


def request(step: Fetch, seconds: float) -> httpx.Request:
    """A request for the transport itself: a client would read redirects, keep cookies and heed the environment."""
    timeout = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
    return httpx.Request("GET", step.url, headers=list(step.headers), extensions={"timeout": timeout})


def host_of(url: str) -> str:
    return urlsplit(url).hostname or ""


def _next(chunks: Iterator[bytes]) -> bytes:
    """The next piece that is not empty."""
    return next(filter(None, chunks), b"")


async def _anext(chunks: AsyncIterator[bytes] | None) -> bytes:
    if chunks is not None:
        async for chunk in chunks:
            if chunk:
                return chunk
    return b""
