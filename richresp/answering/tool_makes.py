"""The ways to shape a payload for a tool: freely, by whole entries as an output schema wants it, and a single entry cut.

Each returns what is shown, and the text that was held to the limits: that of a schema is JSON, whatever is shown of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from richresp.exceptions import BudgetTooSmall
from richresp.shaping import Shaped, shape

_ALL = 10**12
_MORE = "; for more, call again"
Limits = Mapping[str, int]


def freely(payload: Any, options: Mapping[str, Any], limits: Limits) -> tuple[Shaped, str]:
    """Strings and records are cut where that shows most."""
    shaped = shape(payload, budget=limits, **options)
    return shaped, shaped.text


def by_entries(
    payload: Any, options: Mapping[str, Any], inner: Mapping[str, Any], limits: Limits
) -> tuple[Shaped, str]:
    """Entries are whole, as far as a schema wants that; the text is of the format that was wished for."""
    shaped = shape(payload, budget=limits, schema=inner, **{**options, "format": "auto"})
    return _written(shaped, options), shaped.text


def by_one(payload: Any, options: Mapping[str, Any], inner: Mapping[str, Any], limits: Limits) -> tuple[Shaped, str]:
    """A later page of one entry that is too large to be whole: it counts as shown, cut.

    Raises:
        BudgetTooSmall: where the next entry fits whole, or not even cut.
    """
    wished = {**options, "format": "auto"}
    if options.get("cursor") is None or options.get("strategy", "head") != "head":
        raise BudgetTooSmall(budget=next(iter(limits.values())), needed=_ALL)
    try:
        return by_entries(payload, options, inner, limits)
    except BudgetTooSmall as error:
        page = shape(payload, budget={error.unit: error.needed}, schema=inner, **wished)
    plain = {key: value for key, value in wished.items() if key not in {"cursor", "secret", "drop", "format"}}
    cut = shape(page.data, budget=limits, format=options.get("format", "auto"), **plain)
    start = int(str(options["cursor"]).partition("-")[0].partition(".")[0])
    listed = next((omission.path for omission in page.omitted if omission.kind == "items" and omission.kept == 1), "")
    inside = [
        replace(omission, path=f"{listed}/{start}{omission.path.removeprefix(f'{listed}/0')}")
        if omission.path.startswith(f"{listed}/0")
        else omission
        for omission in cut.omitted
    ]
    before, more, after = (page.notice or "").partition(_MORE)
    notice = f"{before}; what it holds is cut{more}{after}" if cut.truncated else page.notice
    return replace(cut, omitted=(*page.omitted, *inside), notice=notice, cursor=page.cursor), cut.text


def _written(shaped: Shaped, options: Mapping[str, Any]) -> Shaped:
    """The same in the format that was wished for."""
    wanted = options.get("format", "auto")
    if wanted == "json":
        return shaped
    again = shape(shaped.data, budget=_ALL, format=wanted, fold_constant=options.get("fold_constant", False))
    return replace(shaped, text=again.text, format=again.format, media_type=again.media_type)
