"""Promise 8: what a budget shows, every bigger budget shows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shaping.as_json import shape
from tests.shaping.oracles import within
from tests.shaping.payloads import bundled, cases, enough, shaped, tables

steps = st.one_of(st.integers(0, 12), st.integers(0, 400))


@given(cases, steps, bundled)
def test_a_bigger_budget_shows_all_that_a_smaller_one_shows(case, more, counter):
    payload, budget = case
    budget = enough(payload, budget, counter=counter)
    small = shape(payload, budget=budget, counter=counter)
    assert within(small.data, shape(payload, budget=budget + more, counter=counter).data)


@settings(max_examples=settings().max_examples // 2)  # each shapes many times
@given(cases, bundled)
def test_every_single_token_more_shows_no_less(case, counter):
    payload, budget = case
    budget = enough(payload, budget, counter=counter)
    before = shape(payload, budget=budget, counter=counter)
    for more in range(1, 9):
        result = shape(payload, budget=budget + more, counter=counter)
        assert within(before.data, result.data)
        before = result


@given(tables, st.integers(40, 200), st.integers(30, 300), steps, bundled)
def test_a_bigger_budget_shows_no_less_of_a_later_page(payload, first, budget, more, counter):
    cursor = shaped(payload, first, counter=counter).cursor
    if cursor is not None:
        budget = enough(payload, budget, counter=counter, cursor=cursor)
        small = shape(payload, budget=budget, counter=counter, cursor=cursor)
        assert within(small.data, shape(payload, budget=budget + more, counter=counter, cursor=cursor).data)


LINES = [{"sku": None}, {"sku": ""}, {"sku": "A-1"}, {"sku": "A-2"}, {"sku": "A-3"}]


@pytest.mark.parametrize("budget", range(14, 40))
def test_the_items_of_a_nested_list_show_in_order_whatever_is_in_them(budget):
    """What is late in an item comes later; the item itself does not, or the list would have holes."""
    result = shape([{"order": 7, "lines": LINES}], budget=budget, notice="aside")
    shown = result.data[0].get("lines", []) if result.data else []
    assert all(item.items() <= line.items() for item, line in zip(shown, LINES, strict=False))
