"""Columns: chosen, ordered, renamed, aligned, formatted; and refused before a line is written."""

import datetime as dt
import enum
import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pydantic
import pytest

from richresp import InvalidPayload, UsageError
from richresp import markdown as md
from richresp.limits.markdown import READ_AHEAD
from tests.markdown.rendered import pages

ROWS = [{"a": 1, "b": "x"}, {"a": None, "b": "y"}]


def delimiter(*args, **kwargs):
    return md.table(*args, **kwargs).split("\n")[1]


def test_columns_choose_and_order():
    assert md.table(ROWS, columns=["b", "a"]) == "|b|a|\n|-|-:|\n|x|1|\n|y||"
    assert md.table(ROWS, columns=["b"]) == "|b|\n|-|\n|x|\n|y|"


def test_columns_are_renamed_by_a_mapping():
    assert md.table(ROWS, columns={"b": "B|", "a": None}) == "|B\\||| \n|-|-:|\n|x|1|\n|y||".replace(" ", "")
    assert md.table([["x"]], columns={"any": "A"}) == "|A|\n|-|\n|x|"


@pytest.mark.parametrize(
    ("values", "right"),
    [
        ([1, 2], True),
        ([1, None, 2.5], True),
        ([Decimal("1.10")], True),
        ([float("nan")], True),
        ([np.int64(1), np.float32(2)], True),
        ([None], False),
        ([True, False], False),
        ([1, True], False),
        (["1", "2"], False),
        ([1, "x"], False),
    ],
)
def test_columns_of_nothing_but_numbers_stand_to_the_right(values, right):
    assert delimiter([[value] for value in values], columns=["n"]) == ("|-:|" if right else "|-|")


def test_frames_of_numbers_stand_to_the_right():
    assert delimiter(pd.DataFrame({"a": [1, 2], "b": [1.5, None], "c": ["x", None]})) == "|-:|-:|-|"


def test_an_alignment_is_for_all_columns_or_for_some():
    assert delimiter(ROWS, align="center") == "|:-:|:-:|"
    assert delimiter(ROWS, align="left") == "|-|-|"
    assert delimiter(ROWS, align={"b": "right"}) == "|-:|-:|"
    assert delimiter(ROWS, align={"a": "left"}) == "|-|-|"


def test_parsers_align():
    for page in pages(md.table(ROWS, align={"b": "center"})):
        assert [match[1] for match in re.finditer(r'<th (?:align="|style="text-align:)(\w+)"', page)] == [
            "right",
            "center",
        ]


def test_a_stream_is_aligned_by_its_first_rows():
    rows = [*([1] for _ in range(READ_AHEAD)), ["x"]]
    assert list(md.iter_table(rows, columns=["n"]))[1] == "|-:|"
    assert delimiter(rows, columns=["n"]) == "|-|"


def test_formats():
    rows = [{"n": 1234.5, "d": dt.date(2024, 5, 1), "t": "x"}, {"n": None, "d": None, "t": None}, {"n": float("nan")}]
    source = md.table(rows, format={"n": ",.2f", "d": "%d %b", "t": lambda text: f"<{text}>"}, nan="?")
    assert source == "|n|d|t|\n|-:|-|-|\n|1,234.50|01 May|\\<x>|\n||||\n|?|||"


class Half(enum.Enum):
    HALF = 0.5


class Moment(pydantic.BaseModel):
    day: dt.date
    cost: Decimal


@pytest.mark.parametrize(
    ("value", "format_", "text"),
    [
        (b"ab", bytes.hex, "6162"),
        (Fraction(1, 3), str, "1/3"),
        (1 + 2j, abs, "2.23606797749979"),
        (object, lambda kind: kind.__name__, "object"),
        (Half.HALF, lambda half: half.name, "HALF"),
        (Half.HALF, ".2f", "0.50"),
        (1 + 2j, ".1f", "1.0+2.0j"),
        (np.datetime64("2024-05-01"), "%d %b", "01 May"),
        (np.datetime64("2024-05-01T00:00:00.000000001"), "%d %b", "01 May"),
        (np.array(np.datetime64("2024-05-01")), "%d %b", "01 May"),
        (np.float32(0.5), ".2f", "0.50"),
        (np.float32("nan"), ".2f", ""),
        (np.datetime64("NaT"), "%d", ""),
        (Decimal("sNaN"), ".2f", ""),
        (float("nan"), str, ""),
        (None, str, ""),
    ],
)
def test_a_format_gets_the_value_itself(value, format_, text):
    assert md.table([{"a": value}], format={"a": format_}).split("\n")[2] == f"|{text}|"


def test_a_format_gets_what_a_model_has():
    rows = [Moment(day="2024-05-01", cost="1.5"), Moment(day="2024-05-02", cost="2")]
    source = md.table(rows, format={"day": "%d %b", "cost": ".2f"})
    assert source == "|day|cost|\n|-|-:|\n|01 May|1.50|\n|02 May|2.00|"
    assert md.table(rows) == "|day|cost|\n|-|-|\n|2024-05-01|1.5|\n|2024-05-02|2|"


@pytest.mark.parametrize("value", [10**400, b"x", "x", object(), [1]])
def test_a_spec_that_does_not_go_with_a_value_is_named_with_its_place(value):
    with pytest.raises(InvalidPayload) as caught:
        md.table([{"a": value}], format={"a": ".2f"})
    assert caught.value.pointer == "/0/a"


def test_a_format_may_make_markup():
    source = md.table([{"a": "x"}], format={"a": lambda text: md.link(text, "https://e.example/")})
    assert source.endswith("|[x](https://e.example/)|")


def test_a_format_that_does_not_go_with_a_value_says_where():
    with pytest.raises(UsageError, match=r"/1/a: format '\.2f' does not go with a str"):
        md.table([{"a": 1}, {"a": "x"}], format={"a": ".2f"})


@pytest.mark.parametrize("option", ["align", "format"])
def test_options_for_columns_that_are_not_there_are_refused(option):
    value = {"align": "right", "format": ".2f"}[option]
    with pytest.raises(UsageError, match=f"{option}= names 'c', which is no column of the table; those are 'a', 'b'"):
        md.table(ROWS, **{option: {"c": value}})
    with pytest.raises(UsageError, match=f"{option}= names 'b'"):
        md.table(ROWS, columns=["a"], **{option: {"b": value}})


@pytest.mark.parametrize("align", ["middle", "", 5, {"a": "top"}, {"a": None}, ["left", "right"]])
def test_an_alignment_that_does_not_exist_is_refused(align):
    with pytest.raises(UsageError, match="align="):
        md.iter_table(ROWS, align=align)


@pytest.mark.parametrize("format_", [".2f", {"a": 5}])
def test_a_format_is_a_spec_or_a_callable_by_column(format_):
    with pytest.raises(UsageError, match="format="):
        md.iter_table(ROWS, format=format_)


@pytest.mark.parametrize("columns", ["ab", b"a", 5, [], ["a", "a"], [["a"]], {"a"}, frozenset("ab")])
def test_columns_are_names_each_once(columns):
    with pytest.raises(UsageError, match="column"):
        md.iter_table(ROWS, columns=columns)


def test_a_column_that_no_row_has_is_refused():
    for rows in (ROWS, iter(ROWS), [*ROWS] * READ_AHEAD, pd.DataFrame([*ROWS] * READ_AHEAD)):
        with pytest.raises(UsageError, match="columns= has 'c', which no row has; they have 'a', 'b'"):
            md.table(rows, columns=["a", "c"])
    for rows in (ROWS, iter(ROWS), pd.DataFrame([*ROWS] * READ_AHEAD)):
        with pytest.raises(UsageError, match="columns= has 'c'"):
            next(md.iter_table(rows, columns=["a", "c"]))


def test_a_column_that_a_later_row_may_have_is_empty():
    rows = [*({"a": "x"} for _ in range(READ_AHEAD)), {"b": "y"}]
    assert list(md.iter_table(rows, columns=["a", "b"]))[-1] == "||y|"
    assert md.table(rows, columns=["b"], max_rows=1) == f"|b|\n|-|\n||\n\n… {READ_AHEAD} more rows"
    assert md.table(iter(rows), columns=["b"], max_rows=1) == "|b|\n|-|\n||\n\n… more rows"
    with pytest.raises(UsageError, match="'c', which no row has"):
        md.table(rows, columns=["b", "c"], max_rows=1)
