"""Where a text that is shown in part may end: after a sentence or a word where one ends near, else between graphemes.

Never inside a URL or a number: half a link leads elsewhere, and half a number is another number.
"""

from __future__ import annotations

import re

from richresp.graphemes import first_break, last_break

_SENTENCE = re.compile(r"""[.!?…]['")\]’”»]*(?=[^\S\xa0\u2007\u202f])|[。！？]""")
_WORD = re.compile(r"(?<=\S)(?=[^\S\xa0\u2007\u202f])")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}+://\S*")
_URL_CHAR = re.compile(r"\S")
# 1,234.50 and 1 234 with a blank that does not break; 12:30:00; 1.5e-300. In 1,2,3 each digit is a number of its own.
_NUMBER = re.compile(r"[-+]?\d+(?:[,'\xa0\u2007\u202f]\d{3}(?!\d))*(?:[.:]\d+)*(?:[eE][-+]?\d+)?")
_NUMERIC = re.compile(r"[\d.,:'eE+\xa0\u2007\u202f-]")


def chunk_end(text: str, start: int, size: int) -> int:
    """The end of the chunk of about `size` characters that starts at `start`; more only where nothing may be cut."""
    limit = start + size
    if limit >= len(text):
        return len(text)
    for pattern, share in ((_SENTENCE, 2 / 3), (_WORD, 1 / 2)):
        ends = [match.end() for match in pattern.finditer(text, start + int(size * share), limit + 1)]
        for end in reversed(ends):
            if start < end <= limit and _outside(text, start, end) == end:
                return end
    end = last_break(text, start, limit)
    return _outside(text, start, end if end > start else first_break(text, start))


def _outside(text: str, start: int, end: int) -> int:
    """The same end if it is in no URL, number or grapheme; else where that begins, or ends if the chunk begins with it."""
    for pattern, inside in ((_URL, _URL_CHAR), (_NUMBER, _NUMERIC)):
        first = end
        while first > start and inside.match(text, first - 1):
            first -= 1
        span = _spanning(pattern, text, first, end)
        if span is not None:
            if span[0] > start:
                return span[0]
            last = last_break(text, start, span[1])
            return span[1] if last == span[1] else first_break(text, last)
    return end if last_break(text, start, end) == end else first_break(text, start)


def _spanning(pattern: re.Pattern[str], text: str, first: int, end: int) -> tuple[int, int] | None:
    """The bounds of what a pattern finds between `first` and `end` that goes on behind `end`."""
    while first < end:
        found = pattern.match(text, first)
        if found is not None and found.end() > end:
            return found.span()
        first = found.end() if found is not None and found.end() > first else first + 1
    return None
