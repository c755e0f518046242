"""Which format a payload is written in, decided from a bounded beginning of it and never from the budget."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any, Literal

from richresp.exceptions import UsageError
from richresp.limits.formats import DOCUMENT_SAMPLE, LEAST_SAVING, MAX_NEIGHBOURS
from richresp.limits.shape import PAGED_SEARCH
from richresp.shaping.documents import Kind, kind_of
from richresp.shaping.formats.scalars import json_text
from richresp.shaping.formats.uniform import Common, common, is_uniform, sample
from richresp.shaping.formats.writer import View, Writer, write_csv, write_markdown, write_plain, write_tsv
from richresp.shaping.reader import Child, Reader
from richresp.tokens import O200k
from richresp.values.plain import is_list

Format = Literal["auto", "json", "markdown", "csv", "tsv", "text"]
FORMATS: tuple[Format, ...] = ("auto", "json", "markdown", "csv", "tsv", "text")


def writer_for(format: Format, top: Child, paged: Child | None, reader: Reader, *, fold: bool) -> Writer | None:  # noqa: A002
    """What writes the pages of a payload; None for JSON.

    Args:
        format: as for `shape`.
        top: the payload.
        paged: what cursors page through.
        reader: what reads its nodes.
        fold: whether columns with one value are told once.

    Raises:
        UsageError: for a format that the payload cannot have.
    """
    if format in ("csv", "tsv"):
        if not is_list(top.value):
            raise UsageError(
                f"format={format!r} is for a list of records, not for a {_kind(top.value)}; pass the list alone,"
                " or take format='markdown'"
            )
        columns = common(sample(top, reader), fold=False)
        return Writer(format, write_csv if format == "csv" else write_tsv, {None: columns})
    if format == "text":
        return Writer(format, write_plain)
    if format == "json" or (format == "auto" and (paged is None or not is_list(paged.value))):
        return None
    samples = _tables(top, reader)
    tables = {name: common(rows, fold=fold) for name, rows in samples.items()}
    if format == "auto" and not (paged is not None and _saves(top, paged, samples, tables)):
        return None
    return Writer("markdown", write_markdown, tables)


def document_kind(format: Format, value: object) -> Kind | None:  # noqa: A002
    """What a string is divided as in a format; None for JSON, and for what is no string."""
    if not isinstance(value, str) or format not in ("auto", "markdown", "text"):
        return None
    if format == "markdown" or (format == "auto" and _is_markdown(value)):
        return "markdown"
    return kind_of(value)


def _is_markdown(text: str) -> bool:
    """Whether the beginning of a text has marks of markdown, and is neither code nor a log beside them."""
    sample = text[:DOCUMENT_SAMPLE]
    if not (_BLOCKS.search(sample) or _LINK.search(sample)):
        return False
    rest = _BLOCKS.sub("", sample)
    return not rest.strip() or (kind_of(rest) == "text" and not _MARKUP.match(rest))


_BLOCKS = re.compile(
    r"^ {0,3}(?:#{1,6} +\S.*(?:\n|\Z)(?=\s*(?:\n|\Z)|[^#\s])|```[^`\n]*\n(?:.*\n)*? {0,3}```.*$"
    r"|\|?(?: *:?-+:? *\|)+ *(?::?-+:? *)?(?:\n.*\|.*)*)",
    re.MULTILINE,
)
_LINK = re.compile(r"\[[^\]\n]+\]\(https?://")
_MARKUP = re.compile(r"\s*<(?:!doctype|html|[a-z]+[\s>])", re.IGNORECASE)


def _tables(top: Child, reader: Reader) -> dict[str | None, list[Any]]:
    """The lists of a payload, itself or right under it, that are tables: their first rows."""
    lists: tuple[Child, ...] = (top,) if is_list(top.value) else ()
    if isinstance(top.value, dict):
        lists = tuple(reader.lists(top.value, top.state, PAGED_SEARCH))
    samples = {child.name: sample(child, reader) for child in lists}
    return {name: rows for name, rows in samples.items() if is_uniform(rows)}


def _saves(
    top: Child, paged: Child, samples: Mapping[str | None, list[Any]], tables: Mapping[str | None, Common]
) -> bool:
    """Whether a payload with a table costs so much less than its JSON that it is worth another format, as its beginning
    tells: the first rows, and the short values beside them.
    """
    key = paged.name if isinstance(top.value, dict) else None
    if key not in samples:
        return False
    beginning: Any = samples[key]
    if key is not None:
        beside = islice(top.value.items(), MAX_NEIGHBOURS)
        beginning = {str(name): value for name, value in beside if isinstance(value, (str, bool, int, float))}
        beginning[key] = samples[key]
    count = O200k()
    return count(write_markdown(View(beginning), tables)) <= (1 - LEAST_SAVING) * count(json_text(beginning))


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    return {dict: "dict", str: "string", bool: "boolean", int: "number", float: "number"}.get(type(value), "value")
