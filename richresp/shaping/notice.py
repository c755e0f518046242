"""The one line that tells the model what it does not see. It is part of the text and of its cost, so it is short."""

from __future__ import annotations

from itertools import islice

from richresp.limits.shape import NOTICE_NAME_CHARS, NOTICE_NAMES, NOTICE_SCAN
from richresp.shaping.order import Strategy
from richresp.shaping.pieces import Run
from richresp.shaping.places import Place
from richresp.shaping.sheet import Sheet
from richresp.shaping.shown import Shown
from richresp.shaping.weigh import Standing, standing

KEY = "_notice"
_BEGINNING, _SHOWN = "Shortened: ", " shown"


def notice(sheet: Sheet, paged: Place | None, cursor: str | None, strategy: Strategy = "head") -> str:
    """How many of how many are shown, which fields were cut, and how to get the rest.

    Args:
        sheet: what is shown.
        paged: the list or string that cursors page through, None if the payload has none.
        cursor: of the next page, None where this is the last.
        strategy: which items of a list are shown.
    """
    main = _main(sheet, paged)
    parts = [f"{_BEGINNING}{_counted(main, strategy)}{_SHOWN}"]
    if names := [name for name in _cut_names(sheet, main) if name != _name(main)]:
        more = ", ..." if len(names) > NOTICE_NAMES else ""
        parts.append(f"cut or left out: {', '.join(map(_short, names[:NOTICE_NAMES]))}{more}")
    if cursor is not None:
        parts.append(f"for more, call again with cursor {cursor}")
    return "; ".join(parts)


def counted_in(told: str) -> str:
    """What a notice says is shown, as: 4 of 64 items in tickets."""
    return told.partition(";")[0].removeprefix(_BEGINNING).removesuffix(_SHOWN)


def free_key(root: Place) -> str:
    """The first of `_notice`, `_notice_2` ... that is no key of the payload."""
    key, number = KEY, 1
    while root.has(key):
        number += 1
        key = f"{KEY}_{number}"
    return key


def _main(sheet: Sheet, paged: Place | None) -> Shown:
    """What the notice counts: the list that is paged through, or if that is all there, the first that is not."""
    listed = sheet[paged] if paged is not None else None
    if listed is not None and (listed.is_cut or listed.place.start):
        return listed
    return next((shown for shown in sheet if shown.is_cut), sheet.root)


def _counted(shown: Shown, strategy: Strategy) -> str:
    value, start, kept, total = shown.place.value, shown.place.start, shown.kept, shown.total
    what = "characters" if isinstance(value, str) else "keys" if isinstance(value, dict) else "items"
    named = _name(shown)
    where = (
        f" in {_short(named)}"
        if named is not None
        else f" at {_short(shown.place.pointer)}"
        if shown.place.above
        else ""
    )
    way = strategy if what == "items" else "head"
    if total is None:
        return f"{what} {start + 1} to {start + kept}{where}" if start else f"the first {kept} {what}{where}"
    if start:
        first = total - start - kept if way == "tail" else start
        return f"{what} {first + 1} to {first + kept} of {total}{where}"
    return f"{_WAYS[way]}{kept} of {total} {what}{where}"


_WAYS = {"head": "", "tail": "the last ", "spread": "a spread of "}


def _cut_names(sheet: Sheet, main: Shown) -> dict[str, None]:
    """The names of fields that are cut or missing, as they come up in the first containers of the document."""
    names: dict[str, None] = {}
    for shown in islice(sheet, NOTICE_SCAN):
        if not shown.is_cut or (shown is main and not isinstance(shown.place.value, dict)):
            continue
        if isinstance(shown.place.value, dict):
            names.update(dict.fromkeys(_missing(shown)))
        elif (name := _name(shown)) is not None:
            names[name] = None
        if len(names) > NOTICE_NAMES:
            break
    return names


def _missing(shown: Shown) -> list[str]:
    """The keys of a dict that are not shown: those of what people read, or if there are none, the others."""
    if shown.told is not None and shown.told[0] == shown.kept:
        return shown.told[1]
    present = {
        name
        for entry in shown.entries
        for name in (
            (child.name for child in entry.content.children)
            if isinstance(entry.content, Run)
            else (entry.content.place.name,)
        )
    }
    absent = (child for child in shown.place.children() if child.name not in present)
    late: list[str] = []
    prompt: list[str] = []
    for child in absent:
        (late if standing(child, shown.place.reader) is Standing.LATE else prompt).append(child.name or "")
        if len(prompt) > NOTICE_NAMES or len(late) > NOTICE_SCAN:
            break
    names = prompt[: NOTICE_NAMES + 1] or late[: NOTICE_NAMES + 1]
    shown.told = shown.kept, names
    return names


def _name(shown: Shown) -> str | None:
    """The nearest key that leads to it."""
    return next((place.name for place in shown.place.path() if place.name is not None), None)


def _short(name: str) -> str:
    return name if len(name) <= NOTICE_NAME_CHARS else f"{name[:NOTICE_NAME_CHARS]}…"
