"""A disk that is full, and files that may not grow: what was written is read, and the rest is dropped."""

import ctypes

import pytest

FULL = """
import random, resource, signal, sys
from richresp.caching import SQLiteCache
path, limit, reopen = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "True"
if limit:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
cache = SQLiteCache(path)
for number in range(400):
    cache.set(f"{number}", bytes([number % 251]) * 20_000, 600)
    if reopen and number == 200:
        cache.close()
found = [cache.get(f"{number}") for number in range(400)]
assert all(value in (None, bytes([number % 251]) * 20_000) for number, value in enumerate(found))
stored = sum(value is not None for value in found)
assert stored == cache.stats.hits
print(stored, cache.stats.errors)
"""


@pytest.mark.parametrize("reopen", [False, True])
def test_on_a_full_disk_what_was_written_is_read_and_the_rest_is_dropped(tmp_path, run_program, reopen):
    libc = ctypes.CDLL(None, use_errno=True)
    limit = 0
    if libc.mount(b"tmpfs", str(tmp_path).encode(), b"tmpfs", 0, b"size=4m,mode=700"):
        limit = 2_000_000  # only root may mount a small disk; a bound on files does nearly the same
    try:
        stored, errors = map(int, run_program(FULL, tmp_path / "cache.sqlite", limit, reopen).split())
    finally:
        if not limit:
            libc.umount2(str(tmp_path).encode(), 2)
    assert stored > 10
    assert errors > 100


def test_where_files_may_not_grow_what_was_written_is_read(tmp_path, run_program):
    stored, errors = map(int, run_program(FULL, tmp_path / "cache.sqlite", 2_000_000, "False").split())
    assert stored > 10
    assert errors > 100
