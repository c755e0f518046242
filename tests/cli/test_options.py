"""Options mean and are called the same in every command that fetches, and the examples of its help can be called."""

import json
import shlex
from importlib import import_module
from pathlib import Path

import click
import pytest
from markdown_it import MarkdownIt

from richresp.cli import COMMANDS, command
from tests.cli.site import serving, titled
from tests.hostile.answers import head, in_turn, page
from tests.hosts.lint.documents import GOOD

FETCHING = ("gallery", "lint", "markdown", "preview")
OF_ALL = ("--timeout", "--user-agent", "--accept-language", "--allow-private")
OF_PREVIEWS = ("--jobs", "--cache", "--no-cache", "--refresh")
PAGE = titled("Anchor", "<main><h1>Anchor</h1><p>", "Words of prose. " * 30, "</main>")


def found(name):
    return getattr(import_module(f"richresp.cli.{name}"), name)


def options(name):
    return {sign: option for option in found(name).params for sign in option.opts if sign.startswith("--")}


def calls(text):
    """The calls of richresp in lines of a shell."""
    for line in text.splitlines():
        words = shlex.split(line.replace("$(", " ; ").replace(")", " ; "), comments=True)
        if "richresp" in words:
            call = words[words.index("richresp") + 1 :]
            ends = [number for number, word in enumerate(call) if word in (";", "|", ">", ">>", "<")]
            yield call[: min(ends, default=len(call))]


def examples():
    """The calls of richresp in the help of each command, and of those below it."""
    todo = [command, *map(found, COMMANDS)]
    for each in todo:
        todo += getattr(each, "commands", {}).values()
        yield from calls((each.help or "").partition("Examples:")[2])


def examples_of_readme():
    """Those in its blocks of a console."""
    readme = Path(__file__).parents[2] / "README.md"
    for token in MarkdownIt().parse(readme.read_text(encoding="utf-8")):
        if token.type == "fence" and token.info == "console":
            yield from calls(token.content)


SAME_NAMES = {"--format", "--explain", "--images", "--profile", "--url", "--allow-private", "--budget"}
"""What is chosen from, or said of it, differs with the command; the rest of it does not."""


def shared():
    """The options that stand in more than one command, with those commands."""
    commands = [command, *map(found, COMMANDS)]
    commands += [each for group in commands for each in getattr(group, "commands", {}).values()]
    signs = {}
    for each in commands:
        for option in each.params:
            for sign in option.opts:
                if sign.startswith("--"):
                    signs.setdefault(sign, []).append(option)
    return {sign: options for sign, options in signs.items() if len(options) > 1}


def test_the_options_that_are_compared_are_there():
    assert shared().keys() >= {
        *OF_ALL,
        *OF_PREVIEWS,
        "--budget",
        "--cursor",
        "--counter",
        "--at",
        "--format",
        "--profile",
    }


@pytest.mark.parametrize("sign", sorted(shared()))
def test_an_option_is_the_same_wherever_it_is(sign):
    told = shared()[sign]
    assert len({(option.opts[0], option.is_flag, option.multiple, option.nargs) for option in told}) == 1
    if sign not in SAME_NAMES - {"--allow-private", "--budget"}:
        assert len({(str(option.default), str(option.type), option.metavar) for option in told}) == 1
    if sign not in SAME_NAMES:
        assert len({option.help for option in told}) == 1


@pytest.mark.parametrize("name", ["shape", "markdown", "lint"])
@pytest.mark.parametrize("budget", ["0", "-5", "many", "1.5"])
def test_a_budget_is_refused_in_the_same_words_by_all(fails, name, budget):
    code, line = fails(name, "-", "--budget", budget, stdin=b"[]")
    assert code == 2
    assert line == fails("shape", "-", "--budget", budget, stdin=b"[]")[1]


@pytest.mark.parametrize("name", FETCHING)
@pytest.mark.parametrize("seconds", ["-1", "0", "nan", "inf", "1000001"])
def test_a_timeout_that_is_none_is_refused_though_nothing_is_fetched(fails, tmp_path, name, seconds):
    file = tmp_path / "page.html"
    file.write_text("<title>x</title>")
    url = ("--url", "https://site.example/") if name in ("preview", "gallery") else ()
    code, line = fails(name, file, *url, "--timeout", seconds)
    assert code == 2
    assert "give seconds, more than 0 and at most 1,000,000" in line


def test_where_nothing_is_remembered_nothing_says_so():
    for name in ("lint", "markdown"):
        assert not {"--cache", "--refresh", "--jobs"} & options(name).keys()


@pytest.mark.parametrize("words", [*examples(), *examples_of_readme()], ids=" ".join)
def test_each_example_can_be_called(words):
    context = command.make_context("richresp", list(words))
    name, called, rest = command.resolve_command(context, [*context._protected_args, *context.args])
    while isinstance(called, click.Group):
        name, called, rest = called.resolve_command(context, rest)
    called.make_context(name, rest, parent=context)


def test_every_command_has_examples_that_are_looked_at():
    assert len(list(examples_of_readme())) > 5
    named = {words[0] for words in examples()}
    assert named >= COMMANDS.keys()


@pytest.mark.parametrize("name", FETCHING)
def test_who_asks_and_for_how_long_is_said_to_all(run, name):
    body = json.dumps(GOOD["tools"]()).encode() if name == "lint" else PAGE.encode()
    with serving({"/a": page(body=body)}) as site:
        call = (
            name,
            site.at("/a"),
            "--allow-private",
            "--user-agent",
            "Buoy/1",
            "--accept-language",
            "nl",
            "--timeout",
            "30",
        )
        assert run(*call).code == 0
        asked = {name.lower(): value for name, value in site.visits[0].headers.items()}
    assert (asked["user-agent"], asked["accept-language"]) == ("Buoy/1", "nl")


@pytest.mark.parametrize("name", FETCHING)
def test_verbose_tells_what_was_fetched(run, name):
    body = json.dumps(GOOD["tools"]()).encode() if name == "lint" else PAGE.encode()
    with serving({"/a": page(body=body)}) as site:
        told = run(name, site.at("/a"), "--allow-private", "-v").err
        quiet = run(name, site.at("/a"), "--allow-private", "-q").err
    assert f"richresp: {site.at('/a')}: fetched: " in told
    assert "status 200" in told
    assert quiet == ""


def test_a_gallery_remembers_as_a_preview_does_and_they_share_it(run, tmp_path, home):
    titles = (page(body=titled(title).encode()) for title in ("One", "Two", "Three"))
    with serving({"/a": in_turn(*titles)}) as site:
        kept = ("--allow-private", "--cache", tmp_path / "c.sqlite")
        assert "One" in run("preview", site.at("/a"), *kept).out
        assert "One" in run("gallery", site.at("/a"), *kept).out
        assert len(site.asked()) == 1
        assert "Two" in run("gallery", site.at("/a"), *kept, "--refresh").out
        assert "Two" in run("preview", site.at("/a"), *kept).out
        assert "Three" in run("gallery", site.at("/a"), "--allow-private").out
        assert len(site.asked()) == 3
    assert not list(home.rglob("*.sqlite"))


def test_what_contradicts_itself_is_a_wrong_call_for_both(fails, tmp_path):
    for name in ("preview", "gallery"):
        code, line = fails(name, "https://site.example/", "--no-cache", "--cache", tmp_path / "c.sqlite")
        assert code == 2
        assert "--cache and --no-cache" in line


def test_what_was_cut_and_what_is_missing_is_told_by_name(run, tmp_path):
    long = page(body=b"<h1>x</h1>" + b"<p>words words</p>" * 90_000)
    with serving({"/long": long, "/gone": head("Content-Length: 0", status="404 Not Found")}) as site:
        told = run("markdown", site.at("/long"), "--allow-private").err
        assert told == "richresp: only the first megabyte of the page was read\n"
        call = ("gallery", site.at("/gone"), site.at("/long"), "--allow-private", "--no-images")
        assert "1 of 2 links has no preview" in run(*call).err
        assert run(*call, "--quiet").err == ""


def test_a_count_goes_to_a_pipe_as_a_number(run):
    assert run("count", "-", stdin=b"words").out == "1\n"
