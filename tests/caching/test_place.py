"""Whose file it is decides what becomes of it: what is not certainly a cache's is neither moved, nor written to, nor removed."""

import os
import sqlite3
import threading
from contextlib import closing

import pytest

from richresp.caching import SQLiteCache

MARK = b"RRSP"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "n.txt"


def seen(folder):
    """All that is there: names, kinds, contents and times."""
    told = ((each, each.lstat()) for each in sorted(folder.rglob("*")))
    return [
        (each.name, found.st_mode, found.st_ino, found.st_mtime_ns, each.read_bytes() if each.is_file() else None)
        for each, found in told
    ]


def use(path):
    """All that a cache can do there, by two of them."""
    for _ in range(2):
        cache = SQLiteCache(path)
        for number in range(20):
            cache.set(f"{number}", b"value", 60)
            assert cache.get(f"{number}") == b"value"
        token = cache.acquire("key", 60)
        assert cache.acquire("key", 60) is None
        assert cache.release("key", token)
        yield cache
        cache.close()


def beside(path, suffix):
    return path.with_name(f"{path.name}{suffix}")


def text(path):
    path.write_text("notes\n")


def text_with_the_mark(path):
    """A text of which four letters happen to stand where the mark would."""
    path.write_bytes(b"x" * 68 + MARK + b" is said by somebody else" * 9)


def text_like_a_database(path):
    path.write_bytes(b"SQLite format 3\x00 is how such files begin.")


def database(path):
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE mine (a)")


def database_with_its_log(path):
    """As a killed process leaves it."""
    log_alone(path)
    path.write_bytes(database_of(path))


def database_of(path):
    made = path.with_name("made")
    database(made)
    content = made.read_bytes()
    made.unlink()
    return content


def log_alone(path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("CREATE TABLE mine (a)")
    other.execute("INSERT INTO mine VALUES (randomblob(90000))")
    kept = {suffix: beside(path, suffix).read_bytes() for suffix in ("-wal", "-shm")}
    other.close()
    path.unlink()
    for suffix, content in kept.items():
        beside(path, suffix).write_bytes(content)


def log_beside_an_empty_file(path):
    log_alone(path)
    path.touch()


def journal_alone(path):
    """Of a database that had a page, which could be brought back from it."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("CREATE TABLE mine (a)")
    other.execute("PRAGMA cache_size = 1")
    other.execute("BEGIN")
    other.execute("INSERT INTO mine VALUES (randomblob(900000))")
    kept = beside(path, "-journal").read_bytes()
    other.execute("ROLLBACK")
    other.close()
    path.unlink()
    beside(path, "-journal").write_bytes(kept)
    assert kept[16:20] != bytes(4)


def texts_beside(path):
    for suffix in ("-wal", "-shm", "-journal"):
        beside(path, suffix).write_text("notes\n")


def text_beside_an_empty_file(path):
    path.touch()
    beside(path, "-journal").write_text("notes\n")


def link_beside(path):
    use_once(path)
    target = path.with_name("target")
    target.write_text("notes\n")
    beside(path, "-wal").symlink_to(target)


def use_once(path):
    cache = SQLiteCache(path)
    cache.set("key", b"value", 60)
    cache.close()


def link(path):
    text(path.with_name("target"))
    path.symlink_to(path.with_name("target"))


def link_to_a_cache(path):
    use_once(path.with_name("target"))
    path.symlink_to(path.with_name("target"))


def link_to_nothing(path):
    path.symlink_to(path.with_name("nothing"))


def another_name_of_an_empty_file(path):
    path.with_name("target").touch()
    path.hardlink_to(path.with_name("target"))


def fifo(path):
    os.mkfifo(path)


def folder(path):
    path.mkdir()


FOREIGN = [
    text, text_with_the_mark, text_like_a_database, database, database_with_its_log, log_alone, log_beside_an_empty_file,
    journal_alone, texts_beside, text_beside_an_empty_file, link_beside, link, link_to_a_cache, link_to_nothing,
    another_name_of_an_empty_file, fifo, folder,
]  # fmt: skip


@pytest.mark.parametrize("make", FOREIGN, ids=lambda make: make.__name__)
def test_what_is_not_ours_stays_as_it_is_and_is_told_once(path, make, caplog):
    make(path)
    before = seen(path.parent)
    assert SQLiteCache(path).refusal() is not None
    for count, cache in enumerate(use(path), 1):
        assert (cache.contents(), cache.clear()) == (None, None)
        assert len(caplog.records) == count
    assert seen(path.parent) == before
    assert "memory only" in caplog.text


def test_who_waits_at_a_fifo_sees_nothing_of_it(path):
    os.mkfifo(path)
    met = []
    writer = threading.Thread(target=lambda: met.append(path.open("wb")), daemon=True)
    writer.start()
    for _ in range(10):
        list(use(path))
    assert met == []
    with path.open("rb"):  # now somebody reads
        writer.join()
        met[0].close()


def test_a_folder_of_a_given_path_is_not_made(tmp_path):
    list(use(tmp_path / "a" / "b" / "c.sqlite"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("left", ["nothing", "an empty file", "an index", "our log", "our log and an empty file"])
def test_where_nothing_can_be_lost_a_cache_is_begun(path, left):
    if "log" in left:
        cache = SQLiteCache(path)
        cache.set("other", b"value", 60)
        log = beside(path, "-wal").read_bytes()
        cache.close()
        path.unlink()
        beside(path, "-wal").write_bytes(log)
        assert MARK in log
    if left == "an index":
        beside(path, "-shm").write_bytes(bytes(32_768))
    if "file" in left:
        path.touch()
    assert SQLiteCache(path).refusal() is None
    use_once(path)
    assert path.read_bytes()[68:72] == MARK
    assert SQLiteCache(path).get("key") == b"value"


def test_a_file_that_is_removed_while_it_is_used_is_made_anew(path):
    use_once(path)
    cache = SQLiteCache(path)
    cache.set("other", b"value", 60)
    assert MARK not in beside(path, "-wal").read_bytes()  # nobody else can tell whose it is
    assert SQLiteCache(path).get("other") == b"value"
    path.unlink()
    assert SQLiteCache(path).refusal() is not None
    cache.set("key", b"new", 60)
    assert SQLiteCache(path).get("key") == b"new"
    cache.close()


def test_a_link_among_the_folders_is_followed(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    cache = SQLiteCache(tmp_path / "link" / "c.sqlite")
    assert cache.path == tmp_path / "real" / "c.sqlite"
    use_once(cache.path)
    assert cache.get("key") == b"value"
    cache.close()


def test_a_link_in_the_usual_place_is_not_followed(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    text(tmp_path / "notes")
    place = tmp_path / "richresp" / "cache.sqlite"
    place.parent.mkdir(mode=0o700)
    place.symlink_to(tmp_path / "notes")
    before = seen(tmp_path)
    list(use(None))
    assert seen(tmp_path) == before


def test_the_usual_place_is_ours_also_where_it_is_given(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    place = tmp_path / "richresp" / "cache.sqlite"
    place.parent.mkdir(mode=0o700)
    text(place)
    use_once(place)
    assert place.with_name("cache.sqlite.1.bad").read_text() == "notes\n"
    assert SQLiteCache().get("key") == b"value"


def test_a_database_of_another_program_in_the_usual_place_stays(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    place = tmp_path / "richresp" / "cache.sqlite"
    place.parent.mkdir(mode=0o700)
    database(place)
    before = seen(tmp_path)
    list(use(None))
    assert seen(tmp_path) == before
