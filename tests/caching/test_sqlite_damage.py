"""A cache file that is cut, overwritten, emptied, replaced or locked loses hits, and nothing else."""

import os
import random
import sqlite3

import pytest

from richresp.caching import SQLiteCache
from richresp.limits.caching import BREAKER_FAILURES, BREAKER_SECONDS, MAX_BAD_FILES
from tests.conformance.backends import Clock

ENTRIES = {f"key {number}": b"%d:" % number + random.Random(number).randbytes(2_000) for number in range(200)}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache.sqlite"


@pytest.fixture
def cache(path):
    cache = SQLiteCache(path)
    yield cache
    cache.close()


def fill(cache):
    for key, value in ENTRIES.items():
        cache.set(key, value, 600)


def hits(cache):
    """How many entries are left. A wrong one is a failure."""
    found = {key: cache.get(key) for key in ENTRIES}
    assert all(value in {None, ENTRIES[key]} for key, value in found.items())
    return sum(value is not None for value in found.values())


def cut(path, _):
    os.truncate(path, path.stat().st_size // 2 + 77)


def cut_short(path, _):
    os.truncate(path, 100)


def empty(path, _):
    os.truncate(path, 0)


def overwrite(path, start, stop, seed=0):
    with path.open("r+b") as file:
        file.seek(start)
        file.write(random.Random(seed).randbytes(stop - start))


def garbage_head(path, size):
    overwrite(path, 0, min(size, 4_096))


def garbage_middle(path, size):
    overwrite(path, size // 3, 2 * size // 3)


def garbage_spots(path, size):
    for seed in range(20):
        start = random.Random(seed).randrange(4_096, size - 64)
        overwrite(path, start, start + 64, seed)


def all_garbage(path, size):
    overwrite(path, 0, size)


def text(path, _):
    path.write_text("This is not a database.\n" * 1_000)


def remove(path, _):
    path.unlink()


def replace(path, _):
    other = path.with_name("other")
    other.write_bytes(b"")
    other.replace(path)


def garbage_log(path, _):
    path.with_name(f"{path.name}-wal").write_bytes(random.Random(1).randbytes(50_000))


def mark_alone(path, _):
    """The head is overwritten but for what says whose it was."""
    overwrite(path, 0, 60)


DAMAGES = [
    cut, cut_short, empty, mark_alone, garbage_middle, garbage_spots, remove, replace, garbage_log,
]  # fmt: skip
LEFT_WITHOUT_MARK = [garbage_head, all_garbage, text]
WHEN = ["open", "closed", "before it was known"]


@pytest.fixture
def usual_path(tmp_path, monkeypatch):
    """Of a cache to which no path is given."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "richresp" / "cache.sqlite"


@pytest.mark.parametrize("when", WHEN)
@pytest.mark.parametrize("damage", [*DAMAGES, *LEFT_WITHOUT_MARK], ids=lambda damage: damage.__name__)
def test_a_damaged_file_in_the_usual_place_loses_hits_and_nothing_else(usual_path, damage, when):
    cache = SQLiteCache()
    assert cache.path == usual_path
    check_only_hits_are_lost(usual_path, cache, SQLiteCache, damage, when)


@pytest.mark.parametrize("when", WHEN)
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_file_loses_hits_and_nothing_else(path, cache, damage, when):
    check_only_hits_are_lost(path, cache, lambda: SQLiteCache(path), damage, when)


def check_only_hits_are_lost(path, cache, open_again, damage, when):
    fill(cache)
    cache.close()
    if when == "open":
        cache.get("key 0")
    damage(path, path.stat().st_size)
    if when == "before it was known":
        cache = open_again()
    hits(cache)
    fill(cache)
    fill(cache)  # what the first of these found out the second mends
    assert hits(cache) == len(ENTRIES)
    cache.close()
    again = open_again()
    assert hits(again) == len(ENTRIES)
    again.close()
    assert len(list(path.parent.glob("*.bad"))) <= 1


@pytest.mark.parametrize("when", ["open", "closed"])
@pytest.mark.parametrize("damage", LEFT_WITHOUT_MARK, ids=lambda damage: damage.__name__)
def test_what_has_lost_its_mark_at_a_given_path_stays_as_it_is(path, cache, damage, when, caplog):
    fill(cache)
    cache.close()
    if when == "open":
        fill(cache)  # so that there is a log, which may not be written into what stands there now
    damage(path, path.stat().st_size)
    before = path.read_bytes()
    hits(cache)
    fill(cache)
    fill(cache)
    assert hits(cache) == len(ENTRIES)
    cache.close()
    again = SQLiteCache(path)
    assert hits(again) == 0
    fill(again)
    assert hits(again) == len(ENTRIES)
    again.close()
    assert path.read_bytes() == before
    assert list(path.parent.glob("*.bad")) == []
    assert [record.getMessage().count("stays as it is") for record in caplog.records] == [1, 1]


@pytest.mark.parametrize("seed", range(20))
def test_a_flipped_byte_is_never_given_out(path, cache, seed):
    fill(cache)
    cache.close()
    place = random.Random(seed).randrange(100, path.stat().st_size)
    byte = path.read_bytes()[place]
    with path.open("r+b") as file:
        file.seek(place)
        file.write(bytes([byte ^ 0x21]))
    hits(cache)


def test_damaged_files_are_kept_and_their_number_is_bounded(path, cache):
    for _ in range(3 * MAX_BAD_FILES):
        fill(cache)
        cache.close()
        with path.open("r+b") as file:
            file.seek(100)
            file.write(bytes(4_000))
        hits(cache)
        cache.close()
    fill(cache)
    assert hits(cache) == len(ENTRIES)
    assert len(list(path.parent.glob("*.bad"))) == MAX_BAD_FILES


def test_what_is_not_known_to_be_ours_is_set_aside_but_never_removed(usual_path, caplog):
    path = usual_path
    path.parent.mkdir(mode=0o700)
    for number in range(MAX_BAD_FILES + 2):
        path.write_text(f"a precious text {number}")
        cache = SQLiteCache()
        cache.set("key", b"value", 60)
        assert cache.get("key") == b"value"
        cache.close()
    kept = {file.read_text() for file in path.parent.glob("*.bad")}
    assert kept == {f"a precious text {number}" for number in range(MAX_BAD_FILES)}
    assert path.read_text() == f"a precious text {MAX_BAD_FILES + 1}"
    assert "memory only" in caplog.text


LOCKS = """
import sqlite3, sys
path, how = sys.argv[1:]
db = sqlite3.connect(path, isolation_level=None)
if how == "everything":
    db.execute("PRAGMA locking_mode = EXCLUSIVE")
db.execute("BEGIN EXCLUSIVE")
db.execute("UPDATE entry_1 SET expires = expires WHERE 0")
print("locked", flush=True)
sys.stdin.readline()
db.execute("COMMIT")
db.close()
print("free", flush=True)
"""


def test_a_file_that_a_writer_keeps_locked_can_be_read(path, start_program, caplog):
    clock = Clock()
    cache = SQLiteCache(path, clock=clock, steady=clock)
    fill(cache)
    locker = start_program(LOCKS, path, "writes")
    assert locker.stdout.readline() == "locked\n"
    for _ in range(BREAKER_FAILURES + 20):
        cache.set("key 0", b"other", 600)
        assert cache.get("key 0") == ENTRIES["key 0"]
    assert cache.acquire("key", 60)
    assert cache.acquire("key", 60)  # nobody can say, so that nobody waits
    assert cache.stats.errors == BREAKER_FAILURES
    assert hits(cache) == len(ENTRIES)
    locker.stdin.write("\n")
    locker.stdin.flush()
    assert locker.stdout.readline() == "free\n"
    clock.advance(BREAKER_SECONDS)
    cache.set("key 0", b"other", 600)
    assert cache.get("key 0") == b"other"
    cache.close()
    assert "locked" in caplog.text


def test_a_file_that_is_locked_altogether_costs_hits(path, start_program):
    clock = Clock()
    cache = SQLiteCache(path, clock=clock, steady=clock)
    fill(cache)
    cache.close()
    locker = start_program(LOCKS, path, "everything")
    assert locker.stdout.readline() == "locked\n"
    assert hits(cache) == 0
    assert cache.stats.errors == BREAKER_FAILURES
    locker.stdin.write("\n")
    locker.stdin.flush()
    assert locker.stdout.readline() == "free\n"
    clock.advance(BREAKER_SECONDS)
    assert hits(cache) == len(ENTRIES)
    cache.close()


def test_tables_that_somebody_dropped_are_made_again(path, cache):
    fill(cache)
    other = sqlite3.connect(path)
    other.executescript("DROP TABLE entry_1; DROP TABLE lease_1;")
    other.close()
    assert hits(cache) == 0
    fill(cache)
    assert hits(cache) == len(ENTRIES)
    assert cache.acquire("key", 60)
