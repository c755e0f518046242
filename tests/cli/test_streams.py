"""Standard streams that are closed, or cannot be written to: answers come, and exit codes are what they are otherwise."""

import json
import subprocess
import sys

import pytest

from tests.cli.site import serving, titled
from tests.cli.terminal import PATIENCE
from tests.hosts.lint.documents import GOOD

LINK = "https://site.example.com/page"
DEAD = ("http://127.0.0.1:1/a", "http://127.0.0.1:1/b", "--allow-private")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "page.html").write_text("<title>Anchor</title><main><h1>Anchor</h1><p>Words of prose.</main>")
    (tmp_path / "rows.csv").write_text("id,name\n1,Anchor\n")
    (tmp_path / "rows.json").write_text('[{"name": "Anchor"}]')
    (tmp_path / "tools.json").write_text(json.dumps(GOOD["tools"]()))
    return tmp_path


def called(folder, arguments, redirection=""):
    """A call by a shell, which is who closes streams: code, out and err."""
    done = subprocess.run(
        ["sh", "-c", f'"$@" {redirection}', "sh", sys.executable, "-m", "richresp", *map(str, arguments)],
        cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


CALLS = {
    "preview": ("preview", "page.html", "--url", LINK),
    "explain": ("preview", "page.html", "--url", LINK, "--explain", "-v"),
    "several": ("preview", *DEAD),
    "several, explained": ("preview", *DEAD, "--explain", "-v"),
    "gallery": ("gallery", "page.html", "--url", LINK, "--no-images"),
    "markdown": ("markdown", "page.html", "-v"),
    "shape": ("shape", "rows.json", "--budget", "80"),
    "table": ("table", "rows.csv", "--max-rows", "1"),
    "count": ("count", "rows.csv"),
    "lint": ("lint", "tools.json", "--color", "always"),
    "stats": ("cache", "stats"),
    "clear": ("cache", "clear"),
    "help": ("--help",),
    "wrong": ("preview", "nowhere.html"),
    "no command": ("previw",),
}


@pytest.mark.parametrize("redirection", ["<&- 2>&-", "2>/dev/full"])
@pytest.mark.parametrize("name", CALLS)
def test_input_and_errors_may_be_closed(folder, name, redirection):
    code, out, _ = called(folder, CALLS[name])
    told = called(folder, CALLS[name], redirection)
    assert told[:2] == (code, out)
    assert told[2] == ""


@pytest.mark.parametrize("name", ["several", "wrong", "clear"])
def test_errors_are_told_though_the_input_is_closed(folder, name):
    assert called(folder, CALLS[name], "<&-") == called(folder, CALLS[name])


@pytest.mark.parametrize("name", CALLS)
def test_where_no_answer_can_be_written_the_call_fails(folder, name):
    assert called(folder, CALLS[name], ">&-") == (1, "", "richresp: standard output is closed\n")


@pytest.mark.parametrize("redirection", [">&- 2>&-", "<&- >&- 2>&-"])
def test_it_fails_where_nothing_can_be_said_of_it_either(folder, redirection):
    assert called(folder, CALLS["count"], redirection) == (1, "", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("preview", "-"),
        ("preview", "-", "--url", LINK),
        ("gallery", "-", "-o", "cards.html"),
        ("markdown", "-"),
        ("shape", "-", "--budget", "80"),
        ("table", "-"),
        ("count", "-"),
        ("lint", "-"),
    ],
)
def test_what_is_to_be_read_from_a_closed_input_is_a_wrong_call(folder, arguments):
    assert called(folder, arguments, "<&-") == (2, "", "richresp: -: standard input is closed\n")
    assert called(folder, arguments, "<&- 2>&-") == (2, "", "")


def test_nothing_is_forgotten_where_nobody_can_be_asked(folder):
    with serving({"/a": titled("Anchor")}) as site:
        kept = ("--cache", folder / "c.sqlite")
        called(folder, ("preview", site.at("/a"), "--allow-private", *kept))
    code, out, err = called(folder, ("cache", "clear", *kept), "<&-")
    assert (code, out) == (2, "")
    assert err == "richresp: nobody can be asked here: give --yes\n"
    assert called(folder, ("cache", "clear", *kept), "2>&-") == (2, "", "")
    assert called(folder, ("cache", "clear", "--yes", *kept), "<&- 2>&-") == (0, "", "")


@pytest.mark.parametrize("redirection", ["2>&-", "<&- 2>&-"])
def test_no_file_takes_the_place_of_a_closed_stream(folder, redirection):
    """Whatever writes to the number of standard error would write into it."""
    probe = (
        "import os, sys; from richresp.cli.manners import make_lenient; make_lenient();"
        "os.write(2, b'lost'); print(os.open('new', os.O_RDWR | os.O_CREAT) > 2)"
    )
    done = subprocess.run(
        ["sh", "-c", f'"$@" {redirection}', "sh", sys.executable, "-c", probe],
        cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.stdout == "True\n"
    assert (folder / "new").read_bytes() == b""
