"""Every cache against a dict, in any order of calls, with a clock that jumps and a store that breaks.

While the store is whole a cache is exact. Once it was broken, and where it is too small for all, it may have forgotten; what it
still says is what was set last and has not expired.
"""

from contextlib import ExitStack, contextmanager

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from richresp.caching import MemoryCache, SQLiteCache
from richresp.limits.caching import MAX_LEASE_SECONDS, MIN_SQLITE_BYTES
from tests.conformance.backends import Backend, Clock

keys = st.sampled_from(["a", "b", "c", "é", "a:b", "long" * 50])
values = st.one_of(st.binary(max_size=20), st.integers(0, 8_000).map(bytes))
ttls = st.sampled_from([100, 400.5, 1_600, 10**9])
"""Far from the sums of what passes, since the time of a server passes a little by itself."""
passing = st.sampled_from([30, 230, 1_130])


class Machine(RuleBasedStateMachine):
    def __init__(self, opened, *, exact=True):
        super().__init__()
        self.stack = ExitStack()
        self.backend = self.stack.enter_context(opened())
        self.cache = self.backend.cache
        self.exact = exact
        self.now = 0.0
        self.entries = {}
        self.leases = {}
        self.tokens = ["", "0" * 32]
        self.lookups = 0

    def teardown(self):
        stats = self.cache.stats
        assert stats.hits + stats.misses == self.lookups
        self.stack.close()

    def alive(self, known, key):
        value, expires = known.get(key, (None, 0.0))
        return value if self.now < expires else None

    @rule(key=keys, value=values, ttl=ttls)
    def set(self, key, value, ttl):
        self.cache.set(key, value, ttl)
        self.entries[key] = value, self.now + min(ttl, 30 * 86_400)

    @rule(key=keys)
    def get(self, key):
        self.lookups += 1
        found, expected = self.cache.get(key), self.alive(self.entries, key)
        assert found == expected or (found is None and not self.exact)

    @rule(key=keys)
    def get_with_ttl(self, key):
        self.lookups += 1
        found, expected = self.cache.get_with_ttl(key), self.alive(self.entries, key)
        if found is None:
            assert expected is None or not self.exact
        else:
            assert found[0] == expected
            assert 0 < found[1] <= self.entries[key][1] - self.now

    @rule(key=keys)
    def delete(self, key):
        self.cache.delete(key)
        self.entries.pop(key, None)

    @rule(key=keys, ttl=ttls)
    def acquire(self, key, ttl):
        token, holder = self.cache.acquire(key, ttl), self.alive(self.leases, key)
        if token is None:
            assert holder is not None
        else:
            assert holder is None or not self.exact
            assert token not in self.tokens
            self.tokens.append(token)
            self.leases[key] = token, self.now + min(ttl, MAX_LEASE_SECONDS)

    @rule(key=keys, data=st.data())
    def release(self, key, data):
        token = data.draw(st.sampled_from(self.tokens))
        released, held = self.cache.release(key, token), self.alive(self.leases, key) == token
        assert released == held or not (released or self.exact)
        if held:
            del self.leases[key]

    @rule(seconds=passing)
    def pass_time(self, seconds):
        self.backend.advance(seconds)
        self.now += seconds

    @rule()
    def close(self):
        if self.exact:
            self.exact = "MemoryCache" not in repr(self.cache)
            self.cache.close()

    @rule()
    def damage(self):
        self.exact = False
        self.backend.damage()


def run(opened, **options):
    run_state_machine_as_test(
        lambda: Machine(opened, **options),
        settings=settings(max_examples=settings().max_examples // 3, stateful_step_count=40),
    )


def test_every_cache_is_a_dict_that_forgets(opened):
    run(opened)


@contextmanager
def tiny_memory():
    clock = Clock()
    cache = MemoryCache(max_bytes=8_000, max_entries=3, clock=clock)
    yield Backend(cache, clock.advance, cache.close)


def test_a_memory_cache_that_evicts_is_one_as_well():
    run(tiny_memory, exact=False)


@pytest.fixture
def tiny_file(tmp_path):
    @contextmanager
    def opened():
        clock = Clock()
        path = tmp_path / "tiny.sqlite"
        path.unlink(missing_ok=True)
        cache = SQLiteCache(path, max_bytes=MIN_SQLITE_BYTES, clock=clock, steady=clock)
        yield Backend(cache, clock.advance, lambda: path.unlink(missing_ok=True))
        cache.close()
        assert path.stat().st_size <= MIN_SQLITE_BYTES if path.exists() else True

    return opened


def test_a_file_that_evicts_is_one_as_well(tiny_file):
    run(tiny_file, exact=False)
