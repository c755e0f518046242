"""Commands are run in this process; what a terminal would show is what is looked at."""

import io
import sys
from types import SimpleNamespace

import pytest

from richresp.cli import main
from tests.cli.terminal import VARIABLES, Terminal


@pytest.fixture(autouse=True)
def home(tmp_path_factory, monkeypatch):
    """A cache folder of its own, and a terminal that says nothing of itself."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def run(capfd, monkeypatch):
    """Runs `richresp` with arguments and, if given, bytes on standard input: code, out and err."""

    def run(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return SimpleNamespace(code=code, out=out, err=err)

    return run


@pytest.fixture
def fails(run):
    """The same for what must fail: checks that it does so in one line, and gives the line and the code."""

    def fails(*arguments, stdin=b""):
        result = run(*arguments, stdin=stdin)
        assert result.out == ""
        assert result.err.startswith("richresp: ")
        assert result.err.count("\n") == 1
        assert result.err.endswith("\n")
        assert "Traceback" not in result.err
        return result.code, result.err

    return fails


@pytest.fixture
def terminal():
    """Starts `richresp` in a terminal of its own: what it prints, what is typed, how it ends."""
    running = []

    def start(*arguments, **options):
        running.append(Terminal(*map(str, arguments), **options))
        return running[-1]

    yield start
    for each in running:
        each.close()
