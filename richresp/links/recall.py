"""A preview remembered, or else fetched once for everybody who asks: every decision, no I/O.

    Lookup -> fresh?                 -> it
           -> a little stale?        -> it, and Later a new one
           -> Join -> somebody asks  -> what they find; who has waited long enough asks as well, one for all of those
                   -> nobody does    -> Claim -> another process does -> Wait and Lookup, then all the same
                                              -> Lookup, the visit -> Store, Release, and whoever waits is told

What goes wrong in a cache is a miss. A page that cannot be had now is what it was, marked as stale, where that may be told.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from typing import TypeAlias

from richresp.exceptions import DeadlineExceeded, FetchError, PreviewError
from richresp.limits.freshness import BRIEF_SECONDS, POLL_SECONDS
from richresp.links.entries import Entry, State, entry_of, to_bytes
from richresp.links.flights import Ticket
from richresp.links.freshness import Freshness, along, judge, may_pass, of_failure, refreshed
from richresp.links.hops import Known
from richresp.links.kept import Kept
from richresp.links.memory import Memory
from richresp.links.model import Preview
from richresp.links.steps import Claim, Failed, Forget, Join, Release, Step, Store, Told, Wait
from richresp.links.stored import PREVIEW
from richresp.links.telling import at_once, instead, look, serves_on_error, shared, told
from richresp.links.visit import Landing, Visit
from richresp.links.way import Way

_IMPATIENT = "+"
"""To a key, for those who wait no longer for whoever asks."""

Steps: TypeAlias = Generator[Step, Told, Preview]


def recall(
    url: str,
    key: str,
    visit: Callable[[Known | None], Visit],
    memory: Memory,
    *,
    refresh: bool = False,
    renew: bool = False,
) -> Steps:
    """A preview, from memory where that may be believed.

    Args:
        url: as the caller gave it.
        key: what it is remembered under.
        visit: goes and looks.
        memory: what remembering needs.
        refresh: whether to go and look whatever is remembered.
        renew: whether what is a little stale is too stale.

    Raises:
        PreviewError: if there is none, or it is remembered that there is none.
    """
    now, began = memory.clock(), memory.steady()
    entry = None if refresh else (yield from look(key, now))
    found = yield from at_once(entry, url, now, renew=renew)
    if found is not None:
        return found
    flight = key
    within: float | None = max(0.0, memory.patience - (memory.steady() - began))
    while True:
        ticket = yield Join(flight, within)
        if isinstance(ticket, Failed) and within is not None:
            newer = None if refresh else (yield from look(key, memory.clock()))
            found = yield from at_once(newer, url, memory.clock(), renew=renew)
            if found is not None:
                return found
            entry, flight, within = newer or entry, key + _IMPATIENT, None
            continue
        if isinstance(ticket, Failed):
            return instead(entry, now, url, ticket.error)
        if not isinstance(ticket, Ticket):
            raise TypeError("a Join is told a Ticket")
        with ticket:
            if ticket.outcome is None:
                asking = _Asking(url, key, visit, memory, ticket, began)
                return (yield from _lead(asking, ticket, entry, refresh=refresh))
            if ticket.asked or not refresh:
                return shared(ticket.outcome, url)


def _lead(asking: _Asking, ticket: Ticket, entry: Entry | None, *, refresh: bool) -> Steps:
    try:
        found = yield from asking.run(entry, refresh=refresh)
    except DeadlineExceeded as error:  # the leader's time is over, not that of those who wait: one of them leads on
        return asking.instead(error)
    except PreviewError as error:
        ticket.finish(error, asked=asking.asked)
        raise
    ticket.finish(found, asked=asking.asked)
    return found


class _Asking:
    """One caller who asks for everybody, and who came at `came`: it may have waited for others since."""

    def __init__(
        self,
        url: str,
        key: str,
        visit: Callable[[Known | None], Visit],
        memory: Memory,
        ticket: Ticket,
        came: float,
    ) -> None:
        self._url = url
        self._key = key
        self._visit = visit
        self._memory = memory
        self._ticket = ticket
        self._came = came
        self._began = memory.steady()
        self._entry: Entry | None = None
        self._way = Way()
        self.asked = False

    def run(self, entry: Entry | None, *, refresh: bool) -> Steps:
        """Asks, unless somebody just has."""
        self._entry = entry
        if not refresh:
            newer = yield from self._claim()
            entry = self._entry = newer or entry
            if newer is not None and newer.state(self._memory.clock()) is State.FRESH:
                yield from self._release()
                return told(newer, self._url)
        self.asked = True
        try:
            return (yield from self._ask(entry))
        except DeadlineExceeded:
            raise
        except PreviewError as error:
            if refresh:
                entry = yield from look(self._key, self._memory.clock())
            return (yield from self._failed(entry, error, refresh=refresh))

    def instead(self, error: PreviewError) -> Preview:
        """What is remembered, for this caller alone."""
        return instead(self._entry, self._memory.clock(), self._url, error)

    def _claim(self) -> Generator[Step, Told, Entry | None]:
        """The lease, and what is found then: whoever had it before has stored something since the first look."""
        entry, patience = None, self._memory.patience / 3
        while self._waits_on(patience):
            if self._ticket.lease is None:
                token = yield Claim(self._key, self._memory.lease)
                self._ticket.lease = token if isinstance(token, str) else None
            leads = self._ticket.lease is not None
            if not leads:
                waited = yield Wait(POLL_SECONDS * (1 + self._memory.jitter()))
                if isinstance(waited, Failed):
                    raise waited.error
                patience = self._memory.patience
            if not self._waits_on(patience):
                break
            now = self._memory.clock()
            entry = (yield from look(self._key, now)) or entry
            if leads or (entry is not None and entry.state(now) is State.FRESH):
                break
        return entry

    def _waits_on(self, patience: float) -> bool:
        """Whether a preview has been held up for less than this; a page is worth more than to be fetched by one alone."""
        return self._memory.steady() - self._came < patience

    def _ask(self, entry: Entry | None) -> Steps:
        began = self._memory.clock()
        known = None
        if entry is not None and entry.final_url is not None and entry.kept.can_be_asked_about:
            known = Known(entry.final_url, entry.kept.conditions())
        landing = yield from self._way.follow(self._visit(known))
        if landing.preview is None and entry is not None:
            same = self._judged_again(entry.kept, landing, began)
            if same is not None:
                return (yield from self._keep(told(entry, self._url), self._along(same, began)))
            landing = yield from self._way.follow(self._visit(None))
        found = landing.told()
        freshness = judge(
            landing.answer.status,
            landing.answer.headers,
            landing.sent,
            requested_at=began,
            answered_at=self._memory.clock(),
            rules=self._memory.rules,
            wall=found.wall is not None,
        )
        return (yield from self._keep(found, self._along(freshness, began)))

    def _along(self, freshness: Freshness, began: float) -> Freshness:
        now = self._memory.clock()
        return along(freshness, self._way.before, requested_at=began, answered_at=now, rules=self._memory.rules)

    def _judged_again(self, kept: Kept, landing: Landing, began: float) -> Freshness | None:
        return refreshed(
            kept,
            landing.answer.headers,
            landing.sent,
            requested_at=began,
            answered_at=self._memory.clock(),
            rules=self._memory.rules,
        )

    def _failed(self, entry: Entry | None, error: PreviewError, *, refresh: bool) -> Steps:
        """What was had before, for a while, or the error, which is remembered unless something better is."""
        now = self._memory.clock()
        if refresh and may_pass(error) and entry is not None and entry.kind == PREVIEW:
            yield from self._release()
            raise error
        if may_pass(error) and serves_on_error(entry, now):
            later = min(now + BRIEF_SECONDS, max(entry.stale_while_until, entry.stale_if_error_until))
            yield from self._store(replace(entry, stale_while_until=later), now)
            yield from self._release()
            return told(entry, self._url, stale=True)
        answer = self._way.at_end(error.status if isinstance(error, FetchError) else None)
        freshness = of_failure(error, self._memory.rules, answer=answer, answered_at=now)
        freshness = self._along(freshness, now)
        if freshness.storable:
            yield from self._store(entry_of(error, freshness, now), now)
        yield from self._release()
        raise error

    def _keep(self, found: Preview, freshness: Freshness) -> Steps:
        now = self._memory.clock()
        found = replace(found, requested_url=self._url, elapsed=max(0.0, self._memory.steady() - self._began))
        if freshness.storable:
            yield from self._store(entry_of(found, freshness, now), now)
        else:
            yield Forget(self._key)
        yield from self._release()
        return found

    def _store(self, entry: Entry, now: float) -> Generator[Step, Told, None]:
        data = to_bytes(entry, self._key)
        if data is not None and entry.seconds_left(now) > 0:
            yield Store(self._key, data, entry.seconds_left(now))

    def _release(self) -> Generator[Step, Told, None]:
        if self._ticket.lease is not None:
            released = yield Release(self._key, self._ticket.lease)
            if not isinstance(released, Failed):
                self._ticket.lease = None
