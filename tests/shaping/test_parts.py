"""Several payloads in one budget keep the promises of one: exact, valid, honest, unchanged, deterministic."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richresp import Omission, tokens
from tests.shaping.as_json import shape, shape_parts
from tests.shaping.oracles import compact, same, strict
from tests.shaping.part_payloads import assert_honest, cases, enough, refusal, shared
from tests.shaping.payloads import counters, jumpy, rows

TICKETS = [{"id": number, "title": f"ticket {number}", "body": "it does not work at all. " * 9} for number in range(60)]


@settings(max_examples=settings().max_examples // 4)  # each shapes many times
@given(cases, counters)
def test_the_text_never_costs_more_than_the_budget(case, counter):
    parts, budget = case
    enough_for = enough(parts, budget, counter=counter)
    assert enough_for >= budget
    result = shape_parts(parts, budget=enough_for, counter=counter)
    assert result.tokens == counter(result.text) <= enough_for


@settings(max_examples=settings().max_examples // 4)  # each shapes many times
@given(cases, st.sampled_from([tokens.counter(), jumpy]))
def test_the_text_is_strict_json_and_tells_exactly_what_is_missing(case, counter):
    parts, budget = case
    assert_honest(parts, shared(parts, budget, counter=counter))


@settings(max_examples=settings().max_examples // 4)  # each shapes many times
@given(cases)
def test_what_fits_comes_back_whole(case):
    parts, _ = case
    whole = tokens.count(compact(parts))
    result = shape_parts(parts, budget=whole)
    assert result.text == compact(parts)
    assert (result.notice, result.omitted, dict(result.cursors)) == (None, (), {})


@settings(max_examples=settings().max_examples // 8)  # each shapes many times
@given(cases)
def test_a_notice_aside_leaves_nothing_but_the_data_in_the_text(case):
    parts, budget = case
    result = shared(parts, budget, notice="aside")
    assert same(strict(result.text), result.data)


@settings(max_examples=settings().max_examples // 8)  # each shapes many times
@given(cases)
def test_equal_parts_give_equal_bytes_and_stay_as_they_were(case):
    parts, budget = case
    before = copy.deepcopy(parts)
    assert shared(parts, budget) == shared(before, budget)
    assert same(parts, before)


@settings(max_examples=settings().max_examples // 4)  # each shapes many times
@given(cases, st.sampled_from(["chars", "bytes"]))
def test_caps_in_other_units_hold(case, unit):
    parts, budget = case
    budget *= 4
    error = refusal(parts, {unit: budget})
    if error is not None:
        assert error.unit == unit
        budget = error.needed
    text = shape_parts(parts, budget={unit: budget}).text
    assert (len(text) if unit == "chars" else len(text.encode())) <= budget


@settings(max_examples=settings().max_examples // 4)  # each shapes many times
@given(rows, rows, st.integers(150, 900), st.integers(400, 3_000))
def test_all_caps_hold_at_once(one, other, most_tokens, most_chars):
    parts = {"one": one, "other": other}
    result = shape_parts(parts, budget={"tokens": most_tokens, "chars": most_chars})
    assert len(result.text) <= most_chars
    assert result.tokens <= most_tokens
    assert_honest(parts, result)


@pytest.mark.parametrize(
    "parts", [{}, {"a": 1}, {"a": [], "b": None}, {"hits": TICKETS}, {"hits": TICKETS, "total": 60}], ids=len
)
def test_the_budget_that_is_needed_is_the_smallest(parts):
    needed = refusal(parts, 0).needed
    assert shape_parts(parts, budget=needed).tokens <= needed
    assert [refusal(parts, budget).needed for budget in range(needed)] == [needed] * needed


def test_each_part_is_what_shape_makes_of_it():
    result = shape_parts({"hits": TICKETS, "text": "one word and another " * 900}, budget=900)
    assert result.parts["hits"] == shape(TICKETS, budget=result.parts["hits"].tokens, notice="aside")
    assert result.data["text"].endswith("…")


def test_the_facts_are_plain_json():
    result = shape_parts({"hits": TICKETS, "total": 60}, budget=300)
    meta = strict(compact(result.meta()))
    assert meta["cursors"] == {"hits": result.parts["hits"].cursor}
    assert meta["omitted"][0] == {"path": "/hits", "kind": "items", "kept": len(result.data["hits"]), "total": 60}
    assert (meta["tokens"], meta["truncated"], meta["left_out"]) == (result.tokens, True, [])
    assert (str(result), result.format, result.media_type) == (result.text, "json", "application/json")


def test_paths_begin_above_the_parts():
    parts = {"hits": TICKETS, "facets": {"id": 1, "body": "b"}, "dropped": [1]}
    result = shape_parts(
        parts, budget=400, keep=["$.hits[*].id"], drop=["$..body", "$['dropped']"], drop_order=["$.hits[*].title"]
    )
    assert result.data["facets"] == {"id": 1}
    assert "dropped" not in result.text
    assert all("body" not in ticket for ticket in result.data["hits"])
    assert [ticket["id"] for ticket in result.data["hits"]] == list(range(len(result.data["hits"])))
    assert {omission.path.split("/")[1] for omission in result.omitted} == {"hits"}


def test_a_path_into_one_part_leaves_the_others_alone():
    parts = {"hits": TICKETS[:3], "more": TICKETS[:3], "a'b": {"title": "kept", "x": {"title": "gone"}}}
    result = shape_parts(parts, budget=900, drop=["$.hits[*].title", "$['a\\'b']..x", "$[*][0].body"])
    assert [list(ticket) for ticket in result.data["hits"]] == [["id"], ["id", "body"], ["id", "body"]]
    assert [list(ticket) for ticket in result.data["more"]] == [["id", "title"], *[["id", "title", "body"]] * 2]
    assert result.data["a'b"] == {"title": "kept"}
    assert result.omitted == ()


def test_an_exactness_that_is_none_is_told():
    assert shape_parts({"a": 1}, budget=50).exact
    assert not shape_parts({"a": 1}, budget=50, counter=tokens.counter("claude")).exact


@pytest.mark.parametrize("parts", [{}, {"only": []}, {"only": None}, {"": ""}, {"_notice": {"_notice": 1}}])
def test_little_comes_back_as_it_is(parts):
    assert shape_parts(parts, budget=50).text == compact(parts)


def test_a_name_that_utf_8_cannot_hold_is_repaired_and_told():
    result = shape_parts({"a\ud800": 1}, budget=50)
    assert result.data == {"a\ufffd": 1}
    assert result.omitted == (Omission("/a\ufffd", "replaced", 0, 1),)
    assert not result.truncated
