"""Promise 4: `omitted` tells exactly what is missing: each container and string once, in document order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shaping.as_json import shape
from tests.shaping.oracles import compact, missing
from tests.shaping.payloads import cases, counters, follow, records, shaped, tables


@given(cases, counters)
def test_omitted_is_what_the_data_lacks(case, counter):
    payload, budget = case
    result = shaped(payload, budget, counter=counter)
    assert list(result.omitted) == missing(payload, result.data)


@settings(max_examples=settings().max_examples // 4)  # each shapes many pages
@given(tables, st.integers(40, 200))
def test_each_page_tells_what_it_does_not_show_of_the_whole_list(payload, budget):
    shown = 0
    for page in follow(payload, budget):
        assert list(page.omitted) == missing(payload, page.data, {"": shown})
        shown += len(page.data)


@settings(max_examples=settings().max_examples // 4)  # each shapes many pages
@given(records, tables, st.integers(60, 300))
def test_each_page_tells_what_it_does_not_show_of_a_list_in_a_record(head, rows, budget):
    payload = head | {"tags": rows[:1], "rows": rows + rows}
    shown = 0
    for page in follow(payload, budget):
        assert list(page.omitted) == missing(payload, page.data, {"/rows": shown})
        shown += len(page.data.get("rows", []))


@given(tables, st.integers(40, 400))
def test_the_notice_counts_the_items_of_a_list_that_is_cut(payload, budget):
    result = shaped(payload, budget)
    if len(result.data) < len(payload):
        assert f"{len(result.data)} of {len(payload)} items shown" in result.notice


@pytest.mark.parametrize("budget", range(60, 260, 20))
def test_the_notice_names_a_field_that_is_cut_or_missing(budget):
    payload = [{"id": number, "text": "words and more words " * 20} for number in range(3)]
    result = shape(payload, budget=budget)
    lacking = any(record.get("text") != payload[0]["text"] for record in result.data)
    assert ("text" in result.notice) == lacking


def test_the_notice_hands_the_cursor_to_the_model():
    result = shape([{"id": number} for number in range(500)], budget=100)
    assert result.cursor in result.notice
    assert compact(result.notice) in result.text
