"""What shells complete: commands, options, choices, and names of files where one may stand."""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from importlib import import_module

import pytest
from click.shell_completion import get_completion_class

from richresp.cli import command
from tests.cli.terminal import PATIENCE, process

FILES = ("count", "gallery", "lint", "markdown", "preview", "shape", "table")
NAMES = ("saved page.html", "saved.csv", "other.txt")

needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")


@pytest.fixture
def folder(tmp_path):
    """A folder with files, and a `richresp` that is this one."""
    for name in NAMES:
        (tmp_path / name).write_text("")
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "richresp"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m richresp "$@"\n')
    program.chmod(0o755)
    return tmp_path


def environment(folder):
    root = os.environ.get("PYTHONPATH", os.fspath(os.getcwd()))  # noqa: PTH109
    return {**os.environ, "PATH": f"{folder}/bin:{os.environ['PATH']}", "PYTHONPATH": root, "TERM": "dumb"}


def in_bash(folder, *words):
    """What the function that bash calls answers for words, the last of which is typed."""
    script = (
        'eval "$(richresp completion bash)"; compopt() { echo "compopt $*"; };'
        'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _richresp_completion richresp; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-c", script, "bash", *words],
        cwd=folder, env=environment(folder), capture_output=True, text=True, timeout=PATIENCE, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.split()


def items(shell, *words):
    """What click answers for a shell, as pairs of type and value."""
    complete = get_completion_class(shell)(command, {}, "richresp", "_RICHRESP_COMPLETE")
    return [(item.type, item.value) for item in complete.get_completions(list(words[:-1]), words[-1])]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
@pytest.mark.parametrize("name", FILES)
def test_files_are_completed_where_one_may_stand(shell, name):
    assert items(shell, name, "sav") == [("file", "sav")]
    assert items(shell, name, "") == [("file", "")]


@needs_bash
@pytest.mark.parametrize("name", FILES)
def test_bash_is_asked_for_its_own_names_of_files(folder, name):
    assert in_bash(folder, "richresp", name, "sav") == ["compopt", "-o", "default"]


@pytest.mark.parametrize("name", ["gallery", "preview"])
def test_so_are_those_behind_the_first(name):
    assert items("fish", name, "one.html", "sav") == [("file", "sav")]


@pytest.mark.parametrize(
    "words", [("gallery", "-o", "sav"), ("lint", "a", "--openapi", "s"), ("preview", "--cache", "s")]
)
def test_so_are_those_of_options(words):
    assert items("zsh", *words) == [("file", words[-1])]


@needs_bash
def test_commands_options_and_choices_are_completed_as_ever(folder):
    assert in_bash(folder, "richresp", "pre") == ["preview"]
    assert in_bash(folder, "richresp", "preview", "--ref") == ["--refresh"]
    assert in_bash(folder, "richresp", "preview", "--format", "nd") == ["ndjson"]
    assert in_bash(folder, "richresp", "cache", "cl") == ["clear"]


@needs_bash
def test_a_line_that_is_typed_is_completed_with_the_name_of_a_file(folder):
    master, slave = pty.openpty()
    shell = subprocess.Popen(
        ["bash", "--noprofile", "--norc", "-i"],
        stdin=slave, stdout=slave, stderr=slave, cwd=folder, env=environment(folder), start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    said, until = b"", time.monotonic() + PATIENCE
    try:
        os.write(master, b'eval "$(richresp completion bash)"; echo rea""dy\n')
        typed = False
        while b"er.txt" not in said:
            assert select.select([master], [], [], max(0.0, until - time.monotonic()))[0], said
            said += os.read(master, 65_536)
            if not typed and b"ready\r\n" in said:
                os.write(master, b"richresp preview oth\t")
                typed = True
    finally:
        shell.kill()
        shell.wait()
        os.close(master)
    assert re.search(rb"richresp preview oth[\a]*er\.txt", said)


@pytest.mark.parametrize("name", FILES)
def test_what_is_accepted_is_what_was(name):
    """A URL, `-` and any other word come as they are typed."""
    found = getattr(import_module(f"richresp.cli.{name}"), name)
    given = next(each for each in found.params if each.name in ("file", "target", "targets"))
    with command.make_context("richresp", [name, "--help"], resilient_parsing=True) as context:
        for word in ("https://a.example/", "-", "nowhere.txt", "a\x9b.html"):
            assert given.type.convert(word, given, context) == word


def test_what_was_typed_is_not_looked_up():
    done = process(
        COMP_WORDS="richresp preview http://127.0.0.1:1/", COMP_CWORD="2", _RICHRESP_COMPLETE="bash_complete"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"file,http://127.0.0.1:1/\n", b"")


@pytest.mark.parametrize(
    ("shell", "sign"), [("bash", "complete -o"), ("zsh", "#compdef richresp"), ("fish", "complete ")]
)
def test_completion_is_printed(run, shell, sign):
    result = run("completion", shell)
    assert (result.code, result.err) == (0, "")
    assert sign in result.out
    assert "_RICHRESP_COMPLETE" in result.out


def test_an_unknown_shell_is_a_wrong_call(fails):
    assert fails("completion", "cmd")[0] == 2
