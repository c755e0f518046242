"""The promises of the decorator, for any payload and budget."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import BudgetTooSmall, budgeted, tokens
from tests.shaping.oracles import compact, same, strict
from tests.shaping.payloads import cases, json_values, rows


def enough(decorate, budget, payload):
    """The budget, or where that is too small for a payload, the one that the error asks for."""
    try:
        decorate(budget)(lambda: payload)()
    except BudgetTooSmall as error:
        return error.needed
    return budget


def data(budget):
    return budgeted(budget, add_cursor=True)


def text(budget):
    return budgeted(budget, add_cursor=True, returns="text")


def without_notice(value, payload):
    """A shortened value as the payload has it, and the notice that was in it."""
    if isinstance(payload, str):
        notice, rest = value.split("\n\n", 1)
        return rest, notice
    if isinstance(payload, list):
        return value[1:], value[0]["_notice"]
    key = next(key for key in ("_notice", "_notice_2", "_notice_3") if key not in payload)
    assert next(iter(value)) == key
    return {name: item for name, item in value.items() if name != key}, value[key]


@given(cases)
def test_data_costs_no_more_than_the_budget_with_its_notice(case):
    payload, budget = case[0], max(case[1], 1)
    budget = enough(data, budget, payload)
    short = data(budget)(lambda: payload)()
    assert tokens.count(compact(short)) <= budget
    assert type(short) is type(payload)
    if tokens.count(compact(payload)) <= budget:
        assert same(short, payload)
    else:
        _, notice = without_notice(short, payload)
        assert notice.startswith("Shortened: ")


@given(cases)
def test_text_costs_no_more_than_the_budget(case):
    payload, budget = case[0], max(case[1], 1)
    budget = enough(text, budget, payload)
    assert tokens.count(text(budget)(lambda: payload)()) <= budget


@given(cases)
def test_data_says_what_the_text_says(case):
    payload, budget = case[0], max(case[1], 1)
    budget = enough(data, budget, payload)
    if isinstance(payload, str):
        return
    said = budgeted(budget, add_cursor=True, returns="text", format="json")(lambda: payload)()
    assert same(data(budget)(lambda: payload)(), strict(said))


@given(cases)
def test_sync_and_async_agree(case):
    payload, budget = case[0], max(case[1], 1)

    async def later():
        return payload

    for decorate in (data, text):
        for_both = enough(decorate, budget, payload)
        assert same(asyncio.run(decorate(for_both)(later)()), decorate(for_both)(lambda: payload)())


@pytest.mark.parametrize("decorate", [data, text])
@given(payload=json_values)
def test_the_function_is_left_as_it_is(decorate, payload):
    def function(one: int = 1) -> object:
        return payload

    before = dict(vars(function)), dict(function.__annotations__), function.__kwdefaults__
    decorate(5_000)(function)
    assert (dict(vars(function)), dict(function.__annotations__), function.__kwdefaults__) == before


@given(rows, st.integers(90, 400))
def test_pages_show_every_item_once(payload, budget):
    numbered = [{"number": number, **row} for number, row in enumerate(payload)]
    numbers, cursor, later = [], None, 0
    while cursor is not None or not numbers:
        decorate = budgeted(budget, add_cursor=True, returns="shaped", keep=["$[*].number"])
        try:
            page = decorate(lambda: numbered)(cursor=cursor)
        except BudgetTooSmall as error:  # names may be as long as they like
            budget, later = error.needed, later + 1
            assert later <= len(numbered)
            continue
        numbers += [item["number"] for item in page.data]
        cursor = page.cursor
    assert numbers == list(range(len(numbered)))
