"""Runs of one or two characters, where tiktoken is slow or fails, are counted exactly as well."""

from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from richresp import tokens
from richresp.limits.tokens import BLOCK_CHARS, RUN_CHARS
from tests.tokens.texts import SAMPLES, by_rust_gems, by_tiktoken

MILLION = 1_000_000
HOSTILE = {
    "spaces": " " * MILLION,
    "tabs": "\t" * MILLION,
    "newlines": "\n" * MILLION,
    "letters": "a" * MILLION,
    "capitals and small letters": "aA" * (MILLION // 2),
    "equals signs": "=" * MILLION,
    "ideographs": "字" * MILLION,
    "combining marks": "\u0301" * MILLION,
    "digits": "7" * MILLION,
    "emoji": "😀" * (MILLION // 4),
    "ZWJ emoji": "👩\u200d" * (MILLION // 4),
    "contractions": "'s" * (MILLION // 2),
    "CRLF": "\r\n" * (MILLION // 2),
    "blank lines": " \n" * (MILLION // 2),
    "slashes behind newlines": ".\n/" * (MILLION // 4),
    "newlines, then spaces, then a letter": "." + "\n" * MILLION + " " * MILLION + "x",
    "spaces, then a letter": " " * MILLION + "x",
    "base64 of noughts": "data:image/png;base64," + "A" * MILLION + "==",
    "two scripts": "aж" * (MILLION // 2),
}
NEAR = st.one_of(
    st.integers(1, 40),
    *(st.integers(n - 3, n + 3) for n in (RUN_CHARS, 2 * RUN_CHARS, 3 * RUN_CHARS)),
)
UNITS = st.one_of(
    st.sampled_from(
        [" ", "\n", "\t", "\r\n", " \n", "a", "aA", "=", "=-", "字", "\u0301", "a\u0301", "😀", "1", "/", ".\n", "'s"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=2),
)
RUNS = st.builds(lambda unit, length: (unit * length)[:length], UNITS, NEAR)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_million_characters_of_one_kind_are_counted_exactly(name):
    assert tokens.count(HOSTILE[name]) == by_rust_gems(HOSTILE[name])


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(st.one_of(RUNS, st.sampled_from(SAMPLES)), min_size=1, max_size=6).map("".join))
def test_runs_between_ordinary_text_count_as_tiktoken_counts_them(text):
    assert tokens.count(text) == by_tiktoken(text)


@settings(max_examples=settings().max_examples // 3)
@given(UNITS, st.integers(BLOCK_CHARS - 3, BLOCK_CHARS + RUN_CHARS + 3), st.sampled_from(["", *SAMPLES[:3]]))
@example(" ", BLOCK_CHARS, "x")
def test_a_run_across_the_end_of_a_block_counts_as_it_stands(unit, length, sample):
    run = (unit * length)[:length]
    text = sample + run + "word" + sample
    assert tokens.count(text) == by_rust_gems(text)


@settings(max_examples=settings().max_examples // 2)
@given(
    st.integers(0, 10**9),
    st.sampled_from(["acgt", "abcdefghij", "aeiouüß", "的一是不了人我", "abжд字", "=-_*", "\n\r "]),
)
def test_a_long_piece_that_does_not_repeat_counts_as_tiktoken_counts_it(seed, alphabet):
    text = "".join(Random(seed).choices(alphabet, k=5 * RUN_CHARS))
    assert tokens.count(text) == by_tiktoken(text)


@pytest.mark.parametrize("blank", [" ", "\t", "\x0b", "\x1c", "\x85", "\xa0", "\u2003", "\u2028", "\u3000"])
@pytest.mark.parametrize("word", [".com", "(self", ":A", "'s", "/"])
def test_only_a_space_belongs_to_the_marks_behind_it(blank, word):
    """Other white space stands alone, and the mark goes to the letters: it matters where a long word is set apart."""
    text = blank + word + word[1:] * 3 * RUN_CHARS
    assert tokens.count(text) == by_tiktoken(text)


@pytest.mark.parametrize("length", [2 * RUN_CHARS - 1, 2 * RUN_CHARS, 2 * RUN_CHARS + 1])
def test_lone_surrogates_in_a_long_run_count_as_replacements(length):
    assert tokens.count("\udc80" * length) == tokens.count("\ufffd" * length) == by_tiktoken("\ufffd" * length)
