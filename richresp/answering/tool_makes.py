"""The ways to shape a payload for a tool: freely, or against an output schema by whole entries, by cut ones, by none.

Each returns what is shown, and the text that was held to the limits: that of a schema is JSON, whatever is shown of it. All
ways against one schema read and write the same cursors, so that the next page is free to take another way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from richresp.exceptions import BudgetTooSmall, InvalidPayload
from richresp.shaping import Shaped, shape
from richresp.shaping.options import Options
from richresp.shaping.schemas import read_schema
from richresp.shaping.shape import shaped as shaped_by
from richresp.values.plain import pointer

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


@dataclass(slots=True)
class ByCut:
    """Strings and records are cut where that shows most, as long as that is valid: of items that are not, fewer are shown, at
    the last the next one alone.

    Attributes:
        payload, options, inner: as for `by_entries`.
        most: how many items have turned out to be too many for one page, less one.
    """

    payload: Any
    options: Mapping[str, Any]
    inner: Mapping[str, Any]
    most: int | None = None

    def __call__(self, limits: Limits) -> tuple[Shaped, str]:
        """What is shown within limits.

        Raises:
            BudgetTooSmall: where not even one item is valid when it is cut so far.
        """
        against = read_schema(self.inner)
        wished = {key: value for key, value in self.options.items() if key != "cursor"}
        while True:
            options = replace(Options.read(budget=limits, **wished), paging=against, most=self.most)
            found = shaped_by(self.payload, options, self.options.get("cursor"))
            try:
                against.check(found.data, pointer, dropped=False)
            except InvalidPayload as error:
                if self.most == 1 or self.options.get("strategy") == "spread":
                    unit, cap = next(iter(limits.items()))
                    raise BudgetTooSmall(budget=cap, needed=cap + 1, unit=unit) from error
                at = next((int(step) for step in error.pointer.split("/") if step.isdecimal()), 0)
                self.most = max(1, at if self.most is None else min(at, self.most - 1))
            else:
                if self.most is not None or moves_on(found, self.options):
                    return found, found.text
                self.most = 1


def by_none(payload: Any, options: Mapping[str, Any], inner: Mapping[str, Any], limits: Limits) -> tuple[Shaped, str]:
    """A later page in the place of an item that does not fit, however it is cut: it says so, and leads on to the next.

    Raises:
        BudgetTooSmall: on the first page, and if not even what stands around the items fits.
    """
    if options.get("cursor") is None:
        raise BudgetTooSmall(budget=next(iter(limits.values())), needed=_ALL)
    wished = {key: value for key, value in options.items() if key not in {"cursor", "format"}}
    read = replace(Options.read(budget=limits, schema=inner, **wished), most=0, skipped=1)
    found = shaped_by(payload, read, options["cursor"])
    _, more, after = (found.notice or "").partition(_MORE)
    place = f"{_offset(options['cursor']) + 1}{' from the end' if options.get('strategy') == 'tail' else ''}"
    told = f"Shortened: item {place} is left out, for it does not fit, however it is cut{more}{after}"
    return _written(replace(found, notice=told), options), found.text


def moves_on(shaped: Shaped, options: Mapping[str, Any]) -> bool:
    """Whether the next page starts further on than this one."""
    asked = options.get("cursor")
    return shaped.cursor is None or _offset(shaped.cursor) > (0 if asked is None else _offset(asked))


def _offset(cursor: object) -> int:
    return int(str(cursor).partition("-")[0].partition(".")[0])


def _written(shaped: Shaped, options: Mapping[str, Any]) -> Shaped:
    """The same in the format that was wished for."""
    wanted = options.get("format", "auto")
    if wanted == "json":
        return shaped
    again = shape(shaped.data, budget=_ALL, format=wanted, fold_constant=options.get("fold_constant", False))
    return replace(shaped, text=again.text, format=again.format, media_type=again.media_type)
