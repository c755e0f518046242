"""Promise 3: what fits comes back whole, with no notice, and `truncated` says just that."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shaping.as_json import shape
from tests.shaping.oracles import compact, same
from tests.shaping.payloads import cases, counters, json_values, shaped


@given(json_values, st.integers(0, 50), counters)
def test_what_fits_comes_back_whole(payload, room, counter):
    text = compact(payload)
    result = shape(payload, budget=counter(text) + room, counter=counter)
    assert result.text == text
    assert same(result.data, payload)
    assert (result.truncated, result.omitted, result.notice, result.cursor) == (False, (), None, None)


@settings(max_examples=settings().max_examples // 2)
@given(json_values, counters)
def test_what_is_over_by_one_token_is_truncated(payload, counter):
    result = shaped(payload, counter(compact(payload)) - 1, counter=counter)
    assert result.truncated or result.tokens == counter(compact(payload))


@given(cases, counters)
def test_truncated_means_that_something_is_missing(case, counter):
    payload, budget = case
    result = shaped(payload, budget, counter=counter)
    assert result.truncated == (not same(result.data, payload))
    assert result.truncated == (result.notice is not None)


@settings(max_examples=settings().max_examples // 2)
@given(cases)
def test_what_was_shortened_to_a_budget_fits_that_budget_whole(case):
    payload, budget = case
    result = shaped(payload, budget, notice="aside")
    again = shape(result.data, budget=result.tokens)
    assert again.text == result.text
    assert not again.truncated
