"""Values as text: nothing is guessed, and what has no text is refused with its place."""

import datetime as dt
import enum
import itertools
import json
import math
import uuid
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import InvalidPayload
from richresp import markdown as md
from richresp.limits.markdown import MAX_JSON_DEPTH
from richresp.markdown.show import show


class Colour(enum.Enum):
    RED = "red"
    PARTS = (1, 2)


class Number(enum.IntEnum):
    ONE = 1


class Word(enum.StrEnum):
    ONE = "one"


@dataclass
class Data:
    a: object


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (1.0, "1.0"),
        (1e16, "1e+16"),
        (-0.0, "-0.0"),
        (float("inf"), "inf"),
        (float("-inf"), "-inf"),
        (float("nan"), ""),
        (10**20, "1" + "0" * 20),
        ("007", "007"),
        ("1e5", "1e5"),
        ("", ""),
        (Decimal("1.10"), "1.10"),
        (Decimal("NaN"), ""),
        (Decimal("Infinity"), "Infinity"),
        (dt.date(2024, 5, 1), "2024-05-01"),
        (dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC), "2024-05-01T12:00:00+00:00"),
        (dt.timedelta(days=1, seconds=2), "P1DT2S"),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (Colour.RED, "red"),
        (Colour.PARTS, "[1,2]"),
        (Number.ONE, "1"),
        (Word.ONE, "one"),
        (np.int64(3), "3"),
        (np.float64("nan"), ""),
        (np.bool_(1), "true"),
        (pd.NaT, ""),
        (pd.NA, ""),
        ({"a": [1, None, {"b": "ü"}]}, '{"a":[1,null,{"b":"ü"}]}'),
        ([], "[]"),
        ({}, "{}"),
        ([float("nan")], "[null]"),
        ({3, 1, 2}, "[1,2,3]"),
        (Data([Data(None)]), '{"a":[{"a":null}]}'),
        (np.array([[1, 2], [3, 4]]), "[[1,2],[3,4]]"),
    ],
)
def test_values(value, text):
    assert show(value) == text
    assert md.table([[value]], columns=["h"]).split("\n")[2] == f"|{text}|"


def test_nan_is_shown_as_the_author_wishes():
    rows = [[float("nan"), 1.5], [Decimal("NaN"), np.float32("nan")]]
    assert md.table(rows, columns=["a", "b"], nan="n/a").split("\n")[2:] == ["|n/a|1.5|", "|n/a|n/a|"]
    assert md.table(rows, columns=["a", "b"], nan="*|*").split("\n")[2] == "|\\*\\|*|1.5|"
    assert md.bullets([math.nan], nan="n/a") == "- n/a"


native = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
)


@given(st.lists(native, max_size=4) | st.dictionaries(st.text(max_size=3), native, max_size=4))
def test_nested_values_are_compact_json(value):
    text = show(value)
    assert json.loads(text) == json.loads(json.dumps(value).encode("utf-8", "replace"))
    assert len(text) <= len(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


class Unknown:
    pass


@pytest.mark.parametrize(
    "value",
    [b"x", [b"x"], bytearray(b"x"), Unknown(), [Unknown()], print, 10**5000, 1 + 2j],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_text_is_refused_with_its_place(value):
    with pytest.raises(InvalidPayload) as caught:
        md.table([{"a": 1, "b/c": None}, {"a": 1, "b/c": value}])
    assert caught.value.pointer == "/1/b~1c"
    with pytest.raises(InvalidPayload):
        md.bullets([value])
    with pytest.raises(InvalidPayload):
        md.fields({"a": value})


class Moment:
    def isoformat(self):
        raise RuntimeError


def test_a_date_that_has_no_text_is_refused_with_its_place():
    with pytest.raises(InvalidPayload, match=r"/0/a: .*isoformat\(\) failed: RuntimeError"):
        md.table([{"a": Moment()}])


def test_a_value_that_holds_itself_is_refused():
    value = [1]
    value.append({"again": value})
    with pytest.raises(InvalidPayload, match="holds itself"):
        show(value)


def test_one_value_in_two_places_is_none():
    value = [1]
    assert show([value, value]) == "[[1],[1]]"


def test_depth_is_bounded():
    value = 1
    for _ in range(MAX_JSON_DEPTH):
        value = [value]
    assert show(value) == "[" * MAX_JSON_DEPTH + "1" + "]" * MAX_JSON_DEPTH
    for _ in range(100_000):
        value = {"a": value}
    with pytest.raises(InvalidPayload, match="levels deep"):
        show(value)


def test_a_value_without_an_end_is_refused():
    with pytest.raises(InvalidPayload, match="parts"):
        show([itertools.count()])
