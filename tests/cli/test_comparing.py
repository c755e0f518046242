"""`richresp shape --compare`: what each format makes of a payload."""

import json
import re
from pathlib import Path

import pytest

from richresp import shape, tokens
from richresp.shaping.treetext import columns_of
from tests.cli.payloads import PAYLOAD, ROWS, bare, written

FORMATS = ("json", "markdown", "csv", "tsv", "text")
DOCUMENT = Path(__file__).parents[2] / "samples" / "payloads" / "npm_document.json"


@pytest.fixture
def file(tmp_path):
    return written(tmp_path, PAYLOAD)


@pytest.fixture
def rows(tmp_path):
    return written(tmp_path, ROWS)


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


def test_what_fits_is_told_in_the_same_words_for_each_with_the_notice_of_each(run, rows):
    out = run("shape", rows, "--compare", "--budget", 300).out
    table, notices = out.split("\n\n")
    for line in table.splitlines()[1:]:
        name = line.split()[0]
        found = shape(ROWS, budget=300, format=name)
        share = tokens.count(json.dumps(found.data, separators=(",", ":"))) / tokens.count(
            json.dumps(ROWS, separators=(",", ":"))
        )
        assert line.endswith(f"  {100 * share:.0f} %  {found.tokens} tokens  {len(found.data)} of 90 items")
        assert f"{name}: {found.notice}\n" in notices
    assert "  100 %  " in run("shape", rows, "--compare", "--bytes", 100_000).out
    assert "100 %   1 token\n" in run("shape", "-", "--compare", "--budget", 50, stdin=b"[]").out
    nothing = run("shape", rows, "--compare", "--budget", 3).out
    assert "json: nothing fits: it takes " in nothing
    assert "shown" not in nothing


def test_the_heaviest_of_what_is_shortened_is_told_and_not_what_a_notice_happens_to_count(run, tmp_path):
    file = tmp_path / "document.json"
    payload = {
        "tags": ["a", "b", "c", "d"],
        "deep": {"rows": [{"id": n, "text": "some words " * 5} for n in range(80)]},
        "z": 1,
    }
    file.write_text(json.dumps(payload))
    out = run("shape", file, "--compare", "--budget", 120).out
    assert len(re.findall(r" \d+ of 80 items in deep.rows$", out, re.MULTILINE)) == 3


@pytest.mark.parametrize(
    ("caps", "used"),
    [
        (("--chars", 900), r"\d+ characters"),
        (("--bytes", 900), r"\d+ bytes"),
        (("--budget", 300, "--chars", 900), r"\d+ tokens, \d+ characters"),
        (("--profile", "codex"), r"[\d,]+ bytes"),
    ],
)
def test_what_is_used_is_told_in_the_units_that_have_a_cap(run, rows, caps, used):
    for line in run("shape", rows, "--compare", *caps).out.partition("\n\n")[0].splitlines()[1:]:
        assert re.search(rf" %  +{used}(  |$)", line)


@pytest.mark.parametrize("size", [(40, 24), (60, 24), (80, 24), (120, 24)])
def test_a_comparison_is_as_narrow_as_its_terminal_and_keeps_what_matters(terminal, size):
    out, code = terminal("shape", DOCUMENT, "--compare", "--budget", 500, size=size).end()
    assert code == 0
    lines = bare(out).splitlines()
    assert max(map(columns_of, lines)) <= size[0]
    heads = lines[0]
    assert all(head in heads for head in ("format", "tokens", "shown", "used"))
    assert ("of json" in heads, "shortened most" in heads) == (size[0] >= 120, size[0] >= 80)
    assert any("cheapest, auto" in line for line in lines[:3]) is (size[0] >= 60)
    assert ("\ncheapest: json; auto: json\n" in bare(out)) is (size[0] < 60)


def test_options_hold_for_the_comparison(run, file):
    whole, dropped = (run("shape", file, "--compare", *options).out for options in ((), ("--drop", "$..text")))
    assert int(whole.split("\njson")[1].split()[0].replace(",", "")) > 2 * int(
        dropped.split("\njson")[1].split()[0].replace(",", "")
    )
    claude = run("shape", file, "--compare", "--counter", "claude").out
    assert claude != whole
    assert "shown" in run("shape", file, "--compare", "--profile", "codex").out


def test_a_format_that_a_payload_cannot_have_says_so(run, file):
    out = run("shape", file, "--compare").out
    for name in ("csv", "tsv"):
        assert f"\n{name}: for a list of records, not for an object\n" in out
    assert "dict" not in out


def test_a_terminal_gets_the_same_comparison_in_colour(terminal, rows, run):
    out, code = terminal("shape", rows, "--compare", "--budget", 300).end()
    assert code == 0
    green = [line for line in out.splitlines() if "\x1b[32m" in line]
    assert len(green) == 1
    assert "cheapest" in green[0]
    plain = run("shape", rows, "--compare", "--budget", 300).out
    assert max(map(len, bare(out).splitlines())) <= 80 < max(map(len, plain.splitlines()))
    assert set(bare(out).split()) <= set(plain.split())
