"""`richresp shape --explain` and `--compare`: where tokens go, and what each format makes of a payload."""

import json
import re

import pytest

from richresp import explain, shape, tokens
from tests.cli.terminal import process

PAYLOAD = {
    "query": "x",
    "hits": [
        {"id": number, "text": "some words about it " * 9, "place": {"name": f"Pier {number}", "country": "NL"}}
        for number in range(50)
    ],
}
ROWS = [{"id": number, "state": "open", "title": f"Berth {number}"} for number in range(90)]
FORMATS = ("json", "markdown", "csv", "tsv", "text")
_STYLE = re.compile("\x1b\\[[0-9;]*m")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "payload.json"
    path.write_text(json.dumps(PAYLOAD), encoding="utf-8")
    return path


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(ROWS), encoding="utf-8")
    return path


def bare(text):
    return _STYLE.sub("", text)


def test_a_pipe_gets_the_tree_of_the_library(run, file, monkeypatch):
    plain = run("shape", file, "--explain").out
    assert plain == f"{explain(PAYLOAD)}\n"
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


def test_every_format_is_told_with_its_tokens_and_the_cheapest_and_the_usual_are_marked(run, rows):
    lines = run("shape", rows, "--compare").out.splitlines()
    assert lines[0].split() == ["format", "tokens", "of", "json"]
    assert [line.split()[0] for line in lines[1:]] == list(FORMATS)
    costs = {name: tokens.count(shape(ROWS, budget=10**6, format=name).text) for name in FORMATS}
    assert {line.split()[0]: int(line.split()[1].replace(",", "")) for line in lines[1:]} == costs
    cheapest = [line.split()[0] for line in lines if "cheapest" in line]
    assert len(cheapest) == 1
    assert costs[cheapest[0]] == min(costs.values())
    usual = [line.split()[0] for line in lines if "auto" in line]
    assert usual == [shape(ROWS, budget=10**6).format]


def test_what_fits_is_told_with_the_notice_of_each(run, rows):
    out = run("shape", rows, "--compare", "--budget", 300).out
    table, notices = out.split("\n\n")
    for line in table.splitlines()[1:]:
        name = line.split()[0]
        found = shape(ROWS, budget=300, format=name)
        assert line.endswith(f"  {len(found.data)} of 90 items, {found.tokens} tokens")
        assert f"{name}: {found.notice}\n" in notices
    assert "all of it" in run("shape", rows, "--compare", "--bytes", 100_000).out
    assert "nothing: it takes " in run("shape", rows, "--compare", "--budget", 3).out


def test_options_hold_for_the_comparison(run, file):
    whole, dropped = (run("shape", file, "--compare", *options).out for options in ((), ("--drop", "$..text")))
    assert int(whole.split("\njson")[1].split()[0].replace(",", "")) > 2 * int(
        dropped.split("\njson")[1].split()[0].replace(",", "")
    )
    claude = run("shape", file, "--compare", "--counter", "claude").out
    assert claude != whole
    assert "what fits" in run("shape", file, "--compare", "--profile", "codex").out


def test_a_format_that_a_payload_cannot_have_says_so(run, file):
    lines = run("shape", file, "--compare").out.splitlines()
    assert [line.split()[0] for line in lines if "for a list of records, not for a dict" in line] == ["csv", "tsv"]


def test_a_terminal_gets_the_same_comparison_in_colour(terminal, rows, run):
    out, code = terminal("shape", rows, "--compare", "--budget", 300).end()
    assert code == 0
    green = [line for line in out.splitlines() if "\x1b[32m" in line]
    assert len(green) == 1
    assert "cheapest" in green[0]
    plain = run("shape", rows, "--compare", "--budget", 300).out
    assert bare(out).split() == plain.split()
    assert bare(out).split("\n\n")[0] == plain.split("\n\n")[0]
    assert max(map(len, bare(out).splitlines())) <= 80 < max(map(len, plain.splitlines()))


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--compare", "--explain"), "give one of them"),
        (("--compare", "--format", "csv"), "leave --format"),
        (("--compare", "--cursor", "1-2"), "leave --format, --cursor"),
        (("--compare", "--drop", "$.a[1:2]"), "slices"),
    ],
)
def test_what_contradicts_itself_is_a_wrong_call(fails, rows, arguments, complaint):
    code, line = fails("shape", rows, *arguments)
    assert code == 2
    assert complaint in line
