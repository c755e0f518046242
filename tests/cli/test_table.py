"""`richresp table`."""

import csv
import io
import json
import subprocess
import sys

import pytest

from richresp import markdown as md
from tests.cli.terminal import PATIENCE, process

ROWS = [{"id": number, "name": f"Berth {number}", "state": "a|b *c*"} for number in range(300)]


def separated(rows, delimiter=","):
    kept = io.StringIO()
    writer = csv.DictWriter(kept, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return kept.getvalue()


def by_line(rows):
    return "".join(f"{json.dumps(row)}\n" for row in rows)


TEXTS = [{name: str(value) for name, value in row.items()} for row in ROWS]
FORMS = {
    "json": (json.dumps(ROWS), ROWS),
    "indented json": (json.dumps(ROWS, indent=2), ROWS),
    "ndjson": (by_line(ROWS), ROWS),
    "csv": (separated(ROWS), TEXTS),
    "csv of semicolons": (separated(ROWS, ";"), TEXTS),
    "tsv": (separated(ROWS, "\t"), TEXTS),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("blank", ["", "\n \n"])
def test_the_form_is_told_by_the_content_and_the_table_is_that_of_the_library(run, form, encoding, blank):
    text, rows = FORMS[form]
    if form.startswith(("csv", "tsv")):
        blank = blank.replace(" ", "")
    result = run("table", "-", stdin=(blank + text).encode(encoding))
    assert (result.code, result.err) == (0, "")
    assert result.out == f"{md.table(rows)}\n"


@pytest.mark.parametrize("form", ["json", "ndjson", "csv", "tsv"])
def test_the_form_may_be_said(run, tmp_path, form):
    text, rows = FORMS[form]
    file = tmp_path / "berths"
    file.write_text(text, encoding="utf-8")
    assert run("table", file, "--from", form).out == f"{md.table(rows)}\n"


def test_what_is_said_has_the_last_word(run):
    assert run("table", "-", "--from", "csv", stdin=b'{"a"\n1\n').out == '|{"a"|\n|-|\n|1|\n'
    assert run("table", "-", "--from", "ndjson", stdin=b'{"a": 1}').out == "|a|\n|-:|\n|1|\n"


@pytest.mark.parametrize("form", ["json", "ndjson", "csv", "tsv"])
def test_options_reach_the_library(run, form):
    text, rows = FORMS[form]
    arguments = (
        "--columns",
        "name=The name,id",
        "--align",
        "id=center,name=right",
        "--max-rows",
        "5",
        "--max-cell",
        "4",
    )
    options = {"columns": {"name": "The name", "id": "id"}, "align": {"id": "center", "name": "right"}, "max_cell": 4}
    expected = str(md.table(rows if form == "json" else iter(rows), **options, max_rows=5))
    assert run("table", "-", *arguments, stdin=text.encode()).out == f"{expected}\n"
    left = run("table", "-", "--align", "left", "--columns", "id", stdin=text.encode()).out
    assert left.startswith("|id|\n|-|\n|0|\n")


def test_names_with_commas_are_put_in_quotes_and_names_that_stand_twice_are_kept(run):
    assert run("table", "-", "--columns", '"a,b"', stdin=b'"a,b",c\n1,2\n').out == "|a,b|\n|-|\n|1|\n"
    assert run("table", "-", stdin=b"a,a\n1,2\n").out == "|a|a|\n|-|-|\n|1|2|\n"


def test_rows_are_lists_where_their_columns_are_named(run, fails):
    given = b"[1, 2]\n[3]\n"
    assert run("table", "-", "--columns", "x,y", stdin=given).out == "|x|y|\n|-:|-:|\n|1|2|\n|3||\n"
    code, line = fails("table", "-", stdin=given)
    assert code == 2
    assert "need --columns" in line


def test_rows_that_are_none_and_values_without_a_column_are_left_out_told_in_one_line_and_fail(run):
    given = b'{"a": 1}\nnope\n[1]\n{"a": 2, "a": 3}\n7\n{"a": 4}\n'
    result = run("table", "-", "--quiet", stdin=given)
    assert (result.code, result.out) == (1, "|a|\n|-:|\n|1|\n|4|\n")
    assert result.err == (
        "richresp: -: 4 rows left out: line 2 (not JSON, column 1: Expecting value), line 3 (a list, no object), "
        "line 4 (the key 'a' stands twice in an object, and one of the two would be lost), and 1 more\n"
    )
    result = run("table", "-", stdin=b'a,b\n1,2,3\n"4"x,5\n6,7,,\n8,9\n')
    assert (result.code, result.out) == (1, "|a|b|\n|-|-|\n|1|2|\n|6|7|\n|8|9|\n")
    assert result.err.count("\n") == 1
    assert "1 row left out: line 3 (',' expected after '\"')" in result.err
    assert "values of 1 row left out, the first in line 2: 3 values for 2 columns" in result.err


def test_a_name_that_comes_late_is_told_in_a_stream_and_shown_of_a_list(run):
    rows = [{"a": number} for number in range(200)] + [{"a": 200, "late": 1}]
    streamed = run("table", "-", stdin=by_line(rows).encode())
    assert streamed.code == 1
    assert "line 201: 'late' is no column; --columns names them all" in streamed.err
    assert streamed.out.endswith("|199|\n|200|\n")
    named = run("table", "-", "--columns", "a,late", stdin=by_line(rows).encode())
    assert named.code == 0
    assert named.out.endswith("|200|1|\n")
    assert run("table", "-", stdin=json.dumps(rows).encode()).out == f"{md.table(rows)}\n"


@pytest.mark.parametrize(
    ("given", "place"),
    [(b'{"a": 1, "b": 2}\n{"a": 1}\n', "line 2"), (b"a,b\n1,2\n3\n", "line 3"), (b'[{"a": 1}, {"b": 2}]', "row 1")],
)
def test_ragged_rows_are_told_unless_quiet_is_asked_for(run, given, place):
    result = run("table", "-", stdin=given)
    assert result.code == 0
    assert result.err.count("\n") == 1
    assert f"without a value for each column, the first in {place}\n" in result.err
    assert run("table", "-", "--quiet", stdin=given).err == ""


def test_rows_that_are_not_shown_are_not_told_of(run):
    result = run("table", "-", "--max-rows", "1", stdin=b"a,b\n1,2\n3\n4,5,6\n")
    assert (result.code, result.err) == (0, "")
    assert result.out.endswith("|1|2|\n\n… more rows\n")


@pytest.mark.parametrize("header", [False, True])
def test_memory_is_the_same_for_any_number_of_rows(header):
    def peak(count):
        code = (
            "import resource, sys; from richresp.cli import main; code = main(['table', '-']);"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr); sys.exit(code)"
        )
        line = b'7,"a text of some length, with a comma"\n' if header else b'{"a": "a text of some length", "b": 7}\n'
        given = (b"a,b\n" if header else b"") + line * count
        done = subprocess.run(
            [sys.executable, "-c", code], input=given, capture_output=True, timeout=PATIENCE, check=True
        )
        assert done.stdout.count(b"\n") == count + 2
        return int(done.stderr)

    assert peak(100_000) < peak(1_000) + 2_000  # kilobytes: the rows are 4,000 of them


def test_rows_are_written_as_they_come():
    command = [sys.executable, "-m", "richresp", "table", "-"]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    running.stdin.write(b'{"a": 1}\n' * 10_000)
    running.stdin.flush()
    assert [running.stdout.readline() for _ in range(3)] == [b"|a|\n", b"|-:|\n", b"|1|\n"]
    rest, _ = running.communicate(timeout=PATIENCE)
    assert rest == b"|1|\n" * 9_999


def test_a_reader_that_goes_away_ends_it_silently():
    command = [sys.executable, "-m", "richresp", "table", "-"]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    running.stdin.write(b"a\n" + b"some words\n" * 5_000)
    running.stdin.flush()
    running.stdout.readline()
    running.stdout.close()
    _, told = running.communicate(b"some words\n" * 50_000, timeout=PATIENCE)
    assert (running.returncode, told) == (1, b"")


def test_a_terminal_gets_nothing_that_it_obeys_and_a_pipe_the_same_table(terminal, tmp_path):
    file = tmp_path / "rows.ndjson"
    file.write_text('{"a": "x\\u001b[2Jy\\u009b", "\\u202eb": 1}\n', encoding="utf-8")
    out, code = terminal("table", file).end()
    assert code == 0
    assert not set(out) & {"\x1b", "\x9b", "\u202e"}
    assert process("table", file).stdout.count(b"\n") == 3


@pytest.mark.parametrize("given", [b"", b"\n\n", b"[]", b"\xef\xbb\xbf"])
def test_nothing_is_said_of_nothing(run, given):
    result = run("table", "-", stdin=given)
    assert (result.code, result.out, result.err) == (0, "", "richresp: -: there are no rows\n")


def test_a_header_alone_is_a_table_without_rows(run):
    assert run("table", "-", stdin=b"a,b\n").out == "|a|b|\n|-|-|\n"


@pytest.mark.parametrize(
    ("given", "arguments", "code", "complaint"),
    [
        (b'{"n": 1, "hits": [{"a": 1}]}', (), 1, "--at '$.hits' takes its list"),
        (b"7", ("--from", "json"), 1, "a number, no list of rows"),
        (b"[1", (), 1, "not JSON, line 1 column 3"),
        (b"a,b\n\xe4,1\n", (), 1, "not UTF-8 in line 2"),
        (b"a\n1\n", ("--columns", "b"), 2, "--columns has 'b', which is no column; those are 'a'"),
        (b'{"a": 1}\n', ("--columns", "b"), 2, "--columns has 'b', which no row has; they have 'a'"),
        (b"a\n1\n", ("--columns", "a,a"), 2, "'a' twice"),
        (b"a\n1\n", ("--align", "a=middle"), 2, "'middle'"),
        (b"a\n1\n", ("--align", "b=left"), 2, "--align has 'b'"),
        (b'{"a": 1}\n', ("--align", "b=left"), 2, "--align names 'b'"),
        (b"a\n1\n", ("--align", "left,a=right"), 2, "beside others"),
        (b"a\n1\n", ("--max-rows", "0"), 2, "--max-rows"),
        (b"a\n1\n", ("--max-cell", "0"), 2, "--max-cell"),
        (b"a\n1\n", ("--from", "xlsx"), 2, "xlsx"),
    ],
)
def test_what_cannot_be_shown_fails_in_one_line(fails, given, arguments, code, complaint):
    got, line = fails("table", "-", *arguments, stdin=given)
    assert got == code
    assert complaint in line


@pytest.mark.parametrize("name", ["missing.csv", "/", "a\0b"])
def test_a_file_that_is_none_is_a_wrong_call(fails, name):
    assert fails("table", name)[0] == 2


def test_a_line_that_never_ends_is_refused_and_a_long_value_of_csv_is_not(run, fails, monkeypatch):
    long = "w" * 200_000
    assert run("table", "-", stdin=f"a,b\n1,{long}\n".encode()).out.endswith(f"|1|{long}|\n")
    monkeypatch.setattr("richresp.cli.lines.MAX_RECORD_CHARS", 1_000)
    code, line = fails("table", "-", stdin=b"x" * 5_000)
    assert code == 1
    assert "is no record" in line
    result = run("table", "-", stdin=b"a\n1\n2\n" + b"x" * 5_000)
    assert result.code == 1
    assert "line 4 is longer than 1,000 characters" in result.err
    array = json.dumps([{"a": "é" * 9_000}], ensure_ascii=False).encode()
    assert run("table", "-", stdin=array).out == f"|a|\n|-|\n|{'é' * 9_000}|\n"
