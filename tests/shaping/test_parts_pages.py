"""Each of several parts has a cursor of its own; following them all shows each item of each part once, and ends."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richresp import BudgetTooSmall, InvalidCursor, UsageError
from tests.shaping.as_json import shape, shape_parts
from tests.shaping.oracles import missing
from tests.shaping.part_payloads import shared, without_notice
from tests.shaping.payloads import bundled, prose, rows, tables

TICKETS = [{"id": number, "title": f"ticket {number}"} for number in range(200)]
NOTES = [f"note {number}" for number in range(300)]


def follow(parts, budget, **options):
    """All pages of all parts; fails where they do not end."""
    pages = [shared(parts, budget, **options)]
    while pages[-1].cursors:
        assert pages[-1].cursors not in [page.cursors for page in pages[:-1]], "pages lead in a circle"
        pages.append(shared(parts, budget, cursors=pages[-1].cursors, **options))
    return pages


def assert_once_and_in_order(parts, pages):
    done = dict.fromkeys(parts, 0)
    for page in pages:
        for name, shown in page.data.items():
            missing(parts[name], shown, {"": done[name]})
            done[name] += len(shown) - (isinstance(shown, str) and name in page.cursors)
    assert done == {name: len(part) for name, part in parts.items()}


@settings(max_examples=settings().max_examples // 8)  # each shapes very many times
@given(
    st.dictionaries(st.sampled_from("abcd"), st.one_of(tables, rows, prose), min_size=1), st.integers(60, 700), bundled
)
def test_all_cursors_together_show_everything_once_and_in_order(parts, budget, counter):
    pages = follow(parts, budget, counter=counter)
    assert_once_and_in_order(parts, pages)
    for page in pages:
        assert page.tokens == counter(page.text)
        without_notice(page, parts)
        assert all(cursor in page.notice for cursor in page.cursors.values())


def test_only_the_parts_that_are_asked_for_are_shown():
    parts = {"hits": TICKETS, "notes": NOTES, "total": 500}
    first = shape_parts(parts, budget=400)
    second = shape_parts(parts, budget=400, cursors={"notes": first.cursors["notes"]})
    assert list(second.data) == ["notes"]
    assert second.data["notes"][0] == NOTES[len(first.data["notes"])]
    assert len(second.data["notes"]) > len(first.data["notes"])  # all of the budget is its
    assert second.omitted[0].kept == 1
    assert second.truncated
    assert "items" in second.notice


def test_what_was_left_out_begins_at_its_start():
    parts = {"first": TICKETS, "second": TICKETS, "third": TICKETS}
    first = shape_parts(parts, budget=110)
    assert first.left_out
    later = shape_parts(parts, budget=400, cursors={name: first.cursors[name] for name in first.left_out})
    assert list(later.data) == list(first.left_out)
    assert all(shown[0] == TICKETS[0] for shown in later.data.values())


def test_a_part_that_fits_in_no_page_is_named_and_has_no_cursor():
    parts = {"url": "https://example.com/" + "path/" * 900, "hits": TICKETS}
    pages = follow(parts, 400)
    assert all("url" not in page.data for page in pages)
    assert "Left out: url" in pages[0].notice
    assert sum(len(page.data["hits"]) for page in pages) == len(TICKETS)


def test_a_page_that_would_show_nothing_new_says_what_it_needs():
    parts = {"hits": TICKETS, "notes": NOTES}
    cursors = shape_parts(parts, budget=200).cursors
    with pytest.raises(BudgetTooSmall) as error:
        shape_parts(parts, budget=20, cursors=cursors)
    page = shape_parts(parts, budget=error.value.needed, cursors=cursors)
    assert any(page.data.values())


def test_the_cursor_of_a_part_is_that_of_shape():
    parts = {"hits": TICKETS, "notes": NOTES}
    cursor = shape_parts(parts, budget=400).cursors["hits"]
    assert (
        shape(TICKETS, budget=400, cursor=cursor).data[0]
        == shape_parts(parts, budget=400, cursors={"hits": cursor}).data["hits"][0]
    )


@pytest.mark.parametrize("cursors", [{"hits": "nonsense"}, {"nobody": "0"}, {"hits": "1-123456123456789"}, {"hits": 1}])
def test_a_cursor_of_somebody_else_is_refused(cursors):
    with pytest.raises(InvalidCursor, match="call again without a cursor"):
        shape_parts({"hits": TICKETS}, budget=400, cursors=cursors)


def test_a_signed_cursor_is_for_those_who_know_the_secret():
    parts = {"hits": TICKETS}
    cursors = shape_parts(parts, budget=300, secret="ours").cursors
    assert shape_parts(parts, budget=300, secret="ours", cursors=cursors).data["hits"]
    with pytest.raises(InvalidCursor):
        shape_parts(parts, budget=300, secret="theirs", cursors=cursors)


def test_no_cursor_is_the_start_of_a_part():
    parts = {"hits": TICKETS, "notes": NOTES}
    assert (
        shape_parts(parts, budget=300, cursors={"hits": None}).data
        == shape_parts(parts, budget=300, cursors={"hits": "0"}).data
    )


def test_no_cursors_are_the_first_page():
    assert shape_parts({"hits": TICKETS}, budget=300, cursors={}) == shape_parts({"hits": TICKETS}, budget=300)


@pytest.mark.parametrize(
    "options",
    [{"cursors": "5-123"}, {"shares": {"nobody": 2}}, {"shares": {"hits": 0}}, {"shares": {"hits": True}}, {"shares": 3},
     {"notice": "loud"}, {"counter": 5}, {"keep": "$.hits"}, {"format": "yaml"}, {"strategy": "middle"}, {"budget": None}],
    ids=str,
)  # fmt: skip
def test_an_argument_that_cannot_be_right_is_told(options):
    with pytest.raises(UsageError):
        shape_parts({"hits": TICKETS}, **{"budget": 300, **options})


@pytest.mark.parametrize(
    "paths", [{"keep": ["$.hits"]}, {"keep": ["$"]}, {"drop_order": ["$[*]"]}, {"drop": ["hits"]}], ids=str
)
def test_a_path_to_a_whole_part_is_told(paths):
    with pytest.raises(UsageError, match=r"part|path|\$"):
        shape_parts({"hits": TICKETS}, budget=300, **paths)


def test_parts_are_a_mapping():
    with pytest.raises(UsageError, match="mapping"):
        shape_parts([TICKETS], budget=300)
