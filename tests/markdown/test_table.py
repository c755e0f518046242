"""Tables: rows of all kinds, streams, and what is not shown."""

import sqlite3
from collections import defaultdict, namedtuple
from dataclasses import dataclass
from itertools import count, islice
from types import MappingProxyType

import attrs
import numpy as np
import pandas as pd
import polars as pl
import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import UsageError
from richresp import markdown as md
from richresp.markdown.table import READ_AHEAD
from tests.markdown.rendered import pages, shown

EXPECTED = "|a|b|\n|-:|-|\n|1|x|\n|2||"


@dataclass
class Data:
    a: int
    b: str | None = None


@attrs.define
class Attrs:
    a: int
    b: str | None = None


class Model(pydantic.BaseModel):
    a: int
    b: str | None = None


Named = namedtuple("Named", ["a", "b"])  # noqa: PYI024  # the other kind is a class of this one
RECORDS = [{"a": 1, "b": "x"}, {"a": 2, "b": None}]
KINDS = {
    "dicts": RECORDS,
    "a tuple of mappings": tuple(map(MappingProxyType, RECORDS)),
    "a generator": (dict(row) for row in RECORDS),
    "dataclasses": [Data(1, "x"), Data(2)],
    "attrs": [Attrs(1, "x"), Attrs(2)],
    "pydantic": [Model(a=1, b="x"), Model(a=2)],
    "named tuples": [Named(1, "x"), Named(2, None)],
    "pandas": pd.DataFrame(RECORDS),
    "polars": pl.DataFrame(RECORDS),
    "a record array": np.array([(1, "x"), (2, "")], dtype=[("a", "i8"), ("b", "U1")]),
    "of two classes": [Data(1, "x"), {"a": 2}],
}


@pytest.mark.parametrize("kind", KINDS)
def test_records_of_any_kind_are_rows(kind):
    assert md.table(KINDS[kind]) == EXPECTED


@pytest.mark.parametrize(
    "rows", [[[1, "x"], (2,)], np.array([[1, "x"], [2, None]], object), [np.array([1, "x"], object), [2]]]
)
def test_sequences_of_any_kind_are_rows(rows):
    assert md.table(rows, columns=["a", "b"]) == EXPECTED


def test_rows_name_the_columns_in_the_order_in_which_they_come_up():
    assert md.table([{"a": "1", "b": "2"}, {"b": "3", "c": "4"}]) == "|a|b|c|\n|-|-|-|\n|1|2||\n||3|4|"


def test_keys_need_not_be_strings():
    assert md.table([{1: "a", None: "b"}]) == "|1||\n|-|-|\n|a|b|"


def test_a_default_dict_is_not_filled_by_looking():
    row = defaultdict(list, a=1)
    assert md.table([row, {"b": "x"}]) == "|a|b|\n|-:|-|\n|1||\n||x|"
    assert dict(row) == {"a": 1}


@pytest.mark.parametrize("row", [None, "abc", b"abc", 5, {1, 2}, (value for value in "ab")])
@pytest.mark.parametrize("first", [[], [["a"]]])
def test_a_row_is_a_mapping_or_a_sequence(row, first):
    with pytest.raises(UsageError, match=f"row {len(first) + 1} is a|row {len(first) + 1}: "):
        md.table([*first, row], columns=["a", "b", "c"])


@pytest.mark.parametrize("rows", ["abc", b"abc", 5, None, {"a": [1, 2]}, Data(1), pl.LazyFrame(RECORDS)])
def test_rows_are_a_list_of_rows(rows):
    with pytest.raises(UsageError, match="rows="):
        md.table(rows)
    with pytest.raises(UsageError, match="rows="):
        md.iter_table(rows)


@pytest.mark.parametrize("rows", [[{"a": 1}, [1]], [[1], {"a": 1}], [(1,), Data(1)]])
def test_all_rows_are_of_one_kind(rows):
    with pytest.raises(UsageError, match="row 2 "):
        md.table(rows, columns=["a"])


@pytest.mark.parametrize("rows", [[{}], [{}, {}]])
def test_rows_without_any_column_are_no_table(rows):
    with pytest.raises(UsageError, match="needs a column"):
        md.table(rows)


def test_no_rows_are_no_table_unless_there_are_columns():
    assert md.table([]) == ""
    assert list(md.iter_table(iter(()))) == []
    assert md.table([], columns=["a"]) == "|a|\n|-|"


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame(columns=["a", "b"]),
        pd.DataFrame(RECORDS).iloc[:0],
        pd.DataFrame(RECORDS).set_index("a").iloc[:0],
        pl.DataFrame(RECORDS).clear(),
        np.array([], dtype=[("a", "i8"), ("b", "U1")]),
    ],
)
def test_an_empty_frame_has_its_header(frame):
    assert md.table(frame) == "\n".join(md.iter_table(frame)) == "|a|b|\n|-|-|"
    assert md.table(frame, columns={"b": "B"}, align={"b": "right"}) == "|B|\n|-:|"
    with pytest.raises(UsageError, match="'c', which no row has; they have 'a', 'b'"):
        md.table(frame, columns=["c"])
    with pytest.raises(UsageError, match="format= names 'c'"):
        md.table(frame, format={"c": ".2f"})


def test_an_empty_frame_without_columns_is_no_table():
    assert md.table(pd.DataFrame()) == md.table(pl.DataFrame()) == ""


@pytest.mark.parametrize("row", [{"n": 0}, [0]])
def test_a_generator_may_fill_the_same_row_again(row):
    def refilled():
        for number in range(3):
            row[next(iter(row)) if isinstance(row, dict) else 0] = number
            yield row

    assert md.table(refilled(), columns=["n"]) == "|n|\n|-:|\n|0|\n|1|\n|2|"
    assert list(md.iter_table(refilled(), columns=["n"]))[2:] == ["|0|", "|1|", "|2|"]


def test_names_of_a_database_may_differ_in_case():
    base = sqlite3.connect(":memory:")
    base.row_factory = sqlite3.Row
    assert md.table(base.execute("select 1 as a, 2 as A")) == "|a|A|\n|-:|-:|\n|1|2|"
    base.close()


def test_sequences_without_columns_are_refused():
    with pytest.raises(UsageError, match="columns="):
        md.table([[1, 2]])


def test_a_row_that_would_lose_values_is_refused():
    with pytest.raises(UsageError, match="row 2 has 3 values for 2 columns"):
        md.table([[1, 2], [1, 2, 3]], columns=["a", "b"])


def test_a_table_streams():
    lines = md.iter_table({"n": number} for number in count())
    assert list(islice(lines, 4)) == ["|n|", "|-:|", "|0|", "|1|"]


@given(
    st.lists(
        st.dictionaries(st.sampled_from("abc"), st.one_of(st.none(), st.integers(), st.text(max_size=4))), max_size=9
    )
)
def test_a_stream_writes_the_lines_of_the_table(rows):
    if rows and not any(rows):
        return
    for source in (rows, iter(rows)):
        assert "\n".join(md.iter_table(source)) == md.table(rows)


def test_a_stream_loses_nothing_that_its_first_rows_did_not_name():
    rows = [*({"a": 1} for _ in range(READ_AHEAD)), {"a": 1}, {"b": 2}]
    lines = md.iter_table(rows)
    assert len(list(islice(lines, READ_AHEAD + 2))) == READ_AHEAD + 2
    with pytest.raises(UsageError, match=f"row {READ_AHEAD + 2} has a name that the first rows have not, 'b'"):
        next(lines)


def test_nothing_is_written_before_what_is_known_is_checked():
    for wrong in ([{"a": 1}, "b"], [{"a": 1}, {"a": b"x"}], [{"a": 1}, [1]]):
        with pytest.raises(UsageError):
            next(md.iter_table(wrong))


@pytest.mark.parametrize(
    ("rows", "line"),
    [(9, "… 6 more rows"), (4, "… 1 more row"), (iter(range(9)), "… more rows"), (count(), "… more rows")],
)
def test_the_last_line_says_how_many_rows_are_not_shown(rows, line):
    numbers = range(rows) if isinstance(rows, int) else rows
    made = ({"n": number} for number in numbers)
    source = md.table(list(made) if isinstance(rows, int) else made, max_rows=3)
    assert source == f"|n|\n|-:|\n|0|\n|1|\n|2|\n\n{line}"
    for cells, _ in shown(source, "td"):
        assert cells == ["0", "1", "2"]
    for paragraphs, _ in shown(source, "p"):
        assert paragraphs == [line]


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_no_line_says_that_nothing_is_missing(rows):
    made = [{"n": number} for number in range(rows)]
    assert md.table(made, max_rows=3) == md.table(iter(made), max_rows=3) == md.table(made)


@pytest.mark.parametrize("size", [1, READ_AHEAD - 1, READ_AHEAD, READ_AHEAD + 1, 3 * READ_AHEAD])
@pytest.mark.parametrize("more", [0, 1, 5])
def test_a_stream_says_the_same_of_what_it_does_not_show(size, more):
    rows = [{"n": number} for number in range(size + more)]
    assert "\n".join(md.iter_table(rows, max_rows=size)) == md.table(rows, max_rows=size)
    assert "\n".join(md.iter_table(iter(rows), max_rows=size)) == md.table(iter(rows), max_rows=size)


@pytest.mark.parametrize(
    "option",
    [
        *({"max_rows": limit} for limit in (0, -1, "5", 1.5, float("inf"), True)),
        *({"max_cell": limit} for limit in (0, "5", 2.5, True)),
        {"newline": "\n"},
        {"math": "x"},
        {"nan": None},
        {"nan": 0},
    ],
)
def test_an_option_of_no_such_value_is_refused(option):
    with pytest.raises(UsageError, match=next(iter(option))):
        md.iter_table([{"a": 1}], **option)


def test_a_hostile_cell_is_no_last_line():
    for page in pages(md.table([{"a": "x\n\n… 0 more rows"}, {"a": "y"}], max_rows=1)):
        assert page.count("<p>") == 1
        assert page.strip().endswith("<p>… 1 more row</p>")
