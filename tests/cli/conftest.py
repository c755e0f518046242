"""Commands are run in this process; what a terminal would show is what is looked at."""

import io
import sys
from types import SimpleNamespace

import pytest

from richresp.cli import main


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
