"""How `richresp gallery` behaves beside its page: where it writes, what it refuses, how it ends."""

import os
import subprocess
import sys
import threading

import pytest

from tests.cli.gallery_pages import PAGE, serving_pages
from tests.cli.terminal import PATIENCE
from tests.hostile.answers import page

URL = "https://site.example.com/page"


@pytest.fixture
def scene():
    with serving_pages() as scene:
        yield scene


@pytest.fixture
def at(scene):
    return scene.at


@pytest.mark.parametrize("where", ["missing/cards.html", ".", "a\0b", "a" * 300])
def test_where_nothing_can_be_written_one_line_says_so_before_anything_is_fetched(fails, at, scene, tmp_path, where):
    code, line = fails("gallery", "--allow-private", at("/a"), "-o", f"{tmp_path}/{where}")
    assert code == 2
    assert "cannot be written" in line
    assert scene.asked() == []


def test_progress_is_shown_where_somebody_looks(at):
    ours, theirs = os.openpty()
    command = [
        sys.executable,
        "-m",
        "richresp",
        "gallery",
        "--allow-private",
        "--audit",
        at("/a"),
        at("/tiny"),
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, check=True, timeout=60)
    shown = os.read(ours, 100_000)
    os.close(theirs)
    os.close(ours)
    assert [shown.count(told) >= 3 for told in (b"1/2", b"2/2")] == [True, True]  # previews, audits, pictures
    assert done.stdout.startswith(b"<!doctype html>")


def test_a_page_is_not_replaced_by_its_gallery(fails, tmp_path):
    file = tmp_path / "page.html"
    file.write_bytes(PAGE)
    code, line = fails("gallery", file, "--url", URL, "-o", file)
    assert (code, file.read_bytes()) == (2, PAGE)
    assert "would replace what is read" in line


def test_a_list_on_standard_input_is_not_replaced_by_its_gallery(tmp_path):
    links = tmp_path / "links.txt"
    links.write_text("nowhere\n")
    with links.open() as stdin:
        command = [sys.executable, "-m", "richresp", "gallery", "-", "-o", str(links)]
        done = subprocess.run(command, stdin=stdin, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, links.read_text()) == (2, "nowhere\n")
    assert "would replace what is read" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        ([], 2, "URL...|FILE"),
        (["missing.html"], 2, "no such file, and no URL"),
        (["missing.html", "--url", URL], 2, "no such file"),
        ([URL, URL, "--url", URL], 2, "one saved page"),
        (["-"], 1, "no URL on standard input"),
        (["-", "--url", "nowhere"], 2, "no URL, which starts with"),
        ([URL, "--timeout", "0"], 2, "timeout"),
        ([URL, "--jobs", "0"], 2, "--jobs"),
    ],
)
def test_a_wrong_call_fails_in_one_line(fails, arguments, code, complaint):
    got, line = fails("gallery", *arguments)
    assert got == code
    assert complaint in line


def test_a_saved_page_needs_its_address(fails, tmp_path):
    file = tmp_path / "page.html"
    file.write_bytes(PAGE)
    assert fails("gallery", file) == (2, f"richresp: {file}: give the page's address with --url\n")


@pytest.mark.parametrize(
    "given", [["FILE"], [URL, "FILE"], ["nothing.html"], ["FILE", "FILE", "--url", URL], ["none", "--url", URL]]
)
def test_what_is_no_link_is_told_as_preview_tells_it(fails, tmp_path, given):
    file = tmp_path / "page.html"
    file.write_bytes(PAGE)
    given = [file if each == "FILE" else each for each in given]
    assert fails("gallery", *given) == fails("preview", *given)


def test_help_has_examples(run):
    result = run("gallery", "--help")
    assert result.code == 0
    assert "Examples:" in result.out
    assert "richresp gallery https://www.python.org/" in result.out


def test_a_terminal_gets_no_page_but_on_request(terminal, at, scene):
    out, code = terminal("gallery", "--allow-private", at("/a")).end()
    assert (code, scene.asked()) == (2, [])
    assert "-o FILE" in out
    out, code = terminal("gallery", "--allow-private", at("/a"), "-o", "-").end()
    assert code == 0
    assert "<!doctype html>" in out


def test_ctrl_c_ends_at_once_while_pictures_are_on_their_way(terminal, tmp_path):
    asked, release = threading.Event(), threading.Event()

    def waits(_visit):
        asked.set()
        release.wait(PATIENCE)
        yield b""

    pages = {"/a": page(body=PAGE + b"<meta property=og:image content=/i.png>"), "/i.png": waits}
    with serving_pages(pages) as scene:
        address = scene.at("/a")
        shown = terminal("gallery", address, "--allow-private", "--timeout", "300", "-o", tmp_path / "cards.html")
        assert asked.wait(PATIENCE)
        shown.types(b"\x03")
        out, code = shown.end()
        release.set()
    assert code == 130
    assert out.splitlines()[-1] == "richresp: stopped"
    assert list(tmp_path.iterdir()) == []
