"""Several texts of one result within a room, and the one cursor of all of them.

MCP knows no cursors of tools: a tool takes one as an argument, so there is one. Of several texts it is `1:` and the cursor of
the first, a comma, and so on; those that are shown to their end are not in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from richresp.answering.tool_given import read_json
from richresp.answering.tool_notice import NO_PAGES, with_notice
from richresp.answering.tool_room import Draft, Room, fullest
from richresp.exceptions import InvalidCursor
from richresp.limits.tools import CURSOR_CHARS, MAX_TEXTS
from richresp.shaping import ShapedParts, shape_parts
from richresp.shaping.formats import document_kind

_ONE = re.compile(r"([0-9]{1,3}):([0-9.-]+)")
_TAIL = ". For more, call again with the cursor of a part"


def value_of(text: str) -> Any:
    """What a text is to be shaped as: the values that it is the JSON of, or the text."""
    read = read_json(text)
    return text if read is None else read


def few(texts: Mapping[str, str]) -> Mapping[str, str]:
    """Texts, as one if there are very many."""
    return texts if len(texts) <= MAX_TEXTS else {"text": "\n\n".join(texts.values())}


def fitted_texts(
    texts: Mapping[str, str], room: Room, options: Mapping[str, Any], *, pages: bool
) -> tuple[tuple[str, ...], ShapedParts, str | None]:
    """Several texts shaped as parts: what is shown, the facts, and the notice.

    Raises:
        BudgetTooSmall, InvalidCursor: as `shape_parts` does.
    """
    values = {name: value_of(text) for name, text in texts.items()}
    inline = options.get("notice", "inline") == "inline"
    asked = _cursors(options.get("cursor"), list(values))
    wished = {key: value for key, value in options.items() if key not in {"cursor", "notice"}}
    if wished.get("format", "auto") == "auto" and all(isinstance(value, str) for value in values.values()):
        kinds = {document_kind("auto", value) for value in values.values()}
        wished["format"] = "markdown" if "markdown" in kinds else "text"  # in JSON they would be hard to read

    def draft(limits: Mapping[str, int]) -> Draft:
        shaped = shape_parts(values, budget=limits, notice="aside", cursors=asked, **wished)
        line = _notice(shaped, list(values), pages=pages)
        written = with_notice(shaped.text, shaped.format, shaped.data, line if inline else None)
        return Draft(
            (written, shaped, line), room.share_of(written), room.share_of((shaped.text,)), not shaped.truncated
        )

    found: tuple[tuple[str, ...], ShapedParts, str | None] = fullest(draft, room).shown
    return found


def joined_cursor(shaped: ShapedParts, names: list[str]) -> str | None:
    """The cursor of all parts that go on."""
    return ",".join(f"{names.index(name) + 1}:{cursor}" for name, cursor in shaped.cursors.items()) or None


def _notice(shaped: ShapedParts, names: list[str], *, pages: bool) -> str | None:
    """The notice of all parts, with one cursor instead of theirs."""
    if shaped.notice is None or not shaped.cursors:
        return shaped.notice
    line = shaped.notice.removesuffix(_TAIL)
    for cursor in set(shaped.cursors.values()):
        line = line.replace(f"; cursor {cursor}", "").replace(f" (cursor {cursor})", "")
    return line + (f". For more, call again with cursor {joined_cursor(shaped, names)}" if pages else NO_PAGES)


def _cursors(cursor: object, names: list[str]) -> dict[str, str] | None:
    if cursor is None:
        return None
    pieces = cursor.split(",") if isinstance(cursor, str) and len(cursor) <= CURSOR_CHARS else [""]
    found: dict[str, str] = {}
    for piece in pieces:
        match = _ONE.fullmatch(piece)
        if match is None or not 0 < int(match[1]) <= len(names):
            raise InvalidCursor(reason="this is not a cursor that this tool returned")
        found[names[int(match[1]) - 1]] = match[2]
    return found
