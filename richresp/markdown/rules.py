"""What in a text a parser would take for markup, place by place.

A rule is a function from a text to the positions in it that need an escape, and why. It looks at the raw text, so no rule
sees what another did. All were checked against markdown-it-py, cmark-gfm and micromark with their GFM extensions, which
must all agree; where they read a character in different ways (Unicode white space, symbols), it counts as all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.entities import html5

Rule = Callable[[str], Iterator[int]]
"""From a text to the positions that need an escape."""

_BLANK, _PUNCTUATION, _LETTER = 1, 2, 4
ANY = _BLANK | _PUNCTUATION | _LETTER
"""What may be any character."""


def backslashes(text: str) -> Iterator[int]:
    """A backslash disappears before ASCII punctuation (CommonMark 2.4), and before the end of a line means a break."""
    return _each(_BACKSLASH, text)


def last_backslash(text: str) -> Iterator[int]:
    """At the end of a text it would take away what comes next."""
    if text.endswith("\\"):
        yield len(text) - 1


def pipes(text: str) -> Iterator[int]:
    """A pipe ends a cell, even inside code."""
    return _each(_PIPE, text)


def emphasis(text: str) -> Iterator[int]:
    """A run of `*`, `_` or `~` that could open markup, if a later run of its kind could close it (CommonMark 6.2)."""
    for char in "*_~":
        if char in text:
            runs = list(delimiters(text, char))
            last = max((start for start, _, _, closes in runs if closes), default=-1)
            for start, end, opens, _ in runs:
                if opens and start < last:
                    yield from range(start, end)


def delimiters(text: str, char: str, beside: int = _BLANK | _PUNCTUATION) -> Iterator[tuple[int, int, bool, bool]]:
    """The runs of a character: start, end, whether some parser could take it for an opener, and for a closer.

    An opener is flanked on its left, a closer on its right; `_` is neither inside a word. At the ends of the text stands
    what `beside` says: by default nothing, or a bracket.
    """
    for match in _RUNS[char].finditer(text):
        before = _kinds(text, match.start() - 1) if match.start() else beside
        after = _kinds(text, match.end()) if match.end() < len(text) else beside
        opens = bool(after & _LETTER or (after & _PUNCTUATION and before & (_BLANK | _PUNCTUATION)))
        closes = bool(before & _LETTER or (before & _PUNCTUATION and after & (_BLANK | _PUNCTUATION)))
        if char == "_":
            opens, closes = opens and before != _LETTER, closes and after != _LETTER
        yield (*match.span(), opens, closes)


def _kinds(text: str, index: int) -> int:
    """What a parser may take a neighbour of a run for.

    A line end may become `<br>`; beside a run of another kind micromark sees all it wants.
    """
    char = text[index]
    if char == "\n":
        return _BLANK | _PUNCTUATION
    if char in " \t":
        return _BLANK
    if char.isalnum():
        return _LETTER
    return _PUNCTUATION if char.isascii() and char not in "*_~" else ANY


def backticks(text: str) -> Iterator[int]:
    """Two runs of one length make a code span. All but the last are escaped then: an escape makes runs of length one.

    So does the escape of a fence.
    """
    runs = [match.span() for match in _BACKTICKS.finditer(text)]
    if len({end - start for start, end in runs}) < len(runs) or text.startswith("```") or "\n```" in text:
        for start, end in runs[:-1]:
            yield from range(start, end)


def brackets(text: str) -> Iterator[int]:
    """`](` makes a link or an image, up to a `)`. `[x]` does not, since no document of ours defines references."""
    first, last = text.find("["), text.rfind(")")
    if first >= 0:
        for match in _CLOSED.finditer(text, first, last + 1):
            yield match.start()


def angles(text: str) -> Iterator[int]:
    """`<` opens a tag, a comment or an autolink that a `>` ends; at the start of a line a block that nothing need end.

    A line end counts as a `>`, for it may become `<br>`.
    """
    last = max(text.rfind(">"), text.rfind("\n"))
    for match in _ANGLE.finditer(text):
        if match.start() < last or not match.start() or text[match.start() - 1] == "\n":
            yield match.start()


def entities(text: str) -> Iterator[int]:
    """`&` starts a character reference only where a whole one, with its semicolon, follows."""
    for match in _ENTITY.finditer(text):
        if match["name"] is None or match["name"] in html5:
            yield match.start()


def first_line(text: str) -> Iterator[int]:
    """What makes a block of the first line alone: a definition of a reference, which needs its colon.

    `](`, `[^` and a box in its label may be escaped, and then do not end it.
    """
    match = _DEFINITION.match(text)
    if match:
        yield match.end()


def each_line(text: str) -> Iterator[int]:
    """What makes a block of any line: headings, quotes, lists, rules, fences, footnotes."""
    for match in _LINE.finditer(text):
        yield match.start(match.lastgroup) if match.lastgroup else match.end()


def later_lines(text: str) -> Iterator[int]:
    """What makes something else of the line above: an underline of a heading, the delimiter row of a table."""
    return _each(_UNDERLINE, text)


def unknown_line(text: str) -> Iterator[int]:
    """The same for the first line, where nobody knows what stands above it."""
    for position in later_lines("\n" + text.split("\n", 1)[0]):
        yield position - 1


def marked_line(text: str) -> Iterator[int]:
    """Two dashes or stars alone in an item are a rule with its marker."""
    if _TWO.match(text):
        yield 0


def task_box(text: str) -> Iterator[int]:
    """`[ ]` or `[x]` at the start of an item is a box to tick."""
    match = _BOX.match(text)
    if match:
        yield match.end() - 1


def closing_hashes(text: str) -> Iterator[int]:
    """Hashes at the end of a heading, behind a blank, are not shown."""
    match = _CLOSING.search(text)
    if match:
        yield match.start()


def link_brackets(text: str) -> Iterator[int]:
    """Inside the text of a link brackets must balance, and none may make a link in the link: there its `(` is escaped."""
    open_: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            open_.append(match.start())
        elif not open_:
            yield match.start()
        else:
            open_.pop()
            if text.startswith("(", match.end()):
                yield match.end()
    yield from open_


def link_urls(text: str) -> Iterator[int]:
    """A URL with an open bracket or quote: markdown-it-py may look for its end behind the link's."""
    for token in _WORD.finditer(text):
        last = max(text.rfind(char, *token.span()) for char in "([{\"'")
        if last >= 0:
            for match in _SCHEME_END.finditer(text, token.start(), last):
                yield match.start()


def link_angles(text: str) -> Iterator[int]:
    """In the text of a link, what ends a tag or comment may stand behind it: in its title."""
    return _each(_ANGLE, text)


def every_backtick(text: str) -> Iterator[int]:
    """A backtick in the text of a link could pair with one behind the link."""
    return _each(_BACKTICK, text)


def dollars(text: str) -> Iterator[int]:
    """Chat windows take what stands between two dollars for mathematics, wherever the second one is."""
    return _each(_DOLLAR, text)


def _each(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    for match in pattern.finditer(text):
        yield match.start()


_RUNS = {char: re.compile(re.escape(char) + "+") for char in "*_~"}
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~\n])")
_PIPE = re.compile(r"\|")
_BACKTICKS = re.compile("`+")
_BACKTICK = re.compile("`")
_CLOSED = re.compile(r"\](?=\()")
_BRACKET = re.compile(r"[\[\]]")
_ANGLE = re.compile(r"<(?=/?[A-Za-z][A-Za-z0-9-]*(?:[\s/>]|\Z)|[A-Za-z][A-Za-z0-9.+-]{1,31}:|[!?]|[^ <>@]*@)")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8};|#[xX][0-9A-Fa-f]{1,7};|(?P<name>[A-Za-z][A-Za-z0-9]{1,31};))")
_WORD = re.compile(r"\S+")
_SCHEME_END = re.compile("://")
_DOLLAR = re.compile(r"\$")
_TWO = re.compile(r"(?:--|\*\*)(?:\n|\Z)")
_BOX = re.compile(r"\[[ xX]\](?=[ \t])")
_CLOSING = re.compile(r"(?:(?<=[ \t])|\A)#+\Z")
_DEFINITION = re.compile(r"\[(?!\s*\]:)(?:[ xX]\](?=[ \t]))?(?:[^\[\]]|\]\(|\[\^)*\](?=:)")
_UNDERLINE = re.compile(r"(?<=\n)(?:=(?==*[ \t]*$)|[|:-](?=[|: \t]*-|(?<=-))(?=[|:\- \t]*$))", re.MULTILINE)
_LINE = re.compile(
    r"""^(?:
        (?P<heading>\#)(?=\#{0,5}(?:[ \t]|$))
      | (?P<quote>>)
      | (?P<bullet>[-+*])(?=[ \t]|$)
      | [0-9]{1,9}(?P<number>[.)])(?=[ \t]|$)
      | (?P<rule>[-*_])(?=(?:[ \t]*(?P=rule)){2,}[ \t]*$)
      | (?P<fence>[`~])(?=`{2}|~{2})
      | \[\^(?:[^\]\s]|\]\()+\](?=:)
    )""",
    re.VERBOSE | re.MULTILINE,
)
