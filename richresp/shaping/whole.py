"""A payload as it is: what fits needs no ranking. Tried only where it may fit, by a look at about as much as would."""

from __future__ import annotations

import json
from typing import Any

from richresp.exceptions import BudgetTooSmall
from richresp.limits.shape import WORTH_TRYING
from richresp.shaping.encode import copy, encode, plain_text
from richresp.shaping.estimate import divisible, measure
from richresp.shaping.formats.writer import View, Writer
from richresp.shaping.meter import Meter
from richresp.shaping.model import Omission, Shaped
from richresp.shaping.reader import Child, Reader


def whole(top: Child, reader: Reader, meter: Meter, writer: Writer | None = None) -> Shaped | None:
    """The result that shows all of a payload, if that fits; None also where it is so large that it hardly will, and
    the ranking is to find out.

    Raises:
        BudgetTooSmall: for a scalar, a URL or an empty container that does not fit: there is nothing to cut.
    """
    limit = WORTH_TRYING * meter.about_tokens
    size = measure(top, limit, reader)
    indivisible = not divisible(top.value) or reader.is_held(top)
    if size.cost >= limit and not indivisible:
        return None
    replaced: list[str] = []
    text = plain_text(top.value) if size.plain else None
    if text is None:
        text = "".join(encode(top, reader, str, replaced))
    values = None
    if writer is not None:
        values = _data(text, top, reader)
        text = writer.text(View(values))
    used = meter.fits_text(text)
    if used is None:
        if indivisible:
            raise meter.shortage_of(text)
        return None
    told = tuple(Omission(path, "replaced", 0, 1) for path in replaced)
    if writer is not None:
        return Shaped(text, values, used, exact=True, format=writer.format, omitted=told, media_type=writer.media_type)
    return Shaped(text, _data(text, top, reader), used, exact=True, format="json", omitted=told)


def least_whole(
    top: Child, reader: Reader, meter: Meter, error: BudgetTooSmall, writer: Writer | None = None
) -> BudgetTooSmall:
    """The error, or one that asks for less: all of a small payload may cost less than the notice that it is not there."""
    if measure(top, 2 * error.needed, reader).cost >= 2 * error.needed:
        return error
    text = "".join(encode(top, reader))
    if writer is not None:
        text = writer.text(View(_data(text, top, reader)))
    return meter.lesser(error, meter.shortage_of(text))


def _data(text: str, top: Child, reader: Reader) -> Any:
    """The values of a text: read from it, which is quick, or where it is nested too deep for that, copied."""
    try:
        return json.loads(text)
    except RecursionError:
        return copy(top, reader)
