"""Any sequence of previews, refreshes, changes, failures and losses, beside a model that says which answers are allowed.

The model is a reading of RFC 9111 and 5861 by itself: it keeps every page that the site ever served, with the times between which
it may be told, and knows nothing of entries. A cache may always forget; it may never tell what nobody may be told any more.
"""

from dataclasses import dataclass

import httpx
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from richresp import AsyncPreviewer, FetchError, Previewer
from tests.links.remembering import Open, World

LEAST, MOST, BRIEF, NEGATIVE = 60, 7 * 86_400, 30, 600


@dataclass
class Said:
    """What the site said of itself at a time: a page with its directives, or an error."""

    at: float
    title: str | None
    status: int = 200
    max_age: int | None = None
    while_revalidate: int | None = None
    if_error: int | None = None
    strict: bool = False
    store: bool = True

    @property
    def fresh(self):
        if self.title is None:
            return self.at + (BRIEF if self.status in (500, 503, 429) else NEGATIVE)
        return self.at + (3_600 if self.max_age is None else min(max(self.max_age, LEAST), MOST))

    def stale_until(self, window, default):
        return self.fresh if self.strict else self.fresh + (default if window is None else min(window, MOST))

    @property
    def told_stale(self):
        return self.stale_until(self.while_revalidate, 3_600)

    @property
    def told_on_error(self):
        return max(self.told_stale, self.stale_until(self.if_error, 86_400))


class Machine(RuleBasedStateMachine):
    kind = Previewer

    def __init__(self):
        super().__init__()
        self.world = World(self.kind, cache=Open())
        self.world.site.answer = self.serve
        self.number = 0
        self.said = []  # all that may be remembered, the last one last
        self.sound = False  # whether the cache still has what was stored last
        self.visits = self.conditional = 0

    @initialize()
    def begin(self):
        self.status, self.strict, self.store = 200, False, True
        self.max_age = self.while_revalidate = self.if_error = None
        self.changes()

    def serve(self, request):
        self.visits += 1
        now = self.world.clock.now
        fields = {"content-type": "text/html", "etag": f'"{self.number}"'}
        if self.status != 200:
            self.last = Said(now, None, self.status)
            return httpx.Response(self.status)
        told = [
            *(["must-revalidate"] if self.strict else []),
            *([] if self.store else ["no-store"]),
            *([] if self.max_age is None else [f"max-age={self.max_age}"]),
            *([] if self.while_revalidate is None else [f"stale-while-revalidate={self.while_revalidate}"]),
            *([] if self.if_error is None else [f"stale-if-error={self.if_error}"]),
        ]
        if told:
            fields["cache-control"] = ", ".join(told)
        self.last = Said(
            now, self.title, 200, self.max_age, self.while_revalidate, self.if_error, self.strict, self.store
        )
        tag = request.headers.get("if-none-match")
        if tag is not None:
            assert tag.strip('"').isdigit()
            assert int(tag.strip('"')) <= self.number
        if tag == fields["etag"]:
            self.conditional += 1
            # a 304 without Cache-Control leaves what was known in force, which is why the site always says the same of a version
            return httpx.Response(304, headers=fields)
        return httpx.Response(200, headers=fields, text=f"<title>{self.title}</title>")

    def changes(self):
        self.number += 1
        self.title = f"Page {self.number}"

    @rule(
        max_age=st.sampled_from([None, 0, 100, 600, 10**8]),
        while_revalidate=st.sampled_from([None, 0, 60]),
        if_error=st.sampled_from([None, 0, 600]),
        strict=st.booleans(),
        store=st.sampled_from([True, True, True, False]),
    )
    def says_otherwise(self, **said):
        vars(self).update(said)
        self.changes()

    def loses_all(self):
        self.world.cache.entries.clear()
        self.sound = False

    def is_garbled(self):
        for key, data in self.world.cache.entries.items():
            self.world.cache.entries[key] = data[:-9]
        self.sound = False

    @rule(
        change=st.sampled_from([None, None, None, "changes", "changes", "changes", "loses_all", "is_garbled"]),
        status=st.sampled_from([200, 200, 200, 503, 500, 429, 404]),
        seconds=st.sampled_from([0, 1, 29, 31, 61, 599, 601, 3_601, 5_000, 8 * 86_400]),
        refresh=st.sampled_from([False, False, False, True]),
    )
    def preview(self, change, status, seconds, refresh):
        if change is not None:
            getattr(self, change)()
        self.status = status
        self.world.later(seconds)
        world, now = self.world, self.world.clock.now
        self.visits = self.conditional = 0
        self.last = None
        try:
            found = world.preview(refresh=refresh)
        except FetchError as error:
            found = error
        last, known = self.last, self.said[-1] if self.sound and self.said else None
        assert self.visits <= 1
        if refresh:
            assert self.visits == 1
            assert self.conditional == 0
        if known is not None and now < known.fresh and not refresh:
            assert self.visits == 0, "it was fresh"
        if known is None or (now >= known.fresh and not refresh):
            assert self.visits == 1, "nobody was asked"
        self.check(found, now, last, known, refresh=refresh)
        self.remember(now, last, known, refresh=refresh)

    def check(self, found, now, last, known, *, refresh):
        if isinstance(found, FetchError):
            allowed = [each for each in (last, known) if each is not None and each.title is None]
            assert found.status in [each.status for each in allowed if each is last or now < each.fresh]
            passing = last is not None and last.status in (500, 503, 429)
            if passing and known is not None and known.title and not refresh:
                assert now >= known.told_on_error, "an error, where a stale preview may be told"
        elif found.stale:
            assert known is not None
            assert found.title == known.title
            assert not refresh
            assert known.fresh <= now
            failed = last.status in (500, 503, 429)
            assert now < (known.told_on_error if failed else known.told_stale)
        elif last is not None and last.title is not None and found.title == last.title:
            pass
        else:
            assert known is not None
            assert found.title == known.title
            assert now < known.fresh

    def remember(self, now, last, known, *, refresh):
        if last is None:
            return
        passing = last.status in (500, 503, 429)
        if last.title is not None:
            self.said, self.sound = ([last], True) if last.store else ([], False)
        elif passing and known is not None and known.title and (refresh or now < known.told_on_error):
            if not refresh:  # it is told for a while that the site cannot now, and not asked for in the foreground
                known.while_revalidate = max(0.0, min(now + BRIEF, known.told_on_error) - known.fresh)
        elif not (refresh and passing and known is not None and known.title):
            self.said, self.sound = [last], True

    @invariant()
    def nothing_is_left_behind(self):
        assert self.world.cache.leases == {}
        assert len(self.world.previewer._shelf.flights) == 0

    def teardown(self):
        self.world.close()


class AsyncMachine(Machine):
    kind = AsyncPreviewer


def test_any_sequence_for_threads():
    run_state_machine_as_test(Machine, settings=settings(stateful_step_count=40))


def test_any_sequence_for_coroutines():
    run_state_machine_as_test(AsyncMachine, settings=settings(stateful_step_count=20, max_examples=30))
