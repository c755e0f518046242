"""Binds shaped parts into one answer: its text with the notice, and the facts about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from richresp.limits.shape import NOTICE_PARTS
from richresp.shaping.formats.writer import MEDIA_TYPES
from richresp.shaping.gauge import Gauge
from richresp.shaping.joining import brief_notice, free_name, joined, notice
from richresp.shaping.model import Omission, Shaped
from richresp.shaping.portion import Portion
from richresp.shaping.shaped_parts import ShapedParts
from richresp.values.plain import step

Shown = Sequence[Shaped | None]
"""Of each part that is asked for, what is shown of it; None for nothing."""


@dataclass(eq=False)
class Binder:
    """What the drafts of one call have in common.

    Attributes:
        names: of all parts, whether they are asked for or not.
        asked: the parts that this call is to show.
        gauge: says what fits.
        format: of the text.
        inline: whether the notice stands in it.
    """

    names: Sequence[str]
    asked: Sequence[Portion]
    gauge: Gauge
    format: str
    inline: bool
    _key: str = field(init=False)

    def __post_init__(self) -> None:
        self._key = free_name(self.names)

    def write(self, shown: Shown) -> str:
        """The text of a draft."""
        parts = self._parts(shown)
        return self._text(parts, self._line(parts, {p.name: p.resumed for p in self._left_out(shown)}))

    def write_briefly(self) -> str:
        """The text that shows nothing and says so in the fewest words."""
        return self._text({}, brief_notice(0, len(self.names)))

    def alone(self, portion: Portion) -> str | None:
        """The text with the least of one part and nothing else; None where the part cannot be shown."""
        shaped = portion.least()
        return None if shaped is None else replace(self, asked=(portion,)).write([shaped])

    def result(self, shown: Shown, share: int, *, exact: bool, replaced: Sequence[str], brief: bool) -> ShapedParts:
        """The answer.

        Args:
            shown: what is shown.
            share: the room that each part had.
            exact: whether the counter is.
            replaced: the pointers of parts whose names had to differ.
            brief: whether there is no room to say more than that nothing is shown.
        """
        parts = self._parts(shown)
        absent = self._left_out(shown)
        left_out = {portion.name: self._cursor(portion) for portion in absent[:NOTICE_PARTS]}
        left_out |= {portion.name: portion.resumed for portion in absent[NOTICE_PARTS:]}
        line = self._line(parts, left_out)
        text = self._text(parts, line)
        if brief:
            line, text = brief_notice(0, len(self.names)), self.write_briefly()
        elif not self.gauge.fits(text):  # what has no cursor is named in other words, which may cost a token more
            line = self._line(parts, {portion.name: portion.resumed for portion in absent})
            text = self._text(parts, line)
        going_on = {name: shaped.cursor for name, shaped in parts.items()} | left_out
        return ShapedParts(
            text,
            {name: shaped.data for name, shaped in parts.items()},
            self.gauge.count(text),
            exact,
            self.format,
            parts,
            tuple(left_out),
            {p.name: cursor for p in self.asked if (cursor := going_on[p.name]) is not None},
            self._omitted(parts, replaced),
            line,
            share,
            media_type=MEDIA_TYPES[self.format],
        )

    def _parts(self, shown: Shown) -> dict[str, Shaped]:
        pairs = zip(self.asked, shown, strict=True)
        return {portion.name: shaped for portion, shaped in pairs if shaped is not None}

    def _left_out(self, shown: Shown) -> list[Portion]:
        return [portion for portion, shaped in zip(self.asked, shown, strict=True) if shaped is None]

    def _line(self, parts: Mapping[str, Shaped], left_out: Mapping[str, str | None]) -> str | None:
        line = notice(parts, left_out)
        return brief_notice(len(parts), len(self.names)) if line is None and len(parts) < len(self.names) else line

    def _text(self, parts: Mapping[str, Shaped], line: str | None) -> str:
        return joined(parts, self.format, line if self.inline else None, self._key)

    def _cursor(self, portion: Portion) -> str | None:
        """Where a part that is left out goes on; None if the budget can never show it."""
        if portion.at(self.gauge.least) is not None:
            return portion.resumed
        text = self.alone(portion) if portion.needed <= self.gauge.cap else None
        return portion.resumed if text is not None and self.gauge.fits(text) else None

    def _omitted(self, parts: Mapping[str, Shaped], replaced: Sequence[str]) -> tuple[Omission, ...]:
        found = []
        if len(parts) < len(self.names):
            found.append(Omission("", "keys", len(parts), len(self.names)))
        found += [Omission(path, "replaced", 0, 1) for path in replaced]
        for name, shaped in parts.items():
            above = step("", name)
            found += [replace(omission, path=above + omission.path) for omission in shaped.omitted]
        return tuple(found)
