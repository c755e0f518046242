"""Bare URLs, which GFM makes links of: left alone where nothing in them needs an escape, and broken up where something does."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

REWRITTEN = re.compile(
    r"%(?!2[3-6BCF]|3[ABDF]|40)[0-9A-Fa-f]{2}|[xX][nN]--|[\u3002\uff0e\uff61]"
    r"|//(?::|[\w.-]*[^\w.\-\s/?#:][^\s/?#:]*:)"
)
"""What markdown-it shows otherwise in a bare URL than it is written: it decodes percent-encoded characters and hosts, and puts
the port before a sign that no host has."""

_TOKEN = re.compile(r"[^ \t\n\r\x0b\x0c<]+")
_AT = re.compile("@")
_GAP = re.compile(r"[ \t]")
_MAIL = re.compile(r"(?<=[^\s@<>])@(?=[^\s@<>])")
_DOMAIN = re.compile(
    r"(?<=[^\s.])\.(?=(?:[a-z]{2}|biz|com|edu|gov|net|org|pro|web|xxx|aero|asia|coop|info|museum|name|shop|рф|xn--[a-z0-9-]+)"
    r"(?![\w-]))",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")
_REST = re.compile(r":?//|\A/\Z|(?<=\Aw)\.|(?<=\Aww)\.|\A\.", re.IGNORECASE)
_OPEN_SCHEME = re.compile(r":/\Z|(?<=http):\Z|(?<=https):\Z|(?<=ftp):\Z", re.IGNORECASE)
_URL = re.compile(r"(?:https?|ftp)://|www\.", re.IGNORECASE)
_EVERY_URL = re.compile(r":?//|mailto:|xmpp:|www\.", re.IGNORECASE)


def mail(text: str) -> Iterator[int]:
    """A bare address of mail is a link in GFM. cmark-gfm makes it one whatever the escape; the others see text."""
    for match in _MAIL.finditer(text):
        yield match.start()


def domains(text: str) -> Iterator[int]:
    """A bare `example.com` is no link in GFM, but is one in markdown-it where the last part is a domain it knows."""
    for match in _DOMAIN.finditer(text):
        yield match.start()


def rewritten(text: str) -> Iterator[int]:
    """Where to break what markdown-it would make a link of that shows another text."""
    if not REWRITTEN.search(text):
        return
    for word in _WORD.finditer(text):
        if REWRITTEN.search(word[0]):
            for place in (*mail(word[0]), *domains(word[0])):
                yield word.start() + place
            for match in _EVERY_URL.finditer(word[0]):
                yield word.start() + _break(match)


def url_breaks(text: str, places: Sequence[int], *, keep: bool, alone: bool = True) -> Iterator[int]:
    """Where to break a bare URL that GFM would make a link of, because an escape in it or behind it would show.

    Without `keep` every URL is broken. A text that is not `alone` has other text beside it, where an escape may stand; then
    what could be the rest of a URL is broken as well.

    A backslash before the colon, or before the first dot after `www`, is enough for every parser to see plain text. It
    is itself a backslash in any URL that began before, so URLs are looked at from the last to the first. Behind a `<` or
    a line break, markdown-it-py takes all up to an `@` for a user name and the host for what follows, and looks for the
    other one of an open bracket or quote.
    """
    pattern = _URL if keep else _EVERY_URL
    if not alone:
        yield from _half_urls(text, places)
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
            if not keep or match.start() <= last or match.end() == token.end() or (blank == len(text) and not alone):
                position = _break(match)
                last = max(last, position)
                yield position


def _half_urls(text: str, places: Sequence[int]) -> Iterator[int]:
    """The same for the rest of a URL that began before the text, and the start of one that goes on behind it."""
    word = _WORD.match(text)
    if word and (text[word.end() : word.end() + 1] in {"", "\n"} or (places and places[0] <= word.end())):
        for match in _REST.finditer(word[0]):
            yield match.start()
    end = _OPEN_SCHEME.search(text)
    if end:
        yield end.start()


def _break(url: re.Match[str]) -> int:
    return url.end() - (1 if url[0][-1] in ".:" else min(3, len(url[0])))


def _next(pattern: re.Pattern[str], text: str, start: int, known: int) -> int:
    """Where a pattern comes next from a place on, if `known` is where it came next from an earlier one."""
    if known >= start:
        return known
    found = pattern.search(text, start)
    return found.start() if found else len(text)
