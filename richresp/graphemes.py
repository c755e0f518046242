"""Where a text may be cut so that every character a reader sees stays whole (Unicode UAX 29, through `regex`)."""

from __future__ import annotations

import regex

_CLUSTER = regex.compile(r"\X")


def last_break(text: str, start: int, end: int) -> int:
    """The last place at or before `end` where a grapheme cluster ends; `start`, where one begins, if there is none.

    One character past the end is enough to know, so a cluster of a million marks costs no more than is asked for.
    """
    if end >= len(text):
        return len(text)
    if end - start >= 1 and (pair := text[end - 1 : end + 1]).isascii() and pair != "\r\n":
        return end
    found = start
    for cluster in _CLUSTER.finditer(text, start, end + 1):
        if cluster.end() > end:
            break
        found = cluster.end()
    return found


def first_break(text: str, start: int) -> int:
    """Where the grapheme cluster that begins at `start` ends."""
    cluster = _CLUSTER.match(text, start)
    return cluster.end() if cluster else len(text)
