"""Parts made to hurt: many, deep, endless, read once, and named to confuse."""

import itertools
import tracemalloc
from collections import OrderedDict

import pytest

from richresp import InvalidPayload, Omission, tokens
from tests.shaping.as_json import shape_parts
from tests.shaping.oracles import strict
from tests.shaping.part_payloads import without_notice

TICKETS = [{"id": number, "title": f"ticket {number}", "body": "it does not work at all. " * 9} for number in range(60)]


def nested(depth):
    inside = None
    for _ in range(depth):
        inside = [inside]
    return inside


def test_a_deep_part_does_not_hurt_its_neighbours():
    result = shape_parts({"deep": nested(30_000), "hits": TICKETS}, budget=800)
    assert result.tokens <= 800
    assert result.data["hits"][0] == TICKETS[0]
    assert result.text.count("[") == result.text.count("]")
    assert result.omitted[0].path.startswith("/deep/0/0")


def test_an_endless_part_is_read_as_far_as_it_is_shown():
    pulled = []

    def endless():
        for number in itertools.count():
            pulled.append(number)
            assert number < 5_000, "it is read on and on"
            yield {"id": number}

    result = shape_parts({"rows": endless(), "hits": TICKETS}, budget=600)
    assert [row["id"] for row in result.data["rows"]] == list(range(len(result.data["rows"])))
    assert Omission("/rows", "items", len(result.data["rows"]), None) in result.omitted
    assert len(pulled) > len(result.data["rows"]) > 5


@pytest.mark.parametrize("depth", [0, 1, 2])
@pytest.mark.parametrize("budget", [300, 20_000])
def test_what_can_be_read_once_only_loses_nothing_wherever_it_stands(depth, budget):
    def wrapped():
        part = (ticket for ticket in TICKETS)
        for _ in range(depth):
            part = {"in": part}
        return {"rows": part, "hits": TICKETS}

    def listed(value):
        for _ in range(depth):
            value = value["in"]
        return value

    shown = listed(shape_parts(wrapped(), budget=budget).data["rows"])
    assert shown
    assert [row["id"] for row in shown] == list(range(len(shown)))
    assert len(shown) == len(TICKETS) or budget == 300


def test_a_thousand_parts_show_the_first_and_count_the_rest():
    parts = {f"part {number}": TICKETS for number in range(1_000)}
    result = shape_parts(parts, budget=2_000)
    assert list(result.parts) == list(parts)[: len(result.parts)]
    assert len(result.parts) > 20
    assert 0.97 * 2_000 <= result.tokens <= 2_000
    assert result.omitted[0] == Omission("", "keys", len(result.parts), 1_000)
    assert f"and {len(result.left_out) - 12} more" in result.notice


def asked_for(count, budget):
    asked = []

    def foreign(text):
        asked.append(len(text))
        return len(text)

    shape_parts({f"part {number}": TICKETS for number in range(count)}, budget=budget, counter=foreign)
    return sum(asked)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_work_grows_with_the_budget(count):
    """Each of some ten tries counts each part some forty times its room at most."""
    for budget in (1_000, 4_000):
        assert asked_for(count, budget) < 400 * budget


def test_parts_that_are_not_shown_are_hardly_looked_at():
    assert asked_for(400, 1_000) < 4 * asked_for(40, 1_000)


def test_large_parts_are_not_copied():
    parts = {"text": "one word and another " * 400_000, "list": [{"id": 1}] * 10**6}
    shape_parts(parts, budget=300)
    tracemalloc.start()
    try:
        shape_parts(parts, budget=300)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2_000_000


NAMES = [
    "_notice",
    "_notice_2",
    "",
    " ",
    "\n",
    "a\nb",
    '"',
    "Left out: x",
    "\u202e",
    "{",
    "cursor 5-1",
    "k" * 10_000,
    "😀" * 300,
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_is_a_name_whatever_it_says(name):
    parts = {name: TICKETS, "hits": TICKETS}
    for budget in (90, 250, 1_500):
        result = shape_parts(parts, budget=budget)
        assert result.tokens == tokens.count(result.text) <= budget
        assert without_notice(result, parts).keys() == result.data.keys()
        assert result.notice is None or "\n" not in result.notice


def test_names_that_are_the_same_as_text_are_refused():
    with pytest.raises(InvalidPayload, match="two keys"):
        shape_parts({1: "a", "1": "b"}, budget=100)


def test_a_fault_in_a_part_is_told_with_its_place():
    with pytest.raises(InvalidPayload) as error:
        shape_parts({"hits": [{"raw": b""}], "a/b": 1}, budget=100)
    assert error.value.pointer == "/hits/0/raw"


@pytest.mark.parametrize("kind", [OrderedDict, dict])
def test_any_mapping_will_do(kind):
    assert strict(shape_parts(kind(a=1, b=None), budget=30).text) == {"a": 1, "b": None}
