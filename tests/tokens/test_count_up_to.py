"""`count_up_to` gives the count where it is within the limit, and looks at little more of the text than that needs."""

from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from richresp import tokens
from richresp.limits.tokens import BLOCK_CHARS, MAX_TOKEN_BYTES
from richresp.tokens.bpe import block_counts
from tests.tokens.texts import mixed


@given(mixed, st.integers(0, 400))
def test_a_count_within_the_limit_is_given_and_one_above_it_is_not(text, limit):
    count = tokens.count(text)
    assert tokens.count_up_to(text, limit) == (count if count <= limit else None)


@given(mixed, st.integers(-1, 1))
def test_the_limit_itself_is_within(text, beside):
    count = tokens.count(text * 3)
    assert tokens.count_up_to(text * 3, count + beside) == (count if beside >= 0 else None)


def test_the_longest_token_is_within_a_limit_of_one():
    assert tokens.count_up_to(" " * MAX_TOKEN_BYTES, 1) == 1


def test_nothing_fits_a_limit_of_nought_but_no_text():
    assert tokens.count_up_to("", 0) == 0
    assert tokens.count_up_to("a", 0) is None


def test_blocks_are_counted_only_as_they_are_asked_for():
    text = "seven words stand in this one sentence. " * (40 * BLOCK_CHARS // 40)
    first, second = islice(block_counts(text), 2)
    assert 0 < first + second < tokens.count(text) / 15


def test_a_text_too_long_for_the_limit_is_not_looked_at():
    """More characters than the limit has bytes: the length decides. A look would find that this is no text at all."""
    long = type("Unreadable", (str,), {"encode": None, "__getitem__": None})("a" * (10 * MAX_TOKEN_BYTES + 1))
    assert tokens.count_up_to(long, 10) is None


def test_counting_stops_at_the_block_that_goes_over():
    """The second block holds what only a look can find: a str that cannot be cut where it begins."""
    looked_at = []

    def cut(text, key):
        looked_at.append(key.start)
        return str.__getitem__(text, key)

    words = type("Words", (str,), {"__getitem__": cut})("seven words stand in this one sentence. " * 20_000)
    assert len(words) <= 7_000 * MAX_TOKEN_BYTES
    assert tokens.count_up_to(words, 7_000) is None
    assert looked_at == [0]
