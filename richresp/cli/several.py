"""Many things to fetch at once: bounded in number and in time, with something to say for what is late."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from richresp.links.crew import Crew

_T = TypeVar("_T")


def several(
    urls: Iterable[str], work: Callable[[str, float], _T], *, timeout: float, jobs: int, late: _T
) -> dict[str, _T]:
    """What comes of each address, each once.

    Args:
        urls: the addresses.
        work: done for each in a thread, within so many seconds.
        timeout: seconds for all together; what is on its way then ends by itself.
        jobs: how many are on their way at once.
        late: what is told of those that have not come in time.
    """
    until = time.monotonic() + timeout

    def one(url: str) -> _T:
        rest = until - time.monotonic()
        return work(url, rest) if rest > 0 else late

    found = dict.fromkeys(urls, late)
    crew = Crew(one, jobs)
    try:
        for url in found:
            crew.begin(url)
        for _ in found:
            done = crew.done(max(0.0, until - time.monotonic()))
            if done is None:
                break
            url, told = done
            if isinstance(told, BaseException):
                raise told
            found[url] = told
    finally:
        crew.end()
    return found
