"""Whether a client would rather have markdown than JSON: proactive negotiation by RFC 9110, 12.5.1.

Markdown has to be asked for by its name. `*/*` and `text/*` are what programs send that know nothing of it, and they get the JSON
that they always got.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from richresp.limits.answering import MAX_ACCEPT_CHARS, MAX_ACCEPT_RANGES

MARKDOWN = "text/markdown"

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105  # RFC 9110, 5.6.2
_RANGE = re.compile(rf"[ \t]*({_TOKEN})/({_TOKEN})")
_PARAMETER = re.compile(rf'[ \t]*;[ \t]*(?:({_TOKEN})=({_TOKEN}|"(?:[^"\\]|\\.)*"))?')
_END = re.compile(r"[ \t]*(?:,|$)")
_REST = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^,])*+,?')
_QUALITY = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")

# What our markdown is (RFC 7763), and what every JSON is said to be, though it has no such parameter
_PARAMETERS = {MARKDOWN: frozenset({("charset", "utf-8"), ("variant", "gfm")})}
_JSON_PARAMETERS = frozenset({("charset", "utf-8")})


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One element of an Accept header.

    Attributes:
        kind: its type and subtype in small letters, each of which may be "*".
        parameters: by which it is narrowed; names and values in small letters.
        quality: what it is worth, in thousandths.
    """

    kind: str
    parameters: frozenset[tuple[str, str]] = frozenset()
    quality: int = 1_000

    def precision(self, media_type: str) -> int | None:
        """How precisely it names a media type; None if it does not match."""
        if self.kind == media_type:
            level = 2
        elif self.kind == "*/*":
            level = 0
        elif self.kind.endswith("/*") and media_type.startswith(self.kind[:-1]):
            level = 1
        else:
            return None
        if not self.parameters <= _PARAMETERS.get(media_type, _JSON_PARAMETERS):
            return None
        return level * MAX_ACCEPT_CHARS + len(self.parameters)


def prefers_markdown(accept: str, media_type: str = "application/json") -> bool:
    """Whether markdown is named, with a quality above 0 that is at least that of the JSON.

    Args:
        accept: all Accept headers of a request, joined by commas; empty where there are none.
        media_type: of the JSON, in small letters and without parameters.

    What is malformed names nothing; nor does a header that is longer than MAX_ACCEPT_CHARS or has more than
    MAX_ACCEPT_RANGES ranges.
    """
    if MARKDOWN not in accept.lower() or len(accept) > MAX_ACCEPT_CHARS:
        return False
    ranges = media_ranges(accept)
    named = quality([each for each in ranges if each.kind == MARKDOWN], MARKDOWN)
    return 0 < named >= quality(ranges, media_type)


def accepts(accept: str, media_type: str, other: str = "application/json") -> bool:
    """Whether a client takes a media type, and would not rather have the other: one that says nothing takes everything."""
    if not accept.strip() or len(accept) > MAX_ACCEPT_CHARS:
        return True
    ranges = media_ranges(accept)
    return 0 < quality(ranges, media_type) >= quality(ranges, other)


def quality(ranges: Sequence[MediaRange], media_type: str) -> int:
    """What a media type is worth to a client, in thousandths, by the most precise range that matches it; 0 if none does.

    Where two ranges are equally precise, the higher quality counts.
    """
    matches = [(precise, each.quality) for each in ranges if (precise := each.precision(media_type)) is not None]
    return max(matches)[1] if matches else 0


def media_ranges(accept: str) -> list[MediaRange]:
    """The ranges of an Accept header, without those that are malformed; none if there are too many of them."""
    ranges = list[MediaRange]()
    for number, found in enumerate(_elements(accept)):
        if number >= MAX_ACCEPT_RANGES:
            return []
        if found is not None:
            ranges.append(found)
    return ranges


def _elements(accept: str) -> Iterator[MediaRange | None]:
    position = 0
    while position < len(accept):
        found, position = _element(accept, position)
        yield found


def _element(accept: str, position: int) -> tuple[MediaRange | None, int]:
    """The range that begins at a position, None for what is none; and where the next one begins."""
    begin = _RANGE.match(accept, position)
    if begin is not None:
        kind, parameters, weight = f"{begin[1]}/{begin[2]}".lower(), set[tuple[str, str]](), None
        at = begin.end()
        while (found := _PARAMETER.match(accept, at)) is not None:
            at = found.end()
            if weight is None and found[1] is not None:  # what follows the weight is no part of the range
                name, value = found[1].lower(), _value(found[2])
                if name == "q":
                    weight = value
                else:
                    parameters.add((name, value.lower()))
        end = _END.match(accept, at)
        worth = _thousandths(weight)
        if end is not None and worth is not None:
            return MediaRange(kind, frozenset(parameters), worth), end.end()
    rest = _REST.match(accept, position)
    return None, rest.end() if rest else len(accept)


def _value(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if text.startswith('"') else text


def _thousandths(weight: str | None) -> int | None:
    """A weight (RFC 9110, 12.4.2) as a whole number; None for what is none."""
    if weight is None:
        return 1_000
    return round(float(weight) * 1_000) if _QUALITY.fullmatch(weight) else None
