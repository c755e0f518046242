"""The notice of a tool's answer: what it says of the next page, and where it stands in a text of each format."""

from __future__ import annotations

import csv
import json
from collections.abc import Container
from io import StringIO
from typing import Any

from richresp.markdown import paragraph
from richresp.shaping import Shaped

KEY = "_notice"
_MORE = "; for more, call again with cursor "
NO_PAGES = "; to see the rest, ask for less at a time"


def notice_of(shaped: Shaped, *, pages: bool) -> str | None:
    """The notice of a result, which promises a next page only where the tool takes its cursor."""
    if shaped.notice is None or shaped.cursor is None or pages:
        return shaped.notice
    return shaped.notice.removesuffix(_MORE + shaped.cursor) + NO_PAGES


def free_key(names: Container[str]) -> str:
    """The first of `_notice`, `_notice_2` ... that is not taken."""
    key, number = KEY, 1
    while key in names:
        number += 1
        key = f"{KEY}_{number}"
    return key


def with_notice(text: str, format: str, data: Any, notice: str | None) -> tuple[str, ...]:  # noqa: A002
    """A text with a notice at its start, as `shape` writes it; two texts where it cannot stand in one.

    Args:
        text: as `shape` wrote it, without a notice.
        format: its format.
        data: the same as values.
        notice: None for none.
    """
    if notice is None:
        return (text,)
    if format == "markdown":
        return (f"{paragraph(notice)}\n\n{text}",)
    if format == "text":
        return (f"{notice}\n\n{text}" if isinstance(data, str) else f"{notice}\n{text}",)
    if format in {"csv", "tsv"}:
        record = StringIO()
        csv.writer(record, lineterminator="\r\n").writerow([notice])
        return (record.getvalue() + text,)
    if not isinstance(data, (dict, list)):
        return notice, text
    entry = f"{_quoted(free_key(data) if isinstance(data, dict) else KEY)}:{_quoted(notice)}"
    opening = f"{{{entry}" if isinstance(data, dict) else f"[{{{entry}}}"
    return (f"{opening}{',' if data else ''}{text[1:]}",)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
