"""What stands in a tag, made the text that goes out: decoded where it was escaped twice, clean, one line, and no placeholder."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from richresp.limits.extract import MAX_DECODINGS
from richresp.limits.links import MAX_FIELD_CHARS
from richresp.links.placeholders import is_placeholder
from richresp.text import one_line, unescape

_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
# Signs that markup was meant: an end tag, an attribute, or an element that has neither. A lone `<details>` is text.
_MARKUP = re.compile(r"</[A-Za-z][^<>]*+>|<[A-Za-z][^<>=]*+=[^<>]*+>|<(?:br|p|hr|img)\b[^<>]*+>", re.IGNORECASE)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*+)[^<>]*+>")
# Elements whose content is no text, with it; one that is not closed and stands before words of prose is spoken of.
_ELEMENT = re.compile(
    r"<(script|style|iframe)(?:(?=[\s/])[^<>]*+)?+>(?:(?:(?!</?\1\b).)*+</\1\b[^<>]*+>|(?!\s[A-Za-z]++[\s,.]).*+)",
    re.IGNORECASE | re.DOTALL,
)
_CUT_TAG = re.compile(
    r"<(?:script|style|iframe|img|svg|object|embed|video|audio|link|meta)(?:[\s/][^<>]*+)?+\Z", re.IGNORECASE
)
# What browsers lay out within a line of text: no blank shows where such a tag stood.
_WITHIN_WORDS = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
))  # fmt: skip
_AMPERSANDS = re.compile(r"&(?:(?:amp|AMP|#0{0,6}38|#[xX]0{0,5}26);)++")  # escaped however often
_EXCERPT_CHARS = 80


@dataclass(frozen=True, slots=True)
class Unusable:
    """A value that was passed over.

    Attributes:
        why: what is wrong with it, to follow the name of where it stands.
    """

    why: str


def unescaped(text: str) -> str:
    """Text without the whole character references that are left in it: 4 % of saved pages escape twice.

    A reference without its semicolon stays, for addresses hold `&copy=1`.
    """
    return _ENTITY.sub(_character, _AMPERSANDS.sub("&", text)) if "&" in text else text


def text_of(raw: str) -> str | Unusable:
    """A value as one clean line."""
    return _settled(raw, unescaped, "&")


def prose_of(raw: str) -> str | Unusable:
    """A value as one clean line, without the tags that somebody pasted into it."""
    return _settled(raw, lambda text: _without_tags(unescaped(text)), "&<")


def _settled(raw: str, bare: Callable[[str], str], signs: str) -> str | Unusable:
    """A value in which nothing is left to decode or to take out, so that it reads the same when it is stated again.

    One that is nested so deep that it does not settle is meant to deceive: it loses the signs that begin what is decoded.
    """
    text = raw[:MAX_FIELD_CHARS]
    for _ in range(MAX_DECODINGS):
        line = one_line(bare(text))
        if line is None:
            return Unusable("is blank")
        unchanged, text = line == text, line
        if unchanged or not any(sign in text for sign in signs):
            break
    else:
        line = one_line(text.translate(dict.fromkeys(map(ord, signs), " ")))
        if line is None:
            return Unusable("is blank")
        text = line
    return Unusable(f"holds a placeholder: {excerpt(text)}") if is_placeholder(text) else text


def _without_tags(text: str) -> str:
    if "<" not in text:
        return text
    text = _CUT_TAG.sub(" ", _ELEMENT.sub(" ", text))
    return _TAG.sub(_gap, text) if _MARKUP.search(text) else text


def _character(reference: re.Match[str]) -> str:
    return unescape(reference[0])


def _gap(tag: re.Match[str]) -> str:
    return "" if tag[1].lower() in _WITHIN_WORDS else " "


def usable_text(raw: str | None) -> str | None:
    """A value as one clean line; None where there is none."""
    found = text_of(raw) if raw else None
    return found if isinstance(found, str) else None


def excerpt(raw: str) -> str:
    """The beginning of a value, to show it in a warning."""
    line = one_line(raw[: 2 * _EXCERPT_CHARS]) or "nothing"
    return line if len(line) <= _EXCERPT_CHARS else f"{line[: _EXCERPT_CHARS - 1]}…"
