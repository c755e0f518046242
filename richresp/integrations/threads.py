"""The threads in which answers are shaped: a few of their own, so that those of the handlers stay free."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

from richresp.limits.answering import SHAPING_THREADS

_T = TypeVar("_T")

_LIMITER = RunVar[CapacityLimiter]("richresp.shaping")
"""One for each event loop."""


async def in_thread(work: Callable[[], _T]) -> _T:
    """What some work returns or raises, done beside the event loop; it waits while SHAPING_THREADS others are at it."""
    limiter = _LIMITER.get(None)
    if limiter is None:
        limiter = CapacityLimiter(SHAPING_THREADS)
        _LIMITER.set(limiter)
    return await to_thread.run_sync(work, limiter=limiter)
