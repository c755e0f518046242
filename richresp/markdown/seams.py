"""What a text must not do to unknown text beside it: the rules of `escape`, whose result is put between anything.

Half of some markup may stand in a text and half in what comes before or behind it. So whatever could be half of a pair is
escaped, and at the ends of a text whatever could be the start or the end of something longer.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from html.entities import html5

from richresp.markdown.rules import ANY, delimiters, every_backtick
from richresp.markdown.spans import Spans


def single_runs(text: str) -> Iterator[int]:
    """A run of `*`, `_` or `~` that could open or close markup, with whatever pairs with it."""
    for char in "*_~":
        if char in text:
            for start, end, opens, closes in delimiters(text, char, ANY):
                if opens or closes:
                    yield from range(start, end)


def half_brackets(text: str) -> Iterator[int]:
    """`](` and `]:`, wherever the `[` is, and the same at the ends: a link, a definition, a footnote, a box."""
    for match in _CLOSED.finditer(text):
        yield match.end() - 1


def open_notes(text: str) -> Iterator[int]:
    """`[^` without a `]`: cmark-gfm shows the source of the footnote that it is not, with all escapes."""
    for match in _OPEN_NOTE.finditer(text):
        yield match.start()


def open_angles(text: str) -> Iterator[int]:
    """`<` opens a tag, a comment or an autolink, wherever the `>` is."""
    for match in _ANGLE.finditer(text):
        yield match.start()


def half_entities(text: str) -> Iterator[int]:
    """`&amp` before a `;`, and the rest of a character reference, whose `;` is escaped then."""
    first, last = _ENTITY_END.match(text), _ENTITY_START.search(text)
    if first and (_DIGITS.fullmatch(first[0]) or any(name.endswith(first[0]) for name in html5)):
        yield first.end() - 1
    if last and (last[0].startswith("&#") or f"{last[0][1:]};" in html5):
        yield last.start()


def half_lines(text: str) -> Iterator[int]:
    """The point of a number, a part of the row below a table's header, the hashes at the end of a heading."""
    number = _POINT.match(text)
    if number:
        yield number.end() - 1
    for line in (_FIRST.match(text), _LAST.search(text)):
        if line:
            yield line.start(line.lastindex or 0)


def last_signs(text: str) -> Iterator[int]:
    """At the end of a text `!` makes an image of a link, `[` a footnote of `^`, and a backslash an escape of anything."""
    if text.endswith(("!", "[", "\\")):
        yield len(text) - 1


def beside_raw(text: str, spans: Spans) -> Iterator[int]:
    """What text must not do to a Raw part beside it, which cannot be escaped: pair with its runs, or complete its markup."""
    raws = "".join(text[start:end] for start, end in spans)
    edges = [edge for span in spans for edge in span]
    for char in "*_~":
        if char in raws:
            for start, end, opens, closes in delimiters(text, char):
                if opens or closes or start < edges[min(bisect_right(edges, start), len(edges) - 1)] < end:
                    yield from range(start, end)
    if "`" in raws:
        yield from every_backtick(text)
    for start, end in spans:
        before, after = text[start - 1 : start], text[end : end + 1]
        if before == "\\" or (before == "!" and text.startswith("[", start)):
            yield start - 1
        if after == "(" and text.endswith("]", start, end):
            yield end


def brackets_beside_raw(text: str, spans: Spans) -> Iterator[int]:
    """In the text of a link brackets must balance, and those of a Raw part may be in code, where they do not count."""
    if any(_BRACKET.search(text, start, end) for start, end in spans):
        yield from (match.start() for match in _BRACKET.finditer(text))


def broken_notes(text: str, last: int, *, inside: bool) -> Iterator[int]:
    """`[^` before an escape, a line end or a Raw: of what it takes for a footnote that is not there, cmark-gfm shows the source."""
    notes = [match.start() for match in _NOTE.finditer(text, 0, last + 1)]
    yield from notes
    if notes and inside:
        yield from (match.start() for match in _BRACKET.finditer(text))


_NOTE = re.compile(r"\[\^")
_BRACKET = re.compile(r"[\[\]]")
_CLOSED = re.compile(r"\](?=[(:]|\Z)|\A\[?[ xX]?\](?=[ \t])")
_OPEN_NOTE = re.compile(r"\[\^(?![^\[\]]*\])")
_ANGLE = re.compile(
    r"<(?=/?[A-Za-z][A-Za-z0-9-]*(?:[\s/>]|\Z)|/?\Z|[A-Za-z][A-Za-z0-9.+-]{0,31}(?::|\Z)|[!?]|[^ <>@]*(?:@|\Z))"
)
_ENTITY_START = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,7}|[A-Za-z][A-Za-z0-9]{1,31})\Z")
_ENTITY_END = re.compile(r"#?[A-Za-z0-9]{0,32};")
_DIGITS = re.compile(r"#?[xX]?[0-9A-Fa-f]{0,8};")
_POINT = re.compile(r"[0-9]{0,9}[.)](?=[ \t]|$)", re.MULTILINE)
_FIRST = re.compile(r"([|:-])[|:\- \t]*$", re.MULTILINE)
_LAST = re.compile(r"(?:\n([|:-])[|:\- \t]*|(?:(?<=[ \t])|\A)(#+))\Z")
