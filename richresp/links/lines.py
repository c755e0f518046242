"""How a step is performed: the one answer that a preview has open, and the place that it holds. For coroutines, async_lines.py does so.

Nothing is decided here. Whatever ends a preview, its line is closed, which closes the answer and gives the place back.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

import httpx

from richresp.exceptions import DeadlineExceeded, FetchError
from richresp.limits.freshness import RELEASE_SECONDS
from richresp.limits.links import LOOKUP_THREAD_SECONDS
from richresp.links import lookup
from richresp.links.failures import FOREIGN, failed
from richresp.links.flights import Ticket
from richresp.links.options import Options
from richresp.links.shelf import Shelf
from richresp.links.slots import Place, host_of
from richresp.links.steps import Answer, CacheStep, Failed, Fetch, Join, Later, Read, Resolve, Step, Told, Wait, Waiting
from richresp.links.trip import Trip
from richresp.links.waking import abandoned
from richresp.links.workers import Workers

_RELEASING = Workers("richresp-release", LOOKUP_THREAD_SECONDS)


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
        self._rest_until: float | None = None

    def perform(self, step: Step) -> Told:
        seconds = self._trip.deadline - time.monotonic()
        if seconds <= 0:
            return self.late()
        if isinstance(step, CacheStep):
            return self._shelf.perform(step)
        try:
            return self._perform(step, seconds)
        except FOREIGN as error:
            return told_of(self._url, error, self._trip)

    def _perform(self, step: Waiting, seconds: float) -> Told:
        told: Told = None
        match step:
            case Fetch():
                self._hang_up()
                self._url = step.url
                told = self._fetch(step, seconds)
            case Resolve(host):
                told = lookup.within(self._options.resolve, host, seconds)
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
        return Failed(DeadlineExceeded(url=self._url, seconds=self._trip.seconds))

    def close(self) -> None:
        """Ends it, once the steps are closed."""
        self._hang_up()
        step = abandoned(self._ticket)
        if step is None:
            return
        if self._shelf.is_quick:
            self._shelf.perform(step)
            return
        with contextlib.suppress(RuntimeError, TimeoutError):  # no thread, or no time: the lease lapses by itself
            released = _RELEASING.start(partial(self._shelf.perform, step), _nothing)
            released.result(max(0.0, self._trip.deadline + RELEASE_SECONDS - time.monotonic()))

    def _hang_up(self) -> None:
        response, place = self._response, self._place
        self._response = self._place = self._rest_until = None
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

    def _read(self, within: float | None) -> Told:
        until = self._trip.deadline
        if within is not None:
            now = time.monotonic()
            self._rest_until = min(until, now + within) if self._rest_until is None else self._rest_until
            if now >= self._rest_until:
                return self.late()
            self._trip.deadline = self._rest_until
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


def request(step: Fetch, seconds: float) -> httpx.Request:
    """A request for the transport itself: a client would read redirects, keep cookies and heed the environment."""
    timeout = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
    return httpx.Request("GET", step.url, headers=list(step.headers), extensions={"timeout": timeout})


def told_of(url: str, error: Exception, trip: Trip) -> Failed:
    """A step that failed; a transport with fewer connections than its previewer does not let anybody wait for one."""
    if isinstance(error, httpx.PoolTimeout) and time.monotonic() < trip.deadline:
        return Failed(FetchError(url=url, reason="all connections of the transport are in use"))
    return failed(url, error, trip.seconds)


def _nothing() -> None:
    pass
