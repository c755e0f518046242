"""What `richresp preview` remembers, and `richresp cache`."""

import json
import os
import sqlite3
from contextlib import closing

import pytest

from richresp.caching import SQLiteCache
from tests.cli.caches import counting, filled, image_bytes
from tests.cli.site import serving, titled
from tests.cli.terminal import process
from tests.hostile.answers import head, in_turn, page


@pytest.fixture
def file(tmp_path):
    return tmp_path / "cache.sqlite"


def test_a_page_is_remembered_until_it_is_asked_for_anew(run, file):
    with serving(counting("One", "Two")) as site:
        call = ("preview", site.at("/page"), "--allow-private", "--cache", file)
        assert "One" in run(*call).out
        assert "One" in run(*call).out
        assert len(site.asked()) == 1
        assert "Two" in run(*call, "--refresh").out
        assert "Two" in run(*call).out
        assert len(site.asked()) == 2


def test_what_is_remembered_is_all_of_it(run, file):
    with serving(counting("One")) as site:
        call = ("preview", site.at("/page"), "--allow-private", "--cache", file, "--format", "json")
        first, again = (json.loads(run(*call).out) for _ in range(2))
    assert first == again
    assert len(site.asked()) == 1


def test_a_draft_of_a_private_site_is_not_remembered_by_default(run, home):
    with serving(counting("One", "Two")) as site:
        assert "One" in run("preview", site.at("/page"), "--allow-private").out
        assert "Two" in run("preview", site.at("/page"), "--allow-private").out
    assert not list(home.rglob("*.sqlite"))


def test_nothing_is_used_or_kept_without_a_cache(run, fails, home):
    fails("preview", "http://127.0.0.1:9/", "--no-cache")
    assert not list(home.rglob("*.sqlite"))


@pytest.mark.parametrize("option", [("--user-agent", "facebook"), ("--accept-language", "de")])
def test_who_would_get_another_page_is_not_told_of_this_one(run, file, option):
    with serving(counting("One", "Two")) as site:
        call = ("preview", site.at("/page"), "--allow-private", "--cache", file)
        assert "One" in run(*call).out
        assert "Two" in run(*call, *option).out
        name, value = option
        assert value in site.visits[1].headers[name.removeprefix("--")].lower()


def test_a_failure_is_not_remembered_against_a_page_that_works_now(run, fails, file):
    with serving(
        {"/page": in_turn(head("Content-Length: 0", status="404 No"), page(body=b"<title>Mended</title>"))}
    ) as site:
        call = ("preview", site.at("/page"), "--allow-private", "--cache", file)
        fails(*call)
        assert "Mended" in run(*call).out


def test_several_links_are_told_from_memory_beside_those_that_are_fetched(run, file):
    with serving({"/a": titled("Anchor"), "/b": titled("Buoy")}) as site:
        options = ("--allow-private", "--cache", file)
        run("preview", site.at("/b"), *options)
        out = run("preview", site.at("/a"), site.at("/b"), *options).out
        assert out.index("Anchor") < out.index("Buoy")
        assert site.asked() == ["/b", "/a"]


def test_a_terminal_is_told_that_a_card_is_remembered_and_a_pipe_is_not(run, terminal, file):
    with serving(counting("One")) as site:
        call = ("preview", site.at("/page"), "--allow-private", "--cache", file)
        run(*call)
        assert "refresh" not in run(*call).out
        assert "(--refresh asks again)" in terminal(*call).end()[0]
        assert "refresh" not in terminal(*call, "-q").end()[0]


def test_stats_tell_what_is_there(run, file):
    assert "entries  0\n" in run("cache", "stats", "--cache", file).out
    assert not file.exists()
    with serving({"/a": titled("Anchor"), "/b": titled("Buoy")}) as site:
        run("preview", site.at("/a"), site.at("/b"), "--allow-private", "--cache", file)
    told = dict(line.split(None, 1) for line in run("cache", "stats", "--cache", file).out.splitlines())
    assert (told["entries"], told["previews"], told["images"]) == ("2", "2", "0")
    assert (told["expired"], told["path"]) == ("0", str(file))
    assert told["bytes"].endswith("kB")
    assert told["oldest"].endswith(" ago")


def test_the_default_place_is_the_users_cache_folder(run, home):
    path = run("cache", "path").out.strip()
    assert path == os.path.realpath(home / "richresp" / "cache.sqlite")
    assert run("cache", "path", "--cache", "x.sqlite").out.strip() == os.path.realpath("x.sqlite")


def test_clear_forgets_all_and_gives_the_room_back(run, file):
    filled(file)
    before = file.stat().st_size
    result = run("cache", "clear", "--yes", "--cache", file)
    assert (result.code, result.out) == (0, "")
    assert "forgot 5 entries" in result.err
    assert SQLiteCache(file).get("1") is None
    assert file.stat().st_size < before
    assert "nothing is remembered" in run("cache", "clear", "--cache", file).err


def test_where_nobody_can_be_asked_clear_has_to_be_told(fails, file):
    filled(file)
    code, line = fails("cache", "clear", "--cache", file)
    assert code == 2
    assert "--yes" in line
    assert SQLiteCache(file).get("1") is not None


@pytest.mark.parametrize(("answer", "code", "left"), [(b"y\n", 0, False), (b"n\n", 130, True), (b"\n", 130, True)])
def test_a_terminal_is_asked_first(terminal, file, answer, code, left):
    filled(file)
    asked = terminal("cache", "clear", "--cache", file)
    asked.until("Forget 5 entries")
    asked.types(answer)
    assert asked.end()[1] == code
    assert (SQLiteCache(file).get("1") is not None) is left


def test_stats_and_clear_tell_images_from_previews(run, file):
    pytest.importorskip("PIL", reason="no Pillow: pip install richresp[images]")
    image = f"<meta property='og:image' content='/a.png'>{titled('Anchor')}"
    with serving({"/a": image, "/b": titled("Buoy"), "/a.png": image_bytes()}) as site:
        run("preview", site.at("/a"), "--allow-private", "--cache", file, "--color", "always")
        run("preview", site.at("/b"), "--allow-private", "--cache", file)
    told = dict(line.split(None, 1) for line in run("cache", "stats", "--cache", file).out.splitlines())
    assert (told["entries"], told["previews"], told["images"]) == ("3", "2", "1")
    assert "forgot 3 entries (2 previews, 1 image)" in run("cache", "clear", "-y", "--cache", file).err


def test_a_cache_that_cannot_be_used_now_costs_a_line_and_no_answer(file):
    filled(file)
    with serving(counting("One", "Two")) as site, closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        call = ("preview", site.at("/page"), "--allow-private", "--cache", file)
        done = process(*call)
        assert (done.returncode, done.stderr.count(b"\n")) == (0, 1)
        assert done.stderr == b"richresp: the cache %s: the file is locked\n" % os.fsencode(file)
        assert b"One" in done.stdout
        assert process(*call, "--quiet").stderr == b""
