"""Many things to fetch at once: bounded in number, each with its own time from when its turn comes, as the pages of a list have it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from richresp.limits.links import MAX_CONNECTIONS_PER_HOST
from richresp.links.crew import Crew
from richresp.links.slots import host_of
from richresp.links.turns import Turns

_T = TypeVar("_T")


class Several(Generic[_T]):
    """What is on its way.

    Args:
        work: done for each address in a thread. It bounds its own time, which begins when it is called.
        jobs: how many are on their way at once; of one host no more than a Previewer fetches at once.
    """

    def __init__(self, work: Callable[[str], _T], *, jobs: int) -> None:
        self._turns = Turns((), _host, total=jobs, per_host=min(jobs, MAX_CONNECTIONS_PER_HOST))
        self._crew = Crew(work, jobs)

    def begin(self, urls: Iterable[str]) -> None:
        """So many more, none of which was given before."""
        for url in urls:
            self._turns.add(url)
        self._begin()

    def came(self, seconds: float = math.inf) -> tuple[str, _T] | None:
        """The next that is there, and what came of it; None where none is within so many seconds, or on its way.

        Raises:
            BaseException: what its work raised.
        """
        ended = self._crew.done(seconds) if self._turns else None
        if ended is None:
            return None
        url, told = ended
        self._turns.done(url)
        if isinstance(told, BaseException):
            raise told
        self._begin()
        return url, told

    def end(self) -> None:
        """Lets the threads go when they are done."""
        self._crew.end()

    def _begin(self) -> None:
        for url in self._turns.ready():
            self._crew.begin(url)


def several(
    urls: Iterable[str], work: Callable[[str], _T], *, jobs: int, done: Callable[[str, _T], object]
) -> dict[str, _T]:
    """What comes of each address, each once, in their order.

    Args:
        urls: the addresses.
        work: as for Several.
        jobs: the same.
        done: is told of each when it is there, in the thread of the caller.
    """
    order = tuple(dict.fromkeys(urls))
    found: dict[str, _T] = {}
    way = Several(work, jobs=jobs)
    try:
        way.begin(order)
        while came := way.came():
            url, told = came
            found[url] = told
            done(url, told)
    finally:
        way.end()
    return {url: found[url] for url in order}


def _host(url: str) -> str:
    try:
        return host_of(url)
    except ValueError:
        return ""
