"""How a call ends, and what stands beside its answer meanwhile: Ctrl-C, readers that go away, full disks, progress."""

import json
import os
import signal
import subprocess
import sys
import threading
import tomllib
from pathlib import Path

import pytest

from richresp.cli import main
from tests.cli.site import serving, titled
from tests.cli.terminal import PATIENCE, process

URL = "https://site.example.com/page"
ROOT = str(Path(__file__).parents[2])
PAGE = b"""<title>Title \xf0\x9f\x8c\xb3</title><meta property=og:description content='Words of prose.'>
<meta property=og:image content=https://site.example.com/i.png>"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    return path


@pytest.mark.parametrize("count", [1, 12])
def test_ctrl_c_ends_at_once_with_130_and_one_line(terminal, count):
    asked, release = threading.Semaphore(0), threading.Event()

    def waits(_visit):
        asked.release()
        release.wait(PATIENCE)
        yield b""

    with serving({f"/{number}": waits for number in range(count)}) as site:
        urls = [site.at(f"/{number}") for number in range(count)]
        shown = terminal("preview", *urls, "--allow-private", "--timeout", "300")
        for _ in range(min(count, 4)):
            assert asked.acquire(timeout=PATIENCE)
        shown.types(b"\x03")
        out, code = shown.end()
        release.set()
    assert code == 130
    assert out.splitlines()[-1] == "richresp: stopped"
    assert "Traceback" not in out


def test_progress_is_drawn_where_a_terminal_listens_and_goes_away(terminal, tmp_path):
    release = threading.Event()

    def late(_visit):
        release.wait(PATIENCE)
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n<title>L</title"

    with serving({"/a": titled("Anchor"), "/late": late}) as site, (tmp_path / "out").open("w+") as out:
        shown = terminal("preview", site.at("/a"), site.at("/late"), "--allow-private", out=out)
        shown.until("1/2")
        release.set()
        told, code = shown.end()
        out.seek(0)
        written = out.read()
    assert code == 0
    assert "\x1b[2K" in told
    assert told.rstrip().endswith("\x1b[2K")
    assert "Anchor" in written
    assert "\x1b" not in written


def test_progress_gives_way_to_cards_in_the_same_terminal(terminal):
    with serving({"/a": titled("Anchor"), "/b": titled("Buoy")}) as site:
        out, code = terminal("preview", site.at("/a"), site.at("/b"), "--allow-private").end()
    assert code == 0
    for word in ("Anchor", "Buoy"):
        before, bar, after = out.partition(word)[0].rpartition("/2")
        assert bar
        assert "\x1b[2K" in after, before


@pytest.mark.parametrize("arguments", [("--quiet",), ("--format", "ndjson", "--color", "never")])
def test_progress_is_never_in_an_answer(terminal, tmp_path, arguments):
    with serving({"/a": titled("Anchor"), "/b": titled("Buoy")}) as site, (tmp_path / "out").open("w+") as out:
        shown = terminal("preview", site.at("/a"), site.at("/b"), "--allow-private", *arguments, out=out)
        told, code = shown.end()
        out.seek(0)
        written = out.read()
    assert code == 0
    assert "Anchor" in written
    assert "\x1b" not in written
    assert (told == "") is ("--quiet" in arguments)


def test_a_reader_that_goes_away_is_no_reason_to_complain(tmp_path):
    pages = {f"/{number}": titled("Anchor " * 200) for number in range(60)}
    with serving(pages) as site:
        urls = [site.at(path) for path in pages]
        running = subprocess.Popen(
            [sys.executable, "-m", "richresp", "preview", *urls, "--allow-private"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        running.stdout.readline()
        running.stdout.close()
        told = running.stderr.read()
        assert running.wait(PATIENCE) == 1
        running.stderr.close()
    assert told == b""


def test_a_full_disk_is_one_line():
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [sys.executable, "-m", "richresp", "preview", "-", "--url", URL],
            input=PAGE, stdout=full, stderr=subprocess.PIPE, timeout=PATIENCE, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == b"richresp: cannot write: No space left on device\n"


@pytest.mark.parametrize("encoding", ["latin-1", "cp1251", "utf-8"])
@pytest.mark.parametrize("form", ["terminal", "json", "markdown"])
def test_a_stream_of_few_characters_gets_what_stands_for_the_others(file, encoding, form):
    done = process("preview", file, "--url", URL, "--format", form, PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    said = done.stdout.decode(encoding)
    if form == "json":
        assert json.loads(said)["title"] == "Title 🌳"
    else:
        assert ("Title 🌳" if encoding == "utf-8" else "Title \\U0001f333") in said


def test_ctrl_c_before_anything_is_done_is_130():
    running = subprocess.Popen(
        [sys.executable, "-m", "richresp", "preview", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    # It reads its links once there are any, so it is inside when the pipe is drained.
    running.stdin.write(b"# a line\n" * 20_000)
    running.stdin.flush()
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=PATIENCE)
    assert running.returncode == 130
    assert told.split(b"\n")[-2] == b"richresp: stopped"


@pytest.mark.parametrize(
    "start", ["-m richresp", "-c import sys; from richresp.__main__ import main; sys.exit(main())"]
)
@pytest.mark.parametrize("closed", [False, True])
def test_ctrl_c_while_the_command_line_is_loaded_is_130_as_well(tmp_path, start, closed):
    # What is loaded first waits for the signal.
    (tmp_path / "click.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nsignal.pause()\n")
    option, _, rest = start.partition(" ")
    call = [sys.executable, option, rest, "preview", URL]
    done = subprocess.run(
        ["sh", "-c", '"$@" 2>&-', "sh", *call] if closed else call,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", ROOT)])},
        cwd=tmp_path, capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"" if closed else b"richresp: stopped\n")


def test_the_command_of_a_shell_starts_as_the_module_does():
    project = tomllib.loads((Path(ROOT) / "pyproject.toml").read_text())["project"]
    assert project["scripts"] == {"richresp": "richresp.__main__:main"}


def test_an_error_that_cannot_be_told_keeps_its_exit_code():
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [sys.executable, "-m", "richresp", "preview", "nowhere.html"],
            stdout=subprocess.PIPE, stderr=full, timeout=PATIENCE, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, b"")


def test_main_returns_the_code_and_does_not_end_the_process(capfd):
    assert main(["--version"]) == 0
    assert main(["nonsense"]) == 2
    capfd.readouterr()
