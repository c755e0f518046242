"""Whether a payload fits as it is, found out without reading much more of it than fits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from richresp.limits import FOREIGN_EXCESS, UNSURE_TOKENS, WHOLE_BLOCK
from richresp.shaping.plain import encode
from richresp.tokens import Family, O200k
from richresp.tokens.pieces import solid_part
from richresp.typing import CountTokens


def whole(payload: Any, counter: CountTokens, budget: int, replaced: list[str]) -> tuple[str, int] | None:
    """A payload as JSON and its count, if that is within the budget.

    With our own counters the text is counted block by block, cut at seams, and given up at the first block that goes
    over. A foreign counter is given beginnings of the text, each twice as long as the last, and given up where one costs
    FOREIGN_EXCESS times the budget: nobody knows how it adds up, but no counter takes that much back.

    Args:
        payload: the value.
        counter: counts its text.
        budget: in tokens of the counter.
        replaced: takes the pointers of what JSON cannot hold.
    """
    parts = encode(payload, "", replaced)
    if not isinstance(counter, (O200k, Family)):
        return _foreign(parts, counter, budget)
    room, kept = _room(counter, budget), []
    for block, settled in _blocks(parts):
        used = O200k()(block)
        if used > room + (0 if settled else UNSURE_TOKENS):
            return None
        if settled:
            kept.append(block)
            room -= used
    return "".join(kept), counter.price(_room(counter, budget) - room)


def _foreign(parts: Iterator[str], counter: CountTokens, budget: int) -> tuple[str, int] | None:
    kept: list[str] = []
    size, look_at = 0, WHOLE_BLOCK
    for part in parts:
        kept.append(part)
        size += len(part)
        if size >= look_at:
            look_at = 2 * size
            if counter("".join(kept)) > FOREIGN_EXCESS * max(budget, 0):
                return None
    text = "".join(kept)
    used = counter(text)
    return (text, used) if used <= budget else None


def _room(counter: O200k | Family, budget: int) -> int:
    """How many tokens of o200k_base the budget is."""
    return budget if isinstance(counter, O200k) else int(budget / counter.factor)


def _blocks(parts: Iterator[str]) -> Iterator[tuple[str, bool]]:
    """The same text in settled blocks, whose counts add up.

    Text without a seam is shown each time it has doubled, unsettled: its count may still change a little at its end.
    """
    pending: list[str] = []
    size, look_at = 0, WHOLE_BLOCK
    for part in parts:
        pending.append(part)
        size += len(part)
        if size < look_at:
            continue
        text = "".join(pending)
        solid = solid_part(text)
        cut = solid[1] if solid is not None else 0
        yield (text[:cut], True) if cut else (text, False)
        pending, size = [text[cut:]], len(text) - cut
        look_at = WHOLE_BLOCK if cut else 2 * size
    yield "".join(pending), True
