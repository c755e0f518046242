"""How columns are named for `richresp table`, and what it says of rows that are not shown as they are."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.cli.columns import columns_of, sides_of

NAMES = st.text(st.sampled_from('ab,="\n '), min_size=1, max_size=6)


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


@given(st.lists(NAMES, min_size=1, max_size=4, unique=True), st.data())
def test_any_name_can_be_named_with_a_header_and_a_side(names, data):
    headers = data.draw(st.lists(st.text("ab= ", min_size=1, max_size=4), min_size=len(names), max_size=len(names)))
    given = ",".join(f"{quoted(name)}={header}" for name, header in zip(names, headers, strict=True))
    assert columns_of((given,), ()) == dict(zip(names, headers, strict=True))
    assert columns_of(tuple(map(quoted, names)), names) == {name: name for name in names}
    sides = {name: data.draw(st.sampled_from(["left", "right", "center"])) for name in names}
    assert sides_of((",".join(f"{quoted(name)}={side}" for name, side in sides.items()),)) == sides


@given(st.lists(st.text("ab=", min_size=1, max_size=5), min_size=1, max_size=4, unique=True))
def test_a_name_that_is_one_as_a_whole_is_not_split(names):
    assert columns_of((",".join(names),), names) == {name: name for name in names}


@pytest.mark.parametrize(
    ("name", "header"), [("n\nl", "n<br>l"), ("x=1", "x=1"), ("a,b", "a,b"), ('q"', 'q"'), ("", ""), (" ", "")]
)
def test_columns_of_files_have_any_name(run, name, header):
    kept = io.StringIO()
    csv.writer(kept).writerows([[name, "z"], ["1", "2"]])
    for word in (quoted(name),) if '"' in name or "," in name or not name else (quoted(name), name):
        found = run("table", "-", "--columns", word, "--align", f"{word}=right", stdin=kept.getvalue().encode())
        assert (found.code, found.out.splitlines()[1:]) == (0, ["|-:|", "|1|"])
        assert found.out.splitlines()[0] == f"|{header}|"


def test_the_name_in_front_of_an_equals_sign_is_one_that_there_is(run):
    for file in (b"a=b,a\n1,2\n", b'{"a=b": 1, "a": 2}\n{"a=b": 3, "a": 4}\n', b'[{"a=b": 1, "a": 2}]'):
        assert run("table", "-", "--columns", "a=b", stdin=file).out.startswith("|a=b|\n")
        assert run("table", "-", "--columns", "a=b=H", stdin=file).out.startswith("|H|\n")
        assert run("table", "-", "--columns", "a=H", stdin=file).out.startswith("|H|\n")
        assert "|2|" in run("table", "-", "--columns", "a=H", stdin=file).out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--columns", ""), "--columns names no column"),
        (("--columns", "a,"), "--columns names no column"),
        (("--align", ""), "--align names no column"),
        (("--columns", '"a'), "a quote that does not end before a comma"),
        (("--columns", '"a"b'), "a quote that does not end before a comma"),
        (("--columns", '"a"=x,"a"=y'), "'a' twice"),
        (("--columns", "no=x"), "'no', which is no column"),
    ],
)
def test_names_that_are_none_are_wrong_calls(fails, arguments, complaint):
    code, line = fails("table", "-", *arguments, stdin=b"a,b\n1,2\n")
    assert code == 2
    assert complaint in line


def test_of_two_columns_of_one_name_the_first_is_shown_which_is_told(run):
    result = run("table", "-", "--columns", "a", stdin=b"a,a,b\n1,2,3\n")
    assert (result.code, result.out) == (0, "|a|\n|-|\n|1|\n")
    assert result.err == "richresp: 2 columns are called 'a'; the first of them is shown\n"
    assert run("table", "-", "--columns", "b", stdin=b"a,a,b\n1,2,3\n").err == ""
    assert run("table", "-", "--align", "a=right", stdin=b"a,a\n1,2\n").out.splitlines()[1] == "|-:|-:|"


@pytest.mark.parametrize("form", ["json", "ndjson"])
def test_values_that_no_text_holds_are_shown_as_shape_shows_them_and_told(run, form):
    rows = [
        r'{"a": "x\ud800y", "b": 1}',
        r'{"a": "z", "b": 2}',
        r'{"a": [1e999], "b": Infinity}',
        r'{"a": "\ud83d\ude00", "b": 1e5}',
    ]
    given = "\n".join(rows) if form == "ndjson" else f"[{','.join(rows)}]"
    result = run("table", "-", stdin=given.encode())
    assert result.code == 0
    assert [line.split("|")[1:3] for line in result.out.splitlines()[2:]] == [
        ["x\ufffdy", "1"], ["z", "2"], ["[null]", ""], ["😀", "100000.0"],
    ]  # fmt: skip
    assert result.err.count("\n") == 1
    assert "2 rows with half a character" in result.err
    assert f"the first in {'line' if form == 'ndjson' else 'row'} 1" in result.err
    assert run("table", "-", "-q", stdin=given.encode()).err == ""


def test_two_keys_that_become_one_lose_their_row_which_is_told(run):
    result = run("table", "-", stdin=b'{"a": 1}\n{"\\ud800": 1, "\\udfff": 2}\n')
    assert result.code == 1
    assert "line 2 (two keys are both shown as '\ufffd'" in result.err


@pytest.mark.parametrize(
    ("tail", "place"),
    [(b'4,"5\n6,7\n8,9\n', "lines 3 to 5"), (b'4,"5', "line 3"), (b'4,"5\n6"x,7\n8,9\n', "lines 3 to 4")],
)
def test_what_is_lost_to_a_quote_is_told_from_its_line_to_where_it_ends(run, tail, place):
    result = run("table", "-", stdin=b"a,b\n1,2\n" + tail)
    assert result.code == 1
    assert f"left out: {place} (" in result.err
    if not tail.endswith(b"8,9\n") or place == "lines 3 to 5":
        assert "a quote is not closed, and the rest of the file stands in it" in result.err
    if place == "lines 3 to 5":
        assert "3 lines left out" in result.err


def test_a_carriage_return_is_told_in_words(run):
    result = run("table", "-", stdin=b"a,b\n1,x\ry\n3,4\n")
    assert "line 2 (a carriage return in a value without quotes)" in result.err


@pytest.mark.parametrize(("line", "column"), [(b'{"a":', 6), (b'{"a": 1', 8), (b'{"a": x}', 7)])
def test_the_column_of_a_broken_line_is_where_it_breaks(run, line, column):
    for end in (b"\n", b"\r\n", b"   \n", b""):
        assert f"line 2 (not JSON, column {column}: " in run("table", "-", stdin=b'{"b": 1}\n' + line + end).err


@pytest.mark.parametrize("mark", [b"sep=;\n", b'"sep=;"\r\n', b"SEP=;\n", b"\xef\xbb\xbfsep=;\n"])
def test_a_line_that_says_what_stands_between_values_is_no_row(run, mark):
    assert run("table", "-", stdin=mark + b"a,x;b\n1;2\n").out == "|a,x|b|\n|-|-|\n|1|2|\n"
    assert run("table", "-", "--from", "csv", stdin=mark.replace(b";", b"|") + b"a|b\n1|2\n").out.startswith("|a|b|\n")
    assert run("table", "-", stdin=b"sep=,b\n1,2\n").out.startswith("|sep=|b|\n")


@pytest.mark.parametrize("form", ["json", "ndjson"])
def test_rows_that_are_not_shown_are_not_told_of_in_any_form(run, form):
    rows = ['{"a": 1, "b": 2}', "7", '{"a": "\\ud800"}', '{"a": 1, "c": 3}']
    given = "\n".join(rows) if form == "ndjson" else f"[{','.join(rows)}]"
    result = run("table", "-", "--max-rows", "1", "--columns", "a", stdin=given.encode())
    assert (result.code, result.err) == (0, "")
    assert "|1|" in result.out
    assert " more row" in result.out


def test_blank_lines_before_anything_are_told_as_such(fails, run):
    code, line = fails("table", "-", stdin=b"\n" * 1_100_000)
    assert code == 1
    assert line == "richresp: -: more than 1,000,000 blank lines at its start\n"
    assert run("table", "-", stdin=b"\n" * 50_000 + b"a\n1\n").out == "|a|\n|-|\n|1|\n"
