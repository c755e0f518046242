"""One budget is shared fairly, none of it is wasted, and a bigger one shows no less of anybody's share."""

import json
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richresp import BudgetTooSmall, tokens
from richresp.limits.shape import LEAST_PART_TOKENS
from tests.shaping.as_json import shape, shape_parts
from tests.shaping.oracles import compact, within
from tests.shaping.part_payloads import cases, enough, shared, sizable
from tests.shaping.payloads import bundled, jumpy

SAMPLES = {path.stem: json.loads(path.read_text()) for path in sorted(Path("samples/payloads").glob("*.json"))}
TICKETS = [{"id": number, "title": f"ticket {number}", "body": "it does not work at all. " * 9} for number in range(60)]
TEXT = "one word and another word " * 2_000
GROUPS = [("search_hits", "tickets"), ("order", "log_lines", "weather"), ("github_issue", "calendar", "geojson", "order"),
          ("npm_document", "bank_statement")]  # fmt: skip


def of_share(part, share, **options):
    """What shape shows of a part in some room; None where that is too little."""
    try:
        return shape(part, budget=share, notice="aside", **options).data
    except BudgetTooSmall:
        return None


@settings(max_examples=settings().max_examples // 2)  # each shapes many times
@given(cases, st.one_of(st.integers(0, 12), st.integers(0, 400)), bundled)
def test_what_shares_show_every_bigger_budget_shows(case, more, counter):
    parts, budget = case
    budget = enough(parts, budget, counter=counter)
    small, big = (shape_parts(parts, budget=budget + extra, counter=counter) for extra in (0, more))
    assert big.share >= small.share
    for name, part in parts.items() if small.share else ():
        for result in (small, big):
            base = of_share(part, small.share, counter=counter)
            assert base is None or within(base, result.data[name])


@settings(max_examples=settings().max_examples // 4)  # each shapes many times
@given(cases)
def test_what_shows_shows_what_fits_the_least_room(case):
    parts, budget = case
    for name, shaped in shared(parts, budget).parts.items():
        least = of_share(parts[name], LEAST_PART_TOKENS)
        assert least is None or within(least, shaped.data)


@settings(max_examples=settings().max_examples // 10)  # each shapes very many times
@given(sizable, st.integers(150, 900))
def test_every_single_token_more_shows_no_less_of_the_shares(parts, budget):
    before = shared(parts, budget)
    for more in range(1, 8):
        result = shape_parts(parts, budget=max(budget, before.tokens) + more)
        assert result.share >= before.share
        before = result


@settings(max_examples=settings().max_examples // 8)  # each shapes many times
@given(sizable, st.integers(10, 95))
def test_a_part_takes_no_more_than_its_share_while_another_has_less(parts, percent):
    """What a part has beyond its share is what nobody else could use: little, or its own next piece."""
    result = shared(parts, tokens.count(compact(parts)) * percent // 100 + 60 * len(parts))
    for shaped in result.parts.values():
        if result.truncated and shaped.tokens > result.share:
            given = shaped.tokens - result.share
            assert given <= 0.15 * result.tokens + 30 or len(result.parts) < len(parts)


def test_shares_that_are_found_roughly_never_shrink():
    """Large shares are told apart to a hundredth of themselves; where that leaves off must not depend on the budget."""
    rows = [
        {"id": number, "title": f"ticket {number}", "body": "it does not work at all. " * (number % 7)}
        for number in range(200)
    ]
    shares = [shape_parts({"rows": rows, "text": TEXT}, budget=budget).share for budget in range(2_000, 2_040, 2)]
    assert shares == sorted(shares)


def test_a_small_part_gives_what_it_does_not_need():
    alone = shape_parts({"hits": TICKETS}, budget=1_000)
    result = shape_parts({"total": 60, "hits": TICKETS}, budget=1_000)
    assert result.data["total"] == 60
    assert len(result.data["hits"]) >= len(alone.data["hits"]) - 1
    assert result.tokens > 970


def test_equal_parts_get_equal_room_wherever_they_stand():
    result = shape_parts({"one": TICKETS, "two": TICKETS, "three": TICKETS}, budget=1_500)
    counts = [shaped.tokens for shaped in result.parts.values()]
    assert max(counts) - min(counts) < 40
    assert sum(counts) > 1_200


def test_a_share_is_as_many_times_as_large_as_asked():
    result = shape_parts({"hits": TICKETS, "text": TEXT}, budget=2_000, shares={"hits": 3})
    assert 2.8 < result.parts["hits"].tokens / result.parts["text"].tokens < 3.2
    halves = shape_parts({"hits": TICKETS, "text": TEXT}, budget=2_000, shares={"text": 1 / 3})
    assert halves.data == result.data


@pytest.mark.parametrize("count", range(1, 6))
def test_a_budget_for_some_minimums_shows_the_first_parts_and_names_the_others(count):
    parts = {f"part {number}": TICKETS for number in range(6)}
    budget = next(b for b in range(40, 900, 12) if len(enough_parts(parts, b)) == count)
    result = shape_parts(parts, budget=budget)
    assert list(result.parts) == list(parts)[:count]
    assert list(result.left_out) == list(parts)[count:]
    assert all(name in result.notice.partition("Left out")[2] for name in result.left_out)
    assert result.share == 0
    assert all(shaped.tokens <= 3 * LEAST_PART_TOKENS for shaped in result.parts.values())


def enough_parts(parts, budget):
    try:
        return shape_parts(parts, budget=budget).parts
    except BudgetTooSmall:
        return {}


def test_what_cannot_be_divided_and_is_too_large_leaves_its_room_to_the_others():
    url = "https://example.com/" + "path/" * 400
    result = shape_parts({"url": url, "hits": TICKETS}, budget=400)
    assert result.left_out == ("url",)
    assert result.tokens > 0.9 * 400
    assert list(result.cursors) == ["hits"]


def test_what_is_larger_than_its_share_shows_where_nobody_needs_the_rest():
    url = "https://example.com/" + "path/" * 200
    costs = tokens.count(compact(url))
    result = shape_parts({"url": url, "other": url}, budget=costs + 100)
    assert result.data == {"url": url}
    assert result.left_out == ("other",)


def test_what_one_cannot_use_another_gets():
    """The next URL is a quarter of the budget, and the text takes any room."""
    urls = ["https://example.com/" + "path/" * 160 for _ in range(9)]
    for budget in range(700, 1_400, 100):
        result = shape_parts({"urls": urls, "text": TEXT}, budget=budget)
        assert result.tokens >= 0.97 * budget


@pytest.mark.parametrize("options", [{}, {"counter": tokens.counter("claude")}, {"strategy": "tail"}], ids=str)
def test_in_the_median_nearly_all_of_the_budget_is_used(options):
    used = []
    for group in GROUPS:
        for budget in (200, 300, 450, 700, 1_000, 1_600, 2_500, 4_000) if not options else (300, 1_000, 2_500):
            result = shape_parts({name: SAMPLES[name] for name in group}, budget=budget, **options)
            assert result.truncated
            used.append(result.tokens / budget)
    assert median(used) >= 0.97
    assert min(used) >= 0.85


def test_a_foreign_counter_is_kept_to_all_the_same():
    result = shape_parts({"hits": TICKETS, "text": TEXT}, budget=800, counter=jumpy)
    assert 0.9 * 800 < jumpy(result.text) <= 800
