"""Where a cache file stands, how large it gets, and whose time it goes by."""

import os
import sqlite3
import stat
import tempfile

import pytest

from richresp import UsageError
from richresp.caching import SQLiteCache
from richresp.limits.caching import MIN_SQLITE_BYTES
from tests.conformance.backends import Clock


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o700)
    return folder / "cache.sqlite"


@pytest.fixture
def open_cache(path):
    opened = []

    def open_one(**options):
        opened.append(SQLiteCache(path, **options))
        return opened[-1]

    yield open_one
    for cache in opened:
        cache.close()


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_nothing_is_made_before_it_is_needed(path, open_cache):
    open_cache()
    assert list(path.parent.iterdir()) == []


def test_files_are_the_users_alone(path, open_cache):
    path.parent.chmod(0o755)
    open_cache().set("key", b"value", 60)
    assert {file.name for file in path.parent.iterdir()} == {path.name, f"{path.name}-wal", f"{path.name}-shm"}
    assert {mode(file) for file in path.parent.iterdir()} == {0o600}


def test_by_default_it_is_in_the_users_cache_folder(run_program, tmp_path):
    code = "from richresp.caching import SQLiteCache; c = SQLiteCache(); c.set('key', b'value', 60); c.close()"
    run_program(code, XDG_CACHE_HOME=str(tmp_path), HOME=str(tmp_path))
    (file,) = tmp_path.rglob("*.sqlite")
    assert file.parent.name == "richresp"
    assert (mode(file.parent), mode(file)) == (0o700, 0o600)


def test_it_outlives_its_process(open_cache):
    first = open_cache()
    first.set("key", b"value", 60)
    first.close()
    assert open_cache().get("key") == b"value"


def test_two_of_them_share_entries_and_leases(open_cache):
    one, other = open_cache(), open_cache()
    one.set("key", b"value", 60)
    assert other.get("key") == b"value"
    token = one.acquire("key", 60)
    assert other.acquire("key", 60) is None
    assert other.release("key", token) is True


@pytest.mark.parametrize("bound", [0, MIN_SQLITE_BYTES - 1, 1e9, None])
def test_a_file_has_a_least_size(path, bound):
    with pytest.raises(UsageError, match="max_bytes"):
        SQLiteCache(path, max_bytes=bound)


@pytest.mark.parametrize(("size", "least"), [(10, 3_000), (2_000, 200), (100_000, 4)])
def test_its_size_is_bounded_and_the_oldest_go_first(path, open_cache, size, least):
    cache = open_cache(max_bytes=1 << 20)
    for number in range(5_000):
        cache.set(f"{number}", os.urandom(size), 600)
    assert path.stat().st_size <= 1 << 20
    kept = [number for number in range(5_000) if cache.get(f"{number}") is not None]
    assert kept == list(range(kept[0], 5_000))
    assert len(kept) >= least
    assert cache.stats.errors == 0


def test_leases_take_the_room_of_entries_and_not_the_other_way(open_cache):
    cache = open_cache(max_bytes=MIN_SQLITE_BYTES)
    for number in range(400):
        cache.set(f"{number}", os.urandom(500), 600)
        assert cache.acquire(f"{number}", 600) is not None
    assert [cache.acquire(f"{number}", 600) for number in range(400)] == [None] * 400
    assert cache.stats.errors == 0


def test_what_expired_goes_before_what_is_alive(open_cache):
    clock = Clock()
    cache = open_cache(max_bytes=1 << 20, clock=clock, steady=clock)
    cache.set("alive", b"value", 10_000)
    for number in range(300):
        cache.set(f"{number}", os.urandom(2_000), 60)
    clock.advance(100)
    for number in range(300):
        cache.set(f"new {number}", os.urandom(2_000), 60)
    assert cache.get("alive") == b"value"


def test_a_value_beyond_an_eighth_of_the_file_is_not_stored(open_cache, caplog):
    cache = open_cache(max_bytes=1 << 20)
    cache.set("large", bytes(1 << 17), 60)
    cache.set("larger", bytes((1 << 17) + 1), 60)
    assert (cache.get("large") is not None, cache.get("larger")) == (True, None)
    assert "too large" in caplog.text


def test_a_database_of_another_program_is_not_touched(path, caplog):
    other = sqlite3.connect(path)
    other.executescript("CREATE TABLE precious (thing); INSERT INTO precious VALUES (1);")
    other.close()
    before = path.read_bytes()
    cache = SQLiteCache(path)
    for number in range(20):
        cache.set(f"{number}", b"value", 60)
        assert cache.get(f"{number}") == b"value"
    cache.close()
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert len(caplog.records) == 1
    assert "another program" in caplog.text


@pytest.mark.parametrize(
    "what",
    [
        "folder",
        "fifo",
        "foreign file",
        "open folder",
        "folder of a group",
        "file of a group",
        "foreign folder",
        "file for a folder",
    ],
)
def test_where_no_file_can_be_it_lives_in_memory_and_says_so_once(path, what, caplog):
    match what:
        case "folder":
            path.mkdir()
        case "fifo":
            os.mkfifo(path)
        case "foreign file":
            path.touch()
            as_root(os.chown, path, 65_534, 65_534)
        case "open folder":
            path.parent.chmod(0o777)
        case "folder of a group":
            path.parent.chmod(0o770)
        case "file of a group":
            path.touch()
            path.chmod(0o660)
        case "foreign folder":
            as_root(os.chown, path.parent, 65_534, 65_534)
        case _:
            path.parent.rmdir()
            path.parent.touch()
    cache = SQLiteCache(path)
    for number in range(20):
        cache.set(f"{number}", b"value", 60)
        assert cache.get(f"{number}") == b"value"
    assert cache.acquire("key", 60)
    assert cache.acquire("key", 60) is None
    assert len(caplog.records) == 1
    assert "memory only" in caplog.text
    cache.close()


def as_root(change, *arguments):
    try:
        change(*arguments)
    except PermissionError:
        pytest.xfail("only root can give files away")


READ_ONLY = """
import logging, os, sys
from richresp.caching import SQLiteCache
path, kind = sys.argv[1:]
logging.basicConfig(stream=sys.stdout)
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
folder = os.path.dirname(path)
os.makedirs(folder, mode=0o700)
if kind != "new":
    before = SQLiteCache(path); before.set("old", b"value", 60); before.close()
if kind == "file":
    os.chmod(path, 0o400)
os.chmod(folder, 0o500)
cache = SQLiteCache(path)
for number in range(20):
    cache.set(f"{number}", b"value", 60)
    assert cache.get(f"{number}") == b"value"
os.chmod(folder, 0o700)
"""


@pytest.mark.parametrize("kind", ["new", "folder", "file"])
def test_in_a_read_only_folder_it_lives_in_memory(run_program, kind):
    """As a user without special rights, for root may write anywhere."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)  # noqa: PTH101
        said = run_program(READ_ONLY, f"{folder}/mine/cache.sqlite", kind)
    assert said.count("memory only") == 1
    assert said.count("WARNING") == 1
