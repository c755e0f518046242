"""What a caller passes in is not trusted to be what it should be."""

import pytest

from richresp import UsageError, shape


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
