"""Character references to characters, exactly as HTML reads them (HTML 13.2.5.72 to 13.2.5.84).

The rules differ by place: in an attribute `&copy=1` is text, because it stands in so many addresses; in a title it is ©=1.
Unlike `html.unescape` nothing is dropped: what nobody can see is taken out where text goes out, not here.
"""

from __future__ import annotations

import re
from html.entities import html5

_REFERENCE = re.compile(r"&(?:#([0-9]++|[xX][0-9A-Fa-f]++);?|([A-Za-z][A-Za-z0-9]{1,31}+);?)")
_SHORT = frozenset(name for name in html5 if not name.endswith(";"))
_LONGEST_SHORT = max(map(len, _SHORT))
_MAX_DIGITS = 7  # of a character's number, noughts before it aside: more is beyond Unicode in any base
_REPLACEMENT = "\ufffd"
_WINDOWS = {
    code: char for code in range(0x80, 0xA0) if (char := bytes([code]).decode("cp1252", "ignore"))
}  # numbers that meant windows-1252 where they were written


def in_attribute(value: str) -> str:
    """The value of an attribute with its references decoded."""
    return _REFERENCE.sub(_attribute_reference, value) if "&" in value else value


def in_text(text: str) -> str:
    """Text between tags, or a title, with its references decoded."""
    return _REFERENCE.sub(_text_reference, text) if "&" in text else text


def _attribute_reference(match: re.Match[str]) -> str:
    number = match[1]
    if number is not None:
        return _numbered(number)
    written = match[0][1:]
    if written in html5 and (written[-1] == ";" or not match.string.startswith("=", match.end())):
        return html5[written]
    return match[0]


def _text_reference(match: re.Match[str]) -> str:
    number, name = match.groups()
    if number is not None:
        return _numbered(number)
    written = match[0][1:]
    if written in html5:
        return html5[written]
    for length in range(min(len(name), _LONGEST_SHORT), 1, -1):
        if name[:length] in _SHORT:
            return html5[name[:length]] + written[length:]
    return match[0]


def _numbered(number: str) -> str:
    base, digits = (16, number[1:]) if number[0] in "xX" else (10, number)
    digits = digits.lstrip("0")
    code = int(digits, base) if 0 < len(digits) <= _MAX_DIGITS else 0
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return _REPLACEMENT
    return _WINDOWS.get(code) or chr(code)
