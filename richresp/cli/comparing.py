"""`richresp shape --compare`: what a payload costs in each format, and how much of it fits.

How much is shown is told in the same words for each: the share of the payload by its tokens as JSON, and of what is shortened the
list or object that costs most. What a format says of the rest itself, and why a payload cannot have it, stands below the table.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from richresp.cli.parsing import named_by
from richresp.cli.wording import told
from richresp.exceptions import BudgetTooSmall, UsageError
from richresp.shaping import Shaped
from richresp.shaping import shape as shape_payload
from richresp.shaping.budget import Caps, caps, counting
from richresp.shaping.formats import FORMATS, Format
from richresp.shaping.model import Omission
from richresp.typing import CountTokens
from richresp.values.plain import compact

_UNITS = {"tokens": "tokens", "chars": "characters", "bytes": "bytes"}


@dataclass(frozen=True, slots=True)
class Fitting:
    """What of a payload fits.

    Attributes:
        share: of its tokens as JSON those of what is shown, 0 to 1.
        used: what that costs in the format, by the name of each unit that has a cap.
        shortened: of what is not whole the list or object that costs most, as "4 of 64 items in tickets"; empty for none.
    """

    share: float
    used: dict[str, int]
    shortened: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What one format makes of a payload.

    Attributes:
        format: its name.
        tokens: what the whole payload costs in it; None where it cannot be written in it.
        fitting: what fits; None where nobody asked, and where nothing does.
        note: what is said of the rest, or why nothing is shown; empty where everything is.
    """

    format: Format
    tokens: int | None
    fitting: Fitting | None = None
    note: str = ""


def compare(payload: Any, given: dict[str, int], profile: str | None, **options: Any) -> tuple[list[Compared], str]:
    """What the formats make of a payload, and which of them `auto` takes.

    Args:
        payload: JSON-native values, as a file has them.
        given: what has to hold, by its unit; with a profile or without. Neither: only the whole payload is looked at.
        profile: as for `shape`.
        options: the others, as for `shape`.

    Raises:
        RichRespError: for options that no format goes with.
    """

    def whole(name: Format) -> Shaped:
        return shape_payload(payload, budget=sys.maxsize, format=name, **options)

    def within(name: Format) -> Shaped:
        return shape_payload(payload, budget=given or None, profile=profile, format=name, **options)

    held = caps(given or None, profile) if given or profile is not None else None
    rule = _Rule(payload, whole("json").tokens, held, counting(options.get("counter")))
    names = [name for name in FORMATS if name != "auto"]
    return [_compared(name, whole, None if held is None else within, rule) for name in names], whole("auto").format


@dataclass(frozen=True, slots=True)
class _Rule:
    """What formats are measured by: the payload, its tokens as JSON, the caps, and what counts."""

    payload: Any
    tokens: int
    held: Caps | None
    count: CountTokens


def _compared(
    name: Format, whole: Callable[[Format], Shaped], within: Callable[[Format], Shaped] | None, rule: _Rule
) -> Compared:
    try:
        tokens = whole(name).tokens
    except UsageError as error:
        if name == "json":
            raise
        return Compared(name, None, note=told(error).removeprefix(f"--format {name} is ").partition(";")[0])
    if within is None:
        return Compared(name, tokens)
    try:
        found = within(name)
    except BudgetTooSmall as error:
        return Compared(name, tokens, note=f"nothing fits: it takes {error.needed:,} {_UNITS[error.unit]}")
    return Compared(name, tokens, _fitting(found, rule), found.notice or "")


def _fitting(found: Shaped, rule: _Rule) -> Fitting:
    text = found.text
    costs = {"tokens": found.tokens, "chars": len(text), "bytes": len(text.encode("utf-8", "replace"))}
    used = {_UNITS[unit]: cost for unit, cost in costs.items() if getattr(rule.held, unit) is not None}
    try:
        share = min(rule.count(compact(found.data)) / rule.tokens, 1.0) if found.truncated and rule.tokens else 1.0
    except RecursionError:  # it is nested deeper than Python writes JSON
        share = min(found.tokens / rule.tokens, 1.0)
    return Fitting(share, used, _shortened(found.omitted, rule.payload))


def _shortened(omitted: Iterable[Omission], payload: Any) -> str:
    """Of what is not whole the part that is longest as JSON; the payload itself where nothing in it is shortened."""
    most, size = None, -1
    for omission in omitted:
        if omission.kind == "replaced":
            continue
        length = _length(payload, omission.path) if omission.path or isinstance(payload, list) else 0
        if length > size:
            most, size = omission, length
    if most is None:
        return ""
    total = "" if most.total is None else f" of {most.total:,}"
    where = f" in {named_by(most.path)}" if most.path else ""
    return f"{most.kept:,}{total} {most.kind}{where}"


def _length(payload: Any, pointer: str) -> int:
    value = payload
    for key in pointer.split("/")[1:]:
        value = value[int(key) if isinstance(value, list) else key.replace("~1", "/").replace("~0", "~")]
    try:
        return len(compact(value))
    except (RecursionError, ValueError):  # nested deeper than Python writes JSON, or with numbers that are none
        return len(value)
