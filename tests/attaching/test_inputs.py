"""What handlers return besides JSON is made plain as shape makes it; hostile sizes end in a result or in an error."""

import datetime as dt
import enum
import itertools
from collections import OrderedDict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath
from typing import NamedTuple
from uuid import UUID

import numpy as np
import pandas as pd
import polars as pl
import pydantic
import pytest

from richresp import FetchError, InvalidPayload
from tests.attaching.pages import both, by_call
from tests.shaping.as_json import shape
from tests.shaping.oracles import same

DEPTH = 100_000
URL = "https://example.com/1"


@dataclass
class Hit:
    url: str
    title: str


class Model(pydantic.BaseModel):
    html_url: pydantic.AnyHttpUrl
    when: dt.date = dt.date(2026, 1, 2)


class Color(enum.StrEnum):
    RED = "red"


class Pair(NamedTuple):
    left: int
    right: str


MADE = {
    "dataclass": lambda: Hit(URL, "one"),
    "models": lambda: [Hit(URL, "one"), Model(html_url=URL)],
    "pandas": lambda: {"frame": pd.DataFrame({"link": [URL, "none"], "n": [1, 2]})},
    "polars": lambda: pl.DataFrame({"url": [URL, None], "x": [1.5, None]}),
    "generator": lambda: ({"url": f"https://example.com/{at}"} for at in range(3)),
    "iterators": lambda: {"deep": iter([iter([{"url": URL}])])},
    "keys": lambda: {1: Decimal("1.50"), Color.RED: Color.RED, None: (1, 2), 1.5: {3, 1, 2}},
    "texts": lambda: OrderedDict(
        when=dt.datetime(2026, 1, 2, 3, tzinfo=dt.UTC), id=UUID(int=7), path=PurePosixPath("/a"), pair=Pair(1, URL)
    ),
    "numbers": lambda: [Decimal("NaN"), float("inf"), np.float32("nan"), np.int8(3), 10**400, True, None, range(3)],
    "text": lambda: "some text",
}


@both
@pytest.mark.parametrize("name", MADE)
def test_any_value_is_as_plain_as_shape_makes_it(call, name):
    attached, pages = call(MADE[name](), answer=gone)
    expected, result = shape(MADE[name](), budget=10**6), shape(attached, budget=10**6)
    assert same(result.data, expected.data)
    assert result.omitted == expected.omitted
    assert pages.asked == list(attached.errors)


def gone(url):
    return FetchError(url=url, reason="gone")


@both
def test_objects_and_rows_get_their_cards(call):
    payload = {"hit": Hit(URL, "one"), "model": Model(html_url=URL), "rows": pd.DataFrame({"link": [URL], "n": [1]}),
               "stream": ({"url": f"https://example.com/{at}"} for at in range(2)), "urls": (URL,)}  # fmt: skip
    result, pages = call(payload)
    assert pages.asked == [URL, "https://example.com/0"]
    assert list(result["hit"]) == ["url", "title", "preview"]
    assert list(result["model"]) == ["html_url", "when", "preview"]
    assert list(result["rows"][0]) == ["link", "n", "preview"]
    assert [row["preview"]["url"] for row in result["stream"]] == ["https://example.com/0", URL]
    assert list(result.cards) == [URL]


def test_what_stands_twice_stands_apart_and_a_stream_is_read_once():
    row, stream = {"url": URL}, iter([1, 2])
    result, pages = by_call([row, row, stream, stream])
    assert pages.asked == [URL]
    assert result.data[:2] == [{"url": URL, "preview": result[0]["preview"]}] * 2
    assert result[0] is not result[1]
    assert result[0]["preview"] is not result[1]["preview"]
    assert result.data[2:] == [[1, 2], [1, 2]]
    assert row == {"url": URL}


@both
@pytest.mark.parametrize("wrap", [lambda inner: [inner], lambda inner: {"a": inner}, lambda inner: (inner, 1)])
@pytest.mark.parametrize("at", [None, ["$..url"]])
def test_depth_needs_no_stack(call, wrap, at):
    payload = {"url": URL}
    for _ in range(DEPTH):
        payload = wrap(payload)
    value = call(payload, at=at)[0].data
    while "url" not in value:
        value = value["a"] if isinstance(value, dict) else value[0]
    assert list(value) == ["url", "preview"]


def test_a_path_that_goes_wrong_at_any_depth_is_told_briefly():
    payload = {"url": 1}
    for _ in range(DEPTH):
        payload = [payload]
    result, _ = by_call(payload, at=["$..url"])
    assert len(str(result.errors["$..url"])) < 400


def doubled(times):
    value = ["x"]
    for _ in range(times):
        value = [value, value]
    return value


@pytest.mark.parametrize(
    "payload",
    [itertools.count(), range(10**30), doubled(64), {"rows": itertools.repeat({"url": URL})}],
    ids=["endless", "countless", "doubled", "endless rows"],
)
def test_what_has_no_end_is_refused(payload):
    with pytest.raises(InvalidPayload, match="more than 2,000,000 values"):
        by_call(payload)


def circle():
    value = {"a": [1]}
    value["a"].append(value)
    return value


@both
@pytest.mark.parametrize(
    ("payload", "pointer"),
    [(circle(), "/a/1"), ({"a": b"x"}, "/a"), ({"a": {1: 0, "1": 0}}, "/a"), ({"a": [0, object()]}, "/a/1"), (b"", "")],
)
def test_what_has_no_json_form_is_refused_where_it_stands(call, payload, pointer):
    with pytest.raises(InvalidPayload) as error:
        call(payload)
    assert error.value.pointer == pointer


def test_ten_million_characters_and_a_million_keys():
    result, pages = by_call({"url": "https://example.com/" + "a" * 10**7, "text": URL + " " * 10**6})
    assert (pages.calls, result.errors) == ([], {})
    assert len(by_call({str(at): at for at in range(10**6)})[0]) == 10**6
