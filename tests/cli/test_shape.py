"""`richresp shape` and `richresp count`."""

import json

import pytest

from richresp import tokens

PAYLOAD = {"query": "x", "hits": [{"id": number, "text": "some words about it " * 9} for number in range(50)]}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "payload.json"
    path.write_text(json.dumps(PAYLOAD), encoding="utf-8")
    return path


def test_a_payload_is_trimmed_to_its_budget(run, file):
    result = run("shape", file, "--budget", 200)
    assert result.code == 0
    assert tokens.count(result.out.removesuffix("\n")) <= 200
    assert list(json.loads(result.out)) == ["_notice", "query", "hits"]


def test_standard_input_is_a_file_called_dash(run):
    assert run("shape", "-", "--budget", 100, stdin=b'\xef\xbb\xbf{"a": [1, 2]}').out == '{"a":[1,2]}\n'
    assert run("count", "-", stdin="zwei Wörter".encode()).out == f"{tokens.count('zwei Wörter')}\n"


def test_the_cursor_of_the_notice_gets_the_next_page(run, file):
    first = json.loads(run("shape", file, "--budget", 300).out)
    cursor = first["_notice"].rpartition(" ")[2]
    second = json.loads(run("shape", file, "--budget", 300, "--cursor", cursor).out)
    assert second["hits"][0]["id"] == len(first["hits"])


def test_a_notice_aside_goes_to_standard_error(run, file):
    result = run("shape", file, "--budget", 200, "--notice", "aside")
    assert list(json.loads(result.out)) == ["query", "hits"]
    assert result.err.startswith("richresp: Shortened: ")


def test_where_the_tokens_go_is_shown_and_nothing_else(run, file):
    first = run("shape", file, "--explain").out.splitlines()[0]
    assert "in hits[*].text" in first
    assert "; --drop '$..text' saves 8" in first
    assert run("shape", file, "--budget", 10**6, "--drop", "$..text").out.count("text") == 0


def test_paths_and_strategies_reach_the_library(run, file):
    options = ("--budget", 200, "--drop", "$..text", "--keep", "$.query", "--strategy", "tail", "--notice", "aside")
    options += ("--format", "json")
    shown = json.loads(run("shape", file, *options).out)
    assert shown["query"] == "x"
    assert shown["hits"][-1] == {"id": 49}


def test_a_table_is_written_where_it_is_cheaper_and_on_demand(run, tmp_path):
    rows = [{"id": number, "state": "open", "title": f"Berth {number}"} for number in range(9)]
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(rows))
    assert run("shape", path, "--budget", 900).out.startswith("|id|state|title|\n")
    assert run("shape", path, "--budget", 900, "--format", "csv").out.startswith("id,state,title\n0,open,Berth 0\n")
    folded = run("shape", path, "--budget", 900, "--fold-constant").out
    assert folded.startswith("The same in all rows: state: open")


def test_characters_and_the_caps_of_a_host_hold_as_well(run, file):
    assert len(run("shape", file, "--chars", 300).out) <= 301
    assert len(run("shape", file, "--bytes", 20_000, "--profile", "codex").out.encode()) <= 10_241


def test_a_family_costs_more(run, file):
    exact, claude = (int(run("count", file, "--counter", name).out) for name in ("o200k_base", "claude"))
    assert claude > exact


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"{", "not JSON, line 1"),
        (b"", "not JSON"),
        (b"\xff", "not UTF-8 from byte 0 on; convert it"),
        (b"\xff\xfea", "not UTF-16 from byte 2 on"),
        (b'{"a": 1, "a": 2}', "'a' stands twice"),
        (b"[" * 100_000, "nested too deep"),
        (b"[" + b"1" * 5000 + b"]", "a number of more than 4,300 digits"),
    ],
)
def test_what_is_not_json_fails_in_one_line(fails, content, complaint):
    code, line = fails("shape", "-", "--budget", 100, stdin=content)
    assert code == 1
    assert complaint in line


def test_not_a_number_becomes_null(run):
    assert run("shape", "-", "--budget", 100, stdin=b"[NaN, 1e999]").out == "[null,null]\n"


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (["shape", "missing.json", "--budget", "9"], 2, "missing.json: No such file"),
        (["shape", "/", "--budget", "9"], 2, "directory"),
        (["shape", "a\0b", "--budget", "9"], 2, "null byte"),
        (["shape", "-"], 2, "--budget"),
        (["shape", "-", "--budget", "many"], 2, "not a valid integer"),
        (["shape", "-", "--budget", "1"], 2, "give at least"),
        (["shape", "-", "--budget", "-5"], 2, "'--budget': -5 is not"),
        (["shape", "-", "--budget", "9", "--format", "xml"], 2, "xml"),
        (["shape", "-", "--budget", "20", "--cursor", "zzz"], 1, "cursor"),
        (["count", "missing.txt"], 2, "No such file"),
        (["count", "-", "--counter", "nobody"], 2, "nobody"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_a_wrong_call_fails_in_one_line(fails, arguments, code, complaint):
    assert fails(*arguments, stdin=b'{"a": [1, 2, 3]}')[0] == code
    assert complaint in fails(*arguments, stdin=b'{"a": [1, 2, 3]}')[1]


@pytest.mark.parametrize("command", [[], ["shape"], ["count"], ["preview"]])
def test_help_has_examples(run, command):
    result = run(*command, "--help")
    assert result.code == 0
    assert "Examples:" in result.out
    assert f"richresp {command[0] if command else 'shape'} " in result.out


def test_the_version_is_told(run):
    assert run("--version").out.strip()[0].isdigit()


def test_how_much_may_be_shown_has_to_be_said(fails, file):
    code, line = fails("shape", file)
    assert code == 2
    assert "--budget, --chars, --bytes or --profile" in line


def test_a_path_that_is_none_is_refused_where_it_goes_wrong(fails, file):
    code, line = fails("shape", file, "--budget", 200, "--drop", "$.a[1:2]")
    assert code == 2
    assert "at 5: slices are not supported" in line


def test_the_output_fits_a_schema_and_the_notice_goes_to_standard_error(run, file, tmp_path):
    schema = tmp_path / "schema.json"
    schema.write_text(json.dumps({"required": ["hits"], "properties": {"hits": {"minItems": 5}}}), encoding="utf-8")
    result = run("shape", file, "--budget", 300, "--schema", schema)
    assert result.code == 0
    assert len(json.loads(result.out)["hits"]) >= 5
    assert result.err.startswith("richresp: Shortened: ")
    schema.write_text('{"required": ["nothing"]}', encoding="utf-8")
    refused = run("shape", file, "--budget", 300, "--schema", schema)
    assert refused.code != 0
    assert "does not fit the schema" in refused.err


def test_the_help_of_auto_tells_its_rule(run):
    rows = [{"id": number, "state": "open", "title": f"Berth {number}"} for number in range(9)]
    told = " ".join(run("shape", "--help").out.split())
    assert "auto is markdown where a list is a table that costs at least a tenth less than its JSON" in told
    assert run("shape", "-", "--budget", 900, stdin=json.dumps({"n": 1, "rows": rows}).encode()).out.startswith(
        "n: 1\n"
    )
    assert run("shape", "-", "--budget", 900, stdin=b'"# Title\\n\\n- a"').out == "# Title\n\n- a\n"
    assert run("shape", "-", "--budget", 900, stdin=b'[{"a": 1}]').out == '[{"a":1}]\n'
