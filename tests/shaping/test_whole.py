"""Promise 3: what fits comes back whole, with no notice, and `truncated` says just that."""

from hypothesis import given
from hypothesis import strategies as st

from richresp import shape
from tests.shaping.oracles import compact, same
from tests.shaping.payloads import budgets, counters, json_values, shaped


@given(json_values, st.integers(0, 50), counters)
def test_what_fits_comes_back_whole(payload, room, counter):
    text = compact(payload)
    result = shape(payload, budget=counter(text) + room, counter=counter)
    assert result.text == text
    assert same(result.data, payload)
    assert (result.truncated, result.omitted, result.notice, result.cursor) == (False, (), None, None)


@given(json_values, counters)
def test_what_is_over_by_one_token_is_truncated(payload, counter):
    result = shaped(payload, counter(compact(payload)) - 1, counter=counter)
    assert result.truncated or result.tokens == counter(compact(payload))


@given(json_values, budgets, counters)
def test_truncated_means_that_something_is_missing(payload, budget, counter):
    result = shaped(payload, budget, counter=counter)
    assert result.truncated == (not same(result.data, payload))
    assert result.truncated == (result.notice is not None)


@given(json_values, budgets)
def test_what_was_shortened_to_a_budget_fits_that_budget_whole(payload, budget):
    result = shaped(payload, budget, notice="aside")
    again = shape(result.data, budget=result.tokens)
    assert again.text == result.text
    assert not again.truncated
