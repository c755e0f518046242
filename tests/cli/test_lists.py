"""What is no link: a word among the arguments, a line of a list, and a list without an end."""

import json
import subprocess
import sys

import pytest

from richresp.cli.listed import listed_links
from richresp.limits.cli import MAX_LINKS, MAX_LIST_BYTES
from tests.cli.site import serving, titled
from tests.cli.terminal import PATIENCE

COMMANDS = {
    "preview": ("preview",),
    "explain": ("preview", "--explain"),
    "gallery": ("gallery", "-o", "-"),
    "markdown": ("markdown",),
    "lint": ("lint",),
}
WORDS = (
    "nowhere.html",
    "example.com/x",
    "localhost:8000/x",
    "mailto:x@site.example",
    "//site.example/",
    "",
    "http:",
    "a" * 9_000,
)


@pytest.mark.parametrize("word", WORDS, ids=range(len(WORDS)))
@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_no_url_at_all_is_a_wrong_call_in_the_same_words(fails, name, word):
    code, line = fails(*COMMANDS[name], word)
    assert code == 2
    assert line == f"richresp: {word}: no such file, and no URL, which starts with https:// or http://\n"


@pytest.mark.parametrize("name", ["preview", "explain", "gallery"])
def test_among_several_it_is_so_before_anything_is_fetched(fails, name):
    with serving({"/a": titled("Anchor")}) as site:
        code, line = fails(*COMMANDS[name], site.at("/a"), "localhost:8000/x", "--allow-private")
        assert code == 2
        assert "localhost:8000/x: no such file, and no URL" in line
        assert site.asked() == []


@pytest.mark.parametrize("name", ["preview", "explain", "gallery", "markdown"])
def test_an_address_of_a_saved_page_that_is_none_is_a_wrong_call_too(fails, name):
    code, line = fails(*COMMANDS[name], "-", "--url", "example.com/x", stdin=b"<title>Anchor</title>")
    assert (code, line) == (2, "richresp: example.com/x: no URL, which starts with https:// or http://\n")


@pytest.mark.parametrize("name", ["preview", "explain"])
def test_two_links_on_a_line_are_an_error_of_that_line(run, name):
    with serving({"/a": titled("Anchor"), "/b": titled("Buoy")}) as site:
        a, b = site.at("/a"), site.at("/b")
        given = f"{a}\n  {a} {b}\n{a}\t{b}\n{b}\n".encode()
        call = (*COMMANDS[name], "-", "--allow-private")
        rows = run(*call, "--format", "ndjson", stdin=given).out.splitlines()
        result = run(*call, stdin=given)
        assert set(site.asked()) == {"/a", "/b"}
    found = [json.loads(row) for row in rows]
    assert [each.get("requested_url") for each in found][1:3] == [f"{a} {b}", f"{a}\t{b}"]
    assert [each.get("error", {}).get("kind") for each in found] == [None, "InvalidURL", "InvalidURL", None]
    assert "give one URL a line" in found[1]["error"]["message"]
    assert result.code == 1
    assert result.err == "richresp: 2 of 4 links failed\n"


def test_a_gallery_says_so_in_its_page(run):
    with serving({"/a": titled("Anchor")}) as site:
        result = run("gallery", "-", "--allow-private", stdin=f"{site.at('/a')}\n{site.at('/a')} x\n".encode())
        assert site.asked() == ["/a"]
    assert "give one URL a line" in result.out
    assert result.err == "richresp: 1 of 2 links has no preview; the page says why\n"


def test_an_argument_may_hold_a_space_as_a_browser_takes_it(run):
    with serving({"/a%20b": titled("Anchor")}) as site:
        assert "Anchor" in run("preview", site.at("/a b"), "--allow-private").out


@pytest.mark.parametrize("command", [("preview", "-"), ("preview", "-", "--explain"), ("gallery", "-", "-o", "-")])
def test_a_list_without_an_end_is_refused_in_one_line(command):
    """Whoever writes it finds nobody reading before all of memory is full."""
    running = subprocess.Popen(
        [sys.executable, "-m", "richresp", *command],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0,
    )  # fmt: skip
    taken, piece = 0, b"https://site.example.com/\n" * 1_000
    try:
        while taken < 4 * MAX_LIST_BYTES:
            running.stdin.write(piece)
            taken += len(piece)
    except BrokenPipeError:
        pass
    out, err = running.communicate(timeout=PATIENCE)
    assert taken < 2 * MAX_LIST_BYTES
    assert (running.returncode, out) == (1, b"")
    assert err == b"richresp: -: a list of more than 16 MiB; give it in parts, as `split -l 10000` makes them\n"


def test_so_are_more_links_than_can_be_kept(fails):
    code, line = fails("preview", "-", stdin=b"a\n" * (MAX_LINKS + 1))
    assert code == 1
    assert "a list of more than 100,000 links; give it in parts" in line


def test_as_many_as_that_are_taken(monkeypatch):
    import io

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"# b\n" + b"a\n" * MAX_LINKS)))
    assert listed_links() == (["a"] * MAX_LINKS, {})


@pytest.mark.parametrize(
    ("given", "told"), [(b"\xff", "not UTF-8 from byte 0 on"), (b"https://a.example/\xff", "byte 18")]
)
def test_a_list_that_is_no_text_is_refused(fails, given, told):
    code, line = fails("preview", "-", stdin=given)
    assert code == 1
    assert told in line


def test_a_mark_of_utf_8_is_no_part_of_the_first_link(run):
    with serving({"/a": titled("Anchor")}) as site:
        assert "Anchor" in run("preview", "-", "--allow-private", stdin=b"\xef\xbb\xbf" + site.at("/a").encode()).out
