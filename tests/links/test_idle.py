"""Which connection is used next and which are closed, against a model that knows only lists and a clock of its own."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from richresp.links.idle import Full, Idle

MOST, SPARE, SECONDS = 4, 3, 30.0
ORIGINS = [(b"http", b"a", 80), (b"http", b"a", 8080), (b"https", b"a", 80), (b"http", b"b", 80)]


class Connection:
    def __init__(self, origin):
        self.origin = origin
        self.given = None
        self.dead = False


class Keeping(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.now = 1000.0
        self.begin()

    def begin(self):
        self.idle = Idle(MOST, SPARE, SECONDS, lambda connection: connection.dead)
        self.kept, self.used, self.closed = [], [], False  # kept: as they were given back

    @rule(origin=st.sampled_from(ORIGINS))
    def take(self, origin):
        if len(self.used) == MOST:
            with pytest.raises(Full):
                self.idle.take(Connection(origin), origin, self.now)
            return
        fresh = [each for each in self.kept if self.now - each.given < SECONDS]
        mine = [each for each in fresh if each.origin == origin]
        wanted = next((each for each in reversed(mine) if not each.dead), None)
        passed = mine if wanted is None else mine[mine.index(wanted) + 1 :]
        rest = [each for each in fresh if each is not wanted and each not in passed]
        holder = Connection(origin)
        found, closing = self.idle.take(holder, origin, self.now)
        assert found is wanted
        if wanted is None and len(rest) + len(self.used) == MOST:
            assert closing[-1] is rest.pop(0)
        assert len(set(closing)) == len(closing)
        assert set(closing) == set(self.kept) - {wanted} - set(rest)
        self.kept = rest
        self.used.append((holder, found or Connection(origin)))

    @precondition(lambda self: self.used)
    @rule(which=st.integers(0, MOST), dead=st.booleans())
    def give(self, which, dead):
        holder, connection = self.used.pop(which % len(self.used))
        connection.dead, connection.given = dead, self.now
        closing = self.idle.give(holder, connection.origin, connection, self.now)
        self.kept.append(connection)
        assert closing == (self.kept[-1:] if self.closed else self.kept[:-SPARE])
        self.kept = [] if self.closed else self.kept[-SPARE:]

    @precondition(lambda self: self.used)
    @rule(which=st.integers(0, MOST))
    def drop(self, which):
        holder, _ = self.used.pop(which % len(self.used))
        self.idle.drop(holder)
        self.idle.drop(holder)

    @precondition(lambda self: self.used)
    @rule(which=st.integers(0, MOST))
    def be_no_more(self, which):
        del self.used[which % len(self.used)]

    @precondition(lambda self: self.kept)
    @rule(which=st.integers(0, MOST))
    def die(self, which):
        self.kept[which % len(self.kept)].dead = True

    @rule(seconds=st.sampled_from([0.5, SECONDS / 2, SECONDS]))
    def wait(self, seconds):
        self.now += seconds

    @rule(origin=st.sampled_from(ORIGINS))
    def leave(self, origin):
        assert self.idle.leave(origin) == [each for each in self.kept if each.origin == origin]
        self.kept = [each for each in self.kept if each.origin != origin]

    @rule()
    def close(self):
        assert self.idle.close() == self.kept
        self.kept, self.closed = [], True

    @precondition(lambda self: self.closed and not self.used)
    @rule()
    def begin_anew(self):
        self.begin()

    @invariant()
    def nothing_is_lost(self):
        assert len(self.idle) == len(self.kept) + len(self.used) <= MOST


TestKeeping = Keeping.TestCase
