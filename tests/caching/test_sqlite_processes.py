"""One cache file for many processes, some of which are killed, and for the children of a process that used it."""

import os
import sqlite3

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")

EIGHT = """
import os, random, sys
from richresp.caching import SQLiteCache
path = sys.argv[1]
def value(key):
    return (key * 400).encode()
def work(seed):
    cache = SQLiteCache(path)
    choice = random.Random(seed)
    for _ in range(400):
        key = f"key {choice.randrange(100)}"
        match choice.randrange(4):
            case 0: cache.set(key, value(key), 60)
            case 1: cache.delete(key)
            case _: assert cache.get(key) in (None, value(key))
    assert cache.stats.errors == 0, cache.stats
    cache.close()
children = []
for seed in range(8):
    child = os.fork()
    if child == 0:
        try:
            work(seed)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    children.append(child)
assert [os.waitpid(child, 0)[1] for child in children] == [0] * 8
"""

LEASES = """
import os, sys
from pathlib import Path
from richresp.caching import SQLiteCache
path, count = sys.argv[1], Path(sys.argv[2])
count.write_text("0")
def work():
    cache = SQLiteCache(path)
    for _ in range(25):
        while (token := cache.acquire("key", 60)) is None:
            os.sched_yield()
        count.write_text(str(int(count.read_text()) + 1))
        assert cache.release("key", token)
    assert cache.stats.errors == 0
children = []
for _ in range(8):
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    children.append(child)
assert [os.waitpid(child, 0)[1] for child in children] == [0] * 8
print(count.read_text())
"""

KILLED = """
import os, random, signal, sys
from richresp.caching import SQLiteCache
path = sys.argv[1]
def value(key):
    return (key * 400).encode()
choice = random.Random(1)
for _ in range(100):
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        cache = SQLiteCache(path, max_bytes=1 << 20)
        while True:
            key = f"key {choice.randrange(1_000)}"
            cache.set(key, value(key), 60)
            cache.acquire(key, 60)
            os.write(tell, b"x")
    os.close(tell)
    for _ in range(choice.randrange(1, 40)):
        os.read(told, 1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(told)
    cache = SQLiteCache(path, max_bytes=1 << 20)
    found = [cache.get(f"key {number}") for number in range(1_000)]
    assert all(got in (None, value(f"key {number}")) for number, got in enumerate(found))
    assert cache.stats.hits > 0
    assert cache.stats.errors == 0
    cache.close()
"""

FORKED = """
import os, threading, warnings, sys
from richresp.caching import SQLiteCache
warnings.simplefilter("ignore", DeprecationWarning)
cache = SQLiteCache(sys.argv[1])
cache.set("kept", b"value", 60)
done = threading.Event()
def work(name):
    while not done.wait(0.001):  # without a pause a child might not get its turn at the file for a quarter of a second
        cache.set(name, b"value", 60)
        assert cache.get(name) == b"value"
threads = [threading.Thread(target=work, args=(f"thread {number}",), daemon=True) for number in range(4)]
for thread in threads: thread.start()
for number in range(40):
    child = os.fork()
    if child == 0:
        right = cache.get("kept") == b"value"
        cache.set(f"child {number}", b"value", 60)
        os._exit(0 if right and cache.get(f"child {number}") == b"value" and cache.stats.errors == 0 else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert cache.get(f"child {number}") == b"value"
done.set()
for thread in threads: thread.join()
assert cache.stats.errors == 0, cache.stats
cache.close()
"""

ENDS = """
import os, sys
from richresp.caching import SQLiteCache
cache = SQLiteCache(sys.argv[1])
for number in range(50):
    cache.set(f"{number}", b"value", 60)
handle = cache._database._local.handle
child = os.fork()
if child == 0:
    assert cache.get("0") == b"value"
    assert cache._database._local.handle is not handle and handle.connection is not None
    sys.exit(0)
assert os.waitpid(child, 0)[1] == 0
for number in range(50):
    cache.set(f"more {number}", b"value", 60)
assert all(cache.get(f"{number}") == cache.get(f"more {number}") == b"value" for number in range(50))
assert cache.stats.errors == 0
"""


def is_sound(path):
    database = sqlite3.connect(path)
    try:
        return database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finally:
        database.close()


@pytest.mark.parametrize("code", [EIGHT, KILLED, FORKED, ENDS], ids=["eight", "killed", "forked", "child that ends"])
def test_processes_share_a_file(run_program, tmp_path, code):
    run_program(code, tmp_path / "cache.sqlite")
    assert is_sound(tmp_path / "cache.sqlite")
    assert list(tmp_path.glob("*.bad")) == []


def test_a_lease_has_one_holder_among_processes(run_program, tmp_path):
    """Each adds one to a number in a file, which goes wrong as soon as two do it at once."""
    assert run_program(LEASES, tmp_path / "cache.sqlite", tmp_path / "count").strip() == "200"


def test_threads_have_their_own_handles_and_all_are_closed(run_program, tmp_path):
    code = """
import os, sys, threading
from richresp.caching import SQLiteCache
cache = SQLiteCache(sys.argv[1])
def handles():
    return sum(os.path.basename(sys.argv[1]) in os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd")
               if os.path.islink(f"/proc/self/fd/{fd}"))
barrier = threading.Barrier(9)
def work(number):
    cache.set(f"{number}", b"value", 60)
    barrier.wait(); barrier.wait()
    assert cache.get(f"{number}") == b"value"
threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
for thread in threads: thread.start()
barrier.wait()
assert handles() >= 8
cache.close()
assert handles() == 0
barrier.wait()
for thread in threads: thread.join()
del thread, threads
assert handles() == 0
assert cache.stats.errors == 0
"""
    if not os.path.isdir("/proc/self/fd"):  # noqa: PTH112
        pytest.xfail("open files can only be counted where there is /proc")
    run_program(code, tmp_path / "cache.sqlite")
