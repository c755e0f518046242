"""Handlers whose pages show everything once pass; those that lose, repeat or never end do not."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richresp import BudgetTooSmall, testing
from richresp.testing import assert_pages
from tests.shaping.as_json import shape, shape_parts

HITS = [{"id": number, "title": f"hit {number}"} for number in range(80)]
PAYLOAD = {"query": "cranes", "hits": HITS}
ANY = {"chars": 10**9}
TEXT = "one word and another word. " * 90


def at_least(payload, budget, cursor, **options):
    try:
        return shape(payload, budget=budget, cursor=cursor, **options)
    except BudgetTooSmall as error:
        return shape(payload, budget=error.needed, cursor=cursor, **options)


@settings(max_examples=settings().max_examples // 2)  # each shapes many pages
@given(testing.payloads(), st.integers(60, 900))
def test_the_pages_of_shape_pass(payload, budget):
    assert assert_pages(lambda cursor: at_least(payload, budget, cursor), payload=payload, budget=ANY) >= 1


@pytest.mark.parametrize("payload", [HITS, PAYLOAD], ids=["list", "record"])
def test_a_handler_that_returns_text_passes(payload):
    pages = assert_pages(lambda cursor: shape(payload, budget=300, cursor=cursor).text, payload=payload, budget=300)
    assert pages >= 3


def test_all_parts_of_shape_parts_are_followed():
    parts = {"hits": HITS, "text": TEXT, "total": 80}
    assert assert_pages(lambda cursors: shape_parts(parts, budget=300, cursors=cursors), payload=parts, budget=300) > 3


def page(cursor, budget=300):
    return shape(HITS, budget=budget, cursor=cursor)


def sliced(step, size=10, lead=0):
    """A handler that makes pages by hand, badly unless each begins where the last one ended."""

    def call(cursor):
        start = int(cursor or 0)
        shown = HITS[start : start + size]
        notice = f"Shortened: items {start + 1} to {start + len(shown)} of {len(HITS)}"
        if start + step < len(HITS):
            notice += f"; for more, call again with cursor {start + step}"
        return json.dumps([{"_notice": notice}, *shown])

    return call


def stuck(cursor):
    return json.dumps([{"_notice": f"Shortened: 0 of 80 items shown; for more, call again with cursor x{cursor}"}])


MUTANTS = {
    "items are lost": (sliced(11), "does not go on with item 10"),
    "items are repeated": (sliced(9), "does not go on with item 10"),
    "a cursor that leads to the start": (lambda cursor: page(None), "does not go on with item 26"),
    "a lost cursor": (
        lambda cursor: json.dumps([{"_notice": "Shortened: 10 of 80 items shown"}, *HITS[:10]]),
        "end after 10 of 80",
    ),
    "a page that shows nothing": (stuck, "shows nothing new"),
    "a page over the budget": (lambda cursor: page(cursor, 400 if cursor else 300), "more than the budget of 300"),
    "pages without an end": (lambda cursor: page(cursor, 60), "more than 5 pages"),
}


def test_pages_made_by_hand_pass_if_they_are_right():
    assert assert_pages(sliced(10), payload=HITS, budget=300) == 8


@pytest.mark.parametrize("name", MUTANTS)
def test_a_fault_of_paging_is_found_and_told(name):
    call, told = MUTANTS[name]
    with pytest.raises(AssertionError, match=told):
        assert_pages(call, payload=HITS, budget=300, most=5 if "end" in name.split() else 50)


def test_a_cursor_that_leads_back_to_itself_is_told():
    page = json.dumps({"_notice": "Shortened: 8 of 2430 characters in text shown; cursor 7", "text": "one word…"})
    with pytest.raises(AssertionError, match="in a circle"):
        assert_pages(lambda cursor: page, payload={"text": TEXT}, budget=300)


def test_a_part_that_no_cursor_leads_to_is_told():
    parts = {"hits": HITS, "url": "https://example.com/" + "path/" * 900}
    with pytest.raises(AssertionError, match="'url' is on no page"):
        assert_pages(lambda cursors: shape_parts(parts, budget=300, cursors=cursors), payload=parts, budget=ANY)


def test_pages_of_a_text_that_are_cut_elsewhere_are_told():
    def call(cursor):
        result = shape(TEXT, budget=100, cursor=cursor)
        return result if cursor is None else shape(TEXT[40:], budget=100, cursor=shape(TEXT[40:], budget=100).cursor)

    with pytest.raises(AssertionError, match=r"does not begin where|shows something else|cuts|end after"):
        assert_pages(call, payload=TEXT, budget=ANY, most=9)
