"""Host names to addresses. A lookup cannot be cancelled, only waited for no longer, so each has a thread of its own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future

import anyio

from richresp.exceptions import PreviewError, UsageError
from richresp.limits.links import LOOK_SECONDS, MAX_LOOK_SECONDS, MAX_LOOKUPS
from richresp.typing import Resolve

_SLOTS = threading.BoundedSemaphore(MAX_LOOKUPS)  # slow names can hold no more threads than this
_LONGER = 1.25


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


def asked(resolve: Resolve, host: str) -> list[str]:
    """What a resolver that the caller brought says.

    Raises:
        OSError: if it raises anything: it has no address then.
        UsageError: if it says something else than addresses.
    """
    try:
        found: object = resolve(host)
    except (OSError, PreviewError, UsageError):
        raise
    except Exception as error:
        raise OSError("the resolver has no address") from error
    if isinstance(found, Sequence) and not isinstance(found, str) and all(isinstance(each, str) for each in found):
        return list(found)
    raise UsageError(f"resolve= gave {type(found).__name__}; it takes a host and gives the list of its addresses")


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

    To look again and again serves asyncio and trio alike, and leaves nothing that a loop would wait for at its end.
    """
    pause = LOOK_SECONDS
    while not _SLOTS.acquire(blocking=False):
        await anyio.sleep(pause)
        pause = min(MAX_LOOK_SECONDS, pause * _LONGER)
    found, pause = _start(resolve, host), LOOK_SECONDS
    while not found.done():
        await anyio.sleep(pause)
        pause = min(MAX_LOOK_SECONDS, pause * _LONGER)
    return found.result()


def _start(resolve: Resolve, host: str) -> Future[list[str]]:
    """A lookup in a thread that dies with the program; it gives back the slot that was taken for it."""
    found: Future[list[str]] = Future()

    def run() -> None:
        try:
            told = asked(resolve, host)
        except BaseException as error:  # noqa: BLE001  # whatever it is, it is raised where it is waited for
            _SLOTS.release()
            found.set_exception(error)
        else:
            _SLOTS.release()
            found.set_result(told)

    try:
        threading.Thread(target=run, name="richresp-lookup", daemon=True).start()
    except RuntimeError as error:  # no more threads
        _SLOTS.release()
        raise OSError("no thread for a lookup") from error
    return found
