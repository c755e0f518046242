"""`shape_parts`: several named payloads in one text, within one budget."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from richresp.exceptions import BudgetTooSmall, InvalidCursor, UsageError
from richresp.limits.shape import PROBED_PARTS, PROBED_ROOM
from richresp.shaping.binder import Binder, Shown
from richresp.shaping.budget import Budget, caps, counting
from richresp.shaping.gauge import Gauge
from richresp.shaping.joining import text_format
from richresp.shaping.part_paths import PartPaths
from richresp.shaping.portion import Portion
from richresp.shaping.reader import taken_once
from richresp.shaping.shaped_parts import ShapedParts
from richresp.shaping.sharing import Sharing
from richresp.typing import Counter, CountTokens
from richresp.values.plain import is_repaired, members, step


def shape_parts(
    parts: Mapping[str, Any],
    *,
    budget: Budget | None = None,
    profile: str | None = None,
    format: str = "auto",  # noqa: A002  # the word of the field, and of `shape`
    keep: Iterable[str] = (),
    drop: Iterable[str] = (),
    drop_order: Iterable[str] = (),
    notice: Literal["inline", "aside"] = "inline",
    counter: CountTokens | None = None,
    cursors: Mapping[str, str] | None = None,
    shares: Mapping[str, float] | None = None,
    secret: str | bytes | None = None,
    **options: Any,
) -> ShapedParts:
    """Trims several named payloads to one token budget, each of them as `shape` does it.

    The budget is shared fairly: each part has the same room, what fits whole takes no more than it needs, and what is
    unused goes to the others until nothing more fits. Where the budget is too small for a minimum of each part (24 tokens),
    the first ones are shown. A part that is not shown is told as left out.

    One text holds all: a JSON object with the names as keys and one notice; in markdown a section for each part; in plain
    text each part indented below its name. Every part has its own cursor. A document in markdown stands in its section as
    it is, its own headings (`# T`) included, but what it leaves open is closed: a fence, an HTML block.

    What a budget shows of each part in its `share`, every bigger budget shows; only what is given away beyond that may go
    to another part with a bigger budget. It takes some ten calls of `shape` for each part that is shortened, each for its room.

    Args:
        parts: payloads by name, in the order of their importance. An iterator in them is read once, and only as far as it
            is shown.
        budget: the most that `text` may cost, all parts, names and notice included; as for `shape`.
        profile: a host whose caps hold as well; as for `shape`.
        format: that of each part, as for `shape`. With "auto" all parts are JSON, or if a part is a table or a document,
            all are markdown.
        keep: JSONPaths of what is shown as soon as anything of its record is. Like the paths of `omitted` they begin
            above the parts: `$.hits[*].id`, or `$..id` for all parts.
        drop: JSONPaths of what is never shown, nor missed; `$.facets` drops a part.
        drop_order: JSONPaths of what goes first.
        notice: "inline" puts the notice into the text, in JSON under the first free key of `_notice`, `_notice_2` ...;
            "aside" leaves the text pure.
        counter: what counts tokens; as for `shape`.
        cursors: of an earlier result for the same parts and options, by name, to get what follows. Only the parts that are
            named are shown, so `shape_parts(..., cursors=r.cursors)` until there are none shows everything once.
        shares: how many times the room of the others a part gets, by name: `{"hits": 3}`.
        secret: signs cursors; as for `shape`.
        options: what else `shape` takes (`strategy` ...), the same for each part.

    Raises:
        BudgetTooSmall: if not even a notice fits, or of the parts that `cursors` names nothing new.
        InvalidPayload: for a part that has no JSON form, and for names that are the same as text.
        InvalidPath: for a path that is none, or that keeps a whole part or makes it go first.
        InvalidCursor: for a cursor that is not of that part and these options.
        UsageError: for an argument that cannot be right.
    """
    if not isinstance(parts, Mapping):
        raise UsageError(f"parts: give a mapping of names to payloads, not a {type(parts).__name__}")
    if notice not in ("inline", "aside"):
        raise UsageError(f"notice={notice!r}: take one of inline, aside")
    gauge = Gauge(caps(budget, profile), counting(counter))
    paths = PartPaths.read(keep=keep, drop=drop, drop_order=drop_order)
    named = {name: value for name, value in members(dict(parts), str) if not paths.drops(name)}
    weights = _weights(shares, named)
    common = {"format": format, "notice": "aside", "counter": counter, "secret": secret, **options}
    with taken_once():
        every = [
            Portion(name, value, weights.get(name, 1.0), None, {**common, **paths.of(name)}, gauge)
            for name, value in named.items()
        ]
        settled = text_format(_settled(every) if format == "auto" else format)
        if format == "auto":  # or a text beside JSON would be a document without quotes
            every = [replace(portion, options={**portion.options, "format": settled}) for portion in every]
        asked = _asked(every, cursors) if cursors else every
        binder = Binder(tuple(named), asked, gauge, settled, notice == "inline")
        shown, share = _shown(binder, later=bool(cursors))
        exact = counter.exact if isinstance(counter, Counter) else True
        replaced = [step("", name) for name in named if is_repaired(name, dict(parts))]
        nothing = [None] * len(asked)
        return binder.result(shown or nothing, share, exact=exact, replaced=replaced, brief=shown is None)


def _shown(binder: Binder, *, later: bool) -> tuple[Shown | None, int]:
    """What is shown of each part, and the share of each; None where there is only room to say that nothing is.

    Raises:
        BudgetTooSmall: where there is not, and where a later page would show nothing new.
    """
    gauge = binder.gauge
    sharing = Sharing(binder.asked, gauge, binder.write)
    whole = sharing.whole()
    if whole is not None:
        return whole.shown, gauge.cap
    draft, share = sharing.fair()
    if draft is not None:
        draft = sharing.filled(draft)
        if not later or any(shaped is not None for shaped in draft.shown):
            return draft.shown, share
    if not later:
        brief = binder.write_briefly()
        if not gauge.fits(brief):
            raise _least_whole(binder, gauge.shortage(brief))
        return None, 0
    least = {portion.name: text for portion in binder.asked if (text := binder.alone(portion)) is not None}
    for portion in binder.asked:
        if portion.name in least and gauge.fits(least[portion.name]):
            return [each.least() if each is portion else None for each in binder.asked], 0
    short = BudgetTooSmall(budget=gauge.cap, needed=max(portion.needed for portion in binder.asked), unit=gauge.unit)
    raise min(map(gauge.shortage, least.values()), default=short, key=lambda error: error.needed)


def _least_whole(binder: Binder, error: BudgetTooSmall) -> BudgetTooSmall:
    """The error, or one that asks for less: all of small parts may cost less than the notice that they are not there."""
    shown = [portion.at(error.needed) for portion in binder.asked]
    if any(shaped is None or shaped.truncated for shaped in shown):
        return error
    whole = binder.gauge.shortage(binder.write(shown))
    return min(error, whole, key=lambda each: each.needed) if whole.unit == error.unit else error


def _weights(shares: Mapping[str, float] | None, named: Mapping[str, Any]) -> Mapping[str, float]:
    if shares is None:
        return {}
    if not isinstance(shares, Mapping):
        raise UsageError(f"shares={shares!r}: give a mapping of names to numbers")
    for name, weight in shares.items():
        if name not in named:
            raise UsageError(f"shares: no part is called {name!r}")
        if not _is_weight(weight):
            raise UsageError(f"shares: {weight!r} for {name!r}; give a number above 0")
    return shares


def _is_weight(weight: object) -> bool:
    return isinstance(weight, (int, float)) and not isinstance(weight, bool) and 0 < weight < math.inf


def _settled(portions: Sequence[Portion]) -> str:
    """The one format of parts that each would have its own."""
    for portion in portions[:PROBED_PARTS]:
        shaped = portion.at(portion.gauge.least)
        if shaped is None and portion.needed <= PROBED_ROOM * portion.gauge.least:
            shaped = portion.least()
        if shaped is not None and shaped.format == "markdown":
            return "markdown"
    return "json"


def _asked(portions: Sequence[Portion], cursors: Mapping[str, str]) -> list[Portion]:
    """The parts that are to go on, each from its cursor."""
    if not isinstance(cursors, Mapping):
        raise UsageError("cursors: give a mapping of names to cursors, as a result has it")
    names = {portion.name for portion in portions}
    for name in cursors:
        if name not in names:
            raise InvalidCursor(reason=f"no part is called {str(name)[:80]!r}")
    return [replace(portion, cursor=cursors[portion.name]) for portion in portions if portion.name in cursors]
