"""What `shape_parts` returns: several payloads in one text, and what is missing of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from richresp.shaping.model import Omission, Shaped, is_truncated
from richresp.typing import JSON


@dataclass(frozen=True, slots=True)
class ShapedParts:
    """Several named payloads that fit one budget together.

    Attributes:
        text: what to hand to the model, all parts and the notice included; also `str(shaped)`.
        data: the same as JSON-native values by name, without the notice.
        tokens: what `text` costs by the counter.
        exact: False where the counter estimates.
        format: the format of `text`: "json", one object of all parts; "markdown" or "text", a section for each.
        parts: the result of each part that is shown, with its own `omitted`, `notice` and `cursor`. Its `text` stands
            in the text of all, in plain text indented, and in markdown closed or in a fence; its notice does not, for one
            notice tells of all parts.
        left_out: the parts that are not shown, because there was no room for their minimum, or because they cannot be
            divided.
        cursors: by name, where each part goes on that has more to show: pass them, or some of them, as `cursors=` with the
            same parts and options. What was left out begins at its start ("0"), if the budget can ever show it.
        omitted: what is missing, in document order, with paths such as "/hits/3/body"; parts that are left out are
            missing keys of the root.
        notice: the line about it that is written for the model; None where nothing is missing.
        share: the room that each part had at least, in the unit of the budget, times its weight; 0 where some had
            none. A bigger budget has no smaller share.
        media_type: "application/json", "text/markdown" or "text/plain".
    """

    text: str
    data: dict[str, JSON]
    tokens: int
    exact: bool
    format: str
    parts: Mapping[str, Shaped]
    left_out: tuple[str, ...] = ()
    cursors: Mapping[str, str] = field(default_factory=dict)
    omitted: tuple[Omission, ...] = ()
    notice: str | None = None
    share: int = 0
    media_type: str = field(default="application/json", kw_only=True)

    def __str__(self) -> str:
        return self.text

    @property
    def truncated(self) -> bool:
        """Whether anything is missing. What was merely replaced is not missing."""
        return is_truncated(self.omitted)

    def meta(self) -> dict[str, Any]:
        """The facts about the text, small and JSON-native, for a `_meta` field, a header or a log."""
        return {
            "tokens": self.tokens,
            "exact": self.exact,
            "truncated": self.truncated,
            "omitted": [omission.to_dict() for omission in self.omitted],
            "left_out": list(self.left_out),
            "cursors": dict(self.cursors),
        }
