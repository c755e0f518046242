"""Host names to addresses. A lookup cannot be cancelled, only waited for no longer, so each has a thread of its own."""

from __future__ import annotations

import socket
import threading
import time
from concurrent.futures import Future

from richresp.limits import MAX_LOOKUPS
from richresp.typing import Resolve

_SLOTS = threading.BoundedSemaphore(MAX_LOOKUPS)


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
    """The addresses of a host, waited for no longer than asked; the thread dies with the program.

    Slow names can hold no more than MAX_LOOKUPS threads.

    Raises:
        TimeoutError: if it takes longer.
        OSError: if the resolver says that there are none.
    """
    found: Future[list[str]] = Future()

    def run() -> None:
        try:
            found.set_result(resolve(host))
        except Exception as error:  # noqa: BLE001  # a resolver is the caller's; its error is raised where it waits
            found.set_exception(error)
        finally:
            _SLOTS.release()

    began = time.monotonic()
    if not _SLOTS.acquire(timeout=seconds):
        raise TimeoutError("all lookups are busy")
    threading.Thread(target=run, name="richresp-lookup", daemon=True).start()
    return found.result(None if seconds is None else max(0.0, seconds - (time.monotonic() - began)))
