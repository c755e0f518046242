"""A server that is frozen, killed, restarted, flushed, or none at all costs hits and a little time, and never raises.

No test reads a clock: a call that hung would run into the timeout of the whole test run, and how often the server was asked is
counted. While it is away the breaker is closed by moving its clock.
"""

import random

import pytest

from richresp.caching import AsyncRedisCache, RedisCache
from richresp.limits.caching import BREAKER_FAILURES, BREAKER_SECONDS
from tests.caching.servers import listening, proxy
from tests.conformance.backends import Blocking, Clock


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=["threads", "asyncio"])
def open_cache(request, clock):
    opened = []

    def open_one(url, **options):
        if request.param == "threads":
            opened.append(RedisCache(url, clock=clock, **options))
        else:
            opened.append(Blocking(AsyncRedisCache(url, clock=clock, **options)))
        return opened[-1]

    yield open_one
    for cache in opened:
        getattr(cache, "end", cache.close)()


def fill(cache):
    for number in range(20):
        cache.set(f"{number}", b"%d" % number * 100, 600)


def hits(cache):
    found = [cache.get(f"{number}") for number in range(20)]
    assert all(value in {None, b"%d" % number * 100} for number, value in enumerate(found))
    return sum(value is not None for value in found)


def is_left_alone(cache):
    """Whatever is asked, five calls fail, and the rest does not reach the server."""
    assert hits(cache) == 0
    for _ in range(20):
        cache.set("key", b"value", 60)
        cache.delete("key")
        assert cache.acquire("key", 60)
        assert cache.release("key", "token") is False
    return cache.stats.errors == BREAKER_FAILURES


def comes_back(cache, clock):
    clock.advance(BREAKER_SECONDS)
    cache.get("key")
    fill(cache)
    return hits(cache) == 20


def test_a_frozen_server(server, open_cache, clock):
    cache = open_cache(server.url)
    fill(cache)
    server.freeze()
    try:
        assert is_left_alone(cache)
    finally:
        server.thaw()
    assert comes_back(cache, clock)


def test_a_server_that_is_frozen_before_the_first_call(server, open_cache, clock):
    cache = open_cache(server.url)
    server.freeze()
    try:
        assert is_left_alone(cache)
    finally:
        server.thaw()
    assert comes_back(cache, clock)


def test_a_killed_server_that_comes_back(server, open_cache, clock):
    cache = open_cache(server.url)
    fill(cache)
    server.kill()
    assert is_left_alone(cache)
    server.start()
    assert comes_back(cache, clock)


def test_a_restart_in_between_costs_one_error_for_each_connection(server, open_cache):
    cache = open_cache(server.url)
    fill(cache)
    server.kill()
    server.start()
    cache.get("0")
    fill(cache)
    assert hits(cache) == 20
    assert cache.stats.errors <= 1


def test_a_flushed_server(server, open_cache):
    cache = open_cache(server.url)
    fill(cache)
    token = cache.acquire("key", 60)
    server.admin.flushall()
    assert hits(cache) == 0
    assert cache.release("key", token) is False
    server.admin.script_flush()
    fill(cache)
    assert hits(cache) == 20
    assert cache.stats.errors == 0


def test_a_server_full_of_garbage(server, open_cache):
    cache = open_cache(server.url)
    fill(cache)
    choice = random.Random(1)
    for key in list(server.admin.scan_iter()):
        server.admin.delete(key)
        match choice.randrange(3):
            case 0:
                server.admin.rpush(key, choice.randbytes(100))
            case 1:
                server.admin.set(key, choice.randbytes(100))
            case _:
                server.admin.zadd(key, {b"a": 1})
    assert hits(cache) == 0
    fill(cache)
    assert hits(cache) == 20


def test_connections_that_are_killed(server, open_cache):
    cache = open_cache(server.url)
    fill(cache)
    for _ in range(4):
        for client in server.admin.client_list():
            if client["cmd"] != "client|list":
                server.admin.client_kill_filter(_id=client["id"])
        hits(cache)
        assert hits(cache) == 20


def test_a_server_without_memory(server, open_cache):
    cache = open_cache(server.url)
    server.admin.config_set("maxmemory", 1)
    fill(cache)
    assert hits(cache) == 0
    assert cache.acquire("key", 60)
    server.admin.config_set("maxmemory", 0)
    fill(cache)
    assert hits(cache) == 20


ANSWERS = {
    "nothing": b"",
    "a banner": b"SSH-2.0-OpenSSH_9.6\r\n",
    "http": b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
    "other types": b"+OK\r\n" * 50,
    "numbers": b":1\r\n" * 50,
    "nulls": b"$-1\r\n" * 50,
    "a value cut off": b"*2\r\n$100\r\nabc",
    "a count without end": b"*99999999999\r\n",
    "a huge value to come": b"*2\r\n$536870912\r\nabc",
    "nested": b"*1\r\n" * 5_000,
    "a type that is none": b"?what\r\n" * 20,
    "an error": b"-ERR no\r\n" * 50,
    "bytes": random.Random(2).randbytes(5_000),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_server_that_is_none(open_cache, answer):
    def serve(connection, done):
        connection.settimeout(0.02)
        while not done.is_set():
            try:
                if not connection.recv(65_536):
                    return
            except TimeoutError:
                continue
            connection.sendall(ANSWERS[answer])

    with listening(serve) as (port, _):
        cache = open_cache(f"redis://127.0.0.1:{port}")
        assert hits(cache) == 0
        cache.set("key", b"value", 60)
        cache.delete("key")
        token = cache.acquire("key", 60)
        assert token is None or isinstance(token, str)
        assert cache.release("key", "token") in {True, False}


def test_a_proxy_that_hands_on_a_byte_at_a_time(server, open_cache, clock):
    """Each byte comes within the timeout of a socket, all of them together do not."""
    direct = open_cache(server.url)
    direct.set("key", bytes(5_000), 60)
    with listening(proxy(server.port, pause=0.02, piece=1)) as (port, _):
        cache = open_cache(f"redis://127.0.0.1:{port}")
        for _ in range(BREAKER_FAILURES + 20):
            assert cache.get("key") is None
        assert cache.stats.errors == BREAKER_FAILURES
    assert direct.get("key") == bytes(5_000)


def test_a_proxy_that_only_dawdles_gives_right_answers(server, open_cache):
    with listening(proxy(server.port, pause=0.005, piece=3_000)) as (port, _):
        cache = open_cache(f"redis://127.0.0.1:{port}")
        fill(cache)
        assert hits(cache) == 20
