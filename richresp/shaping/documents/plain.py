"""Where a text without markup may be divided: prose behind paragraphs, code and logs behind lines."""

from __future__ import annotations

import re

from richresp.limits.documents import BLOCK_SHARE, LEAST_PIECE, LONG_LINE
from richresp.shaping.chunks import chunk_end

_PARAGRAPH = re.compile(r"(?:\r\n?|\n)(?:[ \t]*+(?:\r\n?|\n))+")
_LINE = re.compile(r"\r\n?|\n")


def paragraph_end(text: str, start: int, size: int, before: int) -> int:
    """The end of the chunk of about `size` characters that starts at `start`, with `before` characters before it on its page:
    behind a paragraph, one that is short beside these whole; else behind a sentence or a word.
    """
    if start + size >= len(text):
        return len(text)
    return _whole(_PARAGRAPH, text, start, size, before) or chunk_end(text, start, size)


def line_end(text: str, start: int, size: int, before: int) -> int:
    """The same of code or a log: behind a blank line, else behind a line. Only a line without end is cut as prose is."""
    limit = start + size
    if limit >= len(text):
        return len(text)
    end = _whole(_PARAGRAPH, text, start, size, before)
    if end is not None:
        return end
    ends = [found.end() for found in _LINE.finditer(text, start, _behind(text, limit)) if found.end() <= limit]
    if ends:
        return ends[-1]
    line = _LINE.search(text, limit, start + max(LONG_LINE, size))
    if line is not None:
        return _behind(text, line.end())
    return len(text) if len(text) <= start + LONG_LINE else chunk_end(text, start, size)


def _whole(gap: re.Pattern[str], text: str, start: int, size: int, before: int) -> int | None:
    """The last end of a paragraph within `size`, else the first one within what may stay whole."""
    limit = start + size
    whole = start + max(LEAST_PIECE, int(BLOCK_SHARE * before))
    found = None
    for end in (match.end() for match in gap.finditer(text, start, _behind(text, max(limit, whole)))):
        if end <= limit or (found is None and end <= whole):
            found = end
    return len(text) if found is None and len(text) <= whole else found


def _behind(text: str, at: int) -> int:
    """The same place, or the one behind the line end that it is inside of."""
    return at + 1 if text[at - 1 : at + 1] == "\r\n" else at
