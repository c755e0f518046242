"""Manners of every command: what a pipe gets, what a terminal gets, and how a call ends."""

import json

import pytest

from richresp.cli import COMMANDS
from tests.cli.site import serving, titled
from tests.cli.terminal import process

URL = "https://site.example.com/page"
PAGE = b"""<title>Title \xf0\x9f\x8c\xb3</title><meta property=og:description content='Words of prose.'>
<meta property=og:image content=https://site.example.com/i.png>"""
ESCAPES = ("\x1b", "\x9b", "\x07", "\r", "\u202e")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    return path


def test_a_pipe_gets_plain_text_of_a_fixed_width_whatever_the_terminal(run, file, monkeypatch):
    plain = run("preview", file, "--url", URL).out
    assert "\x1b" not in plain
    for name, value in (("COLUMNS", "33"), ("LINES", "9"), ("TERM", "xterm-direct"), ("COLORTERM", "truecolor")):
        monkeypatch.setenv(name, value)
    assert run("preview", file, "--url", URL).out == plain
    assert run("preview", file, "--url", URL, "--color", "never").out == plain


@pytest.mark.parametrize(
    ("arguments", "environment", "colours"),
    [
        ((), {}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": ""}, False),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        (("--color", "auto"), {"FORCE_COLOR": "1"}, True),
    ],
)
def test_who_decides_on_colours_for_a_pipe(run, file, monkeypatch, arguments, environment, colours):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run("preview", file, "--url", URL, *arguments).out) is colours
    assert ("\x1b[" in run(*arguments, "preview", file, "--url", URL).out) is colours


@pytest.mark.parametrize(
    ("arguments", "environment", "colours"),
    [
        ((), {}, True),
        ((), {"NO_COLOR": "1"}, False),
        ((), {"NO_COLOR": ""}, True),
        ((), {"TERM": "dumb"}, False),
        (("--color", "never"), {}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
    ],
)
def test_who_decides_on_colours_for_a_terminal(terminal, file, arguments, environment, colours):
    out, code = terminal("preview", file, "--url", URL, "--no-image", *arguments, **environment).end()
    assert code == 0
    assert ("\x1b[" in out) is colours
    assert ("\x1b]8;" in out) is colours
    assert "Words of prose." in out


def test_the_commands_that_are_listed_are_there_with_help_and_manners(run):
    listed = run("--help").out
    for name, told in COMMANDS.items():
        assert f"  {name}" in listed
        assert told.split(".")[0][:20] in listed
        page = run(name, "--help").out
        assert "Examples:" in page
        for option in ("--color", "--quiet", "--verbose"):
            assert option in page


@pytest.mark.parametrize("command", ["path", "stats", "clear"])
def test_commands_below_commands_have_them_too(run, command):
    page = run("cache", command, "--help").out
    assert "Examples:" in page
    assert "--quiet" in page


def test_verbose_tells_where_a_page_came_from_and_how_long_it_took(run, tmp_path):
    from tests.hostile.answers import redirect

    with serving({"/old": redirect("/new"), "/new": titled("New")}) as site:
        call = ("preview", site.at("/old"), "--allow-private", "--cache", tmp_path / "c.sqlite", "--verbose")
        first, again = run(*call), run(*call)
    assert first.out == again.out
    assert f"{site.at('/old')}: fetched: " in first.err
    assert f"richresp: {site.at('/old')} leads to {site.at('/new')}\n" in first.err
    assert "remembered, fetched 0 s ago: " in again.err
    for told in (first.err, again.err):
        assert "status 200" in told
        assert told.rstrip().endswith(" s in all")
        assert all(line.startswith("richresp: ") for line in told.splitlines())


def test_verbose_is_told_of_failures_too(run):
    told = run("preview", "-", "--allow-private", "-v", stdin=b"http://127.0.0.1:1/\nx:y\n").err
    assert "http://127.0.0.1:1/: failed" in told
    assert "x:y: failed" in told


@pytest.mark.parametrize(
    "page",
    [
        "<title>A\x1b[31mB\x9b31mC\x07\u202eD</title>",
        "<title>A&#x1b;[31mB&#x9b;31mC&#7;&#x202e;D</title>",
        "<meta property=og:title content='A&#27;]8;;http://evil.example/&#7;B'><meta name=description content='&#x9d;x'>",
        "<link rel=canonical href='https://site.example.com/&#27;[2J'><meta property=og:image content='//x/&#27;c&#x9b;'>",
        "<meta property=og:title content='{{ &#27;[2J &#x9b; }}'><h1>x\x1b]0;y\x07</h1>",
    ],
)
@pytest.mark.parametrize("options", [(), ("--explain",), ("--format", "json"), ("--explain", "--format", "json")])
def test_no_control_character_of_a_page_reaches_a_terminal(terminal, tmp_path, page, options):
    file = tmp_path / "page.html"
    file.write_text(page, encoding="utf-8")
    out, code = terminal("preview", file, "--url", URL, "--color", "never", *options).end()
    assert code == 0
    assert not [sign for sign in ESCAPES if sign in out]


@pytest.mark.parametrize(
    ("command", "options", "given"),
    [
        ("shape", ("--budget", "99"), b'{"a": "x\\u009b2Jy\\u001b[2J"}'),
        ("shape", ("--budget", "99", "--format", "csv"), b'[{"a": "x\\u009b2Jy\\u001b[2J"}]'),
        ("shape", ("--explain", "--color", "never"), b'{"a\\u009b": "x"}'),
        ("markdown", (), b"<h1>x\x1b[2J</h1><pre>\xc2\x9b2J</pre>"),
    ],
)
def test_nor_does_any_of_a_payload_which_a_pipe_gets_as_it_is(terminal, tmp_path, command, options, given):
    file = tmp_path / "given"
    file.write_bytes(given)
    out, code = terminal(command, file, *options).end()
    assert code == 0
    assert not [sign for sign in ESCAPES if sign in out]
    if command == "shape" and options == ("--budget", "99"):
        assert json.loads(process(command, file, *options).stdout) == json.loads(given) == json.loads(out)


@pytest.mark.parametrize(
    "arguments", [("mis\x1b[2Jsing.html",), ("a\x9b.html", "--url", URL), ("http://x\x1b[2J.example/",)]
)
def test_nor_does_any_of_an_argument(fails, arguments):
    _, line = fails("preview", *arguments)
    assert line[:-1].isprintable()
