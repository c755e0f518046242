"""What `shape` returns: values that say what is shown, and what is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from richresp.typing import JSON

Kind = Literal["items", "keys", "characters", "replaced"]


@dataclass(frozen=True, slots=True)
class Omission:
    """Something of the payload that the result does not show.

    Attributes:
        path: JSON Pointer (RFC 6901) of the list, dict, string or value; empty for the payload itself.
        kind: what is counted: a list's "items", a dict's "keys", a string's "characters"; "replaced" for a value that
            JSON cannot hold: NaN and the infinities (shown as null), lone surrogates (shown as U+FFFD).
        kept: how many are shown.
        total: how many there are; None for an iterator that was not read to its end.
    """

    path: str
    kind: Kind
    kept: int
    total: int | None

    def to_dict(self) -> dict[str, Any]:
        """The same as JSON-native values."""
        return {"path": self.path, "kind": self.kind, "kept": self.kept, "total": self.total}


def is_truncated(omitted: Iterable[Omission]) -> bool:
    """Whether anything is missing. What was merely replaced is not missing."""
    return any(omission.kind != "replaced" for omission in omitted)


@dataclass(frozen=True, slots=True)
class Shaped:
    """A payload that fits.

    Attributes:
        text: what to hand to the model, notice included; also `str(shaped)`.
        data: the same as JSON-native values, without the notice. It shares nothing with the payload.
        tokens: what `text` costs by the counter.
        exact: False where the counter estimates.
        format: the format of `text`: "json", "markdown", "csv", "tsv" or "text".
        omitted: what is missing, in document order, each container and string told once.
        notice: the line about it that is written for the model; None where nothing is missing.
        cursor: pass it as `cursor=` with the same payload and options for the next page; None on the last page.
        media_type: of `text`, as in a Content-Type header (RFC 9110, 8.3).
    """

    text: str
    data: JSON
    tokens: int
    exact: bool
    format: str
    omitted: tuple[Omission, ...] = ()
    notice: str | None = None
    cursor: str | None = None
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
            "cursor": self.cursor,
        }
