"""The speed rows of shape in a reduced form, with so much room that only a change of its order of growth is found.

The true numbers are for `python tests/benchmarks/shape.py`.
"""

import pytest

from richresp import tokens
from tests.benchmarks.measure import ratio
from tests.benchmarks.payloads import KINDS, dumps, payload
from tests.shaping.as_json import shape

ROOM = 8
"""How many times the goal is let pass, for machines that are busy, and payloads that are not like the others."""


def against_all_of_it(value, budget):
    return ratio(lambda: shape(value, budget=budget), lambda: tokens.count(dumps(value)), 3)


@pytest.mark.parametrize("kind", ["records", "log lines"])
def test_little_of_a_large_payload_costs_little_of_what_all_of_it_does(kind):
    assert against_all_of_it(payload(kind, 2_000_000), 1_000) < ROOM * 5 * 0.0025


@pytest.mark.parametrize(("percent", "goal"), [(30, 3.5), (90, 6), (150, 1.15)])
@pytest.mark.parametrize("kind", ["records", "issues", "prose"])
def test_a_small_payload_costs_a_few_times_what_all_of_it_does(kind, percent, goal):
    value = payload(kind, 20_000)
    assert against_all_of_it(value, tokens.count(dumps(value)) * percent // 100) < ROOM * goal


@pytest.mark.parametrize("kind", ["records", "log lines"])
def test_the_time_for_a_budget_does_not_grow_with_the_payload(kind):
    more, less = payload(kind, 4_000_000), payload(kind, 100_000)
    assert ratio(lambda: shape(more, budget=1_000), lambda: shape(less, budget=1_000), 5) < ROOM * 1.3


@pytest.mark.parametrize("size", [5_000, 100_000])
@pytest.mark.parametrize("kind", KINDS)
def test_a_payload_is_of_the_size_that_was_asked_for_and_always_the_same(kind, size):
    text = dumps(payload(kind, size))
    assert size * 2 // 3 < len(text.encode()) < size * 3 // 2
    assert text == dumps(payload(kind, size))
