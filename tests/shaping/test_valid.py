"""Promises 2 and 13: the text is strict JSON, and says the same as the data."""

from hypothesis import given

from richresp import Omission
from tests.shaping.oracles import compact, same, strict, without_notice
from tests.shaping.payloads import budgets, counters, json_values, shaped


@given(json_values, budgets, counters)
def test_the_text_is_strict_json_that_shows_the_data_and_the_notice(payload, budget, counter):
    result = shaped(payload, budget, counter=counter)
    assert same(without_notice(result, payload), result.data)


@given(json_values, budgets)
def test_a_notice_aside_leaves_nothing_but_the_data_in_the_text(payload, budget):
    result = shaped(payload, budget, notice="aside")
    assert same(strict(result.text), result.data)


@given(json_values, budgets)
def test_the_text_is_compact_and_escapes_nothing_that_need_not_be(payload, budget):
    result = shaped(payload, budget)
    assert result.text == compact(strict(result.text))


@given(json_values, budgets)
def test_the_result_says_what_it_is(payload, budget):
    result = shaped(payload, budget)
    assert (result.format, result.media_type, str(result)) == ("json", "application/json", result.text)
    assert shaped(payload, budget, format="json") == result


@given(json_values, budgets)
def test_the_facts_are_plain_json_and_agree_with_the_fields(payload, budget):
    result = shaped(payload, budget)
    meta = strict(compact(result.meta()))
    assert meta["tokens"] == result.tokens
    assert meta["truncated"] == result.truncated
    assert meta["cursor"] == result.cursor
    assert [Omission(**entry) for entry in meta["omitted"]] == list(result.omitted)
