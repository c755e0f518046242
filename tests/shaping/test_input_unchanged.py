"""Promise 7: the payload is not changed, and the result shares nothing with it."""

import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shaping.as_json import shape
from tests.shaping.oracles import same
from tests.shaping.payloads import cases, counters, follow, shaped, tables


@settings(max_examples=settings().max_examples // 2)
@given(cases, counters)
def test_the_payload_is_as_it_was(case, counter):
    payload, budget = case
    before = copy.deepcopy(payload)
    shaped(payload, budget, counter=counter)
    assert same(payload, before)


@settings(max_examples=settings().max_examples // 2)
@given(tables, st.integers(100, 400))
def test_paging_leaves_the_payload_as_it_was(payload, budget):
    before = copy.deepcopy(payload)
    follow(payload, budget)
    assert same(payload, before)


@settings(max_examples=settings().max_examples // 2)
@given(cases)
def test_the_data_shares_no_container_with_the_payload(case):
    payload, budget = case
    result = shaped(payload, budget)
    assert _containers(result.data).isdisjoint(_containers(payload))


def test_a_value_that_stands_twice_in_the_payload_stands_apart_in_the_data():
    child = {"x": [1]}
    data = shape([child, child], budget=100).data
    data[0]["x"].append(2)
    assert data[1] == {"x": [1]} == child


def _containers(root):
    found, todo = set(), [root]
    while todo:
        value = todo.pop()
        if isinstance(value, (dict, list)):
            found.add(id(value))
            todo.extend(value.values() if isinstance(value, dict) else value)
    return found
