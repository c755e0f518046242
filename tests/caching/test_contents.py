"""What a cache file tells of itself, and how it is emptied."""

import sqlite3

import pytest

from richresp.caching import SQLiteCache
from richresp.caching.contents import Contents

EPOCH = 1_700_000_000.0


@pytest.fixture
def clock():
    return [EPOCH]


@pytest.fixture
def cache(tmp_path, clock):
    made = SQLiteCache(tmp_path / "c.sqlite", clock=lambda: clock[0], steady=lambda: clock[0])
    yield made
    made.close()


def test_contents_are_counted_with_their_age(cache, clock):
    assert cache.contents() == Contents()
    cache.set("a", b"12345", 10)
    clock[0] += 60
    cache.set("b", b"123", 10)
    assert cache.contents() == Contents(2, 0, 0, 1, 8, EPOCH, EPOCH + 60)


def test_asking_for_contents_makes_no_file(tmp_path):
    cache = SQLiteCache(tmp_path / "c.sqlite")
    assert (cache.contents(), cache.clear()) == (Contents(), 0)
    assert list(tmp_path.iterdir()) == []


def test_clear_forgets_values_and_leaves_leases(cache):
    cache.set("a", b"1", 10)
    token = cache.acquire("a", 10)
    assert cache.clear() == 1
    assert cache.clear() == 0
    assert cache.get("a") is None
    assert cache.acquire("a", 10) is None
    assert cache.release("a", token)
    cache.set("a", b"2", 10)
    assert cache.get("a") == b"2"


def test_a_file_that_is_none_of_ours_tells_nothing_and_stays(tmp_path):
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE entry_1 (a)")
    other.close()
    before = path.read_bytes()
    cache = SQLiteCache(path)
    assert (cache.contents(), cache.clear()) == (None, None)
    assert path.read_bytes() == before


def test_the_path_is_told(tmp_path):
    assert SQLiteCache(tmp_path / "c.sqlite").path == tmp_path / "c.sqlite"
