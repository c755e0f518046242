"""What a fault is: something done to a store while previews run, with how it is injected and how it ends.

It may be there before the first call (`before`), comes when a third of the previews are done (`strike`), and most end when two
thirds are (`heal`); then the breaker's time is over at once. `chaos_servers` and `chaos_files` have the tables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.hostile.chaos_stores import World

Act = Callable[[World], object]


def nothing(world: World) -> None:
    """Nothing."""


@dataclass(frozen=True)
class Fault:
    """One row.

    Attributes:
        name: what goes wrong.
        how: by which means.
        strike, heal, before: what is done when.
        callers: whom it concerns; "" for all.
        lasts: whether what is done to the file has to stand there at the end, for nobody could tell any more that it was a cache.
        is_felt: whether a cache that has no memory above it must lose hits by it, or count errors.
    """

    name: str
    how: str
    strike: Act = nothing
    heal: Act = nothing
    before: Act = nothing
    callers: str = ""
    is_felt: bool = True
    lasts: bool = False
