"""A count is the length of tiktoken's own encoding, whatever the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richresp import tokens
from richresp.limits.tokens import BLOCK_CHARS
from tests.tokens.texts import CATEGORIES, LONG_PIECE, SAMPLES, by_rust_gems, by_tiktoken, mixed, of_category


@given(st.text())
def test_any_text_counts_as_tiktoken_counts_it(text):
    assert tokens.count(text) == by_tiktoken(text)


@pytest.mark.parametrize("sample", SAMPLES)
def test_each_kind_of_text_counts_as_tiktoken_counts_it(sample):
    assert tokens.count(sample) == by_tiktoken(sample)


@pytest.mark.parametrize("sample", SAMPLES)
def test_text_of_several_blocks_counts_as_tiktoken_counts_it(sample):
    text = sample * (2 * BLOCK_CHARS // len(sample) + 1)
    assert tokens.count(text) == by_tiktoken(text)


@pytest.mark.parametrize("category", CATEGORIES)
@settings(max_examples=settings().max_examples // 5)
@given(st.data())
def test_pieces_found_without_tiktoken_count_as_its_own(category, data):
    text = LONG_PIECE + data.draw(of_category(category))
    assert tokens.count(text) == by_tiktoken(text)


@given(mixed)
def test_ordinary_text_behind_a_long_piece_counts_as_tiktoken_counts_it(text):
    assert tokens.count(LONG_PIECE + text) == by_tiktoken(LONG_PIECE + text)


@settings(max_examples=settings().max_examples // 2)
@given(mixed)
def test_a_repeated_text_counts_the_same_in_blocks_as_at_once(text):
    long = text * (BLOCK_CHARS * 5 // 4 // max(len(text), 1))
    assert tokens.count(long) == by_tiktoken(long)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_two_independent_encoders_agree_with_the_count(text):
    assert tokens.count(text) == by_rust_gems(text)


def test_special_tokens_count_as_the_text_they_are():
    assert tokens.count("<|endoftext|>") == by_tiktoken("<|endoftext|>") > 1


def test_a_lone_surrogate_counts_as_its_replacement():
    assert tokens.count("a\ud800b") == tokens.count("a\ufffdb")
    assert tokens.count("\ud83d\ude00") == tokens.count("😀")


def test_no_text_costs_nothing():
    assert tokens.count("") == 0
