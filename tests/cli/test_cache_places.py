"""Where `--cache` may stand: what is no cache is refused before any work, and stays as it is with all beside it."""

import os
import re
import sqlite3
from contextlib import closing

import pytest

from tests.cli.caches import counting, filled
from tests.cli.site import serving


@pytest.fixture
def file(tmp_path):
    return tmp_path / "cache.sqlite"


def foreign_text(path):
    path.write_text("notes\n")


def foreign_database(path):
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE mine (a)")


def foreign_log(path):
    """A log that somebody's database left behind."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("CREATE TABLE mine (a)")
    log = path.with_name(f"{path.name}-wal").read_bytes()
    other.close()
    path.unlink()
    path.with_name(f"{path.name}-wal").write_bytes(log)


def link(path):
    target = path.with_name("target")
    target.write_text("notes\n")
    path.symlink_to(target)


def link_to_nothing(path):
    path.symlink_to(path.with_name("nothing"))


def link_to_a_cache(path):
    filled(path.with_name("target"))
    path.symlink_to(path.with_name("target"))


def fifo(path):
    os.mkfifo(path)


def folder(path):
    path.mkdir()


def missing_folder(path):
    path.parent.rmdir()


def file_for_a_folder(path):
    path.parent.rmdir()
    path.parent.write_text("notes\n")


def seen(folder):
    """All that is there: names, kinds, contents and times."""
    entries = [folder, *sorted(folder.rglob("*"))]
    return [
        (str(each), (found := each.lstat()).st_mode, found.st_ino, found.st_mtime_ns, contents(each))
        for each in entries
    ]


def contents(path):
    return path.read_bytes() if path.is_file() else None


REFUSED = [
    foreign_text, foreign_database, foreign_log, link, link_to_nothing, link_to_a_cache, fifo, folder, missing_folder, file_for_a_folder,
]  # fmt: skip


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__)
def test_where_no_cache_can_be_nothing_is_done(fails, tmp_path, make):
    path = tmp_path / "folder" / "n.txt"
    path.parent.mkdir()
    make(path)
    before = seen(tmp_path)
    with serving(counting("One")) as site:
        calls = (
            ("preview", site.at("/page"), "--allow-private"),
            ("preview", site.at("/page"), "--allow-private", "--refresh"),
            ("gallery", site.at("/page"), "--allow-private", "-o", tmp_path / "cards.html"),
            ("cache", "stats"),
            ("cache", "clear", "-y"),
            ("cache", "clear"),
        )
        for call in calls:
            code, line = fails(*call, "--cache", path)
            assert code == 2
            assert not re.search("[A-Z][a-z]+[A-Z]", line.replace(str(tmp_path), "")), "a class is named"
            assert seen(tmp_path) == before
        assert site.asked() == []


def test_it_is_said_what_the_file_is_called_by_who_gave_it(fails, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    foreign_text(tmp_path / "n.txt")
    for call in (("preview", "http://127.0.0.1:9/"), ("cache", "stats"), ("cache", "clear", "-y")):
        assert fails(*call, "--cache", "n.txt") == (2, "richresp: n.txt is no cache of richresp, and stays as it is\n")


@pytest.mark.parametrize("call", [("preview", "http://127.0.0.1:9/"), ("cache", "stats"), ("cache", "path")])
def test_an_empty_name_is_none(fails, call):
    code, line = fails(*call, "--cache", "")
    assert code == 2
    assert "--cache" in line


def test_what_is_in_the_usual_place_is_neither_made_nor_moved_by_looking(run, home):
    place = home / "richresp" / "cache.sqlite"
    assert run("cache", "stats").code == 0
    assert list(home.iterdir()) == []
    place.parent.mkdir(mode=0o700)
    foreign_text(place)
    before = seen(home)
    run("cache", "stats")
    run("cache", "clear", "-y")
    assert seen(home) == before


def test_an_empty_file_is_taken_and_then_the_users_alone(run, file):
    file.touch(mode=0o644)
    assert run("cache", "stats", "--cache", file).code == 0
    assert file.stat().st_size == 0
    with serving(counting("One")) as site:
        call = ("preview", site.at("/page"), "--allow-private", "--cache", file)
        assert [run(*call).code for _ in range(2)] == [0, 0]
        assert len(site.asked()) == 1
    assert file.stat().st_mode & 0o777 == 0o600
