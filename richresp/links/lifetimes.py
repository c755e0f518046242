"""What the fields of one answer say of being kept: whether it may be at all, for how long, and what when it is old (RFC 9111). Pure."""

from __future__ import annotations

from collections.abc import Sequence

from richresp.limits.freshness import MAX_STALE_SECONDS, NEGATIVE_SECONDS, STALE_IF_ERROR_SECONDS, STALE_WHILE_SECONDS
from richresp.links.directives import CacheControl, delta_seconds
from richresp.links.httpdates import parse_http_date
from richresp.links.kept import Header, Lines

_KEYED = frozenset(("accept", "accept-encoding", "accept-language", "user-agent"))
"""What the key of an entry covers; Accept and Accept-Encoding are the same in all requests of a version."""
_SAYS_WHEN = frozenset((429, 503))


def forbidden(told: CacheControl, lines: Lines, sent: Sequence[Header], *, vary_on_unsent: bool) -> str | None:
    """Why a shared cache may not store it (3), None where it may."""
    if told.no_store or told.private:
        return "no-store" if told.no_store else "private"
    names = {name.decode("latin-1").lower() for name, _ in sent}
    if "authorization" in names:
        return "authorization"  # 3.5; what was answered to somebody is for them, whatever else it says
    for name in ",".join(lines.get("vary", ())).lower().split(","):
        field = name.strip(" \t")
        allowed = field in _KEYED or (vary_on_unsent and field != "*" and field not in names)
        if field and not allowed:
            return f"vary: {field}"[:80]
    return None


def lifetime(told: CacheControl, expires: str | None, lines: Lines, now: float) -> tuple[float | None, str]:
    """Seconds from when it was made, as stated (4.2.1), None if nothing is; and what says so."""
    if told.no_cache:
        return 0.0, "no-cache"
    if told.s_maxage is not None:
        return float(told.s_maxage), "s-maxage"
    if told.max_age is not None:
        return float(told.max_age), "max-age"
    if expires is None:
        return None, "default"
    until = parse_http_date(expires, now)
    return (0.0 if until is None else until - _made_at(lines, now)), "expires"


def age(lines: Lines, requested_at: float, answered_at: float) -> float:
    """Seconds since it was made, as far as can be told (4.2.3)."""
    first = ",".join(lines.get("age", ())).partition(",")[0]
    apparent = max(0.0, answered_at - _made_at(lines, answered_at))
    return max(apparent, (delta_seconds(first) or 0) + max(0.0, answered_at - requested_at))


def _made_at(lines: Lines, now: float) -> float:
    dates = lines.get("date", ())
    date = parse_http_date(dates[0], now) if dates else None
    return now if date is None else date


def windows(told: CacheControl) -> tuple[float, float]:
    """For how long it may be used when stale: while it is asked for, and if that fails."""
    if told.no_cache or told.must_revalidate:
        return 0.0, 0.0
    shared = told.s_maxage is not None
    stated = told.stale_while_revalidate, told.stale_if_error
    defaults = (0.0, 0.0) if shared else (STALE_WHILE_SECONDS, STALE_IF_ERROR_SECONDS)
    while_for, if_error_for = (
        default if seconds is None else min(float(seconds), MAX_STALE_SECONDS)
        for seconds, default in zip(stated, defaults, strict=True)
    )
    return while_for, if_error_for


def retry_after(status: int, lines: Lines, now: float) -> float:
    """For how long a server asks to be left alone (RFC 9110, 10.2.3), within reason; 0 where it does not."""
    told = lines.get("retry-after", ())
    if status not in _SAYS_WHEN or not told:
        return 0.0
    seconds, date = delta_seconds(told[0]), parse_http_date(told[0], now)
    wanted = seconds if seconds is not None else date - now if date is not None else 0.0
    return min(max(0.0, wanted), NEGATIVE_SECONDS)
