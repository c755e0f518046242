"""What a cache file promises when the clock of the machine is set: it goes by a time that processes share."""

import contextlib
import sqlite3

import pytest

from richresp.caching import SQLiteCache
from richresp.limits.caching import MAX_LEASE_SECONDS
from tests.conformance.backends import Clock


@pytest.fixture
def open_cache(tmp_path):
    opened = []

    def open_one(**options):
        opened.append(SQLiteCache(tmp_path / "cache.sqlite", **options))
        return opened[-1]

    yield open_one
    for cache in opened:
        cache.close()


@pytest.mark.parametrize("hours", [0.05, 0.1, 1, 24, 24 * 3_650])
def test_nothing_outlives_its_ttl_when_the_clock_is_set_back(open_cache, hours):
    wall, steady = Clock(), Clock()
    cache = open_cache(clock=wall, steady=steady)
    cache.set("key", b"value", 600)
    wall.advance(300)
    steady.advance(300)
    assert cache.get("key") == b"value"
    wall.advance(-hours * 3_600)
    assert cache.get("key") is None
    cache.set("key", b"new", 600)
    assert cache.get("key") == b"new"


def test_nor_for_a_process_that_did_not_see_the_clock_being_set_back(open_cache):
    wall = Clock()
    cache = open_cache(clock=wall, steady=Clock())
    cache.set("old", b"value", 10_000)
    wall.advance(5_000)
    open_cache(clock=wall, steady=Clock()).set("young", b"value", 10_000)
    wall.advance(-3_600)
    late = open_cache(clock=wall, steady=Clock())
    assert (late.get("old"), late.get("young")) == (None, None)


def test_a_clock_that_jumps_ahead_costs_hits_alone(open_cache):
    wall, steady = Clock(), Clock()
    cache = open_cache(clock=wall, steady=steady)
    cache.set("key", b"value", 600)
    wall.advance(3_600)
    assert cache.get("key") is None
    cache.set("key", b"new", 600)
    assert cache.get("key") == b"new"


def test_a_lease_does_not_hold_longer_when_the_clock_is_set_back(open_cache):
    wall = Clock()
    cache = open_cache(clock=wall, steady=Clock())
    token = cache.acquire("key", 15)
    wall.advance(-3_600)
    assert cache.acquire("key", 15) is not None
    assert cache.release("key", token) is False


@pytest.mark.parametrize("seconds", [86_400.0, -86_400.0])
def test_a_lease_that_was_given_back_does_not_come_back_with_the_clock(open_cache, seconds):
    wall = Clock()
    cache = open_cache(clock=wall, steady=Clock())
    token = cache.acquire("key", 15)
    wall.advance(seconds)
    assert cache.release("key", token) is False
    wall.advance(-seconds)
    assert cache.acquire("key", 15) is not None


@pytest.mark.parametrize("expires", [9e12, "'never'", "NULL", "x'00'"])
def test_a_lease_that_would_hold_for_ever_holds_nobody_up(open_cache, expires):
    wall = Clock()
    cache = open_cache(clock=wall, steady=Clock())
    assert cache.acquire("key", 1e12) is not None
    assert cache.acquire("key", 5) is None
    with contextlib.closing(sqlite3.connect(cache.path)) as other, other:
        other.execute(f"UPDATE lease_1 SET expires = {expires}")
    token = cache.acquire("key", 1e12)
    assert token is not None
    wall.advance(MAX_LEASE_SECONDS)
    assert cache.acquire("key", 5) is not None
