"""What commands read: files and pipes of any encoding with a mark, and no more of them than memory holds."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.cli.terminal import PATIENCE, process

SAMPLES = Path(__file__).parents[2] / "samples"
TOOLS = (SAMPLES / "manifests" / "bad" / "tools.json").read_text(encoding="utf-8")
CALLS = {
    "shape": (("--budget", 50), '[{"a": "Wörter \\u00e4 漢"}]'),
    "explain": (("--explain",), '[{"a": "Wörter 漢"}]'),
    "count": ((), "Wörter 漢"),
    "markdown": ((), "<h1>Wörter</h1><p>漢"),
    "text": ((), "# Wörter\n\n- 漢"),
    "table": ((), '[{"a": "Wörter 漢"}]'),
    "ndjson": ((), '{"a": "Wörter 漢"}\n{"a": 2}\n'),
    "csv": ((), "a,b\nWörter,漢\n"),
    "lint": ((), TOOLS),
}
NAMES = {"explain": "shape", "text": "markdown", "ndjson": "table", "csv": "table"}


def call(name):
    options, said = CALLS[name]
    return (NAMES.get(name, name), "-", *options), said


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_every_command_reads_every_encoding_that_has_a_mark(run, name, encoding):
    words, said = call(name)
    plain, marked = run(*words, stdin=said.encode()), run(*words, stdin=said.encode(encoding))
    assert plain.out
    assert (marked.code, marked.out, marked.err) == (plain.code, plain.out, plain.err)


@pytest.mark.parametrize("name", CALLS)
def test_every_command_reads_a_pipe_by_its_name(name):
    words, said = call(name)
    read, write = os.pipe()
    writer = threading.Thread(target=lambda: (os.write(write, said.encode()), os.close(write)))
    writer.start()
    command = [sys.executable, "-m", "richresp", words[0], f"/dev/fd/{read}", *map(str, words[2:])]
    done = subprocess.run(command, capture_output=True, pass_fds=[read], timeout=PATIENCE, check=False)
    writer.join()
    os.close(read)
    by_dash = process(*words, stdin=said.encode())
    assert done.returncode == by_dash.returncode
    assert done.stdout.decode().replace(f"/dev/fd/{read}", "-") == by_dash.stdout.decode()


@pytest.mark.parametrize("name", ["shape", "explain", "count", "markdown", "table", "lint"])
def test_what_is_larger_than_what_is_read_is_refused_in_one_line(fails, monkeypatch, tmp_path, name):
    for module in ("inputs", "lines"):
        monkeypatch.setattr(f"richresp.cli.{module}.MAX_INPUT_BYTES", 3 << 20)
    words, _ = call(name)
    given = b"[1,2\n" * 700_000
    code, line = fails(*words, stdin=given)
    assert code == 1
    assert line == "richresp: -: larger than 3 MiB, which is the most that is read at once\n"
    file = tmp_path / "file"
    file.write_bytes(given)
    assert fails(words[0], file, *words[2:]) == (1, line.replace("-:", f"{file}:"))


def measured(*arguments, stdin=None):
    """How a call ends, what it says, and how many kilobytes it held at most."""
    # What getrusage tells is that of the process before, where it was larger.
    code = "import re, sys; from richresp.cli import main; code = main(sys.argv[1:]);"
    code += "told = open('/proc/self/status').read(); print(re.search(r'VmHWM:\\s+(\\d+)', told)[1], file=sys.stderr); sys.exit(code)"
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=stdin, capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    told, kilobytes = done.stderr.decode().splitlines()
    return done.returncode, told, int(kilobytes)


def test_a_stream_without_an_end_ends():
    with open("/dev/zero", "rb") as endless:  # noqa: PTH123 - a device
        code, told, kilobytes = measured("count", "-", stdin=endless)
    assert (code, told) == (1, "richresp: -: larger than 256 MiB, which is the most that is read at once")
    assert kilobytes < 400 << 10


@pytest.mark.parametrize("command", [("shape", "--budget", 9), ("count",), ("markdown",), ("lint",)])
def test_a_file_is_measured_before_it_is_read(tmp_path, command):
    file = tmp_path / "large"
    with file.open("wb") as sparse:
        sparse.truncate(1 << 42)
    code, told, kilobytes = measured(command[0], file, *command[1:])
    assert (code, told) == (1, f"richresp: {file}: larger than 256 MiB, which is the most that is read at once")
    assert kilobytes < 200 << 10


def test_one_list_of_an_object_is_named_by_the_same_option_everywhere(run, fails):
    given = json.dumps({"n": 1, "it's": {"rows": [{"a": 1}, {"a": 2}]}, "items": [{"b": 3}]}).encode()
    for path, shaped, table in (
        ("$.items", '[{"b":3}]\n', "|b|\n|-:|\n|3|\n"),
        (r"$['it\'s'].rows", '[{"a":1},{"a":2}]\n', "|a|\n|-:|\n|1|\n|2|\n"),
        ("$['it\\'s'].rows[-1]", '{"a":2}\n', "|a|\n|-:|\n|2|\n"),
        ("$.items[*]", '{"b":3}\n', "|b|\n|-:|\n|3|\n"),
    ):
        assert run("shape", "-", "--budget", 50, "--at", path, "--format", "json", stdin=given).out == shaped
        assert run("table", "-", "--at", path, stdin=given).out == table
        assert run("shape", "-", "--explain", "--at", path, stdin=given).out.endswith("\n")
        assert "\ncsv  " in run("shape", "-", "--compare", "--at", path, stdin=given).out
    for path, complaint in (
        ("$.nope", "there is nothing at this path"),
        ("$..a", "more than one value"),
        ("items", "'items', at 0: 'i' where $"),
        ("$.items[0:1]", "slices are not supported"),
    ):
        for call in (("shape", "--budget", 50), ("table",)):
            code, line = fails(call[0], "-", *call[1:], "--at", path, stdin=given)
            assert code == 2
            assert line.startswith("richresp: --at '")
            assert complaint in line


def test_the_path_that_a_message_names_can_be_given(run, fails):
    for key in ("items", "it's", 'a"b\\', "x\ny", "漢 字"):
        given = json.dumps({key: [{"a": 1}], "n": 2}).encode()
        line = fails("table", "-", stdin=given)[1]
        path = subprocess.run(
            ["sh", "-c", f"printf %s {line.partition('--at ')[2].removesuffix(' takes its list' + chr(10))}"],
            capture_output=True, check=True,
        ).stdout.decode()  # fmt: skip
        assert run("table", "-", "--at", path, stdin=given).out == "|a|\n|-:|\n|1|\n"
    code, line = fails("shape", "-", "--budget", 50, "--format", "csv", stdin=b'{"items": [1]}')
    assert code == 2
    assert "not for an object; take its list with --at, or take --format markdown" in line
    assert fails("table", "-", "--at", "$.a", stdin=b"a,b\n1,2\n")[1].endswith(
        "is CSV; leave it out, or say --from json\n"
    )


def test_lines_of_json_are_a_list_and_verbose_says_so(run, fails):
    given = b'{"a": 1}\n\n{"a": 2}\r\n[3]\n'
    result = run("shape", "-", "--budget", 50, "-v", stdin=given)
    assert result.out == '[{"a":1},{"a":2},[3]]\n'
    assert "3 lines of JSON are read as a list" in result.err
    assert run("shape", "-", "--budget", 50, stdin=given).err == ""
    assert run("shape", "-", "--budget", 50, "--at", "$[1].a", stdin=given).out == "2\n"
    code, line = fails("shape", "-", "--budget", 50, stdin=b'{"a": 1}\n{"a": 2\n')
    assert code == 1
    assert line == "richresp: -: line 2: not JSON, column 8: Expecting ',' delimiter\n"
    assert (
        "line 3: the key 'a' stands twice"
        in fails("shape", "-", "--budget", 50, stdin=b'1\n2\n{"a": 1, "a": 2}\n4\n')[1]
    )
    assert "NDJSON; leave it out\n" in fails("table", "-", "--at", "$[0]", stdin=b'{"a": 1}\n{"a": 2}\n')[1]


def test_no_words_of_python_are_in_what_is_told_of_a_file(fails):
    for given in (b"[" + b"1" * 5000 + b"]", b'{"a":1}\n' + b"1" * 5000, b"[" * 100_000):
        for call in (("shape", "--budget", 50), ("table", "--from", "json")):
            line = fails(call[0], "-", *call[1:], stdin=given)[1]
            assert not any(word in line for word in ("set_int_max", "Python", "NoneType", "dict"))
