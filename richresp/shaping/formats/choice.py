"""Which format a payload is written in, decided from a bounded beginning of it and never from the budget."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from richresp.exceptions import UsageError
from richresp.limits.formats import DOCUMENT_SAMPLE, LEAST_SAVING, MAX_NEIGHBOURS, MAX_TABLES
from richresp.limits.shape import PAGED_SEARCH
from richresp.shaping.formats.scalars import json_text
from richresp.shaping.formats.uniform import common, is_uniform, sample
from richresp.shaping.formats.writer import View, Writer
from richresp.shaping.reader import Child, Reader
from richresp.tokens import O200k
from richresp.values.plain import is_list

if TYPE_CHECKING:
    from richresp.shaping.documents import Kind

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
    if format == "json":
        return None
    if format in ("csv", "tsv"):
        if not is_list(top.value):
            raise UsageError(
                f"format={format!r} is for a list of records, not for a {_kind(top.value)}; pass the list alone,"
                " or take format='markdown'"
            )
        from richresp.shaping.formats.writing import write_csv, write_tsv

        columns = common(sample(top, reader), fold=False)
        return Writer(format, write_csv if format == "csv" else write_tsv, {None: columns})
    if format == "text":
        from richresp.shaping.formats.writing import write_plain

        return Writer(format, write_plain)
    samples: dict[str | None, list[Any]] = {}
    if format == "auto":
        rows = sample(paged, reader) if paged is not None and is_list(paged.value) else []
        if paged is None or not is_uniform(rows):
            return None
        samples[_key(top, paged)] = rows
        if not _saves(top, samples):
            return None
    from richresp.shaping.formats.writing import write_markdown

    for child in islice(_lists(top, reader), MAX_TABLES):
        if child.name not in samples and is_uniform(rows := sample(child, reader)):
            samples[child.name] = rows
    return Writer("markdown", write_markdown, {name: common(rows, fold=fold) for name, rows in samples.items()})


def document_kind(format: Format, value: object) -> Kind | None:  # noqa: A002
    """What a string is divided as in a format; None for JSON, and for what is no string."""
    if not isinstance(value, str) or format not in ("auto", "markdown", "text"):
        return None
    if format == "markdown" or (format == "auto" and _is_markdown(value)):
        return "markdown"
    from richresp.shaping.documents import kind_of

    return kind_of(value)


def _is_markdown(text: str) -> bool:
    """Whether the beginning of a text has marks of markdown, and is neither code nor a log beside them."""
    sample = text[:DOCUMENT_SAMPLE]
    if not (_BLOCKS.search(sample) or _LINK.search(sample)):
        return False
    from richresp.shaping.documents import kind_of

    rest = _BLOCKS.sub("", sample)
    return not rest.strip() or (kind_of(rest) == "text" and not _MARKUP.match(rest))


_BLOCKS = re.compile(
    r"^ {0,3}(?:#{1,6} +\S.*(?:\n|\Z)(?=\s*(?:\n|\Z)|[^#\s])|```[^`\n]*\n(?:.*\n)*? {0,3}```.*$"
    r"|\|?(?: *:?-+:? *\|)+ *(?::?-+:? *)?(?:\n.*\|.*)*)",
    re.MULTILINE,
)
_LINK = re.compile(r"\[[^\[\]\n]+\]\(https?://")
_MARKUP = re.compile(r"\s*<(?:!doctype|html|[a-z]+[\s>])", re.IGNORECASE)


def _lists(top: Child, reader: Reader) -> Iterator[Child]:
    """A payload that is a list, or the lists right under it."""
    if is_list(top.value):
        yield top
    elif isinstance(top.value, dict):
        yield from reader.lists(top.value, top.state, PAGED_SEARCH)


def _key(top: Child, paged: Child) -> str | None:
    return paged.name if isinstance(top.value, dict) else None


def _saves(top: Child, samples: Mapping[str | None, list[Any]]) -> bool:
    """Whether a payload with a table costs so much less than its JSON that it is worth another format, as its beginning
    tells: the first rows, and the short values beside them.
    """
    from richresp.shaping.formats.writing import write_markdown

    ((key, rows),) = samples.items()
    beginning: Any = rows
    if key is not None:
        beside = islice(top.value.items(), MAX_NEIGHBOURS)
        beginning = {str(name): value for name, value in beside if isinstance(value, (str, bool, int, float))}
        beginning[key] = rows
    count = O200k()
    written = write_markdown(View(beginning), {key: common(rows, fold=False)})
    return count(written) <= (1 - LEAST_SAVING) * count(json_text(beginning))


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    return {dict: "dict", str: "string", bool: "boolean", int: "number", float: "number"}.get(type(value), "value")
