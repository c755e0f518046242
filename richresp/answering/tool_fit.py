"""The shape of a payload that fits in all channels of an answer: its text, its structured content, both with the notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from richresp.answering.tool_makes import ByCut, by_entries, by_none, freely, moves_on
from richresp.answering.tool_notice import notice_of, with_notice
from richresp.answering.tool_output import Output
from richresp.answering.tool_room import Draft, Room, fullest
from richresp.exceptions import BudgetTooSmall, InvalidCursor, InvalidPayload, UsageError
from richresp.limits.tools import POOR
from richresp.shaping import Shaped
from richresp.shaping.options import then_previews

_Refused = BudgetTooSmall | InvalidCursor | InvalidPayload


@dataclass(frozen=True, slots=True)
class Shown:
    """One shape in both channels."""

    shaped: Shaped
    texts: tuple[str, ...]
    structured: Any
    encoded: str | None
    notice: str | None


def fitting(
    payload: Any, room: Room, output: Output, options: Mapping[str, Any], *, pages: bool, mirrored: bool = True
) -> tuple[Shown, bool]:
    """What is shown of a payload, and whether that is all of it.

    Against an output schema it is first tried to leave out whole entries. Where that shows little or nothing, because its
    strings are long, strings are cut as well, and the result holds if it is valid. An item that is valid in no way that fits
    is told in its place, so that a cursor always leads on to the end.
    """
    inline = options.get("notice", "inline") == "inline"
    common = {**options, "drop_order": then_previews(options.get("drop_order", ()))}
    common |= {"notice": "aside"} if inline else {}
    makes: list[Callable[[Mapping[str, int]], tuple[Shaped, str]]] = [partial(freely, payload, common)]
    if output.inner is not None and not isinstance(payload, str) and not output.as_text:
        whole, none = (partial(way, payload, common, output.inner) for way in (by_entries, by_none))
        makes = [whole, ByCut(payload, common, output.inner), none]
    ways = [
        partial(_draft, make, room=room, output=output, pages=pages, mirrored=mirrored, inline=inline) for make in makes
    ]
    found: Draft | None = None
    first: _Refused | None = None
    for number, way in enumerate(ways):
        if found is not None and moves_on(found.shown.shaped, common) and number > 1:
            break  # something is shown already
        try:
            best = fullest(way, room)
        except (BudgetTooSmall, InvalidCursor, InvalidPayload) as error:
            first = _telling(first, error)
            continue
        leads = moves_on(best.shown.shaped, common)
        if best.whole or (leads and best.used >= POOR):
            return best.shown, best.whole
        stuck = found is not None and not moves_on(found.shown.shaped, common)
        if found is None or (leads and (stuck or best.used >= 2 * found.used)):
            found = best
    if found is None:
        raise first or UsageError("no way to shape it")
    return found.shown, found.whole


def _telling(first: _Refused | None, second: _Refused) -> _Refused:
    """Of the errors of two ways the one that tells why: a cursor of the one is foreign to the other."""
    foreign = isinstance(first, InvalidCursor) and (
        not isinstance(second, InvalidCursor) or "other options" not in second.reason
    )
    return second if first is None or foreign else first


def _draft(
    make: Callable[[Mapping[str, int]], tuple[Shaped, str]],
    limits: Mapping[str, int],
    *,
    room: Room,
    output: Output,
    pages: bool,
    mirrored: bool,
    inline: bool,
) -> Draft:
    shaped, held = make(limits)
    notice = notice_of(shaped, pages=pages)
    told = notice if inline else None
    structured, encoded = output.structure(shaped.data, told)
    texts = with_notice(shaped.text, shaped.format, shaped.data, told) if mirrored else () if told is None else (told,)
    used = room.share_of(texts, () if encoded is None else (encoded,))
    return Draft(Shown(shaped, texts, structured, encoded, notice), used, room.share_of((held,)), not shaped.truncated)
