"""What Cache-Control says (RFC 9111, 5.2), as far as a shared cache of pages heeds it.

- The first of several values of a directive counts, and a value that is no number makes the answer stale (4.2.1).
- `no-cache` and `private` that name fields are taken as if they named none, which 5.2.2.4 and 5.2.2.7 allow: a preview is made
  of the whole answer.
- `must-understand` is not one that we implement, so that `no-store` beside it holds (5.2.2.3).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from richresp.limits.freshness import MAX_CACHE_CONTROL_CHARS, MAX_DELTA_DIGITS, MAX_DELTA_SECONDS

_DIRECTIVE = re.compile(
    r"""([!#$%&'*+\-.^_`|~0-9A-Za-z]++)"""
    r"""(?:[ \t]*+=[ \t]*+(?:"((?:[^"\\]|\\.)*+)"|([^,]*+)))?+[^,]*+""",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class CacheControl:
    """The directives of an answer.

    Attributes:
        no_store, private, no_cache: as named there.
        must_revalidate: must-revalidate, or proxy-revalidate, which is the same for a shared cache.
        s_maxage, max_age: seconds; None where it is not there, 0 where it is no number.
        stale_while_revalidate, stale_if_error: the same (RFC 5861).
    """

    no_store: bool = False
    private: bool = False
    no_cache: bool = False
    must_revalidate: bool = False
    s_maxage: int | None = None
    max_age: int | None = None
    stale_while_revalidate: int | None = None
    stale_if_error: int | None = None

    @classmethod
    def of(cls, values: Sequence[str]) -> CacheControl:
        """What the lines of the field say together."""
        text = ",".join(values)
        if len(text) > MAX_CACHE_CONTROL_CHARS:
            return cls(no_store=True)
        told: dict[str, str] = {}
        for match in _DIRECTIVE.finditer(text):
            told.setdefault(match[1].lower(), match[2] if match[2] is not None else match[3] or "")
        return cls(
            no_store="no-store" in told,
            private="private" in told,
            no_cache="no-cache" in told,
            must_revalidate="must-revalidate" in told or "proxy-revalidate" in told,
            s_maxage=_seconds(told.get("s-maxage")),
            max_age=_seconds(told.get("max-age")),
            stale_while_revalidate=_seconds(told.get("stale-while-revalidate")),
            stale_if_error=_seconds(told.get("stale-if-error")),
        )

    def __str__(self) -> str:
        """The same as the value of a field, short whatever was received; empty where nothing was said."""
        named = [
            name.replace("_", "-")
            for name in ("no_store", "private", "no_cache", "must_revalidate")
            if getattr(self, name)
        ]
        named += [
            f"{name.replace('_', '-')}={getattr(self, name)}"
            for name in ("s_maxage", "max_age", "stale_while_revalidate", "stale_if_error")
            if getattr(self, name) is not None
        ]
        return ", ".join(named)


def delta_seconds(text: str) -> int | None:
    """A number of seconds (RFC 9111, 1.2.2), at most MAX_DELTA_SECONDS; None for what is none."""
    digits = text.strip(" \t")
    if not (digits.isascii() and digits.isdigit()):
        return None
    digits = digits.lstrip("0") or "0"
    return min(int(digits), MAX_DELTA_SECONDS) if len(digits) <= MAX_DELTA_DIGITS else MAX_DELTA_SECONDS


def _seconds(argument: str | None) -> int | None:
    return None if argument is None else delta_seconds(argument) or 0
