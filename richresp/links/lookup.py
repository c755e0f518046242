"""Host names to addresses. A lookup cannot be cancelled, only waited for no longer, so each has a thread of its own."""

from __future__ import annotations

import socket
import threading
import time
from concurrent.futures import Future

import anyio

from richresp.limits.links import MAX_LOOKUPS
from richresp.typing import Resolve

_SLOTS = threading.BoundedSemaphore(MAX_LOOKUPS)  # slow names can hold no more threads than this
_LOOK_SECONDS = 0.002


def system(host: str) -> list[str]:
    """The addresses of a host, as the system's resolver gives them.

    Raises:
        OSError: if it has none.
    """
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError("not a name that can be looked up") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def within(resolve: Resolve, host: str, seconds: float | None) -> list[str]:
    """The addresses of a host, waited for no longer than asked.

    Raises:
        TimeoutError: if it takes longer.
        OSError: if the resolver says that there are none.
    """
    began = time.monotonic()
    if not _SLOTS.acquire(timeout=seconds):
        raise TimeoutError("all lookups are busy")
    found = _start(resolve, host)
    return found.result(None if seconds is None else max(0.0, seconds - (time.monotonic() - began)))


async def until_cancelled(resolve: Resolve, host: str) -> list[str]:
    """The same for coroutines, which wait until they are cancelled.

    A look every few milliseconds serves asyncio and trio alike, and leaves nothing that a loop would wait for at its end.
    """
    while not _SLOTS.acquire(blocking=False):  # noqa: ASYNC110  # as the next one
        await anyio.sleep(_LOOK_SECONDS)
    found = _start(resolve, host)
    while not found.done():  # noqa: ASYNC110  # nothing of asyncio or trio may be set from a thread that outlives them
        await anyio.sleep(_LOOK_SECONDS)
    return found.result()


def _start(resolve: Resolve, host: str) -> Future[list[str]]:
    """A lookup in a thread that dies with the program; it gives back the slot that was taken for it."""
    found: Future[list[str]] = Future()

    def run() -> None:
        try:
            found.set_result(resolve(host))
        except Exception as error:  # noqa: BLE001  # a resolver is the caller's; its error is raised where it waits
            found.set_exception(error)
        finally:
            _SLOTS.release()

    threading.Thread(target=run, name="richresp-lookup", daemon=True).start()
    return found
