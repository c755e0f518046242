"""Reading a path: the grammar of RFC 9535, section 2, less slices, filters, functions and lists of selectors.

Nothing is guessed: what the grammar does not have is refused, with the place where it begins and what could stand there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NoReturn

from richresp.exceptions import InvalidPath
from richresp.limits.paths import MAX_PATH_CHARS, MAX_SEGMENTS

_MAX_INDEX: Final = 2**53 - 1  # the exact integers of I-JSON (RFC 9535, 2.1)
_BLANKS = re.compile("[ \t\n\r]*")
_NAME = re.compile("[A-Za-z_\x80-\ud7ff\ue000-\U0010ffff][0-9A-Za-z_\x80-\ud7ff\ue000-\U0010ffff]*")
_NUMBER = re.compile("-?(?:0|[1-9][0-9]*)")
_UNESCAPED = re.compile("[^\\\\'\"\x00-\x1f\ud800-\udfff]+")
_UNIT = re.compile(
    r"\\u([dD][89abAB][0-9A-Fa-f]{2})\\u([dD][c-fC-F][0-9A-Fa-f]{2})|\\u((?![dD][89a-fA-F])[0-9A-Fa-f]{4})"
)
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "/": "/", "\\": "\\"}
_UNSUPPORTED = {
    ":": "slices are not supported; take [*]",
    "?": "filters are not supported; take [*]",
    ",": "lists of selectors are not supported; give one path for each",
    "(": "functions and expressions are not supported; take [*], or [-1] for the last item",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """One step of a path.

    Attributes:
        descendant: whether it looks at any depth below (`..`), or at the children only.
        selector: the name of dict entries, the index of list items (from the end where negative), None for all children.
    """

    descendant: bool
    selector: str | int | None


@dataclass(frozen=True, slots=True)
class Path:
    """A path that was read: its text as given, and its segments from the root down; without any it names the payload."""

    text: str
    segments: tuple[Segment, ...]


def parse(path: str) -> Path:
    """A path as `Matcher` and `find` take it.

    Raises:
        InvalidPath: for what is no JSONPath or not supported. Its position is where what is refused begins, from 0.
    """
    if len(path) > MAX_PATH_CHARS:
        raise InvalidPath(path=path, position=MAX_PATH_CHARS, reason=f"longer than {MAX_PATH_CHARS:,} characters")
    if not path.startswith("$"):
        _refuse(path, 0, "$, which begins every path,", known={})
    segments: list[Segment] = []
    at = 1
    while at < len(path):
        start = _after_blanks(path, at)
        if start == len(path):
            raise InvalidPath(path=path, position=at, reason="blanks at the end")
        if len(segments) == MAX_SEGMENTS:
            raise InvalidPath(path=path, position=start, reason=f"more than {MAX_SEGMENTS} steps")
        segment, at = _segment(path, start)
        segments.append(segment)
    return Path(path, tuple(segments))


def _segment(path: str, at: int) -> tuple[Segment, int]:
    """The segment that begins there, and where it ends."""
    descendant = path.startswith("..", at)
    dots = 2 if descendant else int(path[at] == ".")
    selector: str | int | None = None
    if path.startswith("[", at + dots) and dots != 1:
        selector, at = _bracketed(path, at + dots + 1)
    elif not dots:
        _refuse(path, at, ".name, ['name'], [0] or [*]")
    elif path.startswith("*", at + dots):
        at += dots + 1
    elif match := _NAME.match(path, at + dots):
        selector, at = match[0], match.end()
    else:
        _refuse(path, at + dots, "a plain name or * (write other names as ['name'], indexes as [0])")
    return Segment(descendant, selector), at


def _bracketed(path: str, at: int) -> tuple[str | int | None, int]:
    """The selector in brackets that opened just before, and where they end."""
    at = _after_blanks(path, at)
    selector: str | int | None = None
    if path.startswith(("'", '"'), at):
        selector, at = _string(path, at)
    elif path.startswith("*", at):
        at += 1
    elif match := _NUMBER.match(path, at):
        selector, start, at = int(match[0]), at, match.end()
        if match[0] == "-0" or re.match("[0-9]", path[at : at + 1]):
            raise InvalidPath(path=path, position=start, reason="an index has no leading zeros, and none is -0")
        if abs(selector) > _MAX_INDEX:
            raise InvalidPath(path=path, position=start, reason=f"indexes end at {_MAX_INDEX}")
    else:
        _refuse(path, at + path.startswith("-", at), "an index, a name in quotes or *")
    at = _after_blanks(path, at)
    if not path.startswith("]", at):
        _refuse(path, at, "]")
    return selector, at + 1


def _string(path: str, start: int) -> tuple[str, int]:
    """The name in quotes that begins there, and where it ends."""
    quote, at, parts = path[start], start + 1, list[str]()
    while not path.startswith(quote, at):
        if match := _UNESCAPED.match(path, at):
            parts.append(match[0])
            at = match.end()
        elif match := _UNIT.match(path, at):
            parts.append(bytes.fromhex((match[1] or "") + (match[2] or match[3])).decode("utf-16-be"))
            at = match.end()
        elif path.startswith("\\", at):
            letter = path[at + 1 : at + 2]
            if letter != quote and letter not in _ESCAPES:
                raise InvalidPath(path=path, position=at, reason=_bad_escape(letter, quote))
            parts.append(_ESCAPES.get(letter, letter))
            at += 2
        elif path[at : at + 1] in ("'", '"'):
            parts.append(path[at])
            at += 1
        else:
            _refuse(path, at, f"the rest of the name or its {quote}", known={})
    return "".join(parts), at + 1


def _bad_escape(letter: str, quote: str) -> str:
    if letter == "u":
        return "\\u takes four hexadecimal digits, and a surrogate only as one of a pair"
    shown = f"\\{letter}" if letter.isprintable() else "a backslash with what follows it"
    return f"{shown} is no escape; they are \\b \\f \\n \\r \\t \\/ \\\\ \\{quote} and \\uXXXX"


def _after_blanks(path: str, at: int) -> int:
    match = _BLANKS.match(path, at)
    return match.end() if match else at


def _refuse(path: str, at: int, wanted: str, known: Mapping[str, str] = _UNSUPPORTED) -> NoReturn:
    found = path[at : at + 1]
    reason = known.get(found) or f"{repr(found) if found else 'the end'} where {wanted} should stand"
    raise InvalidPath(path=path, position=at, reason=reason)
