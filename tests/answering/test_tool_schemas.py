"""Against an output schema: entries are whole where it wants that, cut where it lets them, never invalid."""

import pytest
from jsonschema import Draft202012Validator
from mcp_types import CallToolResult

from richresp import BudgetTooSmall, InvalidPayload
from richresp.answering.tool import tool_answer
from tests.answering.tool_answers import LISTED, ROW, ROWS, costs, facts, main_text


@pytest.mark.parametrize("place", [0, 30])
@pytest.mark.parametrize("under", [None, "rows"])
def test_an_entry_that_is_too_large_is_cut_and_the_pages_go_on(place, under):
    rows = [*ROWS[:place], {"id": place, "name": "big", "note": "word " * 3_000}, *ROWS[place + 1 : 60]]
    schema = {"type": "object", "properties": {"rows": LISTED["properties"]["result"]}, "required": ["rows"]}
    schema = LISTED if under is None else schema | {"$defs": LISTED["$defs"]}
    seen, cursor, count = [], None, 0
    while cursor is not None or not count:
        answer = tool_answer(rows if under is None else {"rows": rows}, budget=700, schema=schema, cursor=cursor)
        assert sum(costs(answer)) <= 700
        Draft202012Validator(schema).validate(answer.structured)
        shown = answer.structured[under or "result"]
        seen += shown
        count += 1
        if any(row["id"] == place for row in shown):
            note = f"/{under}/{place}/note" if under else f"/{place}/note"
            assert note in [omission["path"] for omission in facts(answer)["omitted"]]
            assert "cut" in facts(answer)["notice"]
        cursor = facts(answer)["cursor"]
    assert [row["id"] for row in seen] == list(range(60))


def test_a_notice_stands_in_the_structure_only_where_the_schema_lets_it():
    closed = {**LISTED, "additionalProperties": False}
    answer = tool_answer(ROWS, budget=400, schema=closed)
    assert answer.structured.keys() == {"result"}
    assert main_text(answer).startswith("Shortened")
    assert facts(answer)["notice"].startswith("Shortened")
    taken = tool_answer({"_notice": "mine", "rows": ROWS}, budget=400)
    assert taken.structured["_notice"] == "mine"
    assert taken.structured["_notice_2"].startswith("Shortened")


def test_a_notice_aside_stands_in_meta_alone():
    answer = tool_answer(ROWS, budget=400, notice="aside")
    assert "Shortened" not in str(answer.content) + str(answer.structured)
    assert facts(answer)["notice"].startswith("Shortened")


def test_strings_are_cut_where_a_schema_wants_all_keys_and_has_room_for_none_whole():
    page = {
        "type": "object",
        "properties": {"url": {"type": "string"}, "text": {"type": "string"}},
        "required": ["url", "text"],
    }
    answer = tool_answer({"url": "https://a.example/", "text": "Words of a page. " * 500}, budget=400, schema=page)
    Draft202012Validator(page).validate(answer.structured)
    assert answer.structured["url"] == "https://a.example/"
    assert 0.9 * 400 <= sum(costs(answer)) <= 400


@pytest.mark.parametrize(
    "schema",
    [
        {**LISTED, "properties": {"result": {"type": "array", "minItems": 400}}},
        {**LISTED, "properties": {"result": {"const": ROWS}}},
    ],
)
def test_what_cannot_be_cut_is_an_error_and_never_invalid(schema):
    with pytest.raises(BudgetTooSmall) as raised:
        tool_answer(ROWS, budget=400, schema=schema)
    assert raised.value.needed > 400


def test_a_payload_that_never_fitted_its_schema_is_told():
    with pytest.raises(InvalidPayload):
        tool_answer([{"id": "one"}], budget=4_000, schema=LISTED)


def test_a_document_is_wrapped_for_a_schema_that_wants_text():
    schema = {"type": "object", "properties": {"result": {"type": "string"}}, "required": ["result"]}
    text = "\n\n".join(f"## Part {number}\n\nSome words of it." for number in range(200))
    answer = tool_answer(text, budget=500, schema=schema)
    Draft202012Validator(schema).validate(answer.structured)
    assert text.startswith(answer.structured["result"].rstrip())
    assert tool_answer(text, budget=500).structured is None


def test_bare_lists_of_the_newest_specification_stay_lists():
    answer = tool_answer(ROWS, budget=500, schema={"type": "array", "items": ROW})
    assert answer.structured == ROWS[: len(answer.structured)]
    assert len(answer.structured) > 3


def test_a_scalar_goes_where_its_schema_wants_it():
    schema = {"type": "object", "properties": {"result": {"type": "integer"}}, "required": ["result"]}
    assert tool_answer(5, budget=50, schema=schema).structured == {"result": 5}
    assert tool_answer(5, budget=50).structured is None


def test_what_no_sdk_can_write_has_no_structure():
    deep = []
    for _ in range(300):
        deep = [deep]
    assert tool_answer({"deep": deep}, budget=5_000, format="json").structured is None
    CallToolResult.model_validate(tool_answer({"deep": deep}, budget=5_000).wire()).model_dump_json()
