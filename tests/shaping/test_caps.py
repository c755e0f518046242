"""Promise 1 for budgets of several caps: tokens by the counter, chars as `len`, bytes of UTF-8; all of them hold.

The smallest wins, more of one never shows less, what is within all of them comes back whole, and BudgetTooSmall names a
cap that is too small and what it would have to be, the others being as they are. The caps of a profile hold beside those of the budget.
Counters here need not add up: `jumpy` of payloads.py gives up to two tokens more, by a hash of the text.
"""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richresp import BudgetTooSmall, UsageError, tokens
from richresp.profiles import PROFILES
from tests.shaping.as_json import shape
from tests.shaping.oracles import compact, missing, same, strict, within
from tests.shaping.payloads import bundled, cases, counters, follow, json_values, sizable

UNITS = ["tokens", "chars", "bytes"]


def sizes(text, counter=tokens.count):
    return {"tokens": counter(text), "chars": len(text), "bytes": len(text.encode())}


@st.composite
def capped(draw, some=cases):
    """A payload and a mapping of caps, none of which is much tighter than the others."""
    payload, budget = draw(some)
    text = compact(payload)
    per_token = {unit: size / max(1, tokens.count(text)) for unit, size in sizes(text).items()}
    units = draw(st.sampled_from([list(some) for count in (1, 2, 3) for some in combinations(UNITS, count)]))
    return payload, {unit: int(budget * per_token[unit] * draw(st.integers(50, 150)) / 100) for unit in units}


def refused(payload, caps, **options):
    """The error that says a cap is too small, None where all are enough."""
    try:
        shape(payload, budget=caps, **options)
    except BudgetTooSmall as error:
        return error
    return None


def enough(payload, caps, **options):
    """The caps, raised as far as the errors say: one after the other, and each once or twice."""
    for _ in range(9):
        error = refused(payload, caps, **options)
        if error is None:
            return caps
        assert error.budget == caps[error.unit] < error.needed
        caps = caps | {error.unit: error.needed}
    raise AssertionError(f"{caps} is still not enough")


@given(capped(), counters, st.sampled_from(["inline", "aside"]))
def test_every_cap_holds_and_the_other_promises_as_well(case, counter, notice):
    payload, caps = case
    caps = enough(payload, caps, counter=counter, notice=notice)
    result = shape(payload, budget=caps, counter=counter, notice=notice)
    strict(result.text)
    used = sizes(result.text, counter)
    assert all(used[unit] <= cap for unit, cap in caps.items())
    assert result.tokens == used["tokens"]
    assert list(result.omitted) == missing(payload, result.data)


@given(json_values, counters, st.lists(st.integers(0, 20), min_size=3, max_size=3), st.integers(1, 7))
def test_what_is_within_all_caps_comes_back_whole(payload, counter, room, which):
    text = compact(payload)
    sized = sizes(text, counter)
    caps = {
        unit: sized[unit] + more for at, (unit, more) in enumerate(zip(UNITS, room, strict=True)) if which >> at & 1
    }
    result = shape(payload, budget=caps, counter=counter)
    assert result.text == text
    assert same(result.data, payload)


@given(capped(), st.sampled_from(UNITS), st.one_of(st.integers(1, 12), st.integers(1, 400)), bundled)
def test_more_of_a_cap_shows_no_less(case, unit, more, counter):
    payload, caps = case
    caps = enough(payload, caps, counter=counter)
    small = shape(payload, budget=caps, counter=counter)
    if unit in caps:
        big = shape(payload, budget=caps | {unit: caps[unit] + more}, counter=counter)
        assert within(small.data, big.data)


@given(capped(), bundled)
def test_the_smallest_cap_wins(case, counter):
    """The result for several caps is one of the results for each of them alone: that which shows least."""
    payload, caps = case
    caps = enough(payload, caps, counter=counter)
    together = shape(payload, budget=caps, counter=counter)
    alone = [shape(payload, budget={unit: cap}, counter=counter) for unit, cap in caps.items()]
    assert any(same(together.data, other.data) for other in alone)
    assert all(within(together.data, other.data) for other in alone)


@given(cases, counters)
def test_a_whole_number_is_a_cap_on_tokens(case, counter):
    payload, budget = case
    caps = enough(payload, {"tokens": budget}, counter=counter)
    assert shape(payload, budget=caps["tokens"], counter=counter) == shape(payload, budget=caps, counter=counter)


@given(json_values, st.fixed_dictionaries({}, optional=dict.fromkeys(UNITS, st.integers(-1, 90))), counters)
def test_what_is_needed_of_the_unit_is_exact_where_nothing_else_is_in_the_way(payload, caps, counter):
    error = refused(payload, caps, counter=counter) if caps else None
    if error is not None:
        unit, needed = error.unit, error.needed
        assert error.budget == caps[unit] < needed
        assert refused(payload, caps | {unit: needed - 1}, counter=counter) is not None
        assert refused(payload, {unit: needed}, counter=counter) is None


@settings(max_examples=settings().max_examples // 4)  # each shapes many pages
@given(
    st.lists(st.fixed_dictionaries({"id": st.integers(), "text": st.text(max_size=60)}), min_size=9),
    st.integers(200, 900),
)
def test_pages_may_have_caps(payload, chars):
    shown = 0
    for page in follow(payload, {"chars": chars, "bytes": 2 * chars}):
        assert len(page.text) <= chars
        shown += len(page.data)
    assert shown == len(payload)


@settings(max_examples=settings().max_examples // 4)
@given(sizable, st.sampled_from(sorted(PROFILES)), st.integers(100, 4_000))
def test_the_caps_of_a_profile_hold_beside_those_of_the_budget(payload, name, budget):
    profile = PROFILES[name]
    hosts = {unit: cap for unit in UNITS if (cap := getattr(profile, unit)) is not None}
    result = shape([payload] * 40, profile=name)
    used = sizes(result.text)
    assert all(used[unit] <= cap for unit, cap in hosts.items())
    assert result == shape([payload] * 40, budget=hosts)
    caps = enough([payload] * 40, {"tokens": budget})
    both = {unit: min(found) for unit in UNITS if (found := [some[unit] for some in (caps, hosts) if unit in some])}
    assert shape([payload] * 40, budget=caps, profile=name) == shape([payload] * 40, budget=both)


NONSENSE = [
    None, {}, True, False, 100.0, "100", [100], {"tokens"}, {"words": 5}, {"Tokens": 100}, {"tokens": None}, {None: 100},
    {"tokens": True}, {"chars": 10.5}, {"bytes": "10"}, {"tokens": 100, "lines": 3}, {"tokens": float("inf")}, float("nan"),
]  # fmt: skip


@pytest.mark.parametrize("budget", NONSENSE, ids=repr)
def test_what_is_no_budget_is_refused(budget):
    with pytest.raises(UsageError, match="budget=") as error:
        shape({"a": 1}, budget=budget)
    assert not isinstance(error.value, BudgetTooSmall)


@pytest.mark.parametrize("profile", ["", "gpt", 5, ["codex"], {}], ids=repr)
def test_there_is_no_other_profile(profile):
    with pytest.raises(UsageError, match="gpt-actions"):
        shape({"a": 1}, budget=100, profile=profile)


def test_the_error_names_the_unit_that_is_too_small():
    for caps, unit in (({"tokens": 10**6, "chars": 3}, "chars"), ({"bytes": 3, "chars": 900}, "bytes")):
        with pytest.raises(BudgetTooSmall, match=unit) as error:
            shape(["a text of some words"] * 100, budget=caps)
        assert (error.value.unit, error.value.budget) == (unit, 3)
