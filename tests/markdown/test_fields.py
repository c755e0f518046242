"""Fields: a line for each, whatever its name and value say."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

import pydantic
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from richresp import UsageError
from richresp import markdown as md
from tests.markdown.hostile import hostile, texts, visible
from tests.markdown.rendered import folded, pages, shown

records = st.dictionaries(texts, st.one_of(texts, hostile, st.just("")), min_size=1, max_size=4)


@given(records)
@example({"`": "*", "*": "`"})
@example({"[x]": "https://e.example", "-": "---", "": "|-|"})
@example({"a": "http://e.example/*", "b": "*x"})
@example({"a": "1\n2", "b\nc": "\n"})
def test_each_field_shows_its_name_and_value(record):
    expected = "\n".join(folded(visible("\n".join(_lines(name)) + ": " + value)) for name, value in record.items())
    for found, markup in shown(md.fields(record), "p"):
        assert found == [expected]
        assert not markup


def _lines(text):
    return folded(visible(text)).split("\n")


@given(records)
def test_each_field_is_one_line_of_the_page(record):
    for page in pages(md.fields(record, newline=" / ")):
        assert page.count("<br") == len(record) - 1


def test_fields():
    assert md.fields({"Name": "Ada", "Born": 1815, "Died": None, "Known for": ["notes"]}) == (
        'Name: Ada\\\nBorn: 1815\\\nDied:\\\nKnown for: ["notes"]'
    )


def test_a_value_cannot_pretend_to_be_a_field():
    assert md.fields({"note": "x\nrole: admin", "role": "user"}) == "note: x<br>role: admin\\\nrole: user"


def test_fields_are_chosen_renamed_and_formatted():
    record = {"a": 1.5, "b": 2, "c": float("nan")}
    assert md.fields(record, columns={"c": "C", "a": "A"}, format={"a": ".2f"}, nan="-") == "C: -\\\nA: 1.50"


def test_lines_of_a_name_and_of_a_value_are_joined_alike():
    assert md.fields({"a\nb": "c\nd"}) == "a<br>b: c<br>d"
    assert md.fields({"a\nb": "c\nd", "e": ""}, newline=" / ") == "a / b: c / d\\\ne:"
    assert md.fields({"a": md.Raw("b\nc")}, columns={"a": "x\ny"}) == "x<br>y: b c"
    assert md.table([{"a\nb": "c\nd"}], newline=" / ") == "|a / b|\n|-|\n|c / d|"


def test_a_name_may_be_markup_as_in_a_table():
    header = {"a": md.Raw("**A\nB**")}
    assert md.fields({"a": 1}, columns=header) == "**A B**: 1"
    assert md.table([{"a": 1}], columns=header).startswith("|**A B**|\n")


def test_a_format_is_for_what_the_record_has():
    record = Model(day=dt.date(2024, 5, 1), part=Fraction(1, 3))
    assert md.fields(record, columns=["day"], format={"day": "%d %b"}) == "day: 01 May"
    assert md.fields({"part": record.part}, format={"part": str}) == "part: 1/3"


def test_a_value_may_be_markup():
    record = {"*a": md.link("x*", "https://e.example/"), "b*": "y"}
    for found, markup in shown(md.fields(record), "p"):
        assert (found, markup) == (["*a: x*\nb*: y"], set())


class Model(pydantic.BaseModel):
    day: dt.date
    part: Fraction = Fraction(1, 2)


@dataclass
class Data:
    a: int


def test_records_of_any_kind_have_fields():
    assert md.fields(Data(1)) == md.fields({"a": 1}) == "a: 1"
    assert md.fields({}) == ""


@pytest.mark.parametrize("record", [[1], "a", 5, None, [("a", 1)]])
def test_what_has_no_names_is_refused(record):
    with pytest.raises(UsageError, match="fields of a"):
        md.fields(record)


@pytest.mark.parametrize(
    "option", [{"columns": ["b"]}, {"columns": []}, {"format": {"b": "d"}}, {"newline": "\n"}, {"nan": None}]
)
def test_an_option_that_cannot_be_is_refused(option):
    with pytest.raises(UsageError, match=r"column|newline|nan"):
        md.fields({"a": 1}, **option)
