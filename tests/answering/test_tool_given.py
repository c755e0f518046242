"""A result as it came, taken apart; and several texts with one cursor."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richresp import BudgetTooSmall, InvalidCursor, tokens
from richresp.answering import tool_given
from richresp.answering.tool_facts import META_KEY
from richresp.answering.tool_given import Given, mirrors, read_json, sort, weight
from richresp.answering.tool_result import Terms, reshaped
from richresp.hosts.cards import link_card
from richresp.testing.strategies import payloads

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
CONTAINERS = st.lists(VALUES, max_size=4) | st.dictionaries(st.text(max_size=5), VALUES, max_size=4)


def block(text):
    return {"type": "text", "text": text}


@given(CONTAINERS, st.sampled_from([None, 2]), st.booleans(), st.booleans())
def test_a_text_mirrors_a_value_however_its_json_is_written(value, indent, ascii_only, wrapped):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert mirrors(text, {"result": value} if wrapped else value)
    assert not mirrors(text, {"other": [value]})
    assert not mirrors(f"see {text}", value)


@given(st.lists(st.dictionaries(st.text("ab é", max_size=5), st.text("abc é\n", max_size=40), min_size=1), min_size=9))
@settings(max_examples=50)
def test_a_long_one_is_known_by_its_beginning(rows):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tool_given, "READ_CHARS", 0)
        for indent in (None, 2):
            assert mirrors(json.dumps(rows, indent=indent), {"result": rows})
        assert not mirrors(json.dumps(["another", *rows]), {"result": rows})


@given(VALUES)
def test_a_weight_is_about_the_length_of_the_json(value):
    length = len(json.dumps(value, ensure_ascii=False))
    assert weight(value, 10**9) <= 8 * length + 8
    assert length <= 12 * weight(value, 10**9) + 30
    assert weight(["x" * 100] * 10**5, 500) < 1_000


def test_blocks_are_sorted_by_what_they_are():
    blocks = [
        block('{"a": 1}'),
        block("a text"),
        {"type": "image", "data": "A" * 8, "mimeType": "image/png"},
        {"type": "audio", "data": "B" * 80, "mimeType": "audio/wav"},
        {"type": "resource", "resource": {"uri": "file:///a", "text": "inside"}},
        {"type": "resource", "resource": {"uri": "file:///b", "blob": "C" * 4, "mimeType": "application/pdf"}},
        {"type": "resource_link", "uri": "https://a.example/", "name": "a"},
    ]
    found = sort(Given(blocks, {"a": 1}), media_chars=12)
    assert found.texts == {"text 1": "a text", "file:///a": "inside"}
    assert found.mirrored
    assert found.media == (blocks[2], blocks[5])
    assert found.left_out == ("audio/wav, 60 bytes",)


@pytest.mark.parametrize("text", ["", "5", '"text"', "{", "[1,", "null", "nonsense", "[" * 100_000])
def test_what_is_no_container_in_json_is_none(text):
    assert read_json(text) is None


@given(payloads(), st.integers(60, 2_000), st.booleans(), st.booleans())
@settings(max_examples=50, deadline=None)
def test_any_result_comes_out_within_its_budget_or_as_it_was(payload, budget, structured, is_error):
    text = json.dumps(payload)
    kept = payload if isinstance(payload, dict) else {"result": payload}
    given = Given([block(text)], kept if structured else None, {"mine": 1}, is_error)
    try:
        found = reshaped(given, Terms(budget=budget))
    except BudgetTooSmall:
        return  # told to the model as an error
    before = tokens.count(text) + (
        tokens.count(json.dumps(kept, separators=(",", ":"), ensure_ascii=False)) * structured
    )
    if found is None:
        assert before <= budget
        return
    used = sum(tokens.count(each["text"]) for each in found.content)
    if found.structured is not None:
        used += tokens.count(json.dumps(found.structured, separators=(",", ":"), ensure_ascii=False))
    assert used <= budget < before
    assert found.is_error is is_error
    assert found.meta["mine"] == 1
    assert (found.structured is not None) <= structured


@pytest.mark.parametrize("cursor", ["", "1", "1:x", "0:5-3", "3:5-3", "1:5-3,,2:0", "1:" + "9" * 2_000, 7])
def test_a_cursor_of_several_texts_that_is_none_is_the_models_mistake(cursor):
    with pytest.raises(InvalidCursor):
        reshaped(Given([block("word " * 90), block("word " * 90)]), Terms(budget=100), cursor=cursor)


def test_very_many_texts_are_one():
    found = reshaped(Given([block(f"text of block {number}") for number in range(300)]), Terms(budget=100))
    assert len(found.content) == 1
    assert "text of block 0\n\n  text of block 1\n" in found.content[0]["text"]


def test_long_texts_beside_a_structure_leave_it_room():
    rows = [{"id": number, "name": f"Item {number}"} for number in range(500)]
    found = reshaped(Given([block("A story of it. " * 500)], {"rows": rows}), Terms(budget=900))
    told = [each["text"] for each in found.content]
    assert sum(map(tokens.count, told)) + tokens.count(json.dumps(found.structured, separators=(",", ":"))) <= 900
    assert "A story of it. A story" in told[1]
    assert len(found.structured["rows"]) > 20


def test_links_that_have_no_room_are_told_in_the_text_and_in_meta():
    blocks = [
        {"type": "resource_link", "uri": f"https://a.example/{number}", "name": f"Page {number}"}
        for number in range(30)
    ]
    links = [link_card(each) for each in blocks]
    found = reshaped(Given([block("The pages:"), *blocks]), Terms(budget=400), links=links)
    kept = sum(each["type"] == "resource_link" for each in found.content)
    assert 0 < kept < 30
    assert any(f"{kept} of 30 links shown" in each.get("text", "") for each in found.content)
    assert found.meta[META_KEY]["links"] == {"kept": kept, "total": 30}
    assert found.meta[META_KEY]["truncated"]
    assert found.truncated


@pytest.mark.parametrize("structured", [{"width": 1}, None])
def test_a_picture_that_is_left_out_is_told_in_meta(structured):
    picture = {"type": "image", "data": "A" * 400, "mimeType": "image/png"}
    found = reshaped(Given([block("A picture."), picture], structured), Terms(budget=400, media_chars=100))
    assert found.meta[META_KEY]["truncated"]
    assert found.meta[META_KEY]["left_out"] == ["image/png, 300 bytes"]


def test_a_text_that_is_left_out_beside_a_structure_is_told_in_meta():
    found = reshaped(Given([block("A story of it. " * 500)], {"n": 1}), Terms(budget=300))
    assert found.meta[META_KEY]["truncated"]
