"""What has no JSON form is replaced and told, or refused with its place; never passed on."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import InvalidPayload, Omission
from tests.shaping.as_json import shape
from tests.shaping.oracles import strict
from tests.shaping.payloads import clean_text, shaped

LONG = "one word and another " * 200
NANS = st.sampled_from([math.nan, math.inf, -math.inf])
LONE = st.sampled_from(["\ud800", "a\udfffb", "\ud83d\ude00", "\udc80" * 40, "words and words " * 9 + "\ud800"])
odd_values = st.recursive(
    st.one_of(NANS, LONE, st.integers(), clean_text),
    lambda inner: st.one_of(st.lists(inner, max_size=6), st.dictionaries(clean_text, inner, max_size=6)),
    max_leaves=30,
)


def replaced(result):
    return [omission for omission in result.omitted if omission.kind == "replaced"]


@given(odd_values)
def test_what_json_cannot_hold_is_replaced_and_each_is_told_in_order(payload):
    result = shape(payload, budget=10**6)
    assert repr(strict(result.text)) == repr(result.data) == repr(_repaired(payload))
    assert list(result.omitted) == [Omission(path, "replaced", 0, 1) for path in _odd(payload)]
    assert (result.truncated, result.notice) == (False, None)


@given(odd_values, st.integers(0, 400))
def test_what_is_replaced_is_told_of_what_is_shown_and_no_more(payload, budget):
    payload = {"odd": payload, "text": LONG, "end": math.nan}
    result = shaped(payload, budget)
    told = [omission.path for omission in replaced(result)]
    strict(result.text)
    assert told == [path for path in _odd(payload) if path in told]
    assert ("/end" in told) == ("end" in result.data)


def _repaired(value):
    if isinstance(value, dict):
        return {name: _repaired(child) for name, child in value.items()}
    if isinstance(value, list):
        return list(map(_repaired, value))
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _odd(value, path=""):
    if isinstance(value, dict):
        for name, child in value.items():
            yield from _odd(child, f"{path}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for order, child in enumerate(value):
            yield from _odd(child, f"{path}/{order}")
    elif value != _repaired(value):
        yield path


def test_a_string_that_is_cut_after_a_lone_surrogate_tells_both():
    result = shape({"text": "\ud800 " + LONG}, budget=100)
    assert result.data["text"].startswith("\ufffd one word")
    assert {omission.kind for omission in result.omitted} == {"characters", "replaced"}


def test_a_string_that_is_cut_before_a_lone_surrogate_tells_of_none():
    assert replaced(shape({"text": LONG + "\ud800"}, budget=100)) == []


def test_a_key_with_a_lone_surrogate_is_replaced_and_told():
    result = shape({"a\ud800": 1}, budget=100)
    assert result.data == {"a\ufffd": 1}
    assert [omission.path for omission in replaced(result)] == ["/a\ufffd"]


@pytest.mark.parametrize("beside", [(), (LONG,)], ids=["whole", "shortened"])
@pytest.mark.parametrize(
    ("value", "path"),
    [
        (b"bytes", ""),
        (bytearray(b"x"), ""),
        (memoryview(b"x"), ""),
        (object(), ""),
        (complex(1, 2), ""),
        ({"a/b": [0, b""]}, "/a~1b/1"),
        ({"a": {1: "x", "1": "y"}}, "/a"),
        ({None: 1, "null": 2}, ""),
        ({"true": 1, True: 2}, ""),
        ({1.5: 1, "1.5": 2}, ""),
        (dict.fromkeys("\ud800\ufffd"), ""),
        (dict.fromkeys(map(chr, range(0xD800, 0xD802))), ""),
        ({(1, 2): 3}, ""),
        ({b"key": 3}, ""),
        ([{frozenset(): 3}], "/0"),
    ],
)
def test_what_cannot_be_replaced_is_refused_with_its_place(value, path, beside):
    with pytest.raises(InvalidPayload) as error:
        shape([value, *beside], budget=100)
    assert error.value.pointer == f"/0{path}"
    assert error.value.reason


@pytest.mark.parametrize("sign", [1, -1])
def test_an_integer_that_python_would_not_read_back_is_refused(sign):
    for digits in (4_301, 5_000, 10**6):
        for payload in (sign * 10 ** (digits - 1), [sign * 10 ** (digits - 1)], {sign * 10 ** (digits - 1): LONG}):
            with pytest.raises(InvalidPayload, match="digits"):
                shape(payload, budget=100)


@pytest.mark.parametrize("beside", [(), (LONG,)], ids=["whole", "shortened"])
def test_a_value_that_contains_itself_is_refused(beside):
    row, record, ring = [1], {"id": 1}, {"name": "x"}
    row.append(row)
    record["me"] = record
    ring["list"] = [({"back": ring},)]
    for value in (row, record, ring):
        with pytest.raises(InvalidPayload, match="contains itself"):
            shape([value, *beside], budget=100)
        with pytest.raises(InvalidPayload, match="contains itself"):
            shape(value, budget=100)


def test_a_value_that_stands_in_two_places_is_no_cycle():
    child = {"text": "shared by two", "list": [1, 2]}
    payload = {"a": child, "b": [child, [child]]}
    assert shape(payload, budget=500).data == payload
    assert shape([payload, payload, LONG], budget=200).data[:2] == [payload, payload]


@pytest.mark.parametrize("key", [1, -5, 2.5, True, None, 10**30])
def test_a_scalar_key_becomes_the_text_that_json_has_for_it(key):
    name = {True: "true", None: "null"}.get(key, str(key)) if not isinstance(key, int) or key is True else str(key)
    assert shape({key: "x"}, budget=50).data == {name: "x"}
    assert strict(shape({key: "x"}, budget=50).text) == {name: "x"}


@pytest.mark.parametrize("key", [math.nan, math.inf, -math.inf])
def test_a_key_that_is_no_number_stays_readable(key):
    assert list(strict(shape({key: 1}, budget=50).text)) == [str(key)]


def test_the_largest_integer_that_python_reads_is_kept():
    assert strict(shape([10**4_300 - 1], budget=5_000).text) == [10**4_300 - 1]
