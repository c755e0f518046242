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
    assert result.err.startswith("Shortened: ")


def test_a_family_costs_more(run, file):
    exact, claude = (int(run("count", file, "--counter", name).out) for name in ("o200k_base", "claude"))
    assert claude > exact


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"{", "not JSON, line 1"),
        (b"", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"a": 1, "a": 2}', "'a' stands twice"),
        (b"[" * 100_000, "nested too deep"),
        (b"[" + b"1" * 5000 + b"]", "4300"),
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
        (["shape", "-", "--budget", "0"], 2, "give at least"),
        (["shape", "-", "--budget", "-5"], 2, "give at least"),
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
