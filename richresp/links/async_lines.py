"""How a step is performed for coroutines, as lines.py does for threads: they are cancelled at the deadline, wherever they wait."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from queue import SimpleQueue

import anyio
import httpx
from anyio.lowlevel import checkpoint

from richresp.exceptions import DeadlineExceeded
from richresp.limits.freshness import RELEASE_SECONDS
from richresp.limits.links import READS_PER_TURN
from richresp.links import lookup
from richresp.links.failures import FOREIGN
from richresp.links.flights import Ticket
from richresp.links.lines import request, told_of
from richresp.links.options import Options
from richresp.links.shelf import AsyncShelf
from richresp.links.slots import Place, host_of
from richresp.links.steps import (
    Answer,
    CacheStep,
    Failed,
    Fetch,
    Join,
    Later,
    Read,
    Release,
    Resolve,
    Step,
    Told,
    Wait,
    Waiting,
)
from richresp.links.trip import Trip
from richresp.links.waking import abandoned, waker


class AsyncLine:
    """One preview of a coroutine.

    Pieces of a body are there without a wait where many came at once, so it looks at the clock before each, and lets others have
    their turn after some.

    Args:
        left: where it leaves what is to be released, if it is dropped where nothing can be awaited.
    """

    def __init__(
        self,
        url: str,
        transport: httpx.AsyncBaseTransport,
        options: Options,
        trip: Trip,
        shelf: AsyncShelf,
        later: Callable[[str], None],
        left: SimpleQueue[Release],
    ) -> None:
        self._place: Place | None = None
        self._left = left
        self._dropped = False
        self._transport = transport
        self._options = options
        self._trip = trip
        self._shelf = shelf
        self._later = later
        self._url = url
        self._ticket: Ticket | None = None
        self._response: httpx.Response | None = None
        self._chunks: AsyncIterator[bytes] | None = None
        self._reads = 0
        self._rest_until: float | None = None

    async def perform(self, step: Step) -> Told:
        if isinstance(step, CacheStep):
            return await self._shelf.perform(step)
        try:
            return await self._perform(step)
        except FOREIGN as error:
            return told_of(self._url, error, self._trip)

    async def _perform(self, step: Waiting) -> Told:
        told: Told = None
        match step:
            case Fetch():
                await self._hang_up()
                self._url = step.url
                told = await self._fetch(step)
            case Resolve(host):
                told = await lookup.until_cancelled(self._options.resolve, host)
            case Read(within):
                told = await self._read(within)
            case Join(key, within):
                told = self.late()
                with anyio.move_on_after(within):
                    told = await self._join(key)
            case Wait(wanted):
                await anyio.sleep(wanted)
            case Later(url):
                self._later(url)
        return told

    def late(self) -> Failed:
        """That there is no time for the step."""
        return Failed(DeadlineExceeded(url=self._url, seconds=self._trip.seconds))

    def drop(self) -> None:
        """Ends it where nothing can be awaited, nor any lock waited for: the garbage collector may be at work in the midst of any
        call. What is to be released is left to whoever comes next."""
        response, place = self._response, self._place
        self._response = self._place = self._chunks = None
        self._dropped = True
        if place is not None:
            self._options.slots.leave(place)
        abort = getattr(response.stream, "abort", None) if response is not None else None
        if abort is not None:
            abort()

    def __del__(self) -> None:
        if self._place is not None:  # ended by the collector in the midst of what could not be ended
            self._options.slots.leave(self._place)

    async def close(self) -> None:
        await self._hang_up()
        step = abandoned(self._ticket)
        if step is None:
            return
        if self._dropped:
            self._left.put(step)
        elif self._shelf.is_quick:
            self._shelf.perform_now(step)
        else:
            with anyio.move_on_after(RELEASE_SECONDS, shield=True):
                await self._shelf.perform(step)

    async def _hang_up(self) -> None:
        response, place, chunks = self._response, self._place, self._chunks
        self._response = self._place = self._chunks = self._rest_until = None
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

    async def _read(self, within: float | None) -> Told:
        if time.monotonic() >= self._trip.deadline:
            return self.late()
        self._reads += 1
        if self._reads % READS_PER_TURN == 0:
            await checkpoint()
        rest = None
        if within is not None:
            now = time.monotonic()
            self._rest_until = now + within if self._rest_until is None else self._rest_until
            rest = self._rest_until - now
            if rest <= 0:
                return self.late()
        with anyio.move_on_after(rest):
            return await _anext(self._chunks)
        return self.late()

    async def _join(self, key: str) -> Ticket:
        turn = anyio.Event()
        ticket = self._ticket = self._shelf.flights.join(key, waker(turn.set))
        try:
            if not ticket.leads:
                await turn.wait()
        except BaseException:  # a cancelled caller leaves as well as one that fails
            ticket.leave()
            raise
        return ticket


async def _anext(chunks: AsyncIterator[bytes] | None) -> bytes:
    if chunks is not None:
        async for chunk in chunks:
            if chunk:
                return chunk
    return b""
