"""Promise 6: order and types are kept, and equal input gives equal bytes, whatever the hash seed or thread."""

import copy
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given, settings

from tests.shaping.as_json import shape
from tests.shaping.payloads import cases, counters, shaped

SOURCES = [
    "{'delta', 'alpha', 'écho', '', 'bravo', 'charlie'}",
    "{3, 1.5, -2, 10**30, True, 0.25, float('inf'), -float('inf')}",
    "{'b', 1, None, 'a', 2.5, False}",
    "{frozenset('abcdef'), frozenset('xyz'), frozenset()}",
    "{('b', 1), ('a', 2), ()}",
    "{('row', frozenset({str(n), str(n + 1), str(n + 2)})) for n in range(9)}",
    "{frozenset({('row', frozenset({str(n), str(n + 1)}))}) for n in range(9)}",
    "{'key': {'x', 'y', 'z'}, 'text': 'word ' * 500, 'deep': [{frozenset('pqrs')}]}",
    "[{str(n) for n in range(500)}]",
]
PROGRAM = f"""
from richresp import shape
for payload in [{", ".join(SOURCES)}]:
    print(ascii(shape(payload, budget=300).text))
"""


@settings(max_examples=settings().max_examples // 2)
@given(cases, counters)
def test_equal_input_gives_equal_results(case, counter):
    payload, budget = case
    assert shaped(payload, budget, counter=counter) == shaped(copy.deepcopy(payload), budget, counter=counter)


@settings(max_examples=settings().max_examples // 4)
@given(cases)
def test_a_tuple_is_shown_as_the_list_it_would_be(case):
    payload, budget = case
    assert shaped(_tuples(payload), budget) == shaped(payload, budget)


def _tuples(value):
    if isinstance(value, dict):
        return {name: _tuples(child) for name, child in value.items()}
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def test_sets_come_in_the_same_order_whatever_the_hash_seed():
    first, *others = (texts_by_hash_seed(seed) for seed in "123")
    assert len(first) == len(SOURCES)
    for texts in others:
        assert dict(zip(SOURCES, texts, strict=True)) == dict(zip(SOURCES, first, strict=True))


def texts_by_hash_seed(seed):
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", PROGRAM]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.splitlines()


def test_a_set_is_shown_as_a_sorted_list():
    assert shape({"b", "c", "a"}, budget=100).data == ["a", "b", "c"]
    assert shape({3, 10, -1, 2.5}, budget=100).data == [-1, 2.5, 3, 10]


def test_threads_do_not_disturb_one_another():
    rows = [{"id": number, "text": f"row {number} of many " * (number % 7 + 1)} for number in range(240)]
    payloads = [rows[start : start + 200] for start in range(8)]
    alone = [shape(payload, budget=400) for payload in payloads]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda payload: shape(payload, budget=400), payloads * 3))
    assert together == alone * 3
