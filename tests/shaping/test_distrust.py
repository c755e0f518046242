"""What a caller passes in is not trusted to be what it should be."""

import numpy as np
import pytest

from richresp import InvalidPayload, UsageError
from tests.shaping.as_json import shape


@pytest.mark.parametrize("answer", [None, "5", 5.0, float("nan")])
def test_a_counter_that_does_not_count_is_refused(answer):
    with pytest.raises(UsageError, match="whole number"):
        shape([1, 2, 3], budget=100, counter=lambda text: answer)


@pytest.mark.parametrize("cursor", [5, b"5-1", ["5"]])
def test_a_cursor_is_a_text(cursor):
    with pytest.raises(ValueError, match="not a cursor"):
        shape(list(range(1000)), budget=100, cursor=cursor)


def test_shared_references_are_not_unfolded_for_a_foreign_counter():
    payload = ["a"]
    for _ in range(60):
        payload = [payload, payload]
    assert shape(payload, budget=300, counter=len).tokens <= 300


@pytest.mark.parametrize("answer", [-1, True])
def test_a_count_is_no_less_than_nought(answer):
    with pytest.raises(UsageError, match="whole number"):
        shape([1, 2, 3], budget=100, counter=lambda text: answer)


def test_whole_numbers_of_other_libraries_are_whole_numbers():
    assert shape([1] * 999, budget=np.int64(160), counter=lambda text: np.int64(len(text))).tokens <= 160


@pytest.mark.parametrize("option", ["keep", "drop", "drop_order"])
def test_paths_may_come_from_an_iterator_and_never_from_nothing(option):
    wishes = {option: iter(["$..secret"])}
    assert ("secret" in shape([{"id": 1, "secret": "S"}], budget=300, **wishes).text) == (option != "drop")
    for wrong in (None, 5, [None]):
        with pytest.raises(UsageError, match="list of JSONPaths"):
            shape([1], budget=300, **{option: wrong})


def test_sets_nested_too_deep_to_be_sorted_are_refused():
    inner = 1
    for _ in range(3_000):
        inner = (inner,)
    with pytest.raises(InvalidPayload, match="too deep"):
        shape({inner, 1}, budget=150)
