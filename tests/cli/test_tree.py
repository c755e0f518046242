"""`richresp shape --explain`: where tokens go."""

import fcntl
import json
import os
import pty
import re
import struct
import termios

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import explain
from richresp.cli.tree import coloured_tree
from richresp.shaping.treetext import columns_of
from tests.cli.payloads import PAYLOAD, ROWS, bare, written
from tests.cli.terminal import process
from tests.shaping.test_explain import payloads


@pytest.fixture
def file(tmp_path):
    return written(tmp_path, PAYLOAD)


@pytest.fixture
def rows(tmp_path):
    return written(tmp_path, ROWS)


def test_a_pipe_gets_the_tree_of_the_library(run, file, monkeypatch):
    plain = run("shape", file, "--explain").out
    cure = 'drop=["$..text"]'
    assert cure in str(explain(PAYLOAD))
    assert plain == f"{explain(PAYLOAD)}\n".replace(cure, "--drop '$..text'")
    monkeypatch.setenv("COLUMNS", "40")
    assert run("shape", file, "--explain").out == plain
    assert process("shape", file, "--explain", NO_COLOR="1").stdout.decode() == plain


@pytest.mark.parametrize("size", [(40, 24), (80, 24), (120, 40)])
def test_a_terminal_gets_bars_as_long_as_the_shares_within_its_width(terminal, file, size):
    out, code = terminal("shape", file, "--explain", size=size).end()
    assert code == 0
    assert "\x1b[31m" in out
    lines = bare(out).splitlines()
    assert len(lines) < size[1]
    assert max(map(len, lines[2:])) <= size[0]
    assert any("└─" in line for line in lines)
    drawn = [line for line in lines if "█" in line]
    full = drawn[0].count("█")
    for line in drawn:
        share = int(re.search(r"(\d+) %", line)[1]) / 100
        assert abs(line.count("█") - share * full) <= 1


def drawn(tree, width):
    """The tree as a terminal of so many columns gets it, line by line."""
    master, slave = pty.openpty()
    try:
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
        with open(slave, "w", encoding="utf-8", closefd=False) as stream:
            return bare(coloured_tree(tree, stream)).splitlines()
    finally:
        os.close(master)
        os.close(slave)


@given(payloads, st.integers(1, 200))
def test_the_tree_of_any_payload_is_as_narrow_as_its_terminal(payload, width):
    assert max(map(columns_of, drawn(explain(payload), width))) <= width


def test_in_a_narrow_terminal_what_stands_beside_names_goes_first_then_the_bars_and_then_the_names():
    hits = [{"some_identifier": "words of prose " * 9, "vector": [0.5] * 40} for _ in range(30)]
    tree, steps = explain({"hits": hits}), {}
    for width in range(100, 25, -1):
        line = next(line for line in drawn(tree, width)[-4:] if re.search("─ so.*…?.*r", line))
        steps[width] = line.endswith("  x30"), "█" in line, "some_identifier" in line
    assert steps[100] == (True, True, True)
    assert steps[26] == (False, False, False)
    assert {step for step in steps.values() if not step[2]} == {(False, False, False)}
    assert {(False, True, True), (False, False, True)} <= set(steps.values())


def test_the_heaviest_value_is_red_and_nothing_is_told_by_colour_alone(run, file):
    out = run("shape", file, "--explain", "--color", "always").out
    red = [bare(line) for line in out.splitlines() if "\x1b[31m" in line]
    assert len(red) == 1
    assert re.search("text +x50$", red[0])
    plain = run("shape", file, "--explain").out
    for path in ("text", "place", "(keys and punctuation)"):
        assert path in plain
        assert path in bare(out)
    assert [line.split()[0] for line in bare(out).splitlines()[2:]] == [
        line.split()[0] for line in plain.splitlines()[2:]
    ]


def test_branches_hang_where_they_belong(run, tmp_path):
    file = tmp_path / "tree.json"
    words = "many words of some text " * 20
    file.write_text(json.dumps({"a": {"b": {"c": words * 3, "d": words}, "e": words * 2}, "f": words}))
    out = bare(run("shape", file, "--explain", "--color", "always").out)
    drawn = [line.split("  ", 3)[-1].lstrip(" █▏▎▍▌▋▊▉") for line in out.splitlines()[2:]]
    assert [line.rstrip() for line in drawn] == [
        "$", "├─ a", "│  ├─ b", "│  │  ├─ c", "│  │  └─ d", "│  └─ e", "└─ f",
    ]  # fmt: skip


def test_a_stream_without_such_signs_gets_others(file):
    done = process("shape", file, "--explain", "--color", "always", PYTHONIOENCODING="ascii")
    said = bare(done.stdout.decode("ascii"))
    assert "####" in said
    assert "`- " in said
    assert "\\u" not in said


def test_no_key_is_taken_for_markup_or_obeyed(terminal, tmp_path):
    file = tmp_path / "keys.json"
    file.write_text(json.dumps({"[bold]x[/bold]": "many words " * 9, "\x1b[2J\x9b": "words " * 99}), encoding="utf-8")
    out, code = terminal("shape", file, "--explain").end()
    assert code == 0
    assert "[bold]x[/bold]" in out
    assert not set(bare(out)) & {"\x1b", "\x9b"}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--compare", "--explain"), "give one of them"),
        (("--compare", "--format", "csv"), "--compare shows all formats: leave --format out"),
        (("--compare", "--cursor", "1-2", "--schema", "x"), "leave --schema and --cursor out"),
        (("--explain", "--budget", "9"), "--explain shows the payload as it is: leave --budget out"),
        (("--explain", "--format", "auto", "--fold-constant"), "leave --format and --fold-constant out"),
        (("--explain", "--drop", "$.a[1:2]"), "leave --drop out"),
        (("--explain", "--keep", "$.a"), "leave --keep out"),
        (("--explain", "--chars", "9"), "leave --chars out"),
        (("--explain", "--strategy", "head"), "leave --strategy out"),
        (("--compare", "--drop", "$.a[1:2]"), "slices"),
    ],
)
def test_what_contradicts_itself_is_a_wrong_call(fails, rows, arguments, complaint):
    code, line = fails("shape", rows, *arguments)
    assert code == 2
    assert complaint in line
