"""Promise 9: `keep` survives as long as its record does, `drop` never shows, `drop_order` goes first.

- What `drop` names is no part of the payload: everything is as for the payload without it, cursors aside, and nothing
  tells of it.
- What `keep` names is there and whole as soon as anything of its record shows: its record is the nearest list item
  around it, or else the payload; for a path with a descendant the container that it stands in; for an item that a
  wildcard names, the item. Of the list that cursors page through, items come in their turn whatever names them.
- Nothing of a path of `drop_order` is shown, in any part, while anything is missing that is named later there or not
  at all. That is said of leaves: a container that holds nothing else goes with what it holds. The items of the list
  that cursors page through come in their turn here as well, for else they were on no page.

Paths are made together with what they mean: steps, each a name, an index or None for all, at one level or at any.
"""

import json
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richresp import InvalidPath, UsageError, tokens
from tests.shaping.as_json import shape
from tests.shaping.oracles import compact, missing
from tests.shaping.payloads import bundled, enough, follow, refusal, shaped
from tests.shaping.test_strategies import forms, identities, leaves, lists, numbered, placed

NAMES = ["id", "name", "rows", "text", "url"]
payloads = st.one_of(
    lists, forms, st.builds(lambda rows, form, other: {"rows": rows, "also": form, "text": other}, lists, forms, forms)
).map(numbered)
paths = st.lists(
    st.tuples(st.sampled_from([False, False, True]), st.one_of(st.sampled_from(NAMES), st.none(), st.integers(-2, 2))),
    min_size=1, max_size=3,
)  # fmt: skip


@st.composite
def aimed(draw, payload):
    """Steps that lead to something in a payload, by its names or from anywhere."""
    steps, value, leap = [], payload, draw(st.booleans())
    while isinstance(value, (dict, list)) and value:
        key = draw(st.sampled_from(list(value))) if isinstance(value, dict) else draw(st.integers(0, len(value) - 1))
        aliases = [key, None] if isinstance(key, str) else [None, None, key, key - len(value)]
        if not leap or not draw(st.integers(0, 2)):
            steps.append((leap, draw(st.sampled_from(aliases))))
            leap = False
        value = value[key]
        if steps and not draw(st.integers(0, 2)):
            break
    return steps or [(True, draw(st.sampled_from(NAMES)))]


def several(payload):
    return st.lists(st.one_of(aimed(payload), aimed(payload), paths), min_size=1, max_size=3)


@st.composite
def cases(draw, some=payloads, wishes=1):
    """A payload, a budget and so many lists of paths."""
    payload = draw(some)
    budget = tokens.count(compact(payload)) * draw(st.integers(0, 100)) // 100 + draw(st.integers(20, 60))
    return payload, budget, *(draw(several(payload)) for _ in range(wishes))


def written(steps):
    return "$" + "".join(
        ".." * anywhere + (f"[{json.dumps(selector)}]" if selector is not None else "[*]")
        for anywhere, selector in steps
    )


def nodes(value, place=()):
    yield place, value
    if isinstance(value, (dict, list)):
        for key, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from nodes(child, (*place, key))


def named(payload, steps):
    """The places that a path names: RFC 9535, from step to step a set of places."""
    found = {()}
    every = dict(nodes(payload))
    for anywhere, selector in steps:
        if anywhere:
            found = {place for place in every for above in found if place[: len(above)] == above}
        found = {place for place in every if place and place[:-1] in found and takes(every, place, selector)}
    return found


def takes(every, place, selector):
    above, key = every[place[:-1]], place[-1]
    if isinstance(selector, int):
        return isinstance(above, list) and key == (selector if selector >= 0 else len(above) + selector)
    return selector is None or (isinstance(above, dict) and key == selector)


def pruned(value, gone, place=()):
    """A payload without some places."""
    if isinstance(value, dict):
        return {k: pruned(child, gone, (*place, k)) for k, child in value.items() if (*place, k) not in gone}
    if isinstance(value, list):
        return [pruned(child, gone, (*place, k)) for k, child in enumerate(value) if (*place, k) not in gone]
    return value


def record(place, steps, payload):
    """The place of the record that something named belongs to."""
    every = dict(nodes(payload))
    if isinstance(place[-1], int) and steps[-1][1] is None:
        return place
    if any(anywhere for anywhere, _ in steps):
        return place[:-1]
    return next((place[:end] for end in range(len(place) - 1, 0, -1) if isinstance(every[place[: end - 1]], list)), ())


def pages_of(payload):
    """The place of what cursors page through."""
    if not isinstance(payload, dict):
        return ()
    sizes = [
        (len(value), -order, name) for order, (name, value) in enumerate(payload.items()) if isinstance(value, list)
    ]
    return (max(sizes)[2],) if sizes else None


def turn_of(path, turns):
    """When something goes: the number of the first path that names it or what it is in; `inf` if none does."""
    above = {path[:end] for end in range(1, len(path) + 1)}
    return next((number for number, places in enumerate(turns) if places & above), inf)


def texts(wishes):
    return list(map(written, wishes))


def without(payload, wishes):
    return pruned(payload, set().union(*(named(payload, steps) for steps in wishes)))


@given(cases(), st.sampled_from(["head", "tail", "spread"]))
def test_dropping_is_shaping_the_payload_without_it(case, strategy):
    """To the byte where the notice is aside: a cursor in the text has the offset in the payload as it was given."""
    payload, budget, wishes = case
    rest, drop, options = without(payload, wishes), texts(wishes), {"strategy": strategy, "notice": "aside"}
    budget = max(enough(payload, budget, drop=drop, **options), enough(rest, budget, **options))
    result, plain = shape(payload, budget=budget, drop=drop, **options), shape(rest, budget=budget, **options)
    assert (result.cursor is None) == (plain.cursor is None)
    assert result.text == plain.text
    assert (result.data, result.omitted) == (plain.data, plain.omitted)


@given(cases())
def test_what_is_dropped_never_shows_and_is_not_missing(case):
    payload, budget, wishes = case
    rest, drop = without(payload, wishes), texts(wishes)
    result = shaped(payload, budget, drop=drop)
    assert list(result.omitted) == missing(rest, result.data)
    assert result.truncated == (result.data != rest)
    full = shape(payload, budget=tokens.count(compact(rest)), drop=drop)
    assert (full.data, full.omitted, full.notice, full.cursor) == (rest, (), None, None)


@given(cases(), bundled)
def test_what_is_kept_is_there_and_whole_as_soon_as_anything_of_its_record_is(case, counter):
    payload, budget, wishes = case
    shown = placed(payload, shaped(payload, budget, keep=texts(wishes), counter=counter).data)
    present = {path[:end] for path in shown for end in range(len(path) + 1)} | {()}
    paged, whole = pages_of(payload), dict(leaves(payload))
    for steps in wishes:
        for place in named(payload, steps):
            turn = len(paged) + 1 if paged is not None and place[: len(paged)] == paged else 0
            if record(place, steps, payload) in present and place[:turn] in present:
                inside = [path for path in whole if path[: len(place)] == place]
                assert all(shown.get(path) == whole[path] for path in inside), f"{written(steps)} names {place}"


@given(cases(), st.integers(0, 80), bundled)
def test_where_what_is_kept_does_not_fit_the_error_says_what_is_needed(case, budget, counter):
    payload, _, wishes = case
    options = {"keep": texts(wishes), "counter": counter}
    refused = refusal(payload, budget, **options)
    if refused is not None:
        assert refused.budget == budget < refused.needed
        assert refusal(payload, refused.needed, **options) is None
        assert refusal(payload, refused.needed - 1, **options) is not None


@given(cases())
def test_what_goes_first_is_gone_while_anything_else_is_missing(case):
    payload, budget, wishes = case
    shown = placed(payload, shaped(payload, budget, drop_order=texts(wishes)).data)
    paged = pages_of(payload)
    turns = [{place for place in named(payload, steps) if place[:-1] != paged} for steps in wishes]
    missing = [path for path, leaf in leaves(payload) if shown.get(path) != leaf]
    earliest = min((turn_of(path, turns) for path in shown), default=inf)
    latest = max((turn_of(path, turns) for path in missing), default=-1)
    assert latest <= earliest, f"a leaf of turn {earliest} is shown, and one of turn {latest} is missing"


@settings(max_examples=settings().max_examples // 2)
@given(
    cases(wishes=3), st.permutations(["keep", "drop", "drop_order"]), st.one_of(st.integers(0, 12), st.integers(0, 300))
)
def test_a_bigger_budget_shows_all_that_a_smaller_one_shows(case, names, more):
    payload, budget, *wishes = case
    options = dict(zip(names, map(texts, wishes), strict=True))
    budget = enough(payload, budget, **options)
    small = shape(payload, budget=budget, **options)
    assert small.tokens == tokens.count(small.text) <= budget
    bigger = shape(payload, budget=budget + more, **options)
    before, after = placed(payload, small.data), placed(payload, bigger.data)
    assert all(after[path] == leaf or after[path].startswith(leaf.removesuffix("…")) for path, leaf in before.items())


@settings(max_examples=settings().max_examples // 4)  # each shapes many pages
@given(cases(lists.map(numbered), wishes=3))
def test_pages_show_each_item_once_whatever_is_wished(case):
    payload, budget, drop, keep, order = case
    rest = without(payload, drop)
    at = 0
    for number, page in enumerate(follow(payload, budget, drop=texts(drop), drop_order=texts(order), keep=texts(keep))):
        assert page.data or number == 0
        for item, whole in zip(page.data, rest[at : at + len(page.data)], strict=True):
            assert identities(item) <= identities(whole)
        at += len(page.data)
    assert at == len(rest)


def test_the_notice_names_what_went_first():
    payload = [{"id": number, "title": "a title", "description": "of some length"} for number in range(5)]
    result = shape(payload, budget=75, drop_order=["$..description"])
    assert [set(item) for item in result.data] == [{"id", "title"}] * 5
    assert "left out: description" in result.notice


@pytest.mark.parametrize("option", ["keep", "drop", "drop_order"])
@pytest.mark.parametrize(
    ("path", "position"), [("", 0), ("id", 0), ("$", 1), ("$.", 2), ("$.a[1:2]", 5), ("$[?@.a]", 2), ("$..", 3)]
)
def test_what_is_no_path_is_refused_where_it_goes_wrong(option, path, position):
    with pytest.raises(InvalidPath) as error:
        shape({"a": 1}, budget=100, **{option: ["$.a", path]})
    assert (error.value.path, error.value.position) == (path, position)
    with pytest.raises(UsageError, match="list of JSONPaths"):
        shape({"a": 1}, budget=100, **{option: path})
