"""A record as lines of `Name: value`, in one paragraph.

A hard break between lines costs a token less than a bullet before each, and bold names cost two more. All fields are escaped
as one text, for markup that one of them opens another could close. A line end inside a value is `<br>`, not a line of
its own, or a value could pretend to be the next field.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Literal

from richresp.exceptions import UsageError
from richresp.markdown.cell_texts import Newline, checked_newline
from richresp.markdown.cells import Format, formatted
from richresp.markdown.columns import ChosenColumns, Columns, checked_format, listed
from richresp.markdown.escape import LINE, LINE_ENDS, Style, escaped_parts, hard_breaks, visible
from richresp.markdown.inline import on_one_line
from richresp.markdown.raw import Block, Raw
from richresp.markdown.rows import unserialized
from richresp.markdown.show import checked_nan, show, unwrapped
from richresp.values.plain import step


def fields(
    record: Any,
    *,
    columns: ChosenColumns = None,
    format: Mapping[Any, Format] | None = None,  # noqa: A002  # as for table
    newline: Newline = "<br>",
    nan: str = "",
    math: Literal["escape"] | None = None,
    autolink: bool = True,
) -> Block:
    """A record as lines of `Name: value`; empty for one without fields.

    Args:
        record: a mapping, dataclass, attrs or pydantic instance, or what else has named values.
        columns: which fields, in which order, as a list of names or a mapping from name to what is shown for it.
        format: for a field a format spec or a callable that gives what is shown for a value; None and NaN are not formatted.
        newline: what stands for the line ends of a text, name or value. Those of a Raw are blanks.
        nan: what is shown for NaN.
        math: as for `table`.
        autolink: as for `table`.

    Raises:
        UsageError: for what is no record, a field in columns= or format= that it has not, and a value that has no text.
    """
    checked_newline(newline)
    checked_nan(nan)
    formats = checked_format(format)
    found = record if isinstance(record, Mapping) else unserialized(record, unwrapped(record), formats)
    if not isinstance(found, Mapping):
        raise UsageError(f"fields of a {type(record).__name__}; give a mapping, or a list to bullets()")
    if not found and columns is None:
        return Block("", "paragraph")
    chosen = Columns.chosen(columns) or Columns(tuple(found), tuple(found))
    for name in chosen.names:
        if name not in found:
            raise UsageError(f"columns= has {name!r}, which the record has not; it has {listed(found)}")
    chosen.check("format", formats)
    parts: list[str] = []
    sizes: list[int] = []
    for name, header in zip(chosen.names, chosen.headers, strict=True):
        where = step("", str(name))
        value = formatted(found[name], formats.get(name), partial(str, where))
        texts: list[str] = []
        if isinstance(header, Raw):
            parts.append(on_one_line(header))
        else:
            texts = _lines(show(header))
        label = "\n".join(texts)
        if isinstance(value, Raw):
            parts += [f"{label}: ", on_one_line(value), "\n"]
        else:
            shown = "\n".join(_lines(f": {show(value, nan=nan, where=partial(str, where))}"))
            parts += [f"{label}{shown}", "\n"]
            texts = texts[:-1] + shown.split("\n")
        sizes.append(max(1, len(texts)))
    lines = iter(escaped_parts(parts, LINE, Style(math, autolink)))
    return Block(hard_breaks([newline.join(next(lines) for _ in range(size)) for size in sizes]), "paragraph")


def _lines(text: str) -> list[str]:
    """The lines of a text that show."""
    return [line for line in map(str.strip, LINE_ENDS.split(visible(text))) if line]
