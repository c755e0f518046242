"""Text as markdown that shows exactly that text, with the fewest escapes.

A rule is a function from a line of text to the places in it that need a backslash, and why. The rules of a place (a table
cell, a line, the text of a link) are an ordered tuple; they look at the raw text, so none sees what another did. What
follows was checked against markdown-it-py, cmark-gfm and micromark with their GFM extensions, which must all agree.

`\\[` and `\\(` are never written: chat windows turn them into mathematics before they read any markdown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from richresp.text import clean

Rule = Callable[[str], Iterator[int]]
"""From a text to the positions before which a backslash must stand."""

LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
"""What some parser or chat window takes for the end of a line."""

_BLANK = " \t"


def backslashes(text: str) -> Iterator[int]:
    """A backslash disappears before ASCII punctuation (CommonMark 2.4), and before the end of a line means a break."""
    for match in re.finditer(r"\\(?=[!-/:-@\[-`{-~]|$|[\n\r])", text):
        yield match.start()


def pipes(text: str) -> Iterator[int]:
    """A pipe ends a cell, even inside code."""
    return _each(re.compile(r"\|"), text)


def stars_and_tildes(text: str) -> Iterator[int]:
    """A run of `*` or `~` opens markup if no blank follows, and needs a later run after a non-blank to close it."""
    for char in "*~":
        runs = [match.span() for match in re.finditer(re.escape(char) + "+", text)]
        closers = [start for start, _ in runs if start and text[start - 1] not in _BLANK]
        for start, end in runs:
            opens = end < len(text) and text[end] not in _BLANK
            if opens and closers and closers[-1] > start:
                yield from range(start, end)


def underscores(text: str) -> Iterator[int]:
    """As stars, but none inside a word: an opener follows a non-alphanumeric, a closer stands before one."""
    runs = [match.span() for match in re.finditer("_+", text)]
    closers = [
        start for start, end in runs if start and text[start - 1] not in _BLANK and not text[end : end + 1].isalnum()
    ]
    for start, end in runs:
        opens = end < len(text) and text[end] not in _BLANK and not text[max(0, start - 1) : start].isalnum()
        if opens and closers and closers[-1] > start:
            yield from range(start, end)


def backticks(text: str) -> Iterator[int]:
    """One run of backticks is text; of several, all but the last are escaped, since escapes make runs of length one."""
    runs = [match.span() for match in re.finditer("`+", text)]
    for start, end in runs[:-1]:
        yield from range(start, end)


def brackets(text: str) -> Iterator[int]:
    """`](` makes a link or an image. `[x]` does not, since no document of ours defines references."""
    return _each(re.compile(r"\](?=\()"), text)


def angles(text: str) -> Iterator[int]:
    """`<` opens a tag, a comment or an autolink before a letter, `/`, `!`, `?`, or an e-mail address."""
    return _each(re.compile(r"<(?=[A-Za-z/!?]|[^ <>@]*@)"), text)


def entities(text: str) -> Iterator[int]:
    """`&` starts a character reference only where a whole one, with its semicolon, follows."""
    return _each(re.compile(r"&(?=#[0-9]{1,8};|#[xX][0-9A-Fa-f]{1,7};|[A-Za-z][A-Za-z0-9]{1,31};)"), text)


def line_start(text: str) -> Iterator[int]:
    """What makes a block of a line: headings, quotes, lists, rules, fences, tables, definitions, task boxes."""
    for match in _LINE_START.finditer(text):
        yield match.start(match.lastgroup or 0)


_LINE_START = re.compile(
    r"""^(?:
        (?P<heading>\#)(?=\#{0,5}(?:[ \t]|$))
      | (?P<quote>>)
      | (?P<bullet>[-+*])(?=[ \t]|$)
      | [0-9]{1,9}(?P<number>[.)])(?=[ \t]|$)
      | (?P<rule>[-*_])(?=(?:[ \t]*[-*_]){2,}[ \t]*$)
      | (?P<setext>[-=])(?=[-=]*[ \t]*$)
      | (?P<fence>[`~])(?=`{2}|~{2})
      | (?P<row>[|:-])(?=[|:\- \t]*$)
      | (?P<definition>\[)(?=[^\]\n]*\]:|\^|[ xX]\](?:[ \t]|$))
    )""",
    re.VERBOSE | re.MULTILINE,
)


def link_brackets(text: str) -> Iterator[int]:
    """Inside the text of a link, brackets must balance; if they do not, or make a link in the link, all are escaped."""
    depth = 0
    for char in text:
        depth += (char == "[") - (char == "]")
        if depth < 0:
            break
    if depth or "](" in text:
        yield from _each(re.compile(r"[\[\]]"), text)


def link_backticks(text: str) -> Iterator[int]:
    """A backtick in the text of a link could pair with one behind the link."""
    return _each(re.compile("`"), text)


_INLINE: tuple[Rule, ...] = (backslashes, stars_and_tildes, underscores, backticks, brackets, angles, entities)


@dataclass(frozen=True, slots=True)
class Context:
    """A place for text: the rules that hold there, and what a text must have in it to need any of them."""

    rules: tuple[Rule, ...]
    care: re.Pattern[str]


CELL = Context((*_INLINE, pipes), re.compile(r"[\\*~_`\]<&|]|://|www\.", re.IGNORECASE))
LINE = Context((*_INLINE, line_start), re.compile(r"[\\*~_`\]<&|#>+=:\[-]|[0-9][.)]|www\.", re.IGNORECASE))
LINK_TEXT = Context((*_INLINE, link_brackets, link_backticks), re.compile(r"[\\*~_`\[\]<&]|://|www\.", re.IGNORECASE))

_TOKEN = re.compile(r"[^ \t\n\r\x0b\x0c<]+")
_AT = re.compile("@")
_GAP = re.compile(r"[ \t]")
_URL = re.compile(r"(?:https?|ftp)://|www\.", re.IGNORECASE)
_ADDRESS = re.compile(r"://|www\.|@", re.IGNORECASE)


def escape(text: str) -> str:
    """Text as one or more lines of markdown that show exactly that text, at any place but in a table or a link.

    Control characters, bidi overrides and other invisible characters are removed; line ends become hard line breaks.
    """
    *lines, last = escaped_lines(text, LINE) or [""]
    return "".join(line + _break(line) for line in lines) + last


def escaped_lines(text: str, context: Context) -> list[str]:
    """The lines of a text, escaped by the rules of its context, which see them all: markup may span lines.

    What no markdown can show is not there: blank lines, the blanks around a line, invisible characters.
    """
    if text.isascii() and text.isprintable() and not context.care.search(text):
        plain = text.strip()
        return [plain] if plain else []
    clean_text = clean(text.replace("\0", "\ufffd"))
    joined = "\n".join(filter(None, (line.strip() for line in LINE_ENDS.split(clean_text))))
    return _escaped(joined, context.rules).split("\n") if joined else []


def _escaped(text: str, rules: tuple[Rule, ...]) -> str:
    places = {position for rule in rules for position in rule(text)}
    places.update(_url_breaks(text, sorted(places)))
    if not places:
        return text
    return "".join("\\" + char if index in places else char for index, char in enumerate(text))


def _url_breaks(text: str, places: list[int]) -> Iterator[int]:
    """Where to break a bare URL that GFM would make a link of, because a backslash in it or behind it would show.

    A backslash before the colon, or before the first dot after `www`, is enough for every parser to see plain text. It
    is itself a backslash in any URL that began before, so URLs are looked at from the last to the first. Where an `@`
    follows behind a `<` or a line break, markdown-it-py takes all up to it for a user name, and the host for what follows.
    """
    at = blank = -1
    for token in _TOKEN.finditer(text):
        escaped_at = bisect_right(places, token.end()) - 1
        last = places[escaped_at] if escaped_at >= 0 else -1
        at = _next(_AT, text, token.end(), at)
        blank = _next(_GAP, text, token.end(), blank)
        if at < blank and text[token.end()] in "<\n\r\x0b\x0c":
            last = at
        for match in reversed(list(_URL.finditer(text, token.start(), token.end()))):
            if match.start() <= last or match.end() == token.end():
                position = match.end() - 1 if match[0].lower() == "www." else match.end() - 3
                last = max(last, position)
                yield position


def _next(pattern: re.Pattern[str], text: str, start: int, known: int) -> int:
    """Where a pattern comes next from a place on, if `known` is where it came next from an earlier one."""
    if known >= start:
        return known
    found = pattern.search(text, start)
    return found.start() if found else len(text)


def _break(line: str) -> str:
    """A hard line break: a backslash, but two blanks behind an address, of which a backslash would become part."""
    last = line[max(line.rfind(" "), line.rfind("\t")) + 1 :]
    return "  \n" if _ADDRESS.search(last) else "\\\n"


def _each(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    for match in pattern.finditer(text):
        yield match.start()
