"""Promises 2 and 13: the text is strict JSON, and says the same as the data."""

from hypothesis import given, settings

from richresp import Omission
from tests.shaping.oracles import compact, same, strict, without_notice
from tests.shaping.payloads import cases, counters, shaped


@given(cases, counters)
def test_the_text_is_strict_json_that_shows_the_data_and_the_notice(case, counter):
    payload, budget = case
    result = shaped(payload, budget, counter=counter)
    assert same(without_notice(result, payload), result.data)


@settings(max_examples=settings().max_examples // 2)
@given(cases)
def test_a_notice_aside_leaves_nothing_but_the_data_in_the_text(case):
    payload, budget = case
    result = shaped(payload, budget, notice="aside")
    assert same(strict(result.text), result.data)


@settings(max_examples=settings().max_examples // 2)
@given(cases)
def test_the_text_is_compact_and_escapes_nothing_that_need_not_be(case):
    payload, budget = case
    result = shaped(payload, budget)
    assert result.text == compact(strict(result.text))


@settings(max_examples=settings().max_examples // 4)
@given(cases)
def test_the_result_says_what_it_is(case):
    payload, budget = case
    result = shaped(payload, budget)
    assert (result.format, result.media_type, str(result)) == ("json", "application/json", result.text)
    assert shaped(payload, budget, format="json") == result


@settings(max_examples=settings().max_examples // 4)
@given(cases)
def test_the_facts_are_plain_json_and_agree_with_the_fields(case):
    payload, budget = case
    result = shaped(payload, budget)
    meta = strict(compact(result.meta()))
    assert meta["tokens"] == result.tokens
    assert meta["truncated"] == result.truncated
    assert meta["cursor"] == result.cursor
    assert [Omission(**entry) for entry in meta["omitted"]] == list(result.omitted)
