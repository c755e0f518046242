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
from dataclasses import dataclass, replace
from typing import TypeAlias

from richresp.exceptions import FetchError, NotHTML, PreviewError, TooManyRedirects
from richresp.limits.freshness import (
    BRIEF_SECONDS,
    DEFAULT_TTL_SECONDS,
    MAX_FRESH_SECONDS,
    MIN_FRESH_SECONDS,
    NEGATIVE_SECONDS,
)
from richresp.links import lifetimes
from richresp.links.directives import CacheControl
from richresp.links.kept import NOTHING_KEPT, Header, Kept, lines_of, same_page

Passed: TypeAlias = tuple[Sequence[Header], Sequence[Header]]
"""The fields of an answer, and those of the request."""

_NOT_UNDERSTOOD = frozenset((206, 304))  # parts of an answer, which 3 has stored only by who puts them together
_BRIEF = frozenset((408, 425, 429))


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
    forbidden = lifetimes.forbidden(told, lines, sent, vary_on_unsent=rules.vary_on_unsent)
    if forbidden is not None:
        return Freshness(storable=False, reason=forbidden)
    age = lifetimes.age(lines, requested_at, answered_at)
    lifetime, reason = lifetimes.lifetime(told, kept.expires, lines, answered_at)
    floor = min(MIN_FRESH_SECONDS, rules.ttl)
    fresh = rules.ttl if lifetime is None else max(floor, lifetime - age)
    if status >= 300 or wall:
        cap = NEGATIVE_SECONDS if wall else _patience(status)
        fresh = max(min(fresh, cap), lifetimes.retry_after(status, lines, answered_at))
        return Freshness(storable=True, reason="wall" if wall else f"status {status}", fresh_for=fresh)
    while_for, if_error_for = lifetimes.windows(told)
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


def along(
    found: Freshness, way: Sequence[Passed], *, requested_at: float, answered_at: float, rules: Rules = Rules()
) -> Freshness:
    """The same for what stands behind other answers, which all are part of it: the strictest of them decides.

    One that states no lifetime leaves it to the last.
    """
    fresh, reason = found.fresh_for, found.reason
    windows = found.stale_while_for, found.stale_if_error_for
    for headers, sent in way:
        lines = lines_of(headers)
        told = CacheControl.of(lines.get("cache-control", ()))
        forbidden = lifetimes.forbidden(told, lines, sent, vary_on_unsent=rules.vary_on_unsent)
        if forbidden is not None:
            return Freshness(storable=False, reason=f"on the way: {forbidden}")
        lifetime, stated = lifetimes.lifetime(told, next(iter(lines.get("expires", ())), None), lines, answered_at)
        if lifetime is None:
            continue
        left = max(min(MIN_FRESH_SECONDS, rules.ttl), lifetime - lifetimes.age(lines, requested_at, answered_at))
        fresh, reason = (left, f"on the way: {stated}") if left < fresh else (fresh, reason)
        windows = min(windows[0], lifetimes.windows(told)[0]), min(windows[1], lifetimes.windows(told)[1])
    return replace(found, reason=reason, fresh_for=fresh, stale_while_for=windows[0], stale_if_error_for=windows[1])


def of_failure(
    error: PreviewError, rules: Rules = Rules(), *, answer: Passed = ((), ()), answered_at: float = 0.0
) -> Freshness:
    """What may be done with an error, given the answer that it tells of, if there was one.

    What was refused before anybody was asked is not stored: it is refused again for nothing, and which addresses a name has is
    not the same on every machine that shares a cache.
    """
    if not isinstance(error, FetchError):
        return Freshness(storable=False, reason=type(error).__name__)
    lines = lines_of(answer[0])
    forbidden = lifetimes.forbidden(
        CacheControl.of(lines.get("cache-control", ())), lines, answer[1], vary_on_unsent=rules.vary_on_unsent
    )
    if forbidden is not None:
        return Freshness(storable=False, reason=forbidden)
    cap = BRIEF_SECONDS if may_pass(error) else NEGATIVE_SECONDS
    fresh = max(min(cap, rules.ttl), lifetimes.retry_after(error.status or 0, lines, answered_at))
    return Freshness(storable=True, reason=type(error).__name__, fresh_for=fresh)


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
