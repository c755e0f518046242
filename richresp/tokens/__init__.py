"""How many tokens a text costs, with no network: exact for o200k_base, estimated for families.

`count` and `count_up_to` count o200k_base; `counter(name)` gives a counter that can be passed around. Anything that maps
a text to an int may stand where richresp takes a counter.
"""

from __future__ import annotations

from richresp.tokens.counters import Family, O200k, counter
from richresp.typing import Counter

__all__ = ["Counter", "Family", "O200k", "count", "count_up_to", "counter"]


def count(text: str) -> int:
    """How many o200k_base tokens text has. Special tokens such as `<|endoftext|>` count as the text they are."""
    return O200k()(text)


def count_up_to(text: str, limit: int) -> int | None:
    """How many o200k_base tokens text has where that is at most `limit`, else None; stops soon after the limit."""
    return O200k().up_to(text, limit)
