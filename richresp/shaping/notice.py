"""The one line that tells the model what it does not see. It is part of the text and of its cost, so it is short."""

from __future__ import annotations

from itertools import islice

from richresp.limits import NOTICE_NAME_CHARS, NOTICE_NAMES, NOTICE_SCAN
from richresp.shaping.places import Place, Run
from richresp.shaping.plain import members
from richresp.shaping.sheet import Sheet, Shown

KEY = "_notice"


def notice(sheet: Sheet, paged: Place | None, cursor: str | None) -> str:
    """How many of how many are shown, which fields were cut, and how to get the rest.

    Args:
        sheet: what is shown.
        paged: the list or string that cursors page through, None if the payload has none.
        cursor: of the next page, None where this is the last.
    """
    main = _main(sheet, paged)
    parts = [f"Shortened: {_counted(main)} shown"]
    if names := [name for name in _cut_names(sheet, main) if name != _name(main)]:
        more = ", ..." if len(names) > NOTICE_NAMES else ""
        parts.append(f"cut or left out: {', '.join(map(_short, names[:NOTICE_NAMES]))}{more}")
    if cursor is not None:
        parts.append(f"for more, call again with cursor {cursor}")
    return "; ".join(parts)


def free_key(root: Place) -> str:
    """The first of `_notice`, `_notice_2` ... that is no key of the payload."""
    key, number = KEY, 1
    while isinstance(root.value, dict) and key in root.value:
        number += 1
        key = f"{KEY}_{number}"
    return key


def _main(sheet: Sheet, paged: Place | None) -> Shown:
    """What the notice counts: the list that is paged through, or if that is all there, the first that is not."""
    listed = sheet[paged] if paged is not None else None
    if listed is not None and (listed.kept < listed.total or listed.place.start):
        return listed
    return next((shown for shown in sheet if shown.kept < shown.total), sheet.root)


def _counted(shown: Shown) -> str:
    value, start = shown.place.value, shown.place.start
    what = "characters" if isinstance(value, str) else "keys" if isinstance(value, dict) else "items"
    named = _name(shown)
    where = f" in {_short(named)}" if named is not None else ""
    if start:
        return f"{what} {start + 1} to {start + shown.kept} of {shown.total}{where}"
    return f"{shown.kept} of {shown.total} {what}{where}"


def _cut_names(sheet: Sheet, main: Shown) -> dict[str, None]:
    """The names of fields that are cut or missing, as they come up in the first containers of the document."""
    names: dict[str, None] = {}
    for shown in islice(sheet, NOTICE_SCAN):
        if shown.kept == shown.total or (shown is main and not isinstance(shown.place.value, dict)):
            continue
        if isinstance(shown.place.value, dict):
            names.update(dict.fromkeys(_missing(shown)))
        elif (name := _name(shown)) is not None:
            names[name] = None
        if len(names) > NOTICE_NAMES:
            break
    return names


def _missing(shown: Shown) -> list[str]:
    present = {
        name
        for entry in shown.entries
        for name in (
            (child[1] for child in entry.content.children)
            if isinstance(entry.content, Run)
            else (entry.content.place.name,)
        )
    }
    absent = (name for name, _ in members(shown.place.value, str) if name not in present)
    return list(islice(absent, NOTICE_NAMES + 1))


def _name(shown: Shown) -> str | None:
    """The nearest key that leads to it."""
    return next((place.name for place in shown.place.path() if place.name is not None), None)


def _short(name: str) -> str:
    return name if len(name) <= NOTICE_NAME_CHARS else f"{name[:NOTICE_NAME_CHARS]}…"
