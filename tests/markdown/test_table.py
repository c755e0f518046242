"""Tables: columns, values, streaming."""

from itertools import count, islice

import pytest

from richresp import UsageError
from richresp import markdown as md


def test_rows_name_the_columns_in_the_order_in_which_they_come_up():
    assert md.table([{"a": 1, "b": 2}, {"b": 3, "c": 4}]) == "|a|b|c|\n|-|-|-|\n|1|2||\n||3|4|"


def test_keys_need_not_be_strings():
    assert md.table([{1: "a", None: "b"}]) == "|1||\n|-|-|\n|a|b|"


def test_a_stream_loses_nothing_that_its_first_row_did_not_name():
    with pytest.raises(UsageError, match="row 2 has a key that the first row has not, 'b'"):
        list(md.iter_table([{"a": 1}, {"b": 2}]))


@pytest.mark.parametrize("row", [None, "abc", b"abc", 5, {1, 2}, (value for value in "ab")])
def test_a_row_is_a_mapping_or_a_sequence(row):
    with pytest.raises(UsageError, match="row 1 is a"):
        md.table([row], columns=["a", "b", "c"])


@pytest.mark.parametrize("rows", [[{}], [{}, {}]])
def test_rows_without_any_column_are_no_table(rows):
    with pytest.raises(UsageError, match="needs a column"):
        md.table(rows)


def test_columns_choose_and_order():
    assert md.table([{"a": 1, "b": 2}], columns=["b", "a"]) == "|b|a|\n|-|-|\n|2|1|"


def test_sequences_fill_the_columns_from_the_left():
    assert md.table([[1, 2], (3,)], columns=["a", "b"]) == "|a|b|\n|-|-|\n|1|2|\n|3||"


def test_no_rows_are_no_table_unless_there_are_columns():
    assert md.table([]) == ""
    assert md.table([], columns=["a"]) == "|a|\n|-|"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, ""), (True, "true"), (1.0, "1.0"), ("007", "007"), (10**20, "1" + "0" * 20), ("", ""), ("1e5", "1e5")],
)
def test_values_are_never_guessed(value, shown):
    assert md.table([{"h": value}]).split("\n")[2] == f"|{shown}|"


def test_raw_is_markdown_on_purpose():
    assert md.table([{"h": md.Raw("**b**")}]).endswith("|**b**|")
    assert md.table([{"h": md.link("t", "https://e.example/")}]).endswith("|[t](https://e.example/)|")


def test_raw_cannot_end_its_cell():
    assert md.table([{"h": md.Raw("a|b\nc")}]).split("\n")[2:] == ["|a\\|b c|"]


def test_a_table_streams():
    lines = md.iter_table({"n": number} for number in count())
    assert list(islice(lines, 4)) == ["|n|", "|-|", "|0|", "|1|"]


def test_sequences_without_columns_are_refused():
    with pytest.raises(UsageError, match="columns="):
        md.table([[1, 2]])


def test_a_row_that_would_lose_values_is_refused():
    with pytest.raises(UsageError, match="row 2 has 3 values for 2 columns"):
        md.table([[1, 2], [1, 2, 3]], columns=["a", "b"])
