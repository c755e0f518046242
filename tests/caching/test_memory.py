"""The bounds of memory, threads, and forks."""

import os
import random
import threading
import tracemalloc

import pytest

from richresp import UsageError
from richresp.caching import MemoryCache
from richresp.limits.caching import MAX_LEASES
from tests.conformance.backends import Clock


def test_the_least_recently_used_goes_first():
    cache = MemoryCache(max_entries=3)
    for key in "abc":
        cache.set(key, b"value", 60)
    cache.get("a")
    cache.set("d", b"value", 60)
    assert [key for key in "abcd" if cache.get(key)] == ["a", "c", "d"]


def test_what_expired_goes_before_what_is_alive():
    clock = Clock()
    cache = MemoryCache(max_entries=2, clock=clock)
    cache.set("alive", b"value", 600)
    cache.set("expired", b"value", 60)
    clock.advance(100)
    cache.set("new", b"value", 60)
    assert cache.get("alive")


def test_its_bytes_are_bounded_by_what_python_takes_for_them():
    tracemalloc.start()
    try:
        cache = MemoryCache(max_bytes=4_000_000, max_entries=10**6)
        for number in range(20_000):
            cache.set(f"{number:070}", b"%0200d" % number, 60 + number)
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert 2_000_000 < taken < 4_400_000


def test_a_value_larger_than_the_cache_throws_nothing_out():
    cache = MemoryCache(max_bytes=5_000)
    cache.set("small", b"value", 60)
    cache.set("large", bytes(5_000), 60)
    assert cache.get("large") is None
    assert cache.get("small") == b"value"


def test_leases_are_bounded_as_well():
    cache = MemoryCache()
    for number in range(MAX_LEASES + 10):
        assert cache.acquire(f"{number}", 60)
    assert cache.acquire("0", 60)
    assert cache.acquire(f"{MAX_LEASES}", 60) is None


@pytest.mark.parametrize("bound", [0, -1, 1.5, None, True, "9"])
def test_a_bound_is_a_whole_number_above_zero(bound):
    with pytest.raises(UsageError, match="max_bytes"):
        MemoryCache(max_bytes=bound)
    with pytest.raises(UsageError, match="max_entries"):
        MemoryCache(max_entries=bound)


def test_threads_may_share_it():
    """Entries expire, are evicted and replaced while others read: each value says which key it is of."""
    cache = MemoryCache(max_entries=50)
    wrong = []

    def lease(key, seconds):
        token = cache.acquire(key, seconds)
        if token:
            cache.release(key, token)

    def read(key, _):
        if cache.get(key) not in {None, key.encode()}:
            wrong.append(key)

    calls = [
        read,
        read,
        lambda key, seconds: cache.set(key, key.encode(), seconds),
        lambda key, _: cache.delete(key),
        lease,
    ]

    def work(seed):
        choice = random.Random(seed)
        try:
            for _ in range(3_000):
                choice.choice(calls)(f"{choice.randrange(80)}", choice.choice([1e-6, 60]))
        except Exception as error:  # noqa: BLE001 - a thread would swallow it
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_one_of_many_threads_gets_the_lease():
    cache = MemoryCache()
    barrier = threading.Barrier(16)
    tokens = []

    def work():
        barrier.wait()
        tokens.append(cache.acquire("key", 60))

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(token is not None for token in tokens) == 1


FORKS = """
import os, threading, warnings
warnings.simplefilter("ignore", DeprecationWarning)
from richresp.caching import MemoryCache
cache = MemoryCache()
cache.set("kept", b"value", 60)
done = threading.Event()
def work():
    while not done.is_set():
        cache.set("busy", b"value", 60); cache.get("busy"); cache.acquire("busy", 60)
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads: thread.start()
for _ in range(100):
    child = os.fork()
    if child == 0:
        right = cache.get("kept") == b"value"
        cache.set("mine", b"value", 60)
        os._exit(0 if right and cache.get("mine") and cache.acquire("fresh", 60) else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert cache.get("mine") is None
done.set()
for thread in threads: thread.join()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_fork_while_threads_are_at_work_leaves_both_sides_working(run_program):
    run_program(FORKS)


def test_what_the_collector_gives_back_in_the_midst_of_a_call_holds_nobody_up():
    """The clock of a cache is read within its lock; a finalizer may come at any such moment, in the same thread."""
    given_back = []

    def clock():
        if todo:
            given_back.append(cache.release(*todo.pop()))
        return 0.0

    todo = []
    cache = MemoryCache(clock=clock)
    calls = [
        lambda: cache.acquire("a", 5), lambda: cache.release("a", "other"), lambda: cache.set("a", b"", 5),
    ]  # fmt: skip
    for call in calls:
        token = cache.acquire("held", 5)
        assert cache.acquire("held", 5) is None
        todo.append(("held", token))
        call()
        assert not todo
        assert cache.acquire("held", 5) is not None, call
        cache.close()
    assert given_back == [True] * len(calls)
