"""Cleaning text that strangers wrote, before it goes out to a model or a screen.

Two strengths. `clean` removes what nobody can see but a parser, a terminal or a model may obey; lines stay lines.
`one_line` folds the result into a single line as well. Both are idempotent and change no visible character; NFKC,
which would turn one product name into another, is never applied.
"""

from __future__ import annotations

import html
import re
import unicodedata

_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls, white space aside
    "\xad\u200b\u200e\u200f\u2060-\u2064\ufeff"  # soft hyphen, zero-width space, marks of direction, joiners of words
    "\u061c\u180e\u202a-\u202e\u2066-\u206f"  # bidirectional overrides and isolates: text that reads another way round
    "\ufff9-\ufffb\U0001d173-\U0001d17a"  # interlinear and musical format controls
    "\U000e0000-\U000e0fff"  # tags (a hidden ASCII) and the supplementary variation selectors (hidden bytes)
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # what no encoder takes, and noncharacters
    "]+"
)
_JOINERS = re.compile("[\u200c\u200d]+")
_SELECTORS = re.compile("[\ufe00-\ufe0f\u180b-\u180d]{2,}")  # one picks a glyph, several spell out hidden bytes
_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_LONG_NUMBER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,})")
_SPACES = re.compile(r"\s+")
_LOOKS_BLANK = re.compile("[\\s\u115f\u1160\u3164\uffa0\u2800\u200c\u200d\ufe00-\ufe0f\u034f\u17b4\u17b5]*")
# Scripts that spell with joiners: Arabic and its kin, then the Indic scripts up to Myanmar, Khmer, Mongolian.
_JOINING = re.compile("[\u0600-\u08ff\u0900-\u0fff\u1000-\u109f\u1780-\u18af\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]")


def clean(text: str) -> str:
    """Text without invisible characters: controls, bidi overrides, tags, zero-width spaces, stacks of marks.

    White space stays as it is. A zero-width joiner stays where it joins emoji or letters of scripts that need it.
    """
    if text.isascii() and text.isprintable():
        return text
    return _unstacked(_visible(text))


def one_line(text: str) -> str | None:
    """Clean text with each run of white space as one space, in NFC; None where nothing visible is left."""
    if not (text.isascii() and text.isprintable()):
        text = _unstacked(unicodedata.normalize("NFC", _visible(text)))
    folded = _SPACES.sub(" ", text).strip()
    return None if _LOOKS_BLANK.fullmatch(folded) else folded


def unescape(text: str) -> str:
    """Text with its HTML character references decoded, however many digits they have (HTML 13.2.5.80)."""
    return html.unescape(_LONG_NUMBER.sub(_short_number, text)) if "&" in text else text


def _short_number(match: re.Match[str]) -> str:
    """A reference without leading noughts; one to a character that cannot exist is one to none, which shows U+FFFD."""
    mark = "&#x" if match[0][2] in "xX" else "&#"
    digits = match[0][len(mark) :].lstrip("0") or "0"
    return mark + (digits if len(digits) < 8 else "0")


def _visible(text: str) -> str:
    return _SELECTORS.sub("\ufe0f", _JOINERS.sub(_needed_joiner, _INVISIBLE.sub("", text)))


def _unstacked(text: str) -> str:
    return _MARKS.sub(r"\1", text)


def _needed_joiner(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    joins = _joins(before) and _joins(after)
    return match[0][0] if joins else ""


def _joins(char: str) -> bool:
    """Whether a joiner beside this character shows: emoji (with their selectors and skin tones) and joining scripts."""
    if not char:
        return False
    return bool(_JOINING.match(char)) or char == "\ufe0f" or unicodedata.category(char) in ("So", "Sk")
