"""A payload as the result of a tool: one budget, the same items in both channels, valid, honest."""

import json
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from mcp_types import CallToolResult

from richresp import BudgetTooSmall, InvalidCursor, InvalidPayload, UsageError, shape, shape_parts, tokens
from richresp.answering.tool import answer_of, tool_answer
from richresp.answering.tool_facts import META_KEY, with_facts
from richresp.hosts.cards import linked
from richresp.limits.tools import MAX_OMISSIONS
from richresp.testing import assert_shaped
from richresp.testing.strategies import payloads

ROWS = [{"id": number, "name": f"Item {number}", "note": "some words " * (number % 5)} for number in range(400)]
ROW = {
    "type": "object",
    "properties": {"id": {"type": "integer"}, "name": {"type": "string"}, "note": {"type": "string"}},
    "required": ["id", "name", "note"],
    "additionalProperties": False,
}
LISTED = {
    "type": "object",
    "properties": {"result": {"type": "array", "items": {"$ref": "#/$defs/Row"}}},
    "required": ["result"],
    "$defs": {"Row": ROW},
    "x-fastmcp-wrap-result": True,
}
LINKS = [
    {"url": f"https://a.example/{number}", "title": f"Page {number}", "description": "D " * 20} for number in range(9)
]


def encoded(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def costs(answer, count=tokens.count):
    """What the content costs, and the structured content."""
    texts = [block["text"] if block["type"] == "text" else encoded(block) for block in answer.content]
    return sum(map(count, texts)), 0 if answer.structured is None else count(encoded(answer.structured))


def needs(call, budget):
    """The budget, or where nothing fits it, the one that is said to be needed."""
    try:
        call(budget=budget)
    except BudgetTooSmall as error:
        return max(error.needed, budget + 1)
    return budget


def facts(answer):
    return answer.meta[META_KEY]


def main_text(answer):
    return answer.content[0]["text"]


@given(payloads(), st.integers(40, 3_000), st.sampled_from(["both", "either"]))
@settings(max_examples=80, deadline=None)
def test_both_channels_fit_one_budget_and_show_the_same(payload, budget, channels):
    asked = partial(tool_answer, payload, channels=channels, format="json")
    needed = needs(asked, budget)
    answer = asked(budget=needed)
    text, structure = costs(answer)
    assert (text + structure if channels == "both" else max(text, structure)) <= needed
    CallToolResult.model_validate(answer.wire())
    if answer.structured is None:
        return
    assert isinstance(answer.structured, dict)
    shown = json.loads(main_text(answer))
    if facts(answer)["truncated"]:
        assert "_notice" in answer.structured
        structured = {key: value for key, value in answer.structured.items() if not key.startswith("_notice")}
        if isinstance(shown, list):
            assert {"result": shown[1:]} == structured
        else:
            assert {key: value for key, value in shown.items() if not key.startswith("_notice")} == structured
    else:
        assert answer.structured == (shown if isinstance(shown, dict) else {"result": shown})


@given(st.integers(150, 12_000), st.sampled_from(["both", "either"]), st.sampled_from([None, LISTED]))
@settings(max_examples=30, deadline=None)
def test_a_budget_is_used(budget, channels, schema):
    answer = tool_answer(ROWS, budget=budget, channels=channels, schema=schema)
    used = sum(costs(answer)) if channels == "both" else max(costs(answer))
    assert used <= budget
    assert (
        len(answer.structured["result"]) == 400 or used >= 0.9 * budget - 60
    )  # an item costs up to 60 in both channels
    if schema:
        Draft202012Validator(schema).validate(answer.structured)


@pytest.mark.parametrize(
    "budget", [{"chars": 2_000}, {"bytes": 1_500, "tokens": 9_000}, {"tokens": 300, "chars": 1_200}]
)
def test_every_cap_holds_for_the_sum(budget):
    answer = tool_answer([{"name": "né" * 5, "at": number} for number in range(300)], budget=budget)
    counters = {"chars": len, "bytes": lambda text: len(text.encode()), "tokens": tokens.count}
    used = [sum(costs(answer, counters[unit])) / cap for unit, cap in budget.items()]
    assert 0.9 <= max(used) <= 1


def test_a_profile_and_a_counter_hold():
    answer = tool_answer(ROWS * 5, profile="codex")
    assert 0.9 * 10_240 <= sum(costs(answer, lambda text: len(text.encode()))) <= 10_240
    answer = tool_answer(ROWS, budget=500, counter=lambda text: len(text) // 3 + 1)
    assert 400 <= sum(costs(answer, lambda text: len(text) // 3 + 1)) <= 500


def test_few_calls_find_it(monkeypatch):
    from richresp.answering import tool_makes
    from richresp.limits.tools import SEARCH_CALLS

    calls = []
    shaping = tool_makes.shape
    monkeypatch.setattr(tool_makes, "shape", lambda *args, **named: calls.append(1) or shaping(*args, **named))
    for budget in range(200, 6_000, 400):
        calls.clear()
        tool_answer(ROWS, budget=budget)
        assert len(calls) <= SEARCH_CALLS + 2


def test_what_fits_is_whole_and_has_no_notice():
    answer = tool_answer(ROWS[:3], budget=2_000)
    assert answer.structured == {"result": ROWS[:3]}
    assert facts(answer)["truncated"] is False
    assert "Shortened" not in str(answer.content)


def test_the_pages_show_each_item_once_in_both_channels():
    seen, cursor = [], None
    while True:
        answer = tool_answer(ROWS, budget=900, schema=LISTED, cursor=cursor)
        seen += answer.structured["result"]
        assert main_text(answer).count("|Item ") == len(answer.structured["result"])
        cursor = facts(answer)["cursor"]
        if cursor is None:
            break
        assert cursor in main_text(answer)
        assert cursor in answer.structured["_notice"]
    assert seen == ROWS


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


def test_no_cursor_is_promised_that_nobody_takes():
    answer = tool_answer(ROWS, budget=400, pages=False)
    assert "cursor" not in str(answer.content) + str(answer.structured)
    assert facts(answer)["cursor"] is None
    assert "to see the rest, ask for less at a time" in main_text(answer)


def test_what_the_tool_put_into_meta_stays():
    answer = tool_answer(ROWS, budget=400, meta={"mine/here": 1})
    assert answer.meta["mine/here"] == 1
    assert facts(answer)["tokens"] == sum(costs(answer))


def test_the_key_of_the_facts_is_one_that_mcp_allows():
    prefix, _, name = META_KEY.partition("/")
    labels = prefix.split(".")
    assert labels[1] not in {"mcp", "modelcontextprotocol"}
    assert all(label[0].isalpha() and label.replace("-", "").isalnum() for label in labels)
    assert name.isalnum()


def test_many_omissions_are_counted():
    omitted = shape([float("nan")] * 60, budget=900).meta()["omitted"]
    assert len(omitted) > MAX_OMISSIONS
    told = with_facts(None, {"omitted": omitted, "cursor": None}, None)[META_KEY]
    assert told == {"omitted": omitted[:MAX_OMISSIONS], "more_omitted": len(omitted) - MAX_OMISSIONS, "cursor": None}


def test_links_are_blocks_and_lines():
    answer = tool_answer(ROWS[:2], budget=3_000, links=linked(LINKS))
    blocks = [block for block in answer.content if block["type"] == "resource_link"]
    assert [block["uri"] for block in blocks] == [each["url"] for each in LINKS]
    text = "\n".join(block["text"] for block in answer.content if block["type"] == "text")
    assert all(f"[{each['title']}]({each['url']})" in text for each in LINKS)
    assert json.loads(encoded(answer.structured)) == {"result": ROWS[:2]}


@pytest.mark.parametrize("budget", range(120, 1_400, 80))
def test_links_go_first_and_are_told(budget):
    answer = tool_answer(ROWS[:2], budget=budget, links=linked(LINKS))
    assert sum(costs(answer)) <= budget
    kept = sum(block["type"] == "resource_link" for block in answer.content)
    assert answer.structured["result"] == ROWS[:2] or kept == 0
    if kept < len(LINKS):
        assert facts(answer)["links"] == {"kept": kept, "total": len(LINKS)}
    else:
        assert "links" not in facts(answer)


def test_a_link_that_the_data_names_with_its_title_has_no_line():
    data = {"url": LINKS[0]["url"], "title": LINKS[0]["title"]}
    answer = tool_answer(data, budget=3_000, links=linked(LINKS[:1]))
    assert [block["type"] for block in answer.content] == ["text", "resource_link"]


def test_what_is_shaped_already_is_taken_as_it_is():
    shaped = shape(ROWS, budget=400, format="json")
    answer = answer_of(shaped, links=linked(LINKS[:1]))
    assert main_text(answer) == shaped.text
    assert answer.structured["result"] == shaped.data
    assert answer.structured["_notice"] == shaped.notice
    assert facts(answer)["cursor"] == shaped.cursor
    assert_shaped(main_text(answer), budget=400, payload=ROWS)
    aside = answer_of(shape(ROWS, budget=400, notice="aside"))
    assert main_text(aside).startswith("Shortened")
    parts = shape_parts({"rows": ROWS, "other": ["x"] * 900}, budget=400)
    assert answer_of(parts).structured == {"_notice": parts.notice, **parts.data}
    assert answer_of(shaped, structured=False).structured is None


def test_an_iterator_is_read_once():
    answer = tool_answer(({"at": number} for number in range(1_000)), budget=400)
    shown = answer.structured["result"]
    assert shown == [{"at": number} for number in range(len(shown))]
    assert len(shown) > 10


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"budget": 100, "channels": "all"},
        {"budget": True},
        {"budget": 100, "schema": {"type": 5}},
        {"budget": 100, "schema": LISTED, "structured": False},
        {"budget": 100, "format": "xml"},
    ],
)
def test_calls_that_cannot_be_right_are_told(wrong):
    with pytest.raises(UsageError):
        tool_answer(ROWS, **wrong)


@pytest.mark.parametrize("cursor", ["nonsense", "5-000000000000000", "", 5])
def test_a_cursor_of_something_else_is_the_models_mistake(cursor):
    with pytest.raises(InvalidCursor):
        tool_answer(ROWS, budget=400, schema=LISTED, cursor=cursor)
