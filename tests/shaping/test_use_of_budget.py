"""Promise 11: a budget is used, not wasted.

From 200 tokens up at least 93 % of it, or the next piece cannot be divided. That is found out from outside: the smallest
budget that shows more is looked for, and what came with it must be one URL, one number or other short scalar, one string or stretch
of a text without a place to cut, one title, one point of up to four numbers, or one key. It is larger than 7 % of the budget, or it
would have fitted. In the median over the samples at 200 to 20,000 tokens at least 97 % is used.
"""

import json
import re
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richresp import tokens
from richresp.limits import shape as limits
from tests.shaping.as_json import shape
from tests.shaping.oracles import compact
from tests.shaping.payloads import WORDS, long_texts, pages, records, rows, tables, urls

SAMPLES = {path.stem: json.loads(path.read_text()) for path in sorted(Path("samples/payloads").glob("*.json"))}
BUDGETS = [
    200,
    260,
    330,
    430,
    560,
    720,
    930,
    1_200,
    1_600,
    2_100,
    2_700,
    3_500,
    4_600,
    6_000,
    8_000,
    11_000,
    15_000,
    20_000,
]
TITLES = [("title",), ("name",), ("subject",), ("summary",), ("message",)]

hits = st.fixed_dictionaries(
    {
        "title": st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join),
        "url": urls,
        "snippet": pages,
        "score": st.floats(0, 1),
    }
)
places = st.fixed_dictionaries(
    {
        "name": st.text(min_size=1, max_size=20),
        "at": st.lists(st.floats(-180, 180), min_size=2, max_size=2),
        "ids": st.lists(st.integers()),
    }
)
realistic = st.one_of(
    rows, st.lists(st.lists(st.one_of(pages, records), max_size=4), min_size=4), tables.map(lambda some: some * 5), pages.map(lambda text: text * 5), st.lists(hits, min_size=5, max_size=12),
    st.lists(places, min_size=9, max_size=30),
    st.builds(lambda head, some, text: head | {"text": text, "rows": some}, records, rows, pages),
    st.builds(lambda title, some, more: {"title": title, "texts": some, "more": more}, urls, st.lists(long_texts, min_size=3), rows),
    st.dictionaries(st.text("abcdef", min_size=1, max_size=9), st.one_of(records, pages), min_size=60, max_size=70),
)  # fmt: skip


def leaves(value):
    """Each scalar and empty container by its path; a point is one leaf."""
    found, todo = {}, [((), value)]
    while todo:
        path, here = todo.pop()
        if isinstance(here, (dict, list)) and here and not is_point(here):
            todo.extend(
                ((*path, key), child) for key, child in (here.items() if isinstance(here, dict) else enumerate(here))
            )
        else:
            found[path] = here
    return found


def is_point(value):
    return isinstance(value, list) and len(value) <= 4 and all(type(item) in (int, float) for item in value)


def more(payload, result, budget):
    """What the smallest budget shows that shows more, the largest first, each with its path and what of it was there."""
    low, high = budget, 2 * budget
    while (bigger := shape(payload, budget=high)).data == result.data:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        here = shape(payload, budget=middle)
        low, high, bigger = (middle, high, bigger) if here.data == result.data else (low, middle, here)
    before, after = leaves(result.data), leaves(bigger.data)
    came = [
        (path, before.get(path), value) for path, value in after.items() if path not in before or before[path] != value
    ]
    came.sort(key=lambda each: tokens.count(compact(each[2])), reverse=True)
    return came


def is_indivisible(path, before, after, original):
    """Whether what came is one of the things that are shown whole or not at all."""
    if not isinstance(after, str):
        return True
    if before is not None:
        stretch = after.removesuffix("…")[len(before) - 1 :].strip()
        return not re.search(r"\s", stretch) or "://" in stretch
    if after != original:  # the beginning of a text, of which nothing was shown
        return not re.search(r"\S\s+\S", after.removesuffix("…")) or "://" in after or len(after) <= limits.SHORT_STRING
    whole = len(after) <= limits.SHORT_STRING or not re.search(r"\s", after)
    return whole or (len(after) <= limits.TITLE_CHARS and path[-1:] in TITLES)


def at(payload, path):
    for key in path:
        payload = payload[key]
    return payload


def assert_used(payload, budget):
    result = shape(payload, budget=budget)
    if result.truncated and result.tokens < 0.93 * budget:
        came = more(payload, result, budget)
        beside = sum(tokens.count(compact(value)) for _, _, value in came[1:])
        wasted = f"{result.tokens} of {budget} used, while these would come one by one: {came}"
        assert beside <= tokens.count(result.notice), wasted  # a notice with less to tell leaves room for more
        path, before, after = came[0]
        assert is_indivisible(path, before, after, at(payload, path)), wasted


@given(realistic, st.integers(200, 2_000))
def test_the_budget_is_used_or_the_next_piece_is_large_and_cannot_be_divided(payload, budget):
    assert_used(payload, budget)


@given(st.sampled_from(sorted(SAMPLES)), st.integers(200, 20_000))
def test_the_budget_is_used_for_the_samples(name, budget):
    assert_used(SAMPLES[name], budget)


@settings(max_examples=settings().max_examples // 2)
@given(realistic, st.integers(200, 2_000), st.sampled_from(["tail", "spread"]))
def test_a_strategy_uses_it_as_well(payload, budget, strategy):
    result = shape(payload, budget=budget, strategy=strategy)
    longest = max((tokens.count(compact(leaf)) for leaf in leaves(payload).values()), default=0)
    if result.truncated and longest < 0.03 * budget:
        assert result.tokens >= 0.93 * budget


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"notice": "aside"},
        {"strategy": "tail"},
        {"counter": tokens.counter("claude")},
        {"format": "markdown"},
        {"format": "text"},
    ],
    ids=str,
)
def test_in_the_median_nearly_all_of_it_is_used(options):
    used = []
    for payload in SAMPLES.values():
        for budget in BUDGETS[:: 6 if "format" in options else 2 if options else 1]:
            result = shape(payload, budget=budget, **options)
            if result.truncated:
                used.append(result.tokens / budget)
    assert len(used) > (20 if "format" in options else 50)
    assert median(used) >= 0.97


@given(st.sampled_from(sorted(SAMPLES)), st.integers(300, 20_000), st.sampled_from(["chars", "bytes"]))
def test_other_units_are_used_as_well(name, budget, unit):
    result = shape(SAMPLES[name], budget={unit: 4 * budget})
    used = len(result.text) if unit == "chars" else len(result.text.encode())
    assert not result.truncated or used >= 0.9 * 4 * budget or budget < 1_000
