"""How a server is reached, what is kept secret, and what is not read."""

import asyncio
import pickle
import socket
import subprocess
import warnings

import pytest
import trustme

from richresp import UsageError
from richresp.caching import AsyncRedisCache, RedisCache
from richresp.limits.caching import MAX_LEASE_SECONDS, MAX_VALUE_BYTES, REDIS_CONNECTIONS
from tests.caching.servers import PROGRAM, free_port

KINDS = [RedisCache, AsyncRedisCache]


def call(cache, *calls):
    """Does calls such as ("get", "key") with a cache of either kind, closes it, and gives what came back."""
    if isinstance(cache, RedisCache):
        results = [getattr(cache, name)(*arguments) for name, *arguments in calls]
        cache.close()
        return results

    async def run():
        results = [await getattr(cache, name)(*arguments) for name, *arguments in calls]
        await cache.close()
        return results

    return asyncio.run(run())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "url",
    ["", "localhost", "http://h", "redis://h:port", "redis://u:sesame@h:99999999", "redis://h/0?nonsense=1", None, 5,
     "redis://u:sesame@h?socket_timeout=x", "redis://:1234#sesame@h/0", "redis://u:12/34sesame@host", "redis://u:12/34@host",
     "redis://h/7x", "redis://h/7/8", "redis://h/-1", "redis://h/0#sesame", "redis://u:12?sesame@h/0", "redis://u:se same@h", "redis://h :1",
     "redis://u:sesame?@h:80", "redis://h:1:2", "redis://[::1", "redis://h/\u0663", "unix:///tmp/redis#sesame", "REDIS://h"],
)  # fmt: skip
def test_a_url_that_cannot_be_read_is_told_without_its_password(kind, url):
    with pytest.raises(UsageError, match="redis://") as caught:
        kind(url)
    assert "sesame" not in repr(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("redis://", {}),
        ("redis:///3", {"db": 3}),
        ("redis://h:7/2", {"host": "h", "port": 7, "db": 2}),
        ("redis://h/", {"host": "h"}),
        ("redis://[::1]:7/2?db=4", {"host": "::1", "port": 7, "db": 4}),
        ("rediss://u:p%23%2F%3F%40@h_1.example/0", {"username": "u", "password": "p#/?@", "host": "h_1.example"}),
        ("redis://:a@b:c@h/1", {"password": "a@b:c", "host": "h", "db": 1}),
        ("unix://u:p@/tmp/redis.sock?db=2", {"username": "u", "password": "p", "path": "/tmp/redis.sock", "db": 2}),
    ],
)
def test_a_url_is_read_as_it_looks(kind, url, read):
    assert read.items() <= kind(url)._options.items()


@pytest.mark.parametrize("kind", KINDS)
def test_no_password_is_shown(kind, caplog):
    url = f"redis://somebody:sesame@127.0.0.1:{free_port()}/3?password=sesame"
    cache = kind(url)
    assert call(cache, ("get", "key"), ("set", "key", b"value", 60), ("acquire", "key", 60))[0] is None
    assert cache.stats.errors == 3
    assert caplog.text
    assert "sesame" not in caplog.text + repr(cache)
    assert "127.0.0.1" in repr(cache)


@pytest.mark.parametrize("kind", KINDS)
def test_a_url_may_not_loosen_what_is_promised(kind, server):
    url = f"{server.url}?decode_responses=true&socket_timeout=100&retry_on_timeout=true&health_check_interval=5&protocol=3"
    cache = kind(url)
    assert cache._options["socket_timeout"] == 0.25
    assert call(cache, ("set", "key", b"\xff", 60), ("get", "key"))[1] == b"\xff"


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_password_is_a_miss(kind, server, caplog):
    server.admin.config_set("requirepass", "sesame")
    server.admin.connection_pool.disconnect()
    good = server.url.replace("//", "//:sesame@")
    assert call(kind(good), ("set", "key", b"value", 60), ("get", "key"))[1] == b"value"
    assert call(kind(server.url), ("set", "key", b"value", 60), ("get", "key"))[1] is None
    bad = server.url.replace("//", "//:wrong@")
    assert call(kind(bad), ("set", "key", b"value", 60), ("get", "key"))[1] is None
    assert "wrong" not in caplog.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_prefix_keeps_caches_apart(kind, server):
    assert call(kind(server.url, prefix="a:"), ("set", "key", b"a", 60)) == [None]
    assert call(kind(server.url, prefix="b:"), ("get", "key"), ("set", "key", b"b", 60))[0] is None
    assert call(kind(server.url, prefix="a:"), ("get", "key")) == [b"a"]
    assert call(kind(server.url), ("set", "key", b"c", 60), ("acquire", "key", 60))
    assert {key.decode() for key in server.admin.scan_iter()} == {
        "a:e:key",
        "b:e:key",
        "richresp:e:key",
        "richresp:l:key",
    }
    assert all(0 < server.admin.pttl(key) <= 60_000 for key in server.admin.scan_iter())
    with pytest.raises(UsageError, match="prefix"):
        kind(server.url, prefix="é")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_ours_is_a_miss(kind, server, caplog):
    key = "richresp:e:key"
    ways = {
        "a list": lambda: server.admin.rpush(key, "a"),
        "a hash": lambda: server.admin.hset(key, "a", "b"),
        "a counter without end": lambda: server.admin.incr(key),
        "a value without end": lambda: server.admin.set(key, pickle.dumps(print)),
        "one byte too many": lambda: server.admin.set(key, bytes(MAX_VALUE_BYTES + 1), ex=60),
    }
    for put in ways.values():
        server.admin.flushall()
        put()
        assert call(kind(server.url), ("get", "key"), ("set", "key", b"value", 60), ("get", "key"))[::2] == [
            None,
            b"value",
        ]
    assert "ours" in caplog.text


@pytest.mark.parametrize("kind", KINDS)
def test_of_a_huge_value_little_is_read(kind, server):
    """500 MB that the server makes up; what goes over the wire is what GETRANGE was asked for."""
    server.admin.setrange("richresp:e:key", 500_000_000, b"x")
    server.admin.expire("richresp:e:key", 600)
    before = server.admin.info("stats")["total_net_output_bytes"]
    assert call(kind(server.url), ("get", "key"), ("set", "key", b"value", 60), ("get", "key"))[::2] == [None, b"value"]
    assert server.admin.info("stats")["total_net_output_bytes"] - before < 2 * MAX_VALUE_BYTES


@pytest.mark.parametrize("kind", KINDS)
def test_it_works_by_a_unix_socket(kind, server, tmp_path):
    path = tmp_path / "redis"
    server.kill()
    server.start("--unixsocket", str(path))
    cache = kind(f"unix://{path}?db=2")
    assert call(cache, ("set", "key", b"value", 60), ("get", "key"))[1] == b"value"
    assert repr(cache) == f"{kind.__name__}({path}, db=2)"


@pytest.fixture
def tls(server, tmp_path):
    """The port of a server that speaks TLS, and the file of the authority that signed for it."""
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost")
    names = {name: str(tmp_path / name) for name in ("ca", "cert", "key")}
    authority.cert_pem.write_to_path(names["ca"])
    certificate.cert_chain_pems[0].write_to_path(names["cert"])
    certificate.private_key_pem.write_to_path(names["key"])
    helped = subprocess.run([PROGRAM, "--tls-port", "x"], capture_output=True, text=True, check=False)
    if "Bad directive" in helped.stderr + helped.stdout:
        pytest.skip("this redis-server was built without TLS")
    port = free_port()
    server.kill()
    server.start(
        "--tls-port", str(port), "--tls-cert-file", names["cert"], "--tls-key-file", names["key"],
        "--tls-ca-cert-file", names["ca"], "--tls-auth-clients", "no",
    )  # fmt: skip
    return port, names["ca"]


@pytest.mark.parametrize("kind", KINDS)
def test_it_speaks_tls_and_checks_who_answers(kind, tls):
    port, authority = tls
    url = f"rediss://localhost:{port}?ssl_ca_certs={authority}"
    assert call(kind(url), ("set", "key", b"value" * 1_000, 60), ("get", "key"))[1] == b"value" * 1_000
    stranger = kind(f"rediss://localhost:{port}")
    assert call(stranger, ("set", "key", b"value", 60), ("get", "key"))[1] is None
    assert stranger.stats.errors == 2
    elsewhere = kind(url.replace("localhost", "127.0.0.1"))
    assert call(elsewhere, ("get", "key")) == [None]


def test_an_async_cache_belongs_to_one_event_loop(server):
    cache = AsyncRedisCache(server.url)

    async def use():
        await cache.set("key", b"value", 60)

    with warnings.catch_warnings(), asyncio.Runner() as one, asyncio.Runner() as other:
        one.run(use())
        with pytest.raises(UsageError, match="event loop"):
            other.run(use())
        one.run(cache.close())
        other.run(use())
        other.run(cache.close())


FORKED = """
import os, sys, threading, warnings
warnings.simplefilter("ignore", DeprecationWarning)
from richresp.caching import RedisCache
cache = RedisCache(sys.argv[1])
cache.set("kept", b"value", 60)
done = threading.Event()
def work(name):
    while not done.is_set():
        cache.set(name, name.encode(), 60)
        assert cache.get(name) == name.encode()
threads = [threading.Thread(target=work, args=(f"thread {number}",)) for number in range(3)]
for thread in threads: thread.start()
for number in range(30):
    child = os.fork()
    if child == 0:
        right = all(cache.get("kept") == b"value" for _ in range(20))
        cache.set(f"child {number}", b"value", 60)
        os._exit(0 if right and cache.get(f"child {number}") == b"value" and cache.stats.errors == 0 else 1)
    assert cache.get("kept") == b"value"
    assert os.waitpid(child, 0)[1] == 0
done.set()
for thread in threads: thread.join()
assert cache.stats.errors == 0, cache.stats
cache.close()
"""


def test_a_fork_leaves_both_sides_their_own_connections(run_program, server):
    run_program(FORKED, server.url)


def test_nobody_is_asked_before_the_first_call():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        RedisCache(f"redis://127.0.0.1:{listener.getsockname()[1]}")
        with pytest.raises(BlockingIOError):
            listener.accept()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_lease_of_ours_holds_nobody_up(kind, server):
    key, admin = "richresp:l:key", server.admin
    ways = {
        "without an end": lambda: admin.set(key, "x"),
        "for too long": lambda: admin.set(key, "x", px=int(MAX_LEASE_SECONDS * 1_000) + 60_000),
        "a list": lambda: (admin.rpush(key, "x"), admin.pexpire(key, 5_000)),
    }
    for way, put in ways.items():
        admin.delete(key)
        put()
        token, second = call(kind(server.url), ("acquire", "key", 5), ("acquire", "key", 5))
        assert (token is not None, second) == (True, None), way
        assert admin.get(key) == token.encode()
        assert 0 < admin.pttl(key) <= 5_000
    admin.delete(key)
    assert call(kind(server.url), ("acquire", "key", 10**9))[0]
    assert 0 < admin.pttl(key) <= MAX_LEASE_SECONDS * 1_000


def test_one_that_was_closed_is_as_good_as_new_in_another_loop(server, caplog):
    """More calls at once than connections, so that some wait; a slow machine may cost one its time, and nothing else."""
    cache = AsyncRedisCache(server.url)

    async def many(name):
        await asyncio.gather(*(cache.set(f"{name}{number}", b"value", 60) for number in range(REDIS_CONNECTIONS * 2)))
        found = await asyncio.gather(*(cache.get(f"{name}{number}") for number in range(REDIS_CONNECTIONS * 2)))
        await cache.close()
        return found

    for name in "abc":
        assert b"value" in asyncio.run(many(name))
    assert "RuntimeError" not in caplog.text


@pytest.mark.parametrize("kind", [RedisCache, AsyncRedisCache])
@pytest.mark.parametrize("timeout", [0, -1.0, 61, "1", None, True, float("nan")])
def test_a_timeout_is_seconds(kind, timeout):
    with pytest.raises(UsageError, match="timeout"):
        kind("redis://127.0.0.1:1", timeout=timeout)
