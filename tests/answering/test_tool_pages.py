"""Pages of records against an output schema: whatever a page promises leads on to the end."""

import json
import re

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richresp import BudgetTooSmall, tokens
from richresp.answering.tool import tool_answer

RECORD = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "state": {"enum": ["open", "closed"]},
        "name": {"type": "string", "minLength": 3},
        "body": {"type": "string"},
    },
    "required": ["id", "state", "name", "body"],
}
LIST = {"type": "array", "items": RECORD}
WRAPPED = {"type": "object", "properties": {"result": LIST}, "required": ["result"], "x-fastmcp-wrap-result": True}
TOTALLED = {
    "type": "object",
    "properties": {"total": {"type": "integer"}, "note": {"type": "string"}, "rows": LIST},
    "required": ["total", "rows", "note"],
}


def record(number, words, name=5):
    return {"id": number, "state": "open", "name": "n" * name, "body": f"It fails on line {number}. " * words}


def paged(payload, schema, budget, **options):
    """The numbers that the pages show or tell as left out, in order; each page is valid and within the budget."""
    told, cursor = [], None
    for _ in range(200):
        answer = tool_answer(payload, schema=schema, budget=budget, cursor=cursor, **options)
        jsonschema.validate(answer.structured, schema)
        texts = [block["text"] for block in answer.content]
        texts.append(json.dumps(answer.structured, ensure_ascii=False, separators=(",", ":")))
        assert sum(map(tokens.count, texts)) <= budget
        rows = answer.structured["result" if "result" in answer.structured else "rows"]
        told += [row["id"] for row in rows]
        told += [-int(found) for found in re.findall(r"item (\d+)(?: from the end)? is left out", texts[0])]
        cursor = answer.meta["io.github.richresp/shaped"]["cursor"]
        if cursor is None:
            return told
    raise AssertionError("it does not end")


RECORDS = st.lists(
    st.tuples(st.sampled_from([0, 1, 3, 10, 40, 150]), st.sampled_from([3, 9, 60, 900])), min_size=1, max_size=9
)


@given(RECORDS, st.sampled_from([200, 260, 350, 500, 900, 1_500]), st.booleans())
@settings(max_examples=12, deadline=None)
def test_pages_reach_every_record_or_tell_that_it_is_left_out(sizes, budget, wrapped):
    rows = [record(number + 1, words, name) for number, (words, name) in enumerate(sizes)]
    payload = rows if wrapped else {"total": len(rows), "note": "as of today", "rows": rows}
    try:
        first = tool_answer(payload, schema=WRAPPED if wrapped else TOTALLED, budget=budget)
    except BudgetTooSmall:
        return
    told = paged(payload, WRAPPED if wrapped else TOTALLED, budget)
    assert list(map(abs, told)) == [row["id"] for row in rows]
    if rows and told[0] > 0 and first.truncated:
        assert first.structured["result" if wrapped else "rows"], "one fits, so the first page shows one"


def test_long_and_short_records_in_turn_are_all_reached():
    rows = [record(number + 1, [3, 400][number % 2], 90) for number in range(10)]
    assert paged(rows, WRAPPED, 1_000) == list(range(1, 11))


def test_a_record_that_fits_in_no_way_is_told_in_its_place():
    rows = [record(1, 1), record(2, 1), record(3, 1), record(4, 1)]
    rows[2]["id"] = int("1" * 700)
    told = paged(rows, WRAPPED, 300)
    assert told == [1, 2, -3, 4]


@pytest.mark.parametrize("strategy", ["head", "tail"])
def test_pages_of_either_end_reach_every_record(strategy):
    rows = [record(number + 1, [3, 200][number % 2]) for number in range(8)]
    assert sorted(paged(rows, WRAPPED, 700, strategy=strategy)) == list(range(1, 9))


def test_a_list_that_must_be_seen_as_a_whole_promises_no_page():
    texts = {"type": "array", "items": {"type": "string"}, "contains": {"const": "first"}}
    schema = {**WRAPPED, "properties": {"result": texts}}
    found = tool_answer(["first", *(f"text {number} " * 100 for number in range(9))], schema=schema, budget=500)
    assert found.structured["result"][0] == "first"
    assert found.truncated
    assert found.meta["io.github.richresp/shaped"]["cursor"] is None
    assert "cursor" not in found.content[0]["text"][:200]
