"""One leads, everybody is told: the table against a model, in any order of calls."""

import gc
from collections import Counter

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test

from richresp import FetchError, Preview
from richresp.links.flights import _KNOWN, Flights, flights_of

URL = "https://site.example/page"
FOUND = Preview(requested_url=URL, final_url=URL)
FAILED = FetchError(url=URL, reason="no connection")
keys = st.sampled_from(["a", "b"])


class Machine(RuleBasedStateMachine):
    """The table beside a list of who is there for each key, the leader first."""

    tickets = Bundle("tickets")

    def __init__(self):
        super().__init__()
        self.table = Flights()
        self.lines = {"a": [], "b": []}
        self.woken = Counter()
        self.expected = Counter()
        self.told = {}

    @rule(target=tickets, key=keys, closed=st.sampled_from([False, False, False, True]))
    def join(self, key, closed):
        line, ticket = self.lines[key], None

        def wake():
            if closed:
                raise RuntimeError("Event loop is closed")
            self.woken[ticket] += 1

        ticket = self.table.join(key, wake)
        line.append((ticket, closed))
        return ticket

    def promote(self, key):
        """Who leads now: the first in line who can be woken."""
        line = self.lines[key]
        while line and line[0][1]:
            line.pop(0)
        if line:
            self.expected[line[0][0]] += 1

    @rule(ticket=tickets, outcome=st.sampled_from([FOUND, FAILED]))
    def finish(self, ticket, outcome):
        line = self.lines[ticket.key]
        leads = bool(line) and line[0][0] is ticket
        assert ticket.finish(outcome) == leads
        if leads:
            for each, closed in line:
                self.told[each] = outcome
                self.expected[each] += each is not ticket and not closed
            line.clear()

    @rule(ticket=tickets)
    def leave(self, ticket):
        self._leave(ticket)

    @rule(ticket=consumes(tickets))
    def forget(self, ticket):
        with ticket:
            pass
        self._left(ticket)

    def _leave(self, ticket):
        ticket.leave()
        self._left(ticket)

    def _left(self, ticket):
        line = self.lines[ticket.key]
        at = next((at for at, (each, _) in enumerate(line) if each is ticket), None)
        if at is not None:
            del line[at]
            if at == 0:
                self.promote(ticket.key)

    @invariant()
    def one_leads_and_nobody_is_forgotten(self):
        for line in self.lines.values():
            assert [ticket.leads for ticket, _ in line] == [True] + [False] * (len(line) - 1) if line else True
            assert all(ticket.outcome is None for ticket, _ in line)
        assert len(self.table) == sum(map(bool, self.lines.values()))

    @invariant()
    def everybody_is_woken_and_told_once(self):
        assert self.woken == self.expected
        assert all(ticket.outcome is outcome and not ticket.leads for ticket, outcome in self.told.items())

    def teardown(self):
        for line in self.lines.values():
            for ticket, _ in line:
                ticket.leave()
        assert len(self.table) == 0


def test_any_order_of_calls():
    run_state_machine_as_test(Machine, settings=settings(stateful_step_count=40))


def nothing():
    pass


def test_a_key_without_anybody_has_no_entry():
    table = Flights()
    tickets = [table.join("a", nothing) for _ in range(3)]
    for ticket in tickets:
        ticket.leave()
    assert len(table) == 0
    assert table.join("a", nothing).leads


def test_a_flight_that_is_over_does_not_touch_the_next_of_its_key():
    table = Flights()
    first = table.join("a", nothing)
    assert first.finish(FOUND)
    second = table.join("a", nothing)
    first.leave()
    assert not first.finish(FAILED)
    assert second.leads
    assert first.outcome is FOUND


def test_a_wake_may_call_the_table():
    table, order = Flights(), []
    leader = table.join("a", nothing)
    second = table.join("a", lambda: (order.append("second"), second.leave()))
    third = table.join("a", lambda: (order.append("third"), third.finish(FOUND)))
    fourth = table.join("a", lambda: order.append("fourth"))
    leader.leave()
    assert order == ["second", "third", "fourth"]
    assert fourth.outcome is FOUND
    assert len(table) == 0


def test_ten_thousand_who_are_gone_are_passed_over():
    def closed():
        raise RuntimeError("Event loop is closed")

    table = Flights()
    leader = table.join("a", nothing)
    for _ in range(10_000):
        table.join("a", closed)
    last = table.join("a", nothing)
    leader.leave()
    assert last.leads


def test_leaving_waits_for_no_lock():
    """What the collector ends in the middle of a call into the table leaves it at once, and is let go right after."""
    table = Flights()
    leader, waiting = table.join("a", nothing), table.join("a", nothing)
    with table._lock:
        leader.leave()
        assert not waiting.leads
    table.join("b", nothing).leave()
    assert waiting.leads


class Interrupting(str):
    """A key that calls something when the table looks it up, which is in the middle of a call."""

    __slots__ = ("call",)

    def __hash__(self):
        self.call()
        return super().__hash__()

    def __eq__(self, other):
        return str(self) == other


@pytest.mark.parametrize("finishes", [False, True])
def test_who_leaves_in_the_middle_of_a_call_is_let_go_at_its_end(finishes):
    table, key = Flights(), Interrupting("b")
    key.call = nothing
    leader, waiting = table.join("a", nothing), table.join("a", nothing)
    other = table.join(key, nothing)
    key.call = leader.leave
    if finishes:
        other.finish(FOUND)
    else:
        table.join(key, nothing)
    assert waiting.leads


class Shared:
    """A cache that takes weak references, and is equal to every other."""

    def __eq__(self, other):
        return isinstance(other, Shared)

    __hash__ = None


def test_who_shares_a_cache_shares_a_table():
    one, other = Shared(), Shared()
    assert flights_of(one) is flights_of(one)
    assert flights_of(one) is not flights_of(other)
    assert flights_of(5) is not flights_of(5)  # takes no weak references


def test_a_table_goes_with_its_cache():
    gc.collect()
    before = len(_KNOWN._tables)
    for _ in range(100):
        flights_of(Shared())
    cache = Shared()
    cache.itself = cache
    flights_of(cache)
    del cache
    gc.collect()
    assert len(_KNOWN._tables) == before
