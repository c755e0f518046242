"""Calls to Redis that are broken off while they are under way: whoever makes one is cancelled some steps later."""

from __future__ import annotations

import asyncio
from itertools import count
from typing import Any

from richresp.caching import AsyncRedisCache

EVERY = 5
"""One call of so many is doomed."""

_MOST_STEPS = 12


class Doomed(AsyncRedisCache):
    """An AsyncRedisCache whose callers are cancelled in the middle of some of their calls, each at another step."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._numbers = count(1)

    async def _send(self, command: Any) -> Any:
        number = next(self._numbers)
        if number % EVERY:
            return await super()._send(command)
        task = asyncio.current_task()
        assert task is not None
        loop, over = asyncio.get_running_loop(), False

        def later(steps: int) -> None:
            if over:
                return
            if steps:
                loop.call_soon(later, steps - 1)
            else:
                task.cancel()

        later(number // EVERY % _MOST_STEPS)
        try:
            return await super()._send(command)
        finally:
            over = True
