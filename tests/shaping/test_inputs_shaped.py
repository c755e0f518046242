"""What `shape` takes beside JSON: each value is served as its plain form is, to the byte, whatever is cut.

A generator is consumed only as far as the answer needs, once, wherever it stands; its total is None until its end was
seen. Given anew with a cursor it goes on behind what was shown. What it raises comes through. Nothing of the input is
changed, but that generators are where reading left them.
"""

import dataclasses
import datetime as dt
import enum
import itertools
import pathlib
import typing

import attrs
import numpy as np
import pandas as pd
import polars as pl
import pydantic
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richresp import InvalidCursor, Omission
from tests.shaping.as_json import shape
from tests.shaping.oracles import missing
from tests.shaping.payloads import clean_text, enough, prose, shaped, tables, trees

LONG = "one word and another " * 40


class Colour(enum.Enum):
    RED = "red"
    NUMBER = 7


@dataclasses.dataclass
class Item:
    id: typing.Any
    text: typing.Any = None


@attrs.define
class Pair:
    left: typing.Any
    right: typing.Any


class Model(pydantic.BaseModel):
    name: str
    tags: list[str] = []
    when: dt.date | None = None


def alike(strategy, plain):
    return strategy.map(lambda value: (value, plain(value)))


def finite(value):
    return value if value - value == 0 else None


scalars = st.one_of(
    alike(st.one_of(clean_text, prose, st.integers(-(2**63), 2**63), st.booleans(), st.none()), lambda value: value),
    alike(st.floats(), finite),
    alike(st.one_of(st.dates(), st.datetimes(), st.times()), lambda value: value.isoformat()),
    alike(st.one_of(st.uuids(), st.decimals(allow_nan=False, allow_infinity=False)), str),
    alike(st.sampled_from(Colour), lambda value: value.value),
    alike(st.just(pathlib.PurePosixPath("a/b.txt")), str),
    alike(st.integers(-9, 9).map(np.int64), int),
    alike(st.floats(width=32).map(np.float32), lambda value: finite(float(value))),
    alike(st.sets(st.integers(), max_size=9), sorted),
    alike(st.frozensets(st.text(st.characters(codec="utf-8"), max_size=5), max_size=9), sorted),
    alike(st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=30).map(np.array), lambda array: array.tolist()),
    st.builds(
        lambda rows, frame: (frame(rows), rows),
        st.lists(st.builds(lambda n, s: {"n": n, "s": s}, st.integers(0, 99), st.text("abc é", max_size=30)), min_size=1),
        st.sampled_from([pd.DataFrame, pl.DataFrame]),
    ),
    st.builds(
        lambda name, tags: (Model(name=name, tags=tags), {"name": name, "tags": tags, "when": None}),
        st.text(st.characters(codec="utf-8"), max_size=9),
        st.lists(st.text("abc", max_size=9)),
    ),
)  # fmt: skip
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=8).map(lambda pairs: ([rich for rich, _ in pairs], [plain for _, plain in pairs])),
        st.lists(inner, max_size=8).map(
            lambda pairs: (tuple(rich for rich, _ in pairs), [plain for _, plain in pairs])
        ),
        st.dictionaries(clean_text, inner, max_size=6).map(
            lambda pairs: ({k: rich for k, (rich, _) in pairs.items()}, {k: plain for k, (_, plain) in pairs.items()})
        ),
        st.builds(lambda a, b: (Item(a[0], b[0]), {"id": a[1], "text": b[1]}), inner, inner),
        st.builds(lambda a, b: (Pair(a[0], b[0]), {"left": a[1], "right": b[1]}), inner, inner),
    ),
    max_leaves=25,
)
several = st.lists(values, min_size=1, max_size=6).map(lambda pairs: tuple(map(list, zip(*pairs, strict=True))))


@given(several, st.integers(0, 600), st.sampled_from(["head", "tail", "spread"]))
def test_a_value_is_shaped_as_its_plain_form(pair, budget, strategy):
    rich, plain = pair
    budget = enough(plain, budget, strategy=strategy)
    result, expected = shape(rich, budget=budget, strategy=strategy), shape(plain, budget=budget, strategy=strategy)
    assert result.text == expected.text
    assert (result.notice, result.cursor) == (expected.notice, expected.cursor)
    assert result.truncated == expected.truncated
    assert [told for told in result.omitted if told.kind != "replaced"] == list(expected.omitted)


@settings(max_examples=settings().max_examples // 2)
@given(several, st.integers(0, 300))
def test_pages_and_needs_are_those_of_the_plain_form(pair, budget):
    rich, plain = pair
    cursor = shaped(plain, budget).cursor
    if cursor is not None:
        budget = enough(plain, budget, cursor=cursor)
        assert budget == enough(rich, budget, cursor=cursor)
        assert shape(rich, budget=budget, cursor=cursor).text == shape(plain, budget=budget, cursor=cursor).text
    assert enough(rich, 0) == enough(plain, 0)


@settings(max_examples=settings().max_examples // 2)
@given(several, st.integers(0, 400))
def test_the_input_is_not_changed(pair, budget):
    rich, _ = pair
    before = repr(rich)
    shaped(rich, budget)
    assert repr(rich) == before


class Watched:
    """A generator that counts what was taken from it, and refuses to be taken from beyond a bound."""

    def __init__(self, rows, most=10**9):
        self.rows, self.most, self.taken = iter(rows), most, 0

    def __iter__(self):
        return self

    def __next__(self):
        row = next(self.rows)
        self.taken += 1
        assert self.taken <= self.most, "it is read on and on"
        return row


@given(tables.map(lambda rows: rows * 3), st.integers(60, 600), st.booleans())
def test_the_total_of_a_generator_is_known_from_its_end_on(rows, budget, inside):
    """Its total is told only if its end was seen."""
    source = Watched(rows)
    budget = enough({"rows": rows} if inside else rows, budget) + 20
    result = shape({"rows": source} if inside else source, budget=budget)
    shown = result.data.get("rows", []) if inside else result.data
    told = {omission.path: omission for omission in result.omitted}.get("/rows" * inside)
    missing(rows, shown)
    assert len(shown) <= source.taken <= len(rows)
    if told is not None:
        assert told == Omission("/rows" * inside, "items", len(shown), told.total)
        assert told.total in (None, len(rows))
        assert told.total is None or source.taken == len(rows)


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"id": 1, "rows": rows}, lambda rows: [[rows], 2]])
def test_an_endless_generator_is_read_with_the_budget(wrap):
    """At most twice of what the budget could show, to see whether all of it fits, and a few."""
    for budget in (100, 400, 1_600):
        source = Watched(({"id": number, "text": LONG} for number in itertools.count()), most=5 + budget // 40)
        result = shape(wrap(source), budget=budget)
        assert None in [omission.total for omission in result.omitted]
        assert result.tokens <= budget


def test_the_notice_of_a_stream_does_not_pretend_to_know_its_end():
    result = shape(({"id": number} for number in itertools.count()), budget=200)
    assert f"the first {len(result.data)} items shown" in result.notice
    assert result.omitted == (Omission("", "items", len(result.data), None),)
    later = shape(({"id": number} for number in itertools.count()), budget=200, cursor=result.cursor)
    assert f"items {len(result.data) + 1} to {len(result.data) + len(later.data)} shown" in later.notice


@settings(max_examples=settings().max_examples // 4)
@given(tables.map(lambda rows: rows * 2), st.integers(80, 300), st.booleans())
def test_a_cursor_goes_on_in_the_generator_made_anew(rows, budget, inside):
    def made():
        return {"name": "x", "rows": iter(rows)} if inside else iter(rows)

    at, cursor = 0, None
    while cursor is not None or at == 0:
        budget = enough(made(), budget, cursor=cursor) if cursor else max(budget, enough(made(), budget) + 40)
        result = shape(made(), budget=budget, cursor=cursor)
        part = result.data.get("rows", []) if inside else result.data
        assert part
        missing(rows, part, {"": at})
        at, cursor = at + len(part), result.cursor
    assert at == len(rows)


def test_a_cursor_is_refused_where_the_generator_ends_before_it():
    rows = [{"id": number} for number in range(300)]
    cursor = shape(iter(rows), budget=200).cursor
    with pytest.raises(InvalidCursor):
        shape(iter(rows[:3]), budget=200, cursor=cursor)
    with pytest.raises(InvalidCursor):
        shape(iter([]), budget=200, cursor=cursor)


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(trees, max_size=9), st.integers(0, 400))
def test_a_generator_that_fits_is_a_list(rows, budget):
    budget = enough(rows, budget)
    result = shape(iter(rows), budget=max(budget, enough(iter(rows), budget)))
    missing(rows, result.data)
    if not shape(rows, budget=budget).truncated:
        assert (result.data, result.truncated) == (rows, False)


def test_the_same_generator_in_two_places_is_read_once():
    source = Watched(range(1000, 1005))
    result = shape({"a": source, "b": [source]}, budget=500)
    assert result.data == {"a": [1000, 1001, 1002, 1003, 1004], "b": [[1000, 1001, 1002, 1003, 1004]]}
    assert source.taken == 5


@pytest.mark.parametrize("kind", [ValueError, KeyError, StopAsyncIteration, RuntimeError])
@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"id": 1, "rows": rows}])
def test_what_a_generator_raises_comes_through(kind, wrap):
    error = kind("midway")

    def rows():
        yield from range(5)
        raise error

    with pytest.raises(kind) as raised:
        shape(wrap(rows()), budget=500)
    assert raised.value is error


def test_an_error_beyond_what_is_shown_is_not_met():
    def rows():
        yield from ({"id": number, "text": LONG} for number in range(50))
        raise AssertionError("it is read too far")

    assert len(shape(rows(), budget=300).data) < 50
