"""From what is shown of a payload to the text of a page: markdown, plain text, CSV and TSV."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from richresp.markdown.blocks import paragraph
from richresp.markdown.document import document
from richresp.markdown.fields import fields
from richresp.markdown.lists import bullets
from richresp.markdown.raw import Block
from richresp.markdown.show import show
from richresp.shaping.formats.gaps import NO_GAPS
from richresp.shaping.formats.nested import is_nestable, nested
from richresp.shaping.formats.plaintext import lines_of
from richresp.shaping.formats.scalars import json_text
from richresp.shaping.formats.tables import Rows, markdown_table, separated
from richresp.shaping.formats.uniform import Common
from richresp.shaping.formats.writer import View
from richresp.text import one_line
from richresp.values.plain import is_container


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


def write_plain(view: View, _: Mapping[str | None, Common]) -> str:
    """The lines of a payload, below the notice."""
    text = lines_of(view.data) if is_container(view.data) else show(view.data)
    return text if view.notice is None else f"{one_line(view.notice)}\n{text}"


def write_csv(view: View, tables: Mapping[str | None, Common]) -> str:
    return separated(Rows(view.data, view.gaps.get(None, NO_GAPS), tables[None]), ",", view.notice)


def write_tsv(view: View, tables: Mapping[str | None, Common]) -> str:
    return separated(Rows(view.data, view.gaps.get(None, NO_GAPS), tables[None]), "\t", view.notice)
