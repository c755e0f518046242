"""Tables and arrays come out as their own libraries would write them, row by row, and no further than is asked for."""

import datetime as dt
import math
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.limits.values import CHUNK_ROWS
from richresp.values.frames import iso_duration
from richresp.values.inputs import Items, NoForm, adapt, key_text
from tests.values.adapted import typed, whole

COLUMNS = {
    "whole": st.integers(-(2**63), 2**63 - 1),
    "real": st.floats(width=64),
    "text": st.text(st.characters(codec="utf-8"), max_size=3),
    "flag": st.booleans(),
}
tables = st.lists(st.fixed_dictionaries(COLUMNS), min_size=1, max_size=3 * CHUNK_ROWS).flatmap(
    lambda rows: st.tuples(st.just(rows), st.permutations(range(len(rows))))
)


def clean(rows):
    return [
        {key: None if isinstance(x, float) and not math.isfinite(x) else x for key, x in row.items()} for row in rows
    ]


@given(tables)
def test_a_frame_gives_its_records_in_any_order_with_the_types_of_their_columns(table):
    rows, order = table
    for frame in (pd.DataFrame(rows), pl.DataFrame(rows)):
        items = adapt(frame)
        assert items.total == len(rows)
        assert typed([whole(items[index]) for index in order]) == typed(clean([rows[index] for index in order]))
        assert not items.has(len(rows))


@given(st.lists(st.floats(), max_size=200))
def test_arrays_and_series_give_their_values(values):
    shown = [value if math.isfinite(value) else None for value in values]
    for source in (np.array(values, float), pd.Series(values, dtype=float), pl.Series(values, dtype=pl.Float64)):
        assert isinstance(adapt(source), Items)
        assert typed(whole(source)) == typed(shown)


def test_a_frame_is_sliced_only_where_it_is_read():
    sliced = []

    class Watched(pd.DataFrame):
        @property
        def iloc(self):
            indexer = super().iloc

            class Watch:
                def __getitem__(self, rows):
                    sliced.append((rows.start or 0, rows.stop))
                    return indexer[rows]

            return Watch()

    items = adapt(Watched({"n": range(1_000_000)}))
    assert [items[index]["n"] for index in (0, 3, 500_000, 1)] == [0, 3, 500_000, 1]
    first = 500_000 - 500_000 % CHUNK_ROWS
    assert sliced == [(0, 0), (0, CHUNK_ROWS), (first, first + CHUNK_ROWS), (0, CHUNK_ROWS)]


def test_what_pandas_has_beside_numbers_and_text():
    frame = pd.DataFrame(
        {
            "int": pd.array([1, None], dtype="Int64"),
            "when": [pd.Timestamp("2024-01-02 03:04:05.000000006"), pd.NaT],
            "long": [pd.Timedelta(days=1, nanoseconds=5), pd.NaT],
            "kind": pd.Categorical([7, None]),
            "text": ["a", None],
            "any": [Decimal("1.5"), pd.NA],
            "span": [pd.Interval(0, 1), None],
            "month": pd.PeriodIndex(["2024-01", None], freq="M"),
        }
    )
    assert whole(frame) == [
        {
            "int": 1,
            "when": "2024-01-02T03:04:05.000000006",
            "long": "P1DT0.000000005S",
            "kind": 7,
            "text": "a",
            "any": "1.5",
            "span": "(0.0, 1.0]",
            "month": "2024-01",
        },
        dict.fromkeys(frame.columns),
    ]
    assert whole([pd.Index([1, 2]), pd.Categorical(["a"]), pd.array([1, None])]) == [[1, 2], ["a"], [1, None]]


@pytest.mark.parametrize(
    ("index", "columns"),
    [
        (None, {}),
        ([5, 7], {}),
        (pd.Index([5, 7], dtype="uint8"), {}),
        (pd.Index([5, 7], dtype="Int64"), {}),
        (pd.RangeIndex(2, name="id"), {"id": [0, 1]}),
        (pd.Index([5, 7], name="id"), {"id": [5, 7]}),
        (["a", "b"], {"index": ["a", "b"]}),
        ([0.5, 1.5], {"index": [0.5, 1.5]}),
        (pd.to_datetime(["2024-01-02", "2024-01-03"]), {"index": ["2024-01-02T00:00:00", "2024-01-03T00:00:00"]}),
        (pd.MultiIndex.from_tuples([("a", 1), ("a", 2)], names=["k", "n"]), {"k": ["a", "a"], "n": [1, 2]}),
        (pd.MultiIndex.from_tuples([("a", 1), ("a", 2)]), {"level_0": ["a", "a"], "level_1": [1, 2]}),
    ],
    ids=str,
)
def test_an_index_is_kept_where_it_says_something(index, columns):
    frame = pd.DataFrame({"x": [1, 2]}, index=index)
    names = [*columns, "x"]
    assert whole(frame) == [
        dict(zip(names, values, strict=True)) for values in zip(*columns.values(), [1, 2], strict=True)
    ]
    assert [list(row) for row in adapt(frame)] == [names, names]


def test_a_frame_whose_columns_or_index_cannot_be_told_apart_is_refused():
    with pytest.raises(NoForm, match="rename"):
        adapt(pd.DataFrame([[1, 2]], columns=["a", "a"]))
    with pytest.raises(NoForm, match="rename"):
        adapt(pd.DataFrame({"a": [1]}, index=pd.Index([1], name="a")))


def test_frames_without_rows_or_columns():
    assert whole(pd.DataFrame()) == whole(pd.DataFrame({"a": []})) == whole(pl.DataFrame()) == []
    assert whole(pd.DataFrame(index=range(70))) == [{}] * 70
    assert whole(pl.DataFrame({"a": []})) == whole(pl.Series([])) == whole(pd.Series([], dtype=float)) == []


def test_a_series_with_labels_is_a_map():
    series = pd.Series([1, 2], index=["a", "b"])
    assert whole(series) == {"a": 1, "b": 2}
    assert whole(pd.Series(["x", "x", "y"], name="n").value_counts()) == {"x": 2, "y": 1}
    dated = adapt(pd.Series([1], index=pd.to_datetime(["2024-01-02"])))
    assert [key_text(key) for key in dated] == ["2024-01-02T00:00:00"]
    for index in (["a", "a"], pd.MultiIndex.from_tuples([(1, 2), (1, 3)])):
        with pytest.raises(NoForm, match="reset_index"):
            adapt(pd.Series([1, 2], index=index))


def test_what_polars_has_beside_numbers_and_text():
    row = {
        "list": [1, None],
        "struct": {"x": 1},
        "when": dt.date(2024, 1, 2),
        "long": dt.timedelta(hours=1),
        "price": Decimal("1.50"),
    }
    told = {"list": [1, None], "struct": {"x": 1}, "when": "2024-01-02", "long": "PT1H", "price": "1.50"}
    assert whole(pl.DataFrame([row])) == [told]
    assert whole(pl.Series([["a"], None], dtype=pl.List(pl.Categorical))) == [["a"], None]
    with pytest.raises(NoForm, match="collect"):
        adapt(pl.LazyFrame({"a": [1]}))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.int64(5), 5),
        (np.float32(0.5), 0.5),
        (np.float16("nan"), None),
        (np.longdouble(0.5), 0.5),
        (np.bool_(1), True),
        (np.datetime64("2024-01-02"), "2024-01-02"),
        (np.datetime64(5, "ns"), "1970-01-01T00:00:00.000000005"),
        (np.datetime64("NaT"), None),
        (np.timedelta64("NaT"), None),
        (np.timedelta64(90, "s"), "PT1M30S"),
        (np.timedelta64(-5, "ns"), "-PT0.000000005S"),
        (np.timedelta64(3, "25s"), "PT1M15S"),
        (np.timedelta64(5, "M"), "P5M"),
        (np.timedelta64(-2, "Y"), "-P2Y"),
        (np.timedelta64(2, "W"), "P14D"),
        (np.timedelta64(5), 5),
        (np.array(5), 5),
        (np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
        (np.zeros((2, 0)), [[], []]),
        (np.array(["2024-01-02", "NaT"], "datetime64[D]"), ["2024-01-02", None]),
        (np.array([(1, 0.5)], dtype=[("a", "i4"), ("b", "f8")]), [{"a": 1, "b": 0.5}]),
        (np.array((1, 0.5), dtype=[("a", "i4"), ("b", "f8")]), {"a": 1, "b": 0.5}),
        (np.rec.array([(1, "x")], names="a,b"), [{"a": 1, "b": "x"}]),
        (np.ma.array([1, 2], mask=[False, True]), [1, None]),
        (np.ma.array(5, mask=True), None),
        (np.ma.array([(1, 2)], mask=[(False, True)], dtype="i4,i4"), [{"f0": 1, "f1": None}]),
        (np.array([{"a": np.int8(1)}, None], object), [{"a": 1}, None]),
    ],
    ids=repr,
)
def test_what_numpy_has(value, expected):
    assert typed(whole(value)) == typed(expected)


@pytest.mark.filterwarnings("ignore:the matrix subclass:PendingDeprecationWarning")
def test_a_matrix_whose_rows_are_matrices_ends():
    assert whole(np.matrix([[0, 1], [2, 3]])) == [[0, 1], [2, 3]]


@pytest.mark.parametrize("value", [np.complex64(1), np.clongdouble(1), np.array(1j)], ids=repr)
def test_complex_numbers_are_refused(value):
    with pytest.raises(NoForm, match="real"):
        whole(value)


@given(st.integers(-(10**14), 10**14))
def test_a_duration_is_exact(microseconds):
    text = iso_duration(microseconds * 10**12)
    assert pydantic.TypeAdapter(dt.timedelta).validate_json(f'"{text}"') == dt.timedelta(microseconds=microseconds)
