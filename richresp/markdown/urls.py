"""Bare URLs, which GFM makes links of: left alone where nothing in them needs an escape, and broken up where something does."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

_TOKEN = re.compile(r"[^ \t\n\r\x0b\x0c<]+")
_AT = re.compile("@")
_GAP = re.compile(r"[ \t]")
_URL = re.compile(r"(?:https?|ftp)://|www\.", re.IGNORECASE)
_EVERY_URL = re.compile(r":?//|mailto:|xmpp:|www\.", re.IGNORECASE)


def url_breaks(text: str, places: Sequence[int], *, keep: bool) -> Iterator[int]:
    """Where to break a bare URL that GFM would make a link of, because an escape in it or behind it would show.

    Without `keep` every URL is broken.

    A backslash before the colon, or before the first dot after `www`, is enough for every parser to see plain text. It
    is itself a backslash in any URL that began before, so URLs are looked at from the last to the first. Behind a `<` or
    a line break, markdown-it-py takes all up to an `@` for a user name and the host for what follows, and looks for the
    other one of an open bracket or quote.
    """
    pattern = _URL if keep else _EVERY_URL
    if not pattern.search(text):
        return
    at = blank = -1
    for token in _TOKEN.finditer(text):
        escaped_at = bisect_right(places, token.end()) - 1
        last = places[escaped_at] if escaped_at >= 0 else -1
        at = _next(_AT, text, token.end(), at)
        blank = _next(_GAP, text, token.end(), blank)
        if token.end() < len(text) and text[token.end()] not in " \t":
            last = at if at < blank else max(last, *(text.rfind(opener, *token.span()) for opener in "([{\"'"))
        for match in reversed(list(pattern.finditer(text, token.start(), token.end()))):
            if not keep or match.start() <= last or match.end() == token.end():
                position = match.end() - (1 if match[0][-1] in ".:" else min(3, len(match[0])))
                last = max(last, position)
                yield position


def _next(pattern: re.Pattern[str], text: str, start: int, known: int) -> int:
    """Where a pattern comes next from a place on, if `known` is where it came next from an earlier one."""
    if known >= start:
        return known
    found = pattern.search(text, start)
    return found.start() if found else len(text)
