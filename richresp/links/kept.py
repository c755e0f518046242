"""What is kept of an answer's fields: as little as the next request, and its answer of 304, need.

What is kept is short, and fit to be sent, whoever wrote it: a cache may be shared with anybody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from richresp.limits.freshness import MAX_ETAG_CHARS, MAX_KEPT_CHARS
from richresp.links.directives import CacheControl
from richresp.links.httpdates import parse_http_date

Header: TypeAlias = tuple[bytes, bytes]
"""Name and value of a header field."""

Lines: TypeAlias = Mapping[str, Sequence[str]]
"""The lines of each field, by its name in lower case, in order."""

_READ = frozenset(
    ("age", "cache-control", "date", "etag", "expires", "last-modified", "retry-after", "vary")
)  # whatever else there is may be any number of megabytes
_ETAG = re.compile(r'(?:W/)?"[!\x23-\x7e]*"')
_NEVER = "0"


@dataclass(frozen=True, slots=True)
class Kept:
    """Of a page that is stored.

    Attributes:
        etag, last_modified: its validators as received; None where there is none that can be sent back.
        cache_control: what was understood of it.
        expires: as received; "0" where that was no date.
    """

    etag: str | None = None
    last_modified: str | None = None
    cache_control: str | None = None
    expires: str | None = None

    @classmethod
    def of(cls, lines: Lines, now: float) -> Kept:
        """What is worth keeping of an answer that came now."""
        etags, dates, expires = (lines.get(name, ()) for name in ("etag", "last-modified", "expires"))
        return cls(
            etag=etags[0] if etags and _is_etag(etags[0]) and len(set(etags)) == 1 else None,
            last_modified=dates[0] if dates and _is_date(dates[0], now) and len(set(dates)) == 1 else None,
            cache_control=str(CacheControl.of(lines.get("cache-control", ()))) or None,
            expires=(expires[0] if _is_date(expires[0], now) else _NEVER) if expires else None,
        )

    @property
    def can_be_asked_about(self) -> bool:
        """Whether there is a validator."""
        return self.etag is not None or self.last_modified is not None

    def conditions(self) -> tuple[Header, ...]:
        """The fields that ask whether the page has changed (RFC 9111, 4.3.1); for its own address alone."""
        asked = []
        if self.etag is not None:
            asked.append((b"If-None-Match", self.etag.encode("ascii")))
        if self.last_modified is not None:
            asked.append((b"If-Modified-Since", self.last_modified.encode("ascii")))
        return tuple(asked)

    def fields(self) -> list[tuple[str, str]]:
        """The fields that are known, by name in lower case."""
        known = [
            ("etag", self.etag),
            ("last-modified", self.last_modified),
            ("cache-control", self.cache_control),
            ("expires", self.expires),
        ]
        return [(name, value) for name, value in known if value is not None]

    def is_fit(self) -> bool:
        """Whether it may be sent: what comes out of a cache may have been written by anybody.

        Raises:
            TypeError: for what is no text.
        """
        text = "".join([value for _, value in self.fields()])
        return len(text) <= MAX_KEPT_CHARS and text.isascii() and text.isprintable()


NOTHING_KEPT = Kept()


def lines_of(headers: Sequence[Header]) -> dict[str, list[str]]:
    """The fields that freshness depends on."""
    lines: dict[str, list[str]] = {}
    for name, value in headers:
        key = name.decode("latin-1").lower()
        if key in _READ:
            lines.setdefault(key, []).append(value.decode("latin-1").strip(" \t"))
    return lines


def same_page(kept: Kept, lines: Lines, now: float) -> bool:
    """Whether an answer of 304 speaks of the page that is stored (RFC 9111, 4.3.4).

    Entity tags are compared weakly, as for the If-None-Match that was sent (RFC 9110, 13.1.2): servers that compress a page on its
    way, nginx among them, weaken the tag of the page but not that of the 304. A 304 without validators speaks of the one page that
    was asked about.
    """
    told = Kept.of(lines, now)
    if told.etag is not None:
        return kept.etag is not None and told.etag.removeprefix("W/") == kept.etag.removeprefix("W/")
    return None in (told.last_modified, kept.last_modified) or told.last_modified == kept.last_modified


def _is_etag(text: str) -> bool:
    return len(text) <= MAX_ETAG_CHARS and bool(_ETAG.fullmatch(text))


def _is_date(text: str, now: float) -> bool:
    return parse_http_date(text, now) is not None
