"""Values of the standard library and of models are adapted by what their class is, or refused with what to do."""

import array
import collections
import csv
import dataclasses
import datetime as dt
import enum
import io
import ipaddress
import pathlib
import sqlite3
import subprocess
import sys
import types
import typing
import uuid
from decimal import Decimal

import attrs
import numpy as np
import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import v1

from richresp.values.inputs import NoForm, adapt, key_text
from tests.values.adapted import whole

ID = uuid.UUID("12345678-1234-5678-1234-567812345678")


class Colour(enum.Enum):
    RED = "red"
    WHEN = dt.date(2024, 5, 1)
    PARTS = (1, 2)
    NOTHING = None


class Two(typing.NamedTuple):
    a: int
    b: int


class Bits(enum.Flag):
    A = 1
    B = 2


@dataclasses.dataclass
class Point:
    x: int
    y: typing.Any = None
    kind: typing.ClassVar[str] = "point"


@attrs.define
class Pair:
    left: int
    _right: object = None


class Address(pydantic.BaseModel):
    city: str = pydantic.Field(serialization_alias="town")
    secret: pydantic.SecretStr = pydantic.SecretStr("hidden")
    inner: str = pydantic.Field(default="x", exclude=True)
    when: dt.datetime = dt.datetime(2024, 1, 2, tzinfo=dt.UTC)


class Names(pydantic.RootModel[list[str]]):
    pass


class Old(v1.BaseModel):
    price: Decimal = Decimal("1.5")
    when: dt.date = dt.date(2024, 1, 2)


class Tensor:
    """An array of no library that is known by name, whose parts are arrays without an end."""

    dtype = "float32"

    def tolist(self):
        return [[0.5]]

    def __len__(self):
        return 1

    def __iter__(self):
        return iter([self])


@pydantic.dataclasses.dataclass
class Checked:
    x: int


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Colour.RED, "red"),
        (Colour.WHEN, "2024-05-01"),
        (Colour.PARTS, [1, 2]),
        (Colour.NOTHING, None),
        (Bits.A | Bits.B, 3),
        (dt.datetime(2024, 1, 2, 3, 4, 5, 6, tzinfo=dt.UTC), "2024-01-02T03:04:05.000006+00:00"),
        (dt.date(2024, 1, 2), "2024-01-02"),
        (dt.time(3, 4), "03:04:00"),
        (Decimal("1.50"), "1.50"),
        (Decimal("1E+3"), "1E+3"),
        (Decimal("-Infinity"), None),
        (Decimal("sNaN"), None),
        (ID, str(ID)),
        (pathlib.PurePosixPath("a/b"), "a/b"),
        (ipaddress.ip_address("::1"), "::1"),
        (ipaddress.ip_network("10.0.0.0/8"), "10.0.0.0/8"),
        (ipaddress.ip_interface("10.0.0.1/8"), "10.0.0.1/8"),
        (collections.UserString("text"), "text"),
        (Point(1, Point(2)), {"x": 1, "y": {"x": 2, "y": None}}),
        (Pair(1, ID), {"left": 1, "_right": str(ID)}),
        (Tensor(), [[0.5]]),
        (Checked(x=1), {"x": 1}),
        (Address(city="Oslo"), {"city": "Oslo", "secret": "**********", "when": "2024-01-02T00:00:00Z"}),
        (Names(["a", "b"]), ["a", "b"]),
        (Old(), {"price": 1.5, "when": "2024-01-02"}),
        (pydantic.HttpUrl("https://a.example/x"), "https://a.example/x"),
        (types.MappingProxyType({"a": Colour.RED}), {"a": "red"}),
        (collections.ChainMap({"a": 1}, {"b": 2}), {"a": 1, "b": 2}),
        (collections.UserDict(a=1), {"a": 1}),
        (range(5, 1, -2), [5, 3]),
        (collections.deque([1, 2]), [1, 2]),
        (array.array("i", [1, 2]), [1, 2]),
        (collections.UserList([1, [2]]), [1, [2]]),
        ({"b": 1, "a": 2}.keys(), ["b", "a"]),
        ({"b": 1, "a": 2}.values(), [1, 2]),
        ({"b": 1}.items(), [["b", 1]]),
        (reversed([1, 2]), [2, 1]),
        (csv.DictReader(io.StringIO("a,b\n1,2")), [{"a": "1", "b": "2"}]),
        (Two(1, 2), [1, 2]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_has_the_form_that_its_type_says(value, expected):
    assert whole(value) == expected


def test_the_children_of_a_value_are_left_as_they_are():
    child = Point(1)
    for holder in (Point(1, child), Pair(1, child), types.MappingProxyType({"y": child}), collections.deque([child])):
        adapted = adapt(holder)
        assert child is (list(adapted.values()) if isinstance(adapted, dict) else adapted)[-1]


@pytest.mark.parametrize("value", [None, True, 1, 1.5, "a", {}, [], (), set(), frozenset(), b"", bytearray()])
def test_what_json_has_comes_back_as_it_is(value):
    assert adapt(value) is value


def test_a_row_of_sqlite_is_a_record_and_never_loses_a_column():
    with sqlite3.connect(":memory:") as base:
        base.row_factory = sqlite3.Row
        assert whole(base.execute("select 1 as a, 'x' as b")) == [{"a": 1, "b": "x"}]
        with pytest.raises(NoForm, match="rename"):
            whole(base.execute("select 1 as a, 2 as a"))
    base.close()


def test_a_set_of_another_make_is_a_set_whose_order_the_caller_decides():
    class Bag(collections.abc.Set):
        def __init__(self, members):
            self.members = list(members)

        def __contains__(self, member):
            return member in self.members

        def __iter__(self):
            return iter(self.members)

        def __len__(self):
            return len(self.members)

    assert adapt(Bag("cab")) == frozenset("abc")
    with pytest.raises(NoForm, match="pass a list"):
        adapt(Bag([[]]))


@given(st.timedeltas())
def test_a_duration_reads_back_as_itself(value):
    assert pydantic.TypeAdapter(dt.timedelta).validate_json(f'"{adapt(value)}"') == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dt.timedelta(), "PT0S"),
        (dt.timedelta(days=1, hours=2, minutes=3, seconds=4, microseconds=500_000), "P1DT2H3M4.5S"),
        (dt.timedelta(seconds=-90), "-PT1M30S"),
        (dt.timedelta(days=400), "P400D"),
        (dt.timedelta(seconds=20), "PT20S"),
    ],
)
def test_a_duration_is_written_by_iso_8601(value, text):
    assert adapt(value) == text


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (Colour.RED, "red"),
        (Colour.WHEN, "2024-05-01"),
        (Colour.PARTS, None),
        (Colour.NOTHING, "null"),
        (dt.date(2024, 1, 2), "2024-01-02"),
        (ID, str(ID)),
        (Decimal("1.5"), "1.5"),
        (pathlib.PurePosixPath("a/b"), "a/b"),
        (np.int64(-5), "-5"),
        (np.float32(0.5), "0.5"),
        (np.bool_(1), "true"),
        (np.datetime64("2024-01-02"), "2024-01-02"),
        (object(), None),
        (frozenset(), None),
        ((1, 2), None),
        ("a", None),
        (1, None),
        (b"a", None),
        (Point, None),
        (enum.Enum("Huge", {"N": 10**5_000}).N, None),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_key_has_the_text_of_its_scalar(key, text):
    assert key_text(key) == text


def test_a_generator_as_a_key_is_not_pulled():
    pulled = []
    assert key_text(pulled.append(1) for _ in range(3)) is None
    assert pulled == []


def test_no_library_is_imported():
    code = "import sys, richresp.values.inputs; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "richresp" in done.stdout.split()
    assert {"attr", "attrs", "numpy", "pandas", "polars", "pydantic"}.isdisjoint(done.stdout.split())
