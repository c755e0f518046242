"""What a text may cost at most, and what counts it: tokens, characters, bytes of UTF-8. Where several are given, all hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import index
from typing import Any

from richresp.exceptions import UsageError
from richresp.profiles import profile as profile_of
from richresp.tokens import Family, O200k
from richresp.typing import CountTokens

Budget = int | Mapping[str, int]
_UNITS = ("tokens", "chars", "bytes")


@dataclass(frozen=True, slots=True)
class Caps:
    """The caps on one text; None where there is none.

    Attributes:
        tokens: by the counter.
        chars: in characters.
        bytes: in bytes of UTF-8.
    """

    tokens: int | None = None
    chars: int | None = None
    bytes: int | None = None


def caps(budget: Budget | None, profile: str | None) -> Caps:
    """The smallest cap of each unit that a budget and a profile set.

    Raises:
        UsageError: if there is none, or one that is no whole number.
    """
    if budget is None and profile is None:
        raise UsageError("give budget= a whole number of tokens, a mapping of caps, or name a profile=")
    given: list[Any] = [] if budget is None else [budget if isinstance(budget, Mapping) else {"tokens": budget}]
    if profile is not None:
        host = profile_of(profile)
        given.append({unit: cap for unit in _UNITS if (cap := getattr(host, unit)) is not None})
    smallest: dict[str, int] = {}
    for each in given:
        for unit, cap in each.items():
            if unit not in _UNITS:
                raise UsageError(f"budget={budget!r}: caps are called {', '.join(_UNITS)}")
            number = whole_number(cap)
            if number is None:
                raise UsageError(f"budget={budget!r}: give a whole number of {unit}")
            smallest[unit] = min(number, smallest.get(unit, number))
    if not smallest:
        raise UsageError(f"budget={budget!r}: name at least one cap of {', '.join(_UNITS)}")
    return Caps(**smallest)


def whole_number(value: Any) -> int | None:
    """A whole number of whatever type as an int; None for all else, and for true and false."""
    if isinstance(value, bool):
        return None
    try:
        return index(value)
    except TypeError:
        return None


def counting(counter: CountTokens | None) -> CountTokens:
    """What counts tokens: o200k_base by default. A counter of the caller's is not trusted to count.

    Raises:
        UsageError: for what is no counter, and when it is called, for an answer that is no count.
    """
    if counter is not None and not callable(counter):
        raise UsageError(f"counter={counter!r}: give a callable from text to int, as tokens.counter(name) returns one")
    if counter is None or isinstance(counter, (O200k, Family)):
        return O200k() if counter is None else counter
    foreign = counter

    def counted(text: str) -> int:
        answer: object = foreign(text)
        number = whole_number(answer)
        if number is None or number < 0:
            raise UsageError(f"the counter returned {answer!r} for a text: it must return a whole number")
        return number

    return counted
