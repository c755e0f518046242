"""Where a text that is shown in part may end: after a sentence or a word where one ends near, else between graphemes.

Never inside a URL or a number: half a link leads elsewhere, and half a number is another number.
"""

from __future__ import annotations

import re

from richresp.graphemes import last_break

_SENTENCE = re.compile(r"""[.!?…]['")\]’”»]*(?=\s)|[。！？]""")
_WORD = re.compile(r"(?<=\S)(?=\s)")
_SPACE = re.compile(r"\s")
_NUMERIC = re.compile(r"[\d.,:+-]")
_IN_NUMBER = re.compile(r"\d[\d.,:]|[.,:+-]\d")
_NOT_NUMERIC = re.compile(r"[^\d.,:+-]")
_MARK = "://"


def chunk_end(text: str, start: int, size: int) -> int:
    """The end of the chunk of about `size` characters that starts at `start`; more only where nothing may be cut."""
    limit = start + size
    if limit >= len(text):
        return len(text)
    for pattern, share in ((_SENTENCE, 2 / 3), (_WORD, 1 / 2)):
        ends = [match.end() for match in pattern.finditer(text, start + int(size * share), limit + 1)]
        for end in reversed(ends):
            if start < end <= limit and last_break(text, start, end) == end:
                return end
    return _inside(text, start, limit)


def _inside(text: str, start: int, limit: int) -> int:
    """An end in the middle of a long word."""
    word = max((match.end() for match in _SPACE.finditer(text, start, limit)), default=start)
    if _MARK in text[word : limit + len(_MARK)]:
        return word if word > start else _upto_space(text, limit)
    end = last_break(text, start, limit)
    if end <= start:
        return len(text)
    if _IN_NUMBER.fullmatch(text, end - 1, end + 1) is None:
        return end
    while end > start and _NUMERIC.match(text, end - 1):
        end -= 1
    if end > start:
        return end
    rest = _NOT_NUMERIC.search(text, limit)
    return rest.start() if rest else len(text)


def _upto_space(text: str, start: int) -> int:
    space = _SPACE.search(text, start)
    return space.start() if space else len(text)
