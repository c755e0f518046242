"""Every code block of the documents runs, and so does every sample."""

import os
import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]


def blocks(name, language):
    tokens = MarkdownIt().parse((ROOT / name).read_text(encoding="utf-8"))
    return [token for token in tokens if token.type == "fence" and token.info == language]


def test_the_python_of_the_readme_runs_from_top_to_bottom(monkeypatch):
    monkeypatch.chdir(ROOT)
    space = {}
    for block in blocks("README.md", "python"):
        code = "\n" * (block.map[0] + 1) + block.content
        exec(compile(code, "README.md", "exec"), space)


def test_the_first_command_of_the_readme_does_the_main_job():
    """Without its setup, which CI has done."""
    command = blocks("README.md", "sh")[0].content
    steps = [shlex.split(step) for step in command.split("&&")]
    jobs = [step for step in steps if step[0].endswith("/richresp")]
    assert len(jobs) == 2
    for job in jobs:
        done = subprocess.run(
            [sys.executable, "-m", "richresp", *job[1:]], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert ("Harbour Gazette" in done.stdout) or ('"_notice"' in done.stdout)


def test_ci_and_the_contributors_run_the_test_command_of_the_readme():
    command = blocks("README.md", "sh")[1].content.strip()
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert [block.content.strip() for block in blocks("CONTRIBUTING.md", "sh")] == [command]


def test_the_documents_name_only_files_that_are_there():
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    named = set(re.findall(r"`((?:richresp|samples|tests)/[\w./]+)`", text))
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", sorted((ROOT / "samples").glob("*.py")), ids=lambda path: path.stem)
def test_every_sample_that_is_a_script_runs(path, capsys, monkeypatch):
    monkeypatch.chdir(path.parent)
    monkeypatch.setattr(os, "environ", {})
    runpy.run_path(str(path), run_name="__main__")
    assert capsys.readouterr().out


def test_every_sample_that_is_a_package_has_tests_of_its_own():
    packages = {path.relative_to(ROOT / "samples").parts[0] for path in (ROOT / "samples").glob("*/**/*.py")}
    assert packages
    assert [name for name in packages if not (ROOT / "tests" / "samples" / f"test_{name}.py").exists()] == []
