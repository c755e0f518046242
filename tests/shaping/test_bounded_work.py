"""Promise 12: how much is looked at grows with the budget, not with the payload."""

import pytest

from tests.shaping.as_json import shape
from tests.shaping.work import peak_memory, watched

RECORD = {"id": 12, "name": "a record like any other", "tags": ["x", "y"], "url": "https://example.com/12"}
MOST = 5_000
"""More items than 80 tokens have any use for, at 128 bytes for the longest token."""

PAYLOADS = {
    "a list of records": lambda count, looks: watched(list, [RECORD] * count, looks, MOST),
    "a list of numbers": lambda count, looks: watched(list, [12] * count, looks, MOST),
    "a list of empty lists": lambda count, looks: watched(list, [[]] * count, looks, MOST),
    "a list of empty strings": lambda count, looks: watched(list, [""] * count, looks, MOST),
    "a list of marks": lambda count, looks: watched(list, ["!!"] * count, looks, MOST),
    "a list in a record": lambda count, looks: {"id": 1, "rows": watched(list, [RECORD] * count, looks, MOST)},
    "a list in a list": lambda count, looks: [[1], [watched(list, [RECORD] * count, looks, MOST)]],
    "a map in a list": lambda count, looks: [watched(dict, {f"key {n}": RECORD for n in range(count)}, looks, MOST)],
    "a map": lambda count, looks: watched(dict, {f"key {n}": RECORD for n in range(count)}, looks, MOST),
    "a map of lists": lambda count, looks: watched(dict, {f"key {n}": [n] for n in range(count)}, looks, MOST),
}


def looks_at(name, count, budget):
    looks = []
    shape(PAYLOADS[name](count, looks), budget=budget)
    return len(looks)


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_longer_payload_is_not_looked_at_any_further(name):
    assert looks_at(name, 100_000, 80) == looks_at(name, 6_000, 80) > 0


@pytest.mark.parametrize("name", ["a list of records", "a list of numbers", "a map in a list"])
def test_twice_the_budget_needs_not_much_more_than_twice_the_looks(name):
    assert looks_at(name, 100_000, 800) < 3 * looks_at(name, 100_000, 400)


def test_a_later_page_looks_no_further_than_the_first():
    looks = []
    rows = watched(list, [RECORD | {"id": number} for number in range(20_000)], looks, MOST)
    cursor = shape(rows, budget=300).cursor
    first = len(looks)
    shape(rows, budget=300, cursor=cursor)
    assert len(looks) < 3 * first


@pytest.mark.parametrize("budget", [200, 2_000])
def test_a_foreign_counter_is_asked_a_few_times_only(budget):
    """For beginnings of the payload until one is far over the budget; then for texts that are near the budget."""
    asked = []

    def foreign(text):
        asked.append(len(text))
        return len(text)

    assert shape([RECORD] * 100_000, budget=budget, counter=foreign).truncated
    assert sum(asked) < 40 * budget + 10_000


LENGTH = 2_000_000
CUTTABLE = {
    "letters": "a" * LENGTH,
    "blanks": " " * LENGTH,
    "marks": "!" * LENGTH,
    "words": "word " * (LENGTH // 5),
    "ideographs": "字" * LENGTH,
}
WHOLE_ONLY = {
    "a URL": "https://" + "a" * LENGTH,
    "words and a URL": "see https://" + "a" * LENGTH,
    "words and a number": "see " + "1" * LENGTH,
    "one grapheme": "a" + "\u0301" * LENGTH,
}


@pytest.mark.parametrize("name", CUTTABLE)
def test_a_long_text_is_not_copied_whole(name):
    assert peak_memory(CUTTABLE[name], 300) < LENGTH // 2


@pytest.mark.parametrize("name", [*CUTTABLE, *WHOLE_ONLY])
def test_a_long_string_in_a_record_is_not_copied_whole(name):
    assert peak_memory({"id": 1, "text": (CUTTABLE | WHOLE_ONLY)[name]}, 300) < LENGTH // 2


@pytest.mark.parametrize("name", ["letters", "words", "ideographs"])
def test_a_long_key_is_not_copied_whole(name):
    assert peak_memory({"id": 1, CUTTABLE[name]: 2}, 300) < LENGTH // 2
