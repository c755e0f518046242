"""Text as markdown that shows exactly that text, with the fewest escapes: which rules hold at which place.

An escape is a backslash. `[` and `(` are written as character references instead, for `\\[` and `\\(` are mathematics to
chat windows, which look for it before they read any markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from richresp.exceptions import UsageError
from richresp.markdown import rules
from richresp.markdown.raw import Raw
from richresp.markdown.rules import Rule
from richresp.markdown.urls import url_breaks
from richresp.text import clean

LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
"""What some parser or chat window takes for the end of a line."""

_OPAQUE = "\uffff"
"""Stands for a Raw part while lines are folded: no clean text has this character."""


@dataclass(frozen=True, slots=True)
class Style:
    """What is escaped beyond what markdown asks for. Every emitter has these options.

    Attributes:
        math: "escape" shows `$`, `\\(` and `\\[` as they are in chat windows that read mathematics; None leaves them.
        autolink: False keeps bare URLs, domains and addresses of mail, which parsers make links of, plain text. One
            parser, cmark-gfm, links a bare address of mail whatever is done.
    """

    math: Literal["escape"] | None = None
    autolink: bool = True

    def __post_init__(self) -> None:
        if self.math not in {None, "escape"}:
            raise UsageError(f"math={self.math!r}: give 'escape', or None to leave dollars as they are")


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Context:
    """A place for text.

    Attributes:
        rules: what holds there, each with a sign without which it finds nothing.
        care: what a text must have in it to need any of them.
        joint: what stands between the lines of a text.
    """

    rules: tuple[tuple[str, Rule], ...]
    care: re.Pattern[str]
    joint: str = "\n"


_TEXT: tuple[tuple[str, Rule], ...] = (("\\", rules.backslashes), ("", rules.emphasis), ("&", rules.entities))
_INLINE = (*_TEXT, ("`", rules.backticks), ("](", rules.brackets), ("<", rules.angles))
_BLOCK = (*_INLINE, ("]:", rules.first_line), ("", rules.each_line), ("\n", rules.later_lines))
_END = ("\\", rules.last_backslash)
_MATH = (("$", rules.dollars),)
_ADDRESSES = (("@", rules.mail), (".", rules.domains))
_CARE = re.compile(r"[\\*~_`\]<&|#>+=:-]|[0-9][.)]|www\.", re.IGNORECASE)
_OPTIONAL = re.compile(r"[$@:.\\]|//")

CELL = Context((*_INLINE, _END, ("|", rules.pipes)), re.compile(r"[\\*~_`\]<&|]|://|www\.", re.IGNORECASE))
LINE = Context(_BLOCK, _CARE)
_ITEM = (*_BLOCK, ("", rules.marked_line), ("]", rules.task_box))
ITEM = Context(_ITEM, _CARE)
HEADING = Context((*_INLINE, ("#", rules.closing_hashes)), _CARE, joint=" ")
SPAN = Context((*_ITEM, ("", rules.unknown_line), _END), _CARE)
LINK_TEXT = Context(
    (
        *_TEXT,
        _END,
        ("", rules.link_brackets),
        ("<", rules.link_angles),
        ("://", rules.link_urls),
        ("`", rules.every_backtick),
    ),
    re.compile(r"[\\*~_`\[\]<&]|://|www\.", re.IGNORECASE),
    joint=" ",
)

_NOTE = re.compile(r"\[\^")
_BRACKET = re.compile(r"[\[\]]")
_LINE_END = re.compile("\n")
_ADDRESS = re.compile(r"://|www\.|@", re.IGNORECASE)


def escape(text: str, *, math: Literal["escape"] | None = None, autolink: bool = True) -> str:
    """Text as one or more lines of markdown that show exactly that text, at any place but in a table or a link.

    Control characters, bidi overrides and other invisible characters are removed; line ends become hard line breaks.

    Args:
        text: any text; a Raw stays as it is.
        math: "escape" escapes `$` too.
        autolink: False keeps bare URLs from becoming links.
    """
    return hard_breaks(escaped_lines(text, SPAN, Style(math, autolink)))


def escaped_lines(text: str, context: Context, style: Style = PLAIN) -> list[str]:
    """The lines of a text, escaped by the rules of its context, which see them all: markup may span lines.

    What no markdown can show is not there: blank lines, the blanks around a line, invisible characters.
    """
    if text.isascii() and text.isprintable() and not isinstance(text, Raw):
        plain = text.strip()
        if not context.care.search(plain) and (style is PLAIN or not _OPTIONAL.search(plain)):
            return [plain] if plain else []
        return _escaped(plain, (), context, style)
    return escaped_parts((text,), context, style)


def escaped_parts(parts: Sequence[str], context: Context, style: Style = PLAIN) -> list[str]:
    """The same for a line of text and Raw parts: the text is escaped for what stands beside it, the Raw is untouched."""
    texts = "".join(_OPAQUE if isinstance(part, Raw) else visible(part) for part in parts)
    folded = context.joint.join(filter(None, (line.strip() for line in LINE_ENDS.split(texts))))
    if not folded:
        return []
    raws = [str(part) for part in parts if isinstance(part, Raw)]
    first, *others = folded.split(_OPAQUE)
    whole, spans = first, []
    for raw, other in zip(raws, others, strict=True):
        spans.append((len(whole), len(whole) + len(raw)))
        whole += raw + other
    return _escaped(whole, spans, context, style)


def visible(text: str) -> str:
    """Text without what nobody sees; NUL shows as U+FFFD, as in every parser."""
    return clean(text.replace("\0", "\ufffd"))


def hard_breaks(lines: Sequence[str]) -> str:
    """Lines joined by hard line breaks: a backslash, but two blanks behind an address, of which it would become part."""
    return "".join(line + ("  \n" if _ADDRESS.search(_last_word(line)) else "\\\n") for line in lines[:-1]) + "".join(
        lines[-1:]
    )


def _last_word(line: str) -> str:
    return line[max(line.rfind(" "), line.rfind("\t")) + 1 :]


def _escaped(text: str, spans: Sequence[tuple[int, int]], context: Context, style: Style) -> list[str]:
    optional = (*(_MATH if style.math else ()), *(() if style.autolink else _ADDRESSES))
    places = {place for sign, rule in (*context.rules, *optional) if not sign or sign in text for place in rule(text)}
    opaque = {position for start, end in spans for position in range(start, end)}
    seams = {position for start, end in spans for position in (start, end - 1)}
    touched = text.rfind("\n") if "[^" in text else -1
    if spans:
        places.update(_beside(text, spans))
        places -= opaque
    places.update(url_breaks(text, sorted(places | seams), keep=style.autolink))
    if "[^" in text and (places or seams or touched >= 0):
        places.update(_notes(text, max(places | seams | {touched}), context))
        places.update(url_breaks(text, sorted(places | seams), keep=style.autolink))
    return _written(text, places - opaque, opaque, referenced=style.math is not None or bool(spans))


def _beside(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """What text must not do to a Raw part beside it, which cannot be escaped: pair with its runs, or complete its markup."""
    raws = "".join(text[start:end] for start, end in spans)
    for char in "*_~":
        if char in raws:
            for start, end, opens, closes in rules.delimiters(text, char):
                if opens or closes:
                    yield from range(start, end)
    if "`" in raws:
        yield from rules.every_backtick(text)
    for start, end in spans:
        before, after = text[start - 1 : start], text[end : end + 1]
        if before == "\\" or (before == "!" and text.startswith("[", start)):
            yield start - 1
        if after == "(" and text.endswith("]", start, end):
            yield end


def _notes(text: str, last: int, context: Context) -> Iterator[int]:
    """`[^` before an escape, a line end or a Raw: of what it takes for a footnote that is not there, cmark-gfm shows the source."""
    notes = [match.start() for match in _NOTE.finditer(text, 0, last + 1)]
    yield from notes
    if notes and context is LINK_TEXT:
        yield from (match.start() for match in _BRACKET.finditer(text))


def _written(text: str, places: set[int], opaque: set[int], *, referenced: bool) -> list[str]:
    """The lines of a text with an escape at each place. Line ends in Raw parts are theirs."""
    if not opaque and not places:
        return text.split("\n")
    ends = [match.start() for match in _LINE_END.finditer(text) if match.start() not in opaque]
    lines, pieces, done = [], [], 0
    for place in sorted((*places, *ends)):
        char = text[place]
        pieces.append(text[done:place])
        if char == "\n":
            lines.append("".join(pieces))
            pieces = []
        elif char in "[(" or (referenced and char == "\\" and text[place + 1 : place + 2] in {"[", "("}):
            pieces.append(f"&#{ord(char)};")
        else:
            pieces.append("\\" + char)
        done = place + 1
    lines.append("".join((*pieces, text[done:])))
    return lines
