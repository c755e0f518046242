"""Whether a payload fits as it is, found out without reading much more of it than fits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from richresp.limits import MAX_TOKEN_BYTES, WHOLE_BLOCK
from richresp.shaping.plain import encode
from richresp.tokens import Family, O200k
from richresp.tokens.pieces import solid_part
from richresp.typing import CountTokens


def whole(payload: Any, counter: CountTokens, budget: int, replaced: list[str]) -> tuple[str, int] | None:
    """A payload as JSON and its count, if that is within the budget.

    With our own counters the text is counted block by block, cut at seams, and given up at the first block that goes
    over. A foreign counter can only be given all of it.

    Args:
        payload: the value.
        counter: counts its text.
        budget: in tokens of the counter.
        replaced: takes the pointers of what JSON cannot hold.
    """
    parts = encode(payload, "", replaced)
    if not isinstance(counter, (O200k, Family)):
        text = "".join(parts)
        used = counter(text)
        return (text, used) if used <= budget else None
    count, total, chars, kept = O200k(), 0, 0, []
    for block in _blocks(parts):
        kept.append(block)
        chars += len(block)
        total += count(block)
        if chars > budget * MAX_TOKEN_BYTES or counter.price(total) > budget:
            return None
    return "".join(kept), counter.price(total)


def _blocks(parts: Iterator[str]) -> Iterator[str]:
    """The same text in blocks whose counts add up."""
    pending: list[str] = []
    size = 0
    for part in parts:
        pending.append(part)
        size += len(part)
        if size >= WHOLE_BLOCK:
            text = "".join(pending)
            solid = solid_part(text)
            cut = solid[1] if solid is not None else 0
            if cut:
                yield text[:cut]
            pending = [text[cut:]]
            size = len(text) - cut
    yield "".join(pending)
