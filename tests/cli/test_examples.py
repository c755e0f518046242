"""Every example of every help does what it says: run by a shell, beside the files that it names, its web on loopback.

`richresp` and `curl` are small programs that lead each https address to the site of the test and go on with the real thing. Where an
example goes on from a notice, the cursor is that of the page before it.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from richresp.cli import COMMANDS, command
from richresp.tokens import counter
from tests.cli.site import serving, titled
from tests.cli.terminal import PATIENCE
from tests.hostile.answers import page
from tests.hosts.lint.documents import GOOD

PROGRAM = f"""#!{sys.executable}
import os, re, subprocess, sys, urllib.request
name, words = os.path.basename(sys.argv[0]), sys.argv[1:]
def led(word):
    return re.sub("^https?://", os.environ["SITE"] + "/", word)
words = [word if before == "--url" else led(word) for before, word in zip([""] + words, words)]
if name == "curl":
    sys.stdout.buffer.write(urllib.request.urlopen(words[-1]).read())
    sys.exit(0)
if words[0] in ("preview", "gallery", "markdown", "lint") and "--allow-private" not in words:
    words.append("--allow-private")
sys.exit(subprocess.run([sys.executable, "-m", "richresp", *words]).returncode)
"""
PROSE = "".join(f"<p>Words of prose, and some more of them, the {number}th.</p>" for number in range(600))
PAGE = titled("Anchor", "<meta name=description content='What it says.'><main><h1>Anchor</h1>", PROSE, "</main>")
RECORDS = [
    {
        "id": number,
        "name": f"berth {number}",
        "kind": "mooring",
        "a,b": f"pier {number}",
        "c": number % 7,
        "description": "by the pier " * 9,
        "embedding": [0.5] * 30,
    }
    for number in range(90)
]
ROWS = "id,name\n" + "".join(f"{number},berth {number}\n" for number in range(30))
SITES = (
    "www.python.org/",
    "www.rust-lang.org/",
    "example.com/",
    "localhost:8000/draft",
    "docs.python.org/3/library/json.html",
)
ASKS = "richresp cache clear"
REMEMBERS = 'richresp preview https://example.com/ --cache "$(richresp cache path)"'
FAILING = re.compile("Traceback|no such|cannot|error:|failed", re.IGNORECASE)


def examples():
    """The lines of all helps."""
    todo = [command, *(getattr(import_module(f"richresp.cli.{name}"), name) for name in COMMANDS)]
    for each in todo:
        todo += getattr(each, "commands", {}).values()
        for line in (each.help or "").partition("Examples:")[2].splitlines():
            if line.strip():
                yield line.strip()


@pytest.fixture
def folder(tmp_path):
    """All that examples name, but for what they make; a home in which nobody has been."""
    manifest, document = GOOD["plugin"](), json.dumps(GOOD["openapi"]())
    files = {
        "answer.json": json.dumps({"count": len(RECORDS), "items": RECORDS}),
        "berths.csv": ROWS,
        "events.ndjson": "".join(f"{json.dumps(record)}\n" for record in RECORDS),
        "prompt.txt": "Words of prose.",
        "saved.html": PAGE,
        "ai-plugin.json": json.dumps(manifest),
        "openapi.yaml": document,
        "tools.json": json.dumps(GOOD["tools"]()),
        manifest["api"]["url"].rpartition("/")[2]: document,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "bin").mkdir()
    for name in ("richresp", "curl"):
        (tmp_path / "bin" / name).write_text(PROGRAM)
        (tmp_path / "bin" / name).chmod(0o755)
    (tmp_path / "bin" / "git").write_text("#!/bin/sh\necho '+ a line'\n")
    (tmp_path / "bin" / "git").chmod(0o755)
    (tmp_path / "home" / ".config" / "fish").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def shell(folder):
    """Runs a line of a shell in the folder: code, out and err."""
    manifest = GOOD["plugin"]()
    wanted = manifest["api"]["url"].partition("://")[2]
    pages = dict.fromkeys((f"/{path}" for path in SITES), PAGE)
    pages |= {"/api.example.com/items": json.dumps(RECORDS), "/api.example.com/berths": json.dumps(RECORDS)}
    pages |= {f"/{wanted}": json.dumps(GOOD["openapi"]())}
    with serving({**pages, "/example.com/.well-known/ai-plugin.json": lambda _visit: iter([manifest_page[0]])}) as site:
        manifest["api"]["url"] = site.at(f"/{wanted}")
        manifest_page = [page(body=json.dumps(manifest).encode())]
        (folder / "links.txt").write_text(f"# mine\n{site.at('/www.python.org/')}\n{site.at('/example.com/')}\n")
        root = os.environ.get("PYTHONPATH", str(Path(__file__).parents[2]))
        places = {"PATH": f"{folder}/bin:{os.environ['PATH']}", "PYTHONPATH": root, "HOME": str(folder / "home")}

        def shell(line):
            done = subprocess.run(
                ["sh", "-c", line],
                cwd=folder, env={**os.environ, **places, "SITE": site.at("")}, stdin=subprocess.DEVNULL,
                capture_output=True, text=True, timeout=PATIENCE, check=False,
            )  # fmt: skip
            return done.returncode, done.stdout, done.stderr

        yield shell


@pytest.mark.parametrize("line", [line for line in dict.fromkeys(examples()) if line != ASKS])
def test_it_does_what_it_says(folder, shell, line):
    if "cache" in line:
        assert shell(REMEMBERS)[0] == 0
    if (given := re.search(r" --cursor \S+", line)) is not None:
        _, before, _ = shell(line.replace(given[0], ""))
        cursor = re.search(r"cursor[ =]\W?([\w.]+-\w+)", before)
        assert cursor, before[:500]
        line = line.replace(given[0], f" --cursor {cursor[1]}")
    code, out, err = shell(line)
    assert (code, FAILING.findall(err)) == (0, []), err
    answer = answered(folder, line, out)
    if given is not None:
        assert answer != before
    if (budget := re.search(r"--budget (\d+)", line)) is not None and not re.search("compare|lint", line):
        assert counter("o200k_base")(answer.removesuffix("\n")) <= int(budget[1])
    if "--format json" in line:
        json.loads(answer)
    if "completion" in line:
        assert "_RICHRESP_COMPLETE" in answer
    if "ndjson" in line and "preview" in line:
        assert [json.loads(row)["title"] for row in answer.splitlines()] == ["Anchor", "Anchor"]


def test_the_one_that_asks_does_so_in_a_terminal(shell, terminal):
    assert ASKS in examples()
    assert shell(REMEMBERS)[0] == 0
    shown = terminal(*ASKS.split()[1:])
    shown.until("[y/N]")
    shown.types(b"y\n")
    out, code = shown.end()
    assert (code, "forgot 1 entry" in out) == (0, True), out


def answered(folder, line, out):
    """What it wrote, where it said that it would."""
    target = re.search(r"(?:>>?|-o) (\S+)$", line)
    if target is None:
        assert out or "clear" in line
        return out
    assert out == ""
    return (folder / target[1].replace("~", str(folder / "home"))).read_text()


def test_all_are_run_as_they_stand_there():
    lines = list(examples())
    assert len(lines) > 40
    assert all(
        "richresp" in shlex.split(line, comments=True) or re.search(r"\$\(richresp|'richresp", line) for line in lines
    )
