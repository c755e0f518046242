"""The formats beside JSON: from what is shown of a payload to the text of a page.

A page in such a format is written anew whenever its exact count is asked for. What it shows is decided by the same ranking
as in JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from richresp.markdown.blocks import paragraph
from richresp.markdown.document import document
from richresp.markdown.fields import fields
from richresp.markdown.lists import bullets
from richresp.markdown.raw import Block
from richresp.markdown.show import show
from richresp.shaping.documents import Division
from richresp.shaping.formats.gaps import NO_GAPS, Gaps
from richresp.shaping.formats.memo import Memo
from richresp.shaping.formats.nested import is_nestable, nested
from richresp.shaping.formats.plaintext import plain_text
from richresp.shaping.formats.scalars import json_text
from richresp.shaping.formats.tables import Rows, markdown_table, separated
from richresp.shaping.formats.uniform import Common
from richresp.text import one_line
from richresp.values.plain import is_container, repaired

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


def write_markdown(view: View, tables: Mapping[str | None, Common]) -> str:
    """A list as a table or bullets; a record as fields, with tables and lists below their names."""
    blocks = [] if view.notice is None else [paragraph(view.notice)]
    if isinstance(view.data, dict):
        pending: dict[str, Any] = {}
        for name, value in view.data.items():
            if is_nestable(value) or (name in tables and isinstance(value, list)):
                blocks += [fields(pending), paragraph(f"{name}:"), *_listed(value, name, view, tables)]
                pending = {}
            else:
                pending[name] = json_text(value) if is_container(value) else value
        blocks.append(fields(pending))
    elif isinstance(view.data, list):
        blocks += _listed(view.data, None, view, tables)
    else:
        blocks.append(paragraph(show(view.data)))
    return document(*blocks)


def _listed(value: Any, name: str | None, view: View, tables: Mapping[str | None, Common]) -> list[Block]:
    if isinstance(value, list) and name in tables:
        rows = Rows(value, view.gaps.get(name, NO_GAPS), tables[name])
        return list(markdown_table(rows, view.memo.lines_of(name, rows.columns)))
    return [bullets(nested(value))]


def document_writer(format: str, division: Division) -> Writer:  # noqa: A002  # the word of the field
    """What writes the pages of a document: as it is, below the notice."""

    def write(view: View, _: Mapping[str | None, Common]) -> str:
        text = view.data if view.span is None else repaired(division.page(*view.span))
        return text if view.notice is None else f"{one_line(view.notice)}\n\n{text}"

    return Writer(format, write)


def write_plain(view: View, _: Mapping[str | None, Common]) -> str:
    """The lines of a payload, below the notice."""
    text = plain_text(view.data) if is_container(view.data) else show(view.data)
    return text if view.notice is None else f"{one_line(view.notice)}\n{text}"


def write_csv(view: View, tables: Mapping[str | None, Common]) -> str:
    return separated(Rows(view.data, view.gaps.get(None, NO_GAPS), tables[None]), ",", view.notice)


def write_tsv(view: View, tables: Mapping[str | None, Common]) -> str:
    return separated(Rows(view.data, view.gaps.get(None, NO_GAPS), tables[None]), "\t", view.notice)
