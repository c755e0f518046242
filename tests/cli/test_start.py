"""What a command loads before it answers: help nothing but click, and a card from memory nothing that fetches."""

import subprocess
import sys

import pytest

from tests.cli.site import serving, titled
from tests.cli.terminal import PATIENCE

FETCHING = {"httpx", "httpcore", "anyio", "ssl", "richresp.links.client", "richresp.links.scan", "lxml", "bs4"}
HEAVY = {"rich", "tiktoken", "markdown_it", "sqlite3", "importlib.metadata", "asyncio", *FETCHING}


def loaded_by(*arguments):
    code = "import sys; from richresp.cli import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    return done.stdout, set(done.stderr.split())


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("completion", "--help"), ("preview", "--help")])
def test_help_loads_nothing_that_works(arguments):
    assert loaded_by(*arguments)[1].isdisjoint(HEAVY)


def test_help_for_all_loads_no_command():
    assert loaded_by("--help")[1].isdisjoint({"richresp.cli.preview", "richresp.cli.shape", "richresp.cli.cache"})


@pytest.mark.parametrize("words", [(), ("cache",)])
def test_a_command_that_has_others_below_it_shows_its_help_as_it_is(run, words):
    alone, asked = run(*words), run(*words, "--help")
    assert (alone.code, alone.out, alone.err) == (2, "", asked.out)
    assert alone.err.count("\n") > 20


@pytest.mark.parametrize("form", ["terminal", "json", "ndjson"])
def test_a_card_from_memory_loads_nothing_that_fetches(run, tmp_path, form):
    with serving({"/a": titled("Anchor")}) as site:
        call = ("preview", site.at("/a"), "--allow-private", "--cache", tmp_path / "c.sqlite", "--format", form)
        assert "Anchor" in run(*call).out
        out, loaded = loaded_by(*call)
        assert "Anchor" in out
        assert loaded.isdisjoint(FETCHING)
        assert "rich" not in loaded or form == "terminal"
        assert site.asked() == ["/a"]
