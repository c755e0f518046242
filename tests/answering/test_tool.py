"""A payload as the result of a tool: one budget, the same items in both channels, valid, honest."""

import json
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from mcp_types import CallToolResult

from richresp import InvalidCursor, UsageError, shape, shape_parts, tokens
from richresp.answering.tool import answer_of, tool_answer
from richresp.answering.tool_facts import META_KEY, with_facts
from richresp.hosts.cards import linked
from richresp.limits.tools import MAX_OMISSIONS
from richresp.testing import assert_shaped
from richresp.testing.strategies import payloads
from tests.answering.tool_answers import LINKS, LISTED, ROWS, costs, facts, main_text, needs


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
