"""Several shaped payloads as one text, and the one notice about all of them.

JSON becomes one object. In markdown each part has a section with its name as the heading; a part in another format stands
in a fence, and of a document what its end leaves open is closed. In plain text each part stands indented under its name,
so that no line of it can be the name of another.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from richresp.limits.shape import NOTICE_NAME_CHARS, NOTICE_PARTS
from richresp.shaping.model import Shaped
from richresp.shaping.notice import KEY
from richresp.shaping.portion import START
from richresp.text import one_line
from richresp.values.plain import quote

TEXT_FORMATS = ("json", "markdown", "text")
"""Those of a text with several parts."""

_OPENING = "Shortened"
_INDENT = "  "
_MORE = "; for more, call again with cursor "


def text_format(format: str) -> str:  # noqa: A002  # the word of the field
    """The format of a text whose parts have a format."""
    return format if format in TEXT_FORMATS else "markdown"


def joined(parts: Mapping[str, Shaped], format: str, notice: str | None, key: str) -> str:  # noqa: A002
    """The text of all parts in a common format.

    Args:
        parts: in the order in which they are to stand.
        format: of `TEXT_FORMATS`.
        notice: what is to stand before them; None for nothing.
        key: under which it stands in JSON.
    """
    if format == "json":
        entries = [f"{quote(name)}:{shaped.text}" for name, shaped in parts.items()]
        if notice is not None:
            entries.insert(0, f"{quote(key)}:{quote(notice)}")
        return f"{{{','.join(entries)}}}"
    if format == "text":
        plain = [f"{_line(name)}:\n{_indented(shaped.text)}" for name, shaped in parts.items()]
        return "\n\n".join(plain if notice is None else [notice, *plain])
    from richresp.markdown.blocks import fence, heading, paragraph
    from richresp.shaping.closing import closed

    blocks = [] if notice is None else [str(paragraph(notice))]
    for name, shaped in parts.items():
        blocks.append(str(heading(_line(name))))
        if shaped.text.strip():
            info = "" if shaped.format == "text" else shaped.format
            blocks.append(closed(shaped.text) if shaped.format == "markdown" else str(fence(shaped.text, info=info)))
    return "\n\n".join(blocks)


def _indented(text: str) -> str:
    # All that any reader takes for the end of a line counts as one.
    return "".join(f"{_INDENT}{line}" if line.strip() else line for line in text.splitlines(keepends=True))


def free_name(names: Container[str]) -> str:
    """The first of `_notice`, `_notice_2` ... that is no name of a part."""
    name, number = KEY, 1
    while name in names:
        number += 1
        name = f"{KEY}_{number}"
    return name


def notice(parts: Mapping[str, Shaped], left_out: Mapping[str, str | None]) -> str | None:
    """What is missing of each part, and where each goes on.

    Args:
        parts: those that are shown.
        left_out: those that are not, each with its cursor; None where there is none.
    """
    told = [(name, shaped) for name, shaped in parts.items() if shaped.notice is not None]
    if not told and not left_out:
        return None
    lines = [_OPENING]
    lines += [f"{_line(name)}: {_told(shaped)}" for name, shaped in told[:NOTICE_PARTS]]
    if len(told) > NOTICE_PARTS:
        lines.append(f"{len(told) - NOTICE_PARTS} more parts are shortened")
    if left_out:
        lines.append(f"Left out: {_names(left_out)}")
    if any(shaped.cursor for shaped in parts.values()) or any(left_out.values()):
        lines.append("For more, call again with the cursor of a part")
    return ". ".join(lines)


def brief_notice(shown: int, total: int) -> str:
    """The least that can be said: how many parts of how many are shown."""
    return f"{_OPENING}: {shown} of {total} parts shown"


def _told(shaped: Shaped) -> str:
    """The notice of a part as a part of the notice of all."""
    line = (shaped.notice or "").removeprefix(f"{_OPENING}: ")
    if shaped.cursor is None:
        return one_line(line) or ""
    return f"{one_line(line.removesuffix(_MORE + shaped.cursor))}; cursor {shaped.cursor}"


def _names(left_out: Mapping[str, str | None]) -> str:
    """The names of parts that are left out; those from one cursor stand together."""
    some = list(left_out.items())[:NOTICE_PARTS]
    from_start: Sequence[str] = [_line(name) for name, cursor in some if cursor == START]
    others = [
        _line(name) + ("" if cursor is None else f" (cursor {cursor})") for name, cursor in some if cursor != START
    ]
    groups = [", ".join(from_start) + f" (cursor {START})"] if from_start else []
    rest = len(left_out) - len(some)
    return ", ".join([*groups, *others]) + (f" and {rest} more" if rest else "")


def _line(name: str) -> str:
    """A name on one line, cut if it is long; in quotes if nothing of it is visible."""
    shown = one_line(name[: 2 * NOTICE_NAME_CHARS]) or quote(name[:NOTICE_NAME_CHARS])
    return shown if len(shown) <= NOTICE_NAME_CHARS else f"{shown[:NOTICE_NAME_CHARS]}…"
