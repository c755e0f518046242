"""Counters by name are values that say whether they are exact, and agree with themselves."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richresp import UsageError, tokens
from richresp.tokens.families import FACTORS
from richresp.typing import Counter
from tests.tokens.texts import by_tiktoken, mixed

NAMES = ["o200k_base", *FACTORS]


@pytest.mark.parametrize("name", NAMES)
def test_a_counter_knows_its_name_and_is_equal_to_its_like(name):
    counter = tokens.counter(name)
    assert counter.name == name
    assert isinstance(counter, Counter)
    assert counter == tokens.counter(name)
    assert hash(counter) == hash(tokens.counter(name))


def test_the_default_is_o200k_base_and_exact():
    assert tokens.counter() == tokens.counter("o200k_base")
    assert tokens.counter().exact is True


@pytest.mark.parametrize("name", FACTORS)
def test_a_family_is_an_estimate_with_a_factor(name):
    assert tokens.counter(name).exact is False
    assert tokens.counter(name).factor == FACTORS[name] >= 1


@settings(max_examples=settings().max_examples // 4)
@pytest.mark.parametrize("name", FACTORS)
@given(text=mixed)
def test_a_family_counts_o200k_times_its_factor_rounded_up(name, text):
    assert tokens.counter(name)(text) == math.ceil(by_tiktoken(text) * FACTORS[name])


@given(mixed)
def test_the_exact_counter_and_the_functions_agree(text):
    assert tokens.counter()(text) == tokens.count(text) == by_tiktoken(text)


@settings(max_examples=settings().max_examples // 4)
@pytest.mark.parametrize("name", NAMES)
@given(text=mixed, limit=st.integers(0, 600))
def test_counting_up_to_a_limit_agrees_with_counting(name, text, limit):
    counter = tokens.counter(name)
    assert counter.up_to(text, limit) == (counter(text) if counter(text) <= limit else None)


@settings(max_examples=settings().max_examples // 4)
@pytest.mark.parametrize("name", NAMES)
@given(text=mixed, beside=st.integers(-2, 2))
def test_counting_up_to_a_limit_agrees_with_counting_right_beside_the_count(name, text, beside):
    counter = tokens.counter(name)
    count = counter(text)
    limit = max(count + beside, 0)
    assert counter.up_to(text, limit) == (count if count <= limit else None)


@pytest.mark.parametrize("name", NAMES)
@given(count=st.integers(0, 10**7))
def test_a_price_never_falls_as_the_count_grows(name, count):
    counter = tokens.counter(name)
    assert counter.price(count) <= counter.price(count + 1)


@settings(max_examples=settings().max_examples // 4)
@pytest.mark.parametrize("name", NAMES)
@given(text=mixed)
def test_the_price_of_the_o200k_count_is_the_count_of_the_text(name, text):
    assert tokens.counter(name).price(tokens.count(text)) == tokens.counter(name)(text)


@pytest.mark.parametrize("name", ["", "gpt-4o", "O200K_BASE", "claude-99"])
def test_an_unknown_name_is_told_which_names_there_are(name):
    with pytest.raises(UsageError, match="o200k_base, claude") as error:
        tokens.counter(name)
    assert repr(name) in str(error.value)
