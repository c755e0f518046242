"""What writes the pages of a format beside JSON, and what it is given to write.

A page in such a format is written anew whenever its exact count is asked for. What it shows is decided by the same ranking
as in JSON. Nothing here needs an emitter: those are loaded with `writing`, once a page is to be written by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from richresp.shaping.formats.gaps import Gaps
from richresp.shaping.formats.memo import Memo
from richresp.shaping.formats.uniform import Common
from richresp.text import one_line
from richresp.values.plain import quote, repaired

if TYPE_CHECKING:
    from richresp.shaping.documents import Division

MEDIA_TYPES = {
    "json": "application/json",
    "markdown": "text/markdown",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "text": "text/plain",
}


@dataclass(frozen=True, slots=True)
class View:
    """What a page shows.

    Attributes:
        data: as JSON-native values.
        gaps: the hidden cells of each list that is a table, by the key under which it stands in the payload, None for
            the payload itself.
        notice: the line that belongs into the text.
        span: of a document, its first character that is shown and the one behind the last.
        memo: what is known of the version before.
    """

    data: Any
    gaps: Mapping[str | None, Gaps] = field(default_factory=dict)
    notice: str | None = None
    span: tuple[int, int] | None = None
    memo: Memo = field(default_factory=Memo)


@dataclass(frozen=True, slots=True)
class Writer:
    """How views become text.

    Attributes:
        format: the name of the format.
        write: the text of a view.
        tables: the lists that are tables, by key as in `View.gaps`, each with what its first rows tell.
    """

    format: str
    write: Callable[[View, Mapping[str | None, Common]], str]
    tables: Mapping[str | None, Common] = field(default_factory=dict)

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.format]

    def text(self, view: View) -> str:
        return self.write(view, self.tables)


def document_writer(format: str, division: Division, *, quoted: bool = False) -> Writer:  # noqa: A002  # the word of the field
    """What writes the pages of a document: as it is, below the notice; quoted, that text as a JSON string."""

    def write(view: View, _: Mapping[str | None, Common]) -> str:
        text = view.data if view.span is None else repaired(division.page(*view.span))
        text = text if view.notice is None else f"{one_line(view.notice)}\n\n{text}"
        return quote(text) if quoted else text

    return Writer("json" if quoted else format, write)
