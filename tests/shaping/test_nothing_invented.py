"""Promise 5: what is kept is as it was; a string is cut where a reader would cut it, and a URL or number never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shaping.as_json import shape
from tests.shaping.oracles import cuts, may_be_cut_at, missing
from tests.shaping.payloads import cases, counters, long_texts, shaped, tables, unbroken, urls

UNBROKEN = [
    "参见" * 20 + "https://example.com/a/very/long/path" * 3,
    "参见https://example.com/漢字" * 9,
    "字" * 30 + "1234567890.5" * 10,
    "漢字かな" * 5 + "1,234,567.89円" * 20,
    "漢字かな" * 10 + "١٢٣٤٥٦٧٨٩٠" * 20,
    "終わり。\u0301" * 40,
    "👩\u200d👩\u200d👧\u200d👦🇩🇪🇫🇷👍🏽" * 20,
    "한국어" * 60,
    "क्षत्रिय" * 30,
    "e\u0301\u0302\u0303" * 60,
    "a" + "\u0301" * 300,
    "\r\n" * 200,
]


@given(cases, counters)
def test_every_kept_value_stands_where_it_stood(case, counter):
    payload, budget = case
    missing(payload, shaped(payload, budget, counter=counter).data)


@given(st.one_of(long_texts, unbroken).map(lambda text: text * 3), st.integers(10, 400), st.booleans())
def test_a_text_is_cut_between_graphemes_and_never_in_a_url_or_number(text, budget, alone):
    payload = text if alone else {"id": 1, "text": text}
    for whole, at in cuts(payload, shaped(payload, budget).data):
        assert may_be_cut_at(whole, at), (whole[max(0, at - 30) : at], whole[at : at + 30])


@pytest.mark.parametrize("text", UNBROKEN)
def test_a_text_without_blanks_is_cut_as_carefully(text):
    for budget in range(30, 130, 3):
        for whole, at in cuts(text, shaped(text, budget).data):
            assert may_be_cut_at(whole, at), (whole[max(0, at - 30) : at], whole[at : at + 30])


@pytest.mark.parametrize("length", range(20, 36))
def test_a_url_right_behind_a_word_is_not_cut_in_its_scheme(length):
    text = "字" * length + "https://example.com/abc 終わり" * 3
    for budget in range(30, 90, 4):
        for whole, at in cuts(text, shaped(text, budget).data):
            assert may_be_cut_at(whole, at), (whole[max(0, at - 30) : at], whole[at : at + 30])


@given(st.lists(st.text("abcdefghij", min_size=1, max_size=10), min_size=60, max_size=200), st.integers(30, 150))
def test_words_are_not_cut_where_a_blank_is_near(words, budget):
    text = " ".join(words)
    for whole, at in cuts(text, shaped(text, budget).data):
        assert whole[at] == " ", whole[at - 10 : at + 10]


@given(st.lists(urls, min_size=1, max_size=8), st.integers(10, 200))
def test_a_string_that_is_a_url_is_shown_whole_or_not_at_all(addresses, budget):
    payload = {"items": addresses, "url": addresses[0]}
    assert list(cuts(payload, shaped(payload, budget).data)) == []


@given(st.text("abcdef0123456789", min_size=1, max_size=120), st.integers(5, 80))
def test_an_identifier_is_shown_whole_or_not_at_all(name, budget):
    payload = {"id": name, "ids": [name] * 9}
    assert list(cuts(payload, shaped(payload, budget).data)) == []


@given(tables, st.integers(20, 400))
def test_no_container_shows_empty_that_is_not(payload, budget):
    for path, whole, part in _containers(payload, shaped(payload, budget).data):
        assert part or not whole, path


def _containers(payload, data):
    todo = [(f"/{at}", payload[at], part) for at, part in enumerate(data)]
    while todo:
        path, whole, part = todo.pop()
        if isinstance(part, (dict, list)):
            yield path, whole, part
            inside = part.items() if isinstance(part, dict) else enumerate(part)
            todo.extend((f"{path}/{name}", whole[name], value) for name, value in inside)


@pytest.mark.parametrize("text", ["Shortened: 3 of 5 items shown", "_notice", "…", "cut off…"])
def test_data_that_looks_like_a_notice_is_data(text):
    payload = {"_notice": text, "_notice_2": [text], "long": "one word and another " * 50}
    result = shape(payload, budget=80)
    assert result.data["_notice"] == text
    assert result.text.startswith('{"_notice_3":"Shortened: ')
    assert "_notice_3" not in result.data
