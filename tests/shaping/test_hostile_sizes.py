"""Promise 14: payloads made to hurt give an honest result, however deep, long or many. A small one goes first and shows
that memory does not run away, so that a fault is a failed test and not a machine that stands still."""

import pytest

from richresp import BudgetTooSmall, InvalidPayload, Omission
from tests.shaping.as_json import shape
from tests.shaping.work import peak_memory

DEPTH = 100_000
LENGTH = 10_000_000
WRAPS = {
    "lists": (lambda inner: [inner], "[", "]"),
    "dicts": (lambda inner: {"k": inner}, '{"k":', "}"),
    "lists in dicts": (lambda inner: {"k": [inner]}, '{"k":[', "]}"),
    "records": (lambda inner: {"id": 1, "child": inner}, '{"id":1,"child":', "}"),
    "second items": (lambda inner: [0, inner], "[0,", "]"),
}


def nested(name, depth, inside=None):
    for _ in range(depth):
        inside = WRAPS[name][0](inside)
    return inside


@pytest.mark.parametrize("budget", [50, 1_000])
@pytest.mark.parametrize("name", WRAPS)
def test_a_payload_of_any_depth_is_shortened(name, budget):
    assert peak_memory(nested(name, 4_000), budget) < 8_000_000
    result = shape(nested(name, DEPTH), budget=budget)
    assert result.tokens <= budget
    assert result.truncated
    assert result.text.count("[") == result.text.count("]")
    assert result.text.count("{") == result.text.count("}")
    assert result.omitted[-1].kept < result.omitted[-1].total


@pytest.mark.parametrize("name", WRAPS)
def test_a_payload_of_any_depth_comes_back_whole_where_it_fits(name):
    _, begin, end = WRAPS[name]
    assert peak_memory(nested(name, 4_000), 10**6) < 8_000_000
    result = shape(nested(name, DEPTH), budget=10**6)
    assert result.text == begin * DEPTH + "null" + end * DEPTH
    assert not result.truncated


@pytest.mark.parametrize("name", WRAPS)
def test_no_budget_is_told_how_much_any_depth_needs(name):
    assert peak_memory(nested(name, 4_000), 0) < 8_000_000
    with pytest.raises(BudgetTooSmall) as error:
        shape(nested(name, DEPTH), budget=0)
    assert 0 < error.value.needed < 100


def test_what_is_wrong_at_any_depth_is_told_with_its_place():
    assert peak_memory(nested("lists", 4_000), 10**6) < 8_000_000
    with pytest.raises(InvalidPayload) as error:
        shape(nested("lists", DEPTH, b""), budget=10**6)
    assert error.value.pointer == "/0" * DEPTH


TEXTS = {
    "letters": "a",
    "blanks": " ",
    "marks": "!",
    "words": "word and ",
    "lines": "line\r\n",
    "ideographs": "字",
    "emoji": "👩\u200d👧",
    "quotes": '"\\',
    "controls": "\x01",
    "sentences": "終わり。",
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_of_ten_million_characters_shows_its_beginning(name):
    unit = TEXTS[name]
    assert peak_memory(unit * (200_000 // len(unit)), 500) < 2_000_000
    text = unit * (LENGTH // len(unit))
    alone, inside = shape(text, budget=500), shape({"id": 1, "text": text}, budget=500)
    for result, shown, path in ((alone, alone.data, ""), (inside, inside.data["text"], "/text")):
        assert 400 < result.tokens <= 500
        assert text.startswith(shown[:-1])
        assert result.omitted == (Omission(path, "characters", len(shown) - 1, len(text)),)


@pytest.mark.parametrize(
    "start", ["https://example.com/", "see https://example.com/", "see 1", "a\u0301", "data:image/png;base64,"]
)
def test_a_long_string_that_must_not_be_cut_does_not_hide_its_neighbours(start):
    tail = {"see 1": "1", "a\u0301": "\u0301"}.get(start, "A")
    payload = {"id": 1, "name": "short", "bad": start + tail * LENGTH, "last": [1, 2, 3]}
    result = shape(payload, budget=500)
    assert result.tokens <= 500
    assert (result.data["id"], result.data["name"], result.data["last"]) == (1, "short", [1, 2, 3])
    assert len(result.data.get("bad", "")) < LENGTH


@pytest.mark.parametrize("key", [str, int, "key {}".format], ids=["digits", "numbers", "words"])
def test_a_dict_of_a_million_keys_shows_the_first(key):
    payload = {key(number): number for number in range(1_000_000)}
    result = shape(payload, budget=500)
    assert list(result.data.values()) == list(range(len(result.data)))
    assert result.omitted == (Omission("", "keys", len(result.data), 1_000_000),)
    assert 400 < result.tokens <= 500


def test_a_list_of_a_million_items_shows_the_first():
    result = shape(list(range(1_000_000)), budget=500)
    assert result.data == list(range(len(result.data)))
    assert result.omitted == (Omission("", "items", len(result.data), 1_000_000),)


def test_a_key_of_ten_million_characters_is_left_out_and_not_named_in_full():
    result = shape({"k" * LENGTH: 1, "b": "x"}, budget=500)
    assert result.data == {"b": "x"}
    assert result.omitted == (Omission("", "keys", 1, 2),)
    assert result.tokens < 60
