"""Many things to fetch at once: bounded in number, each with its own time from when its turn comes, as the pages of a list have it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import TypeVar

from richresp.limits.links import MAX_CONNECTIONS_PER_HOST
from richresp.links.crew import Crew
from richresp.links.slots import host_of
from richresp.links.turns import Turns

_T = TypeVar("_T")


def several(
    urls: Iterable[str], work: Callable[[str], _T], *, jobs: int, done: Callable[[str, _T], object]
) -> dict[str, _T]:
    """What comes of each address, each once, in their order.

    Args:
        urls: the addresses.
        work: done for each in a thread. It bounds its own time, which begins when it is called.
        jobs: how many are on their way at once; of one host no more than a Previewer fetches at once.
        done: is told of each when it is there, in the thread of the caller.
    """
    order = tuple(dict.fromkeys(urls))
    found: dict[str, _T] = {}
    turns = Turns(order, _host, total=jobs, per_host=min(jobs, MAX_CONNECTIONS_PER_HOST))
    crew = Crew(work, jobs)
    try:
        while turns:
            for url in turns.ready():
                crew.begin(url)
            ended = crew.done(math.inf)
            if ended is None:
                break
            url, told = ended
            turns.done(url)
            if isinstance(told, BaseException):
                raise told
            found[url] = told
            done(url, told)
    finally:
        crew.end()
    return {url: found[url] for url in order}


def _host(url: str) -> str:
    try:
        return host_of(url)
    except ValueError:
        return ""
