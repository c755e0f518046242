"""Host names to addresses. A lookup cannot be cancelled, only waited for no longer, so each has a thread of its own.

What hangs holds its thread until the resolver gives it up. So that the names of one owner hold up nobody else's, places
are shared out by domain, and who waits for one is let in by domains in turn.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from functools import partial

import anyio

from richresp.limits.links import LOOKUP_THREAD_SECONDS, MAX_LOOKUPS, MAX_LOOKUPS_PER_DOMAIN
from richresp.links.resolvers import asked
from richresp.links.sites import REGISTRY
from richresp.links.slots import Place, Slots
from richresp.links.waking import waker
from richresp.links.workers import Workers
from richresp.typing import Resolve

_PLACES = Slots(MAX_LOOKUPS, MAX_LOOKUPS_PER_DOMAIN)
_WORKERS = Workers("richresp-lookup", LOOKUP_THREAD_SECONDS)


def domain_of(host: str) -> str:
    """What somebody may have registered, as a host tells it: two labels, or three below a registry's as "co.uk"."""
    if host[-1:].isdigit() or ":" in host:
        return host
    labels = host.lower().removesuffix(".").split(".")
    national = len(labels[-1]) == 2 and labels[-2:-1] and labels[-2] in REGISTRY
    return ".".join(labels[-3 if national else -2 :])


def within(resolve: Resolve, host: str, seconds: float | None) -> list[str]:
    """The addresses of a host, waited for no longer than asked.

    Raises:
        TimeoutError: if it takes longer.
        OSError: if the resolver says that there are none.
    """
    began, turn = time.monotonic(), threading.Event()
    place = Place(domain_of(host), turn.set)
    try:
        if not (_PLACES.ask(place) or turn.wait(seconds)):
            raise TimeoutError("all lookups are busy")  # noqa: TRY301  # the place is left in any case
    except BaseException:
        _PLACES.leave(place)
        raise
    found = _start(resolve, host, place)
    return found.result(None if seconds is None else max(0.0, seconds - (time.monotonic() - began)))


async def until_cancelled(resolve: Resolve, host: str) -> list[str]:
    """The same for coroutines, which wait until they are cancelled; a lookup that nobody waits for holds up no loop."""
    turn, end = anyio.Event(), anyio.Event()
    place = Place(domain_of(host), waker(turn.set))
    try:
        if not _PLACES.ask(place):
            await turn.wait()
    except BaseException:
        _PLACES.leave(place)
        raise
    wake = waker(end.set)

    def tell(_: Future[list[str]]) -> None:
        with suppress(RuntimeError):  # the loop has ended, and nobody waits
            wake()

    found = _start(resolve, host, place)
    found.add_done_callback(tell)
    await end.wait()
    return found.result()


def _start(resolve: Resolve, host: str, place: Place) -> Future[list[str]]:
    """A lookup in a thread of its own; at its end it gives its place back."""
    try:
        return _WORKERS.start(partial(asked, resolve, host), partial(_PLACES.leave, place))
    except RuntimeError as error:  # no more threads
        _PLACES.leave(place)
        raise OSError("no thread for a lookup") from error
