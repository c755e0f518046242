"""Promise 1: the text costs no more than the budget, notice and cursor included, or BudgetTooSmall says what would."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from richresp import BudgetTooSmall, tokens
from tests.shaping.as_json import shape
from tests.shaping.payloads import bundled, cases, counters, enough, json_values, refusal, shaped

notices = st.sampled_from(["inline", "aside"])


@given(cases, counters, notices)
def test_the_text_is_within_the_budget_or_the_call_says_that_none_can_be(case, counter, notice):
    payload, budget = case
    refused = refusal(payload, budget, counter=counter, notice=notice)
    if refused is not None:
        assert refused.budget == budget < refused.needed
    else:
        result = shape(payload, budget=budget, counter=counter, notice=notice)
        assert result.tokens == counter(result.text) <= budget


@given(json_values, st.integers(0, 60), counters, notices)
def test_what_is_said_to_be_needed_is_accepted_and_one_less_is_not(payload, budget, counter, notice):
    refused = refusal(payload, budget, counter=counter, notice=notice)
    if refused is not None:
        assert refusal(payload, refused.needed, counter=counter, notice=notice) is None
        assert refusal(payload, refused.needed - 1, counter=counter, notice=notice) is not None


@given(cases, st.integers(0, 60), bundled)
@example(({"name": "ƀ𐀀ƀ𐀀ƀ𐀀ƀ𐀀", "id": [None]}, 0), 0, tokens.counter())
def test_a_later_page_says_what_it_needs_as_well(case, budget, counter):
    payload, first = case
    cursor = shaped(payload, first, counter=counter).cursor
    refused = refusal(payload, budget, counter=counter, cursor=cursor)
    if refused is not None:
        result = shape(payload, budget=refused.needed, counter=counter, cursor=cursor)
        assert result.tokens == counter(result.text) <= refused.needed
        assert refusal(payload, refused.needed - 1, counter=counter, cursor=cursor) is not None


@given(json_values, st.integers(0, 60), st.integers(0, 40), counters, notices)
def test_more_than_enough_is_enough(payload, budget, more, counter, notice):
    options = {"counter": counter, "notice": notice}
    budget = enough(payload, budget, **options)
    assert refusal(payload, budget + more, **options) is None
    cursor = shape(payload, budget=budget, **options).cursor
    again = enough(payload, budget, cursor=cursor, **options)
    assert refusal(payload, again + more, cursor=cursor, **options) is None


@settings(max_examples=settings().max_examples // 4)
@given(cases)
def test_only_a_family_is_not_exact(case):
    payload, budget = case
    assert shaped(payload, budget).exact is True
    assert shaped(payload, budget, counter=tokens.counter("claude")).exact is False


@given(json_values)
def test_a_budget_below_nought_is_too_small_for_anything(payload):
    with pytest.raises(BudgetTooSmall) as error:
        shape(payload, budget=-1)
    assert error.value.needed > 0
