"""Text as markdown that shows exactly that text, with the fewest escapes: which rules hold at which place.

An escape is a backslash. `[` and `(` are written as character references instead, for `\\[` and `\\(` are mathematics to
chat windows, which look for it before they read any markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from richresp.exceptions import UsageError
from richresp.markdown import rules, seams
from richresp.markdown.raw import Inline, Raw, checked_text, flattened
from richresp.markdown.rules import Rule
from richresp.markdown.spans import Spans, ends_of, outside
from richresp.markdown.urls import domains, mail, rewritten, url_breaks
from richresp.text import clean

LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
"""What some parser or chat window takes for the end of a line."""

_OPAQUE = "\uffff"
"""Stands for a Raw part while lines are folded: no clean text has this character."""


@dataclass(frozen=True, slots=True)
class Style:
    """What is escaped beyond what markdown asks for.

    The emitters that take text have these options; `link` and `image`, in which no text becomes a link, have `math` alone, and
    `code`, `fence` and `Raw`, in which nothing is escaped, have neither.

    Attributes:
        math: "escape" shows `$`, `\\(` and `\\[` as they are in chat windows that read mathematics; None leaves them.
        autolink: False keeps bare URLs, domains and addresses of mail, which parsers make links of, plain text. One
            parser, cmark-gfm, links a bare address of mail whatever is done.

    Raises:
        UsageError: for anything else.
    """

    math: Literal["escape"] | None = None
    autolink: bool = True

    def __post_init__(self) -> None:
        if self.math is not None and self.math != "escape":
            raise UsageError(f"math={self.math!r}: give 'escape', or None to leave dollars as they are")
        if not isinstance(self.autolink, bool):
            raise UsageError(f"autolink={self.autolink!r}: give False to keep bare URLs from becoming links, or True")


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Context:
    """A place for text.

    Attributes:
        rules: what holds there, each with a sign without which it finds nothing.
        care: what a text must have in it to need any of them.
        joint: what stands between the lines of a text.
        alone: whether nothing stands beside a text on its first and last line.
    """

    rules: tuple[tuple[str, Rule], ...]
    care: re.Pattern[str]
    joint: str = "\n"
    alone: bool = True


_TEXT: tuple[tuple[str, Rule], ...] = (("\\", rules.backslashes), ("", rules.emphasis), ("&", rules.entities))
_INLINE = (*_TEXT, ("`", rules.backticks), ("](", rules.brackets), ("<", rules.angles))
_BLOCK = (*_INLINE, ("]:", rules.first_line), ("", rules.each_line), ("\n", rules.later_lines))
_END = ("\\", rules.last_backslash)
_MATH = (("$", rules.dollars),)
_ADDRESSES = (("@", mail), (".", domains))
_CARE = re.compile(r"[\\*~_`\]<&|#>+=:-]|[0-9][.)]|www\.|%[0-9a-f]", re.IGNORECASE)
_OPTIONAL = re.compile(r"[$@:.\\]|//")

CELL = Context(
    (*_INLINE, _END, ("|", rules.pipes)), re.compile(r"[\\*~_`\]<&|]|//|www\.|%[0-9a-f]|xn--", re.IGNORECASE)
)
LINE = Context(_BLOCK, _CARE)
_ITEM = (*_BLOCK, ("", rules.marked_line), ("]", rules.task_box))
ITEM = Context(_ITEM, _CARE)
HEADING = Context((*_INLINE, ("#", rules.closing_hashes)), _CARE, joint=" ")
SPAN = Context(
    (
        ("\\", rules.backslashes),
        ("", seams.single_runs),
        ("&", rules.entities),
        ("", seams.half_entities),
        ("`", rules.every_backtick),
        ("]", seams.half_brackets),
        ("[^", seams.open_notes),
        ("<", seams.open_angles),
        ("", rules.each_line),
        ("\n", rules.later_lines),
        ("", rules.marked_line),
        ("", rules.unknown_line),
        ("", seams.half_lines),
        ("", seams.last_signs),
    ),
    re.compile(r"[^\w ,?'\"}{%]|_"),
    alone=False,
)
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

_LINE_END = re.compile("\n")
_ADDRESS = re.compile(r"://|www\.|@", re.IGNORECASE)


def escape(text: str, *, math: Literal["escape"] | None = None, autolink: bool = True) -> str:
    """Text as one or more lines of markdown that show exactly that text, at any place but in a table or a link.

    Whatever stands beside it, text, markup or another escaped text: nothing in it pairs with that. So it has more escapes
    than `paragraph` and the others need, which know what stands beside a text, and a bare URL at its end is no link.
    Control characters, bidi overrides and other invisible characters are removed; line ends become hard line breaks.

    Args:
        text: any text; a Raw stays as it is.
        math: "escape" escapes `$` too.
        autolink: False keeps bare URLs from becoming links.

    Raises:
        UsageError: for what is no text.
    """
    checked_text("escape()", text)
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


def escaped_parts(parts: Iterable[str], context: Context, style: Style = PLAIN) -> list[str]:
    """The same for a line of text and Raw parts: the text is escaped for what stands beside it, the Raw is untouched."""
    whole = tuple(parts)
    for part in whole:
        if isinstance(part, Inline):
            style = Style("escape" if part.math else style.math, style.autolink and part.autolink)
    whole = tuple(flattened(whole))
    texts = "".join(_OPAQUE if _shows(part) else _text(part) for part in whole)
    folded = context.joint.join(filter(None, (line.strip() for line in LINE_ENDS.split(texts))))
    if not folded:
        return []
    raws = [str(part) for part in whole if _shows(part)]
    text, *others = folded.split(_OPAQUE)
    pieces, spans, length = [text], [], len(text)
    for raw, other in zip(raws, others, strict=True):
        spans.append((length, length + len(raw)))
        length += len(raw) + len(other)
        pieces += [raw, other]
    return _escaped("".join(pieces), spans, context, style)


def _shows(part: str) -> bool:
    """Whether a part is a Raw that has something in it; one without is a blank, or nothing."""
    return isinstance(part, Raw) and not part.isspace() and bool(part)


def _text(part: str) -> str:
    return " " if isinstance(part, Raw) and part.isspace() else visible(part)


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


def _escaped(text: str, spans: Spans, context: Context, style: Style) -> list[str]:
    optional = (*(_MATH if style.math else ()), *(() if style.autolink else _ADDRESSES))
    found = (place for sign, rule in (*context.rules, *optional) if not sign or sign in text for place in rule(text))
    places = outside(found, spans)
    edges = ends_of(spans)
    touched = text.rfind("\n") if "[^" in text else -1
    if spans:
        places |= outside(seams.beside_raw(text, spans), spans)
        if context is LINK_TEXT:
            places |= outside(seams.brackets_beside_raw(text, spans), spans)
    places |= outside(rewritten(text), spans)
    places |= _broken(text, places, spans, context, style)
    if "[^" in text and (places or spans or touched >= 0):
        last = max((*places, *edges, touched))
        places |= outside(seams.broken_notes(text, last, inside=context is LINK_TEXT), spans)
        places |= _broken(text, places, spans, context, style)
    return _written(text, places, spans, referenced=style.math is not None or bool(spans))


def _broken(text: str, places: set[int], spans: Spans, context: Context, style: Style) -> set[int]:
    """Where URLs are broken, given what is escaped."""
    escapes = sorted((*places, *ends_of(spans)))
    return outside(url_breaks(text, escapes, keep=style.autolink, alone=context.alone), spans)


def _written(text: str, places: set[int], spans: Spans, *, referenced: bool) -> list[str]:
    """The lines of a text with an escape at each place. Line ends in Raw parts are theirs."""
    if not spans and not places:
        return text.split("\n")
    ends = outside((match.start() for match in _LINE_END.finditer(text)), spans)
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
