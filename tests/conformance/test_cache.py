"""What every cache promises, sentence by sentence. Each test runs over each backend."""

import asyncio
import math
from dataclasses import astuple

import pytest

from richresp import UsageError
from richresp.caching import AsyncCache, Cache
from richresp.limits.caching import MAX_KEY_CHARS, MAX_TTL_SECONDS, MAX_VALUE_BYTES

LONG = 3_000.0


def test_it_has_the_shape_of_a_cache(cache):
    cache = getattr(cache, "_cache", cache)
    assert isinstance(cache, Cache if not asyncio.iscoroutinefunction(cache.get) else AsyncCache)


def test_what_is_set_is_got(cache):
    assert cache.get("key") is None
    cache.set("key", b"value", LONG)
    assert cache.get("key") == b"value"
    cache.set("key", b"other", LONG)
    assert cache.get("key") == b"other"


@pytest.mark.parametrize("value", [b"", b"\x00\xff\r\n$-1\r\n", b"\x80\x04K\x01.", bytes(range(256)) * 100])
def test_any_bytes_come_back(cache, value):
    cache.set("key", value, LONG)
    assert cache.get("key") == value


@pytest.mark.parametrize(
    "key", ["k", " ", "a\x00b", "a b\r\nDEL x", "é", "日本語", "😀", "%s{}'\"--", "k" * MAX_KEY_CHARS]
)
def test_any_text_is_a_key(cache, key):
    cache.set(key, b"value", LONG)
    assert cache.get(key) == b"value"
    assert cache.get(f"{key[:-1]}?") is None


def test_keys_are_told_apart_exactly(cache):
    for key in ("a", "A", "a ", "a\x00", "á", "a\u0301"):
        cache.set(key, key.encode(), LONG)
    for key in ("a", "A", "a ", "a\x00", "á", "a\u0301"):
        assert cache.get(key) == key.encode()


def test_what_is_deleted_is_gone(cache):
    cache.set("key", b"value", LONG)
    cache.delete("key")
    cache.delete("key")
    assert cache.get("key") is None


def test_nothing_outlives_its_ttl(backend):
    cache = backend.cache
    cache.set("short", b"1", 100)
    cache.set("long", b"2", LONG)
    backend.advance(50)
    assert (cache.get("short"), cache.get("long")) == (b"1", b"2")
    backend.advance(60)
    assert (cache.get("short"), cache.get("long")) == (None, b"2")


def test_the_last_ttl_counts(backend):
    cache = backend.cache
    cache.set("key", b"1", LONG)
    cache.set("key", b"2", 100)
    backend.advance(110)
    assert cache.get("key") is None
    cache.set("key", b"3", 100)
    cache.set("key", b"4", LONG)
    backend.advance(110)
    assert cache.get("key") == b"4"


def test_it_says_how_long_an_entry_has_left(backend):
    cache = backend.cache
    assert cache.get_with_ttl("key") is None
    cache.set("key", b"value", 50)
    backend.advance(20)
    value, left = cache.get_with_ttl("key")
    assert value == b"value"
    assert 20 < left <= 30


def test_a_long_ttl_is_cut(cache):
    cache.set("key", b"value", 1e300)
    assert cache.get_with_ttl("key")[1] <= MAX_TTL_SECONDS
    assert cache.acquire("key", 10**30) is not None


@pytest.mark.parametrize("ttl", [0, -1, -0.0, math.nan, math.inf, -math.inf, None, "60", True])
def test_a_ttl_is_a_finite_number_above_zero(cache, ttl):
    with pytest.raises(UsageError, match="ttl"):
        cache.set("key", b"value", ttl)
    with pytest.raises(UsageError, match="ttl"):
        cache.acquire("key", ttl)
    assert cache.get("key") is None


@pytest.mark.parametrize("key", [None, 5, b"key", "", "k" * (MAX_KEY_CHARS + 1), "\ud800"])
def test_a_key_is_text_of_some_length(cache, key):
    for call in (
        lambda: cache.get(key), lambda: cache.get_with_ttl(key), lambda: cache.set(key, b"value", LONG),
        lambda: cache.delete(key), lambda: cache.acquire(key, LONG), lambda: cache.release(key, "token"),
    ):  # fmt: skip
        with pytest.raises(UsageError, match="key"):
            call()


@pytest.mark.parametrize("value", [None, "text", 5, bytearray(b"value"), memoryview(b"value")])
def test_a_value_is_bytes(cache, value):
    with pytest.raises(UsageError, match="bytes"):
        cache.set("key", value, LONG)


def test_a_value_that_is_too_large_is_not_stored_and_the_old_one_is_gone(cache, caplog):
    cache.set("key", b"old", LONG)
    cache.set("key", bytes(MAX_VALUE_BYTES + 1), LONG)
    assert cache.get("key") is None
    assert "too large" in caplog.text
    cache.set("key", bytes(MAX_VALUE_BYTES), LONG)
    assert cache.get("key") == bytes(MAX_VALUE_BYTES)


def test_a_lease_has_one_holder(cache):
    token = cache.acquire("key", LONG)
    assert token
    assert cache.acquire("key", LONG) is None
    assert cache.acquire("other", LONG) is not None
    assert cache.release("key", token) is True
    assert cache.acquire("key", LONG) not in {None, token}


def test_a_foreign_token_releases_nothing(cache):
    token = cache.acquire("key", LONG)
    foreign = cache.acquire("other", LONG)
    for other in (foreign, "", "0" * 32, "\ud800"[:0], token.upper() + "x"):
        assert cache.release("key", other) is False
    assert cache.acquire("key", LONG) is None
    assert cache.release("key", token) is True
    assert cache.release("key", token) is False
    with pytest.raises(UsageError, match="token"):
        cache.release("key", None)


def test_a_lease_ends_by_itself(backend):
    cache = backend.cache
    late = cache.acquire("key", 100)
    backend.advance(110)
    assert cache.release("key", late) is False
    assert cache.acquire("key", 100) is not None
    assert cache.release("key", late) is False
    assert cache.acquire("key", 100) is None


def test_leases_and_entries_never_meet(cache):
    token = cache.acquire("key", LONG)
    assert cache.get("key") is None
    cache.set("key", b"value", LONG)
    cache.delete("key")
    assert cache.acquire("key", LONG) is None
    cache.set("key", b"value", LONG)
    assert cache.release("key", token) is True
    assert cache.get("key") == b"value"


def test_what_happened_is_counted(cache):
    assert astuple(cache.stats) == (0, 0, 0, 0)
    cache.get("key")
    cache.set("key", b"value", LONG)
    cache.get("key")
    cache.get_with_ttl("key")
    assert astuple(cache.stats) == (2, 1, 0, 1)


def test_it_may_be_used_after_it_was_closed(cache):
    cache.set("key", b"value", LONG)
    cache.close()
    cache.close()
    assert cache.get("key") in {None, b"value"}
    cache.set("key", b"other", LONG)
    assert cache.get("key") == b"other"
    assert cache.stats.errors == 0


def test_its_repr_is_a_line(cache):
    assert repr(cache).isprintable()


def test_a_store_that_is_damaged_loses_hits_and_nothing_else(backend):
    cache = backend.cache
    for number in range(50):
        cache.set(f"{number}", b"%d" % number, LONG)
    backend.damage()
    for number in range(50):
        assert cache.get(f"{number}") in {None, b"%d" % number}
    for number in range(50):
        cache.set(f"{number}", b"new %d" % number, LONG)
    for number in range(50):
        assert cache.get(f"{number}") == b"new %d" % number
