"""Promise 10: following cursors shows each item once, in order, and ends; every page moves on."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.shaping import payloads as some
from tests.shaping.as_json import shape
from tests.shaping.oracles import missing, without_notice
from tests.shaping.payloads import bundled, enough, follow, prose, records, tables

several = st.lists(some.trees, min_size=1, max_size=12)
lists = st.one_of(tables, some.wide, several, st.lists(some.scalars, min_size=1, max_size=60))
small = st.integers(0, 250)
counters = st.one_of(bundled, st.just(len), st.just(some.jumpy))


def assert_pages_show_once_and_in_order(pages, whole, part):
    """Each page shows the items right behind those of the page before, and at least one of them."""
    shown = 0
    for number, page in enumerate(pages):
        items = part(page.data)
        missing(whole, items, {"": shown})
        assert items or number == 0, f"page {number + 1} does not move on"
        shown += len(items)
    assert shown == len(whole)


@settings(max_examples=settings().max_examples // 2)  # each shapes many pages
@given(lists, small, counters)
def test_pages_of_a_list_show_each_item_once_and_in_order(payload, budget, counter):
    pages = follow(payload, budget, counter=counter)
    assert_pages_show_once_and_in_order(pages, payload, lambda data: data)


@settings(max_examples=settings().max_examples // 2)  # each shapes many pages
@given(records, tables, prose, small, bundled)
def test_pages_of_a_record_show_its_longest_list_once_and_in_order(head, rows, text, budget, counter):
    payload = head | {"tags": rows[:1], "rows": rows + rows, "text": text}
    pages = follow(payload, budget, counter=counter)
    assert_pages_show_once_and_in_order(pages, payload["rows"], lambda data: data.get("rows", []))


@given(st.one_of(some.long_texts, prose).map(lambda text: text * 3), small, counters)
def test_pages_of_a_text_add_up_to_the_text(payload, budget, counter):
    pages = follow(payload, budget, counter=counter)
    assert all(page.data.endswith("…") for page in pages[:-1])
    assert "".join([*(page.data[:-1] for page in pages[:-1]), pages[-1].data]) == payload


@settings(max_examples=settings().max_examples // 2)  # each shapes many pages
@given(lists, st.lists(st.integers(0, 300), min_size=1, max_size=6), bundled)
def test_each_page_may_have_a_budget_of_its_own(payload, budgets, counter):
    pages, cursor = [], None
    while cursor is not None or not pages:
        budget = enough(payload, budgets[len(pages) % len(budgets)], counter=counter, cursor=cursor)
        pages.append(shape(payload, budget=budget, counter=counter, cursor=cursor))
        assert pages[-1].cursor is None or pages[-1].cursor not in [page.cursor for page in pages[:-1]]
        cursor = pages[-1].cursor
    assert_pages_show_once_and_in_order(pages, payload, lambda data: data)


@settings(max_examples=settings().max_examples // 2)  # each shapes many pages
@given(tables, small, bundled)
def test_every_page_is_within_the_budget_and_carries_its_notice(payload, budget, counter):
    for page in follow(payload, max(budget, 100), counter=counter):
        assert page.tokens == counter(page.text)
        without_notice(page, payload)
        assert page.cursor is None or page.cursor in page.notice


@settings(max_examples=settings().max_examples // 4)  # each shapes many pages
@given(tables, small)
def test_a_later_page_says_which_items_it_shows(payload, budget):
    pages = follow(payload, budget)
    assume(len(pages) > 1 and pages[-2].data)
    last = pages[-1]
    assert f"items {len(payload) - len(last.data) + 1} to {len(payload)} of {len(payload)}" in last.notice
    assert last.truncated


@settings(max_examples=settings().max_examples // 4)  # each shapes many pages
@given(tables, st.integers(60, 250))
def test_the_next_page_is_the_same_however_it_is_asked_for(payload, budget):
    first = follow(payload, budget)
    again = follow([dict(record) for record in payload], budget)
    assert again == first


def test_an_oversized_item_counts_as_shown():
    payload = ["word and another word " * 500, "next", {"text": "more and more words " * 500}, "last"]
    pages = follow(payload, 150)
    assert [len(page.data) for page in pages] == [1, 2, 1]
    assert pages[0].data[0].endswith("…")


def test_a_record_that_fills_the_page_before_its_list_does_not_hide_it():
    payload = {f"field {number}": f"short value {number}" for number in range(40)} | {"rows": list(range(1000, 1400))}
    pages = follow(payload, 200)
    assert_pages_show_once_and_in_order(pages, payload["rows"], lambda data: data.get("rows", []))


def test_the_neighbours_of_the_list_stay_while_they_fit():
    payload = {"query": "cats", "rows": [{"id": number, "name": f"cat {number}"} for number in range(200)]}
    assert [page.data["query"] for page in follow(payload, 300)].count("cats") > 1
