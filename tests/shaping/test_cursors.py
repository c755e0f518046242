"""Promise 10: a cursor is short, and one that does not belong to the payload is refused with a word on what to do."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from richresp import InvalidCursor
from tests.shaping.as_json import shape
from tests.shaping.payloads import cases, follow, shaped

ROWS = [{"id": number, "name": f"row {number}"} for number in range(300)]
CURSOR = shape(ROWS, budget=200).cursor
OFFSET = len(shape(ROWS, budget=200).data)


def assert_refused(payload, cursor, reason):
    with pytest.raises(InvalidCursor, match="call again without a cursor") as error:
        shape(payload, budget=200, cursor=cursor)
    assert reason in error.value.reason


@settings(max_examples=settings().max_examples // 2)
@given(cases)
def test_a_cursor_is_short_and_url_safe(case):
    payload, budget = case
    cursor = shaped(payload, budget).cursor
    assert cursor is None or (len(cursor) <= 40 and cursor.replace("-", "").isalnum() and cursor.isascii())


@given(st.text())
def test_any_other_text_is_not_a_cursor(text):
    assert_refused(ROWS, text, "not a cursor")


NEARLY = ["", "0", "-1", "3-", f"{CURSOR} ", f" {CURSOR}", f"{CURSOR}\n", CURSOR * 9, f"٣{CURSOR[1:]}"]


@pytest.mark.parametrize("cursor", NEARLY)
def test_what_is_nearly_a_cursor_is_not_one(cursor):
    assert_refused(ROWS, cursor, "not a cursor")


@given(st.integers(0, len(CURSOR) - 1), st.sampled_from("0123456789"))
def test_a_cursor_with_another_digit_is_refused(at, digit):
    assume(CURSOR[at] not in (digit, "-"))
    with pytest.raises(InvalidCursor):
        shape(ROWS, budget=200, cursor=CURSOR[:at] + digit + CURSOR[at + 1 :])


def test_a_cursor_beyond_the_end_is_refused():
    assert_refused(ROWS[: OFFSET - 1], CURSOR, "changed")
    assert_refused([], CURSOR, "")


def test_a_cursor_is_refused_when_the_last_item_shown_has_moved():
    assert_refused([{"id": -1}, *ROWS], CURSOR, "changed")
    assert_refused([*ROWS[: OFFSET - 1], {"id": -1}, *ROWS[OFFSET:]], CURSOR, "changed")


def test_a_change_elsewhere_is_not_seen():
    changed = [{"id": -1}, *ROWS[1:], {"id": 300}]
    assert shape(changed, budget=200, cursor=CURSOR).data == shape(ROWS, budget=200, cursor=CURSOR).data


@pytest.mark.parametrize("payload", [{"rows": ROWS}, {"other": ROWS, "few": [1]}, "a text of many words " * 200])
def test_a_cursor_of_another_payload_is_refused(payload):
    assert_refused(payload, CURSOR, "")


def test_a_cursor_of_another_list_of_the_same_record_is_refused():
    cursor = shape({"a": ROWS, "b": ROWS[:9]}, budget=200).cursor
    assert_refused({"a": ROWS[:9], "b": ROWS}, cursor, "")


@pytest.mark.parametrize("payload", [None, 5, "short", {}, [], {"a": 1}, {"a": {"b": [1, 2]}}])
def test_a_payload_without_pages_takes_no_cursor(payload):
    assert_refused(payload, CURSOR, "")


@given(st.integers(60, 400))
def test_a_cursor_serves_any_budget(budget):
    data = shape(ROWS, budget=budget, cursor=CURSOR).data
    assert data[0] == ROWS[OFFSET]
    assert data == ROWS[OFFSET : OFFSET + len(data)] or data[:-1] == ROWS[OFFSET : OFFSET + len(data) - 1]


def test_only_the_last_page_has_no_cursor():
    pages = follow(ROWS, 400)
    assert len(pages) > 5
    assert [page.cursor is None for page in pages] == [False] * (len(pages) - 1) + [True]
