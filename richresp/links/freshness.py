"""How long an answer may be believed, by RFC 9111 for a shared cache, and what to ask with when it is old. Pure.

It departs from the letter in that whoever keeps previews is a client, not a proxy on somebody's way (4.2.4 leaves a client's own
configuration to it):

- Nothing is asked for again within MIN_FRESH_SECONDS, not even what says no-cache (5.2.2.4) or max-age=0: a batch of links would
  ask for one page again and again. `refresh=True` does.
- Stale previews are used within the windows of RFC 5861, by default as well; not where must-revalidate, proxy-revalidate or
  no-cache forbids it, and by default not where s-maxage does (5.2.2.10).
- Set-Cookie does not forbid storing (7.3). Nearly every page sets a cookie for a stranger; we asked as one, without cookies
  of our own, and of the answer only the preview is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from richresp.exceptions import FetchError, NotHTML, PreviewError, TooManyRedirects
from richresp.limits.freshness import (
    BRIEF_SECONDS,
    DEFAULT_TTL_SECONDS,
    MAX_FRESH_SECONDS,
    MAX_STALE_SECONDS,
    MIN_FRESH_SECONDS,
    NEGATIVE_SECONDS,
    STALE_IF_ERROR_SECONDS,
    STALE_WHILE_SECONDS,
)
from richresp.links.directives import CacheControl, delta_seconds
from richresp.links.httpdates import parse_http_date
from richresp.links.kept import NOTHING_KEPT, Header, Kept, Lines, lines_of, same_page

_KEYED = frozenset(("accept", "accept-encoding", "accept-language", "user-agent"))
"""What the key of an entry covers; Accept and Accept-Encoding are the same in all requests of a version."""
_NOT_UNDERSTOOD = frozenset((206, 304))  # parts of an answer, which 3 has stored only by who puts them together
_BRIEF = frozenset((408, 425, 429))
_SAYS_WHEN = frozenset((429, 503))


@dataclass(frozen=True, slots=True)
class Rules:
    """What the author decides.

    Attributes:
        ttl: seconds for which an answer is fresh that states no lifetime, counted from now, whatever its Age; less than
            MIN_FRESH_SECONDS lowers that as well.
        vary_on_unsent: whether an answer may be stored that varies on fields which the request did not have. RFC 9111, 4.1,
            lets it be used for every request that has none of them either.
    """

    ttl: float = DEFAULT_TTL_SECONDS
    vary_on_unsent: bool = False


@dataclass(frozen=True, slots=True)
class Freshness:
    """What may be done with an answer.

    Attributes:
        storable: whether it may be kept at all; if not, the rest means nothing.
        reason: what decided, for logs: the directive, field or default.
        fresh_for: seconds from now for which it is used unasked.
        stale_while_for: seconds after that for which it is used while somebody asks again.
        stale_if_error_for: seconds after that for which it is used if asking fails.
        kept: what the next request needs to know of its fields.
    """

    storable: bool
    reason: str
    fresh_for: float = 0.0
    stale_while_for: float = 0.0
    stale_if_error_for: float = 0.0
    kept: Kept = NOTHING_KEPT


def judge(
    status: int,
    headers: Sequence[Header],
    sent: Sequence[Header],
    *,
    requested_at: float,
    answered_at: float,
    rules: Rules = Rules(),
    wall: bool = False,
) -> Freshness:
    """What may be done with a whole answer, be it a page or an error.

    Args:
        status: the HTTP status.
        headers: the fields of the final answer, as received.
        sent: the fields of the request that it answers.
        requested_at: seconds since the epoch when that was sent.
        answered_at: the same, when the head of the answer was there.
        rules: the author's.
        wall: whether it is a page that stands before the one that was asked for.
    """
    lines = lines_of(headers)
    if status < 200 or status in _NOT_UNDERSTOOD:
        return Freshness(storable=False, reason=f"status {status}")
    kept = Kept.of(lines, answered_at)
    told = CacheControl.of(lines.get("cache-control", ()))
    forbidden = _forbidden(told, lines, sent, rules)
    if forbidden is not None:
        return Freshness(storable=False, reason=forbidden)
    age = _age(lines, requested_at, answered_at)
    lifetime, reason = _lifetime(told, kept.expires, lines, answered_at)
    floor = min(MIN_FRESH_SECONDS, rules.ttl)
    fresh = rules.ttl if lifetime is None else max(floor, lifetime - age)
    if status >= 300 or wall:
        cap = NEGATIVE_SECONDS if wall else _patience(status)
        fresh = max(min(fresh, cap), _retry_after(status, lines, answered_at))
        return Freshness(storable=True, reason="wall" if wall else f"status {status}", fresh_for=fresh)
    while_for, if_error_for = _windows(told)
    fresh = min(fresh, MAX_FRESH_SECONDS)
    return Freshness(
        storable=True,
        reason=reason,
        fresh_for=fresh,
        stale_while_for=while_for,
        stale_if_error_for=if_error_for,
        kept=kept,
    )


def refreshed(
    kept: Kept,
    headers: Sequence[Header],
    sent: Sequence[Header],
    *,
    requested_at: float,
    answered_at: float,
    rules: Rules = Rules(),
) -> Freshness | None:
    """What may be done with a stored page after an answer of 304 (4.3.4): its fields replace those that are known.

    Args:
        kept: what is known of the stored page.
        headers: the fields of the 304.
        sent: the fields of its request.
        requested_at: as for `judge`.
        answered_at: the same.
        rules: the author's.

    Returns:
        None where the 304 speaks of another page than the stored one, which it then says nothing of: ask without conditions.
    """
    lines = lines_of(headers)
    if not same_page(kept, lines, answered_at):
        return None
    merged = [(name.encode(), value.encode("latin-1")) for name, value in kept.fields() if name not in lines]
    return judge(200, [*headers, *merged], sent, requested_at=requested_at, answered_at=answered_at, rules=rules)


def of_failure(error: PreviewError, rules: Rules = Rules()) -> Freshness:
    """What may be done with an error of which no header fields are known.

    What was refused before anybody was asked is not stored: it is refused again for nothing, and which addresses a name has is
    not the same on every machine that shares a cache.
    """
    if not isinstance(error, FetchError):
        return Freshness(storable=False, reason=type(error).__name__)
    cap = BRIEF_SECONDS if may_pass(error) else NEGATIVE_SECONDS
    return Freshness(storable=True, reason=type(error).__name__, fresh_for=min(cap, rules.ttl))


def may_pass(error: PreviewError) -> bool:
    """Whether an error is one of the kind that a stale preview is told instead of (RFC 5861, 4): the server does not answer, or
    says that it cannot now. One that says that the page is gone, moved or not for us, or that the policy closes, is the answer.
    """
    if not isinstance(error, FetchError) or isinstance(error, (NotHTML, TooManyRedirects)):
        return False
    return error.status is None or _patience(error.status) == BRIEF_SECONDS


def _patience(status: int) -> float:
    """For how long an error is believed at most."""
    return BRIEF_SECONDS if status >= 500 or status in _BRIEF else NEGATIVE_SECONDS


def _forbidden(told: CacheControl, lines: Lines, sent: Sequence[Header], rules: Rules) -> str | None:
    """Why a shared cache may not store it (3), None where it may."""
    if told.no_store or told.private:
        return "no-store" if told.no_store else "private"
    names = {name.decode("latin-1").lower() for name, _ in sent}
    if "authorization" in names:
        return "authorization"  # 3.5; what was answered to somebody is for them, whatever else it says
    for name in ",".join(lines.get("vary", ())).lower().split(","):
        field = name.strip(" \t")
        allowed = field in _KEYED or (rules.vary_on_unsent and field != "*" and field not in names)
        if field and not allowed:
            return f"vary: {field}"[:80]
    return None


def _lifetime(told: CacheControl, expires: str | None, lines: Lines, now: float) -> tuple[float | None, str]:
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


def _age(lines: Lines, requested_at: float, answered_at: float) -> float:
    """Seconds since it was made, as far as can be told (4.2.3)."""
    first = ",".join(lines.get("age", ())).partition(",")[0]
    apparent = max(0.0, answered_at - _made_at(lines, answered_at))
    return max(apparent, (delta_seconds(first) or 0) + max(0.0, answered_at - requested_at))


def _made_at(lines: Lines, now: float) -> float:
    dates = lines.get("date", ())
    date = parse_http_date(dates[0], now) if dates else None
    return now if date is None else date


def _windows(told: CacheControl) -> tuple[float, float]:
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


def _retry_after(status: int, lines: Lines, now: float) -> float:
    """For how long a server asks to be left alone (RFC 9110, 10.2.3), within reason; 0 where it does not."""
    told = lines.get("retry-after", ())
    if status not in _SAYS_WHEN or not told:
        return 0.0
    seconds, date = delta_seconds(told[0]), parse_http_date(told[0], now)
    wanted = seconds if seconds is not None else date - now if date is not None else 0.0
    return min(max(0.0, wanted), NEGATIVE_SECONDS)
