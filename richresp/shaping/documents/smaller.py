"""Where the first chunk of a page is cut that is too long for it: paging must not end at a table's header or a long URL.

The places depend on the text alone. A larger budget takes an earlier one of them, which shows more.
"""

from __future__ import annotations

import re

from richresp.graphemes import last_break
from richresp.limits.documents import FORCED_CHARS, FORCED_STEP
from richresp.shaping.chunks import chunk_end

_LINE = re.compile(r"\r\n?|\n")


def smaller(text: str, start: int, end: int) -> list[int]:
    """Places behind `start` and before `end`, the last one first; none only if a single character is between."""
    near = text[start : start + FORCED_CHARS + 1]
    found: list[int] = []
    size, before = min(end - start - 1, FORCED_CHARS), end - start
    while size > 0:
        at = _place(near, size)
        if at < before:
            found.append(start + at)
            before = at
        size = min(size - 1, int(size * FORCED_STEP))
    return found


def _place(text: str, limit: int) -> int:
    """The best place up to a limit: behind a line of half of it at least, behind a word, a character a reader sees, any."""
    lines = [at for line in _LINE.finditer(text, limit // 2, limit) if text[(at := line.end()) - 1 : at + 1] != "\r\n"]
    if lines:
        return lines[-1]
    at = chunk_end(text, 0, limit)
    return at if at <= limit else last_break(text, 0, limit) or limit
