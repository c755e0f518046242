"""How whoever waits for a turn is woken, from whatever thread, and what is left to do for those who will not be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from richresp.links.flights import Ticket
from richresp.links.steps import Release


def waker(call: Callable[[], object]) -> Callable[[], None]:
    """What makes a call from any thread in the loop that runs here; once that has ended, it raises RuntimeError.

    The collector may end a coroutine in any thread, and who leaves a place or a flight there wakes the next.
    """
    loop = running()
    if isinstance(loop, asyncio.AbstractEventLoop):
        return _Waker(loop, call)
    return partial(loop.run_sync_soon, call)


def running() -> Any:
    """The event loop that runs here, or the token of a run of trio."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return import_module("trio").lowlevel.current_trio_token()


def is_over(loop: Any) -> bool:
    """Whether nothing will ever run in it again."""
    if isinstance(loop, asyncio.AbstractEventLoop):
        return loop.is_closed()
    try:
        loop.run_sync_soon(int)
    except RuntimeError:
        return True
    return False


class _Waker:
    """For a loop of asyncio, which can be asked whether it has ended."""

    __slots__ = ("_call", "_loop")

    def __init__(self, loop: asyncio.AbstractEventLoop, call: Callable[[], object]) -> None:
        self._loop = loop
        self._call = call

    def __call__(self) -> None:
        self._loop.call_soon_threadsafe(self._call)

    @property
    def is_over(self) -> bool:
        """Whether nobody is there any more."""
        return self._loop.is_closed()


def abandoned(ticket: Ticket | None) -> Release | None:
    """What gives back a lease that ended with its leader, who had no time to: others would wait for nobody."""
    if ticket is None or ticket.abandoned is None:
        return None
    token, ticket.abandoned = ticket.abandoned, None
    return Release(ticket.key, token)
