"""Timing two or more pieces of work in turns, so that a busy machine slows them all and their ratio stays.

The clock is that of the processor: time that other processes took is not in it. A ratio is the median of the ratios of
the single turns, since what slows a turn slows both sides. The collector stays on, as in any handler, but does not look
at the payloads again and again.
"""

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import process_time

_SHORTEST = 0.005
"""Seconds that one look at the clock should span at least; shorter work is repeated."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a piece of work takes beside another.

    Attributes:
        seconds: its best turn.
        ratio: of its seconds to those of the other in the same turn, the median of all turns.
    """

    seconds: float
    ratio: float


@contextmanager
def settled():
    """What stands in memory now is out of the collector's sight while the block runs."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def in_turns(rival, works, rounds):
    """What the rival takes, and each of the works beside it: a, b, c, a, b, c ... after one turn to get warm."""
    every = (rival, *works)
    with settled():
        repeats = [max(1, round(_SHORTEST / max(_seconds(work, 1), 1e-6))) for work in every]
        turns = [[_seconds(work, times) for work, times in zip(every, repeats, strict=True)] for _ in range(rounds)]
    return [
        Beside(min(seconds), median(one / other[0] for one, other in zip(seconds, turns, strict=True)))
        for seconds in zip(*turns, strict=True)
    ]


def ratio(ours, theirs, rounds):
    """What ours takes of what theirs takes."""
    return in_turns(theirs, [ours], rounds)[1].ratio


def _seconds(work, repeats):
    start = process_time()
    for _ in range(repeats):
        work()
    return (process_time() - start) / repeats
