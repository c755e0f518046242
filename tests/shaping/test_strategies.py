"""Strategies: which items of a list are shown, in every list of a payload, at any depth.

- "tail": the last ones, without a gap, in the order of the document; cursors page backwards until each was shown once.
- "spread": the first, then the last, then such that no gap is wider than twice what it were if they stood evenly; no
  cursor. Precisely: among n items of which 2^k + 1 or more are shown, no two neighbours are over (n - 1) / 2^k apart.
- Both: the other promises hold as they do for "head". Only lists follow the strategy: of a dict with many keys and of a
  string the beginning is shown. A stream, whose end nobody knows, is refused.

Every leaf holds a number that no other has, so that what is shown is known by itself and not by its position.
"""

import re
from itertools import count, pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from richresp import InvalidCursor, Omission, UsageError, tokens
from tests.shaping.as_json import shape
from tests.shaping.oracles import compact, strict
from tests.shaping.payloads import counters, enough, follow, pages, records, shaped

TEXT = "and some words that go on. Then more of them, up to the end "
forms = st.recursive(
    st.integers(-1, 9),
    lambda inner: st.one_of(
        st.builds(lambda some, times: some * times, st.lists(inner, min_size=1, max_size=3), st.integers(1, 4)),
        st.dictionaries(
            st.sampled_from(["id", "name", "rows", "text", "url", "_notice"]), inner, min_size=1, max_size=4
        ),
    ),
    max_leaves=10,
)
lists = st.builds(lambda some, times: some * times, st.lists(forms, min_size=1, max_size=3), st.integers(1, 12))
both = st.sampled_from(["tail", "spread"])


def numbered(form):
    """A payload of that form: a number for 0, a URL for -1, a text for more, each with a number that no other has."""
    numbers = count(1)

    def make(form):
        if isinstance(form, dict):
            return {name: make(inner) for name, inner in form.items()}
        if isinstance(form, list):
            return [make(inner) for inner in form]
        number = next(numbers)
        return number if form == 0 else f"{number} {TEXT * form}" if form > 0 else f"https://example.com/{number}"

    return make(form)


payloads = st.one_of(forms, lists, st.builds(lambda rows, form: {"rows": rows, "also": form}, lists, forms)).map(
    numbered
)
cases = st.builds(
    lambda payload, share: (payload, tokens.count(compact(payload)) * share // 100 + 30), payloads, st.integers(0, 100)
)


def number_of(leaf):
    return leaf if isinstance(leaf, int) else int(re.search("[0-9]+", leaf)[0])


def leaves(value, path=()):
    """Each leaf with its path."""
    if not isinstance(value, (dict, list)):
        yield path, value
        return
    for key, child in value.items() if isinstance(value, dict) else enumerate(value):
        yield from leaves(child, (*path, key))


def placed(payload, data):
    """What is shown, by the paths that it has in the payload; fails where anything is not as it was, or out of order."""
    home = {number_of(leaf): (path, leaf) for path, leaf in leaves(payload)}
    shown = {}
    for path, leaf in leaves(data):
        whole_path, whole = home[number_of(leaf)]
        assert [key for key in path if isinstance(key, str)] == [key for key in whole_path if isinstance(key, str)]
        assert leaf == whole or (isinstance(whole, str) and leaf.endswith("…") and whole.startswith(leaf[:-1]))
        shown[whole_path] = leaf
    order = [path for path, _ in leaves(payload) if path in shown]
    assert order == list(shown), "out of order"
    return shown


def told(payload, shown):
    """Of each list, dict and text that is shown: its path, which of its children (or how many characters), of how many."""
    present = {path[:end] for path in shown for end in range(len(path) + 1)}
    todo = [((), payload)]
    while todo:
        path, value = todo.pop()
        if isinstance(value, (dict, list)):
            children = list(value.items() if isinstance(value, dict) else enumerate(value))
            yield path, value, [key for key, _ in children if (*path, key) in present]
            todo.extend(((*path, key), child) for key, child in reversed(children) if (*path, key) in present)
        elif isinstance(value, str):
            yield path, value, range(len(value) if shown[path] == value else len(shown[path]) - 1)


def omissions(payload, shown):
    kinds = {list: "items", dict: "keys", str: "characters"}
    for path, value, part in told(payload, shown):
        if len(part) < len(value):
            yield Omission("".join(f"/{key}" for key in path), kinds[type(value)], len(part), len(value))


def assert_spread(items, total):
    assert 0 in items
    assert len(items) == 1 or total - 1 in items
    level = max(len(items) - 1, 1).bit_length() - 1
    assert all((after - before - 1) * 2**level < total - 1 for before, after in pairwise(items)), (items, total)


@settings(max_examples=settings().max_examples // 2)
@given(cases, both, counters)
def test_every_list_is_shown_by_its_strategy(case, strategy, counter):
    payload, budget = case
    result = shaped(payload, budget, strategy=strategy, counter=counter)
    for _, value, items in told(payload, placed(payload, result.data)):
        if isinstance(value, list) and items and strategy == "tail":
            assert items == list(range(len(value) - len(items), len(value)))
        elif isinstance(value, list) and items:
            assert_spread(items, len(value))


@settings(max_examples=settings().max_examples // 2)
@given(cases, both, counters, st.sampled_from(["inline", "aside"]))
def test_the_text_is_valid_within_the_budget_and_tells_exactly_what_is_missing(case, strategy, counter, notice):
    payload, budget = case
    options = {"strategy": strategy, "counter": counter, "notice": notice}
    budget = enough(payload, budget, **options)
    result = shape(payload, budget=budget, **options)
    strict(result.text)
    assert result.tokens == counter(result.text) <= budget
    assert list(result.omitted) == list(omissions(payload, placed(payload, result.data)))
    assert result.truncated == (result.data != payload) == (result.notice is not None)


@given(cases, both, st.one_of(st.integers(0, 12), st.integers(0, 400)))
def test_a_bigger_budget_shows_all_that_a_smaller_one_shows(case, strategy, more):
    payload, budget = case
    budget = enough(payload, budget, strategy=strategy)
    small = placed(payload, shape(payload, budget=budget, strategy=strategy).data)
    big = placed(payload, shape(payload, budget=budget + more, strategy=strategy).data)
    for path, leaf in small.items():
        assert path in big
        assert leaf == big[path] or (leaf.endswith("…") and big[path].startswith(leaf[:-1]))


def identities(value):
    """The numbers of the leaves, without those of stubs, of which nothing is shown."""
    return {number_of(leaf) for _, leaf in leaves(value) if leaf != "…"}


@settings(max_examples=settings().max_examples // 4)  # each shapes many pages
@given(lists.map(numbered), st.integers(0, 200), counters, st.booleans())
def test_a_tail_pages_backwards_until_each_item_was_shown_once(rows, budget, counter, inside):
    payload = {"name": "in a record", "rows": rows} if inside else rows
    left = len(rows)
    for number, page in enumerate(follow(payload, budget, strategy="tail", counter=counter)):
        part = page.data.get("rows", []) if inside else page.data
        assert part or number == 0, "a page that does not move on"
        for item, whole in zip(part, rows[left - len(part) : left], strict=True):
            assert identities(item) <= identities(whole)
        left -= len(part)
        assert (page.cursor is None) == (left == 0)
        if "/rows" * inside in [omission.path for omission in page.omitted]:
            assert Omission("/rows" * inside, "items", len(part), len(rows)) in page.omitted
        else:
            assert not part or len(part) == len(rows)
    assert left == 0


@given(cases, st.text(max_size=40))
def test_a_spread_has_no_cursor_and_takes_none(case, cursor):
    payload, budget = case
    assume(not isinstance(payload, str))
    result = shaped(payload, budget, strategy="spread")
    assert result.cursor is None
    assert "cursor" not in (result.notice or "")
    head = shaped(payload, budget).cursor
    for other in (cursor, head):
        if other is not None:
            with pytest.raises(InvalidCursor):
                shape(payload, budget=budget, strategy="spread", cursor=other)


@given(lists.map(numbered), st.integers(30, 200))
def test_the_cursor_of_one_strategy_does_not_serve_another(payload, budget):
    for strategy, other in (("head", "tail"), ("tail", "head")):
        cursor = shaped(payload, budget, strategy=strategy).cursor
        if cursor is not None:
            with pytest.raises(InvalidCursor):
                shape(payload, budget=10_000, strategy=other, cursor=cursor)


@given(st.integers(60, 300), st.integers(40, 900), both)
def test_a_map_is_served_from_its_start(keys, budget, strategy):
    payload = {f"key {number}": {"id": number, "name": f"entry {number}"} for number in range(keys)}
    data = shaped(payload, budget, strategy=strategy).data
    assert list(data) == list(payload)[: len(data)]
    assert data == shaped(payload, budget).data


@settings(max_examples=settings().max_examples // 4)  # each shapes many pages
@given(pages, st.integers(60, 300))
def test_a_text_is_served_from_its_start_page_by_page(text, budget):
    head = [page.data for page in follow(text, budget)]
    assert [page.data for page in follow(text, budget, strategy="tail")] == head
    assert [page.data for page in follow(text, budget, strategy="spread")] == head


@given(records, pages, st.integers(60, 500), both)
def test_a_record_without_lists_is_the_same_by_every_strategy(head, text, budget, strategy):
    payload = {name: value for name, value in head.items() if name != "tags"} | {"text": text, "more": {"text": text}}
    assert shaped(payload, budget, strategy=strategy).data == shaped(payload, budget).data


@pytest.mark.parametrize("strategy", ["tail", "spread"])
def test_the_notice_says_which_items_are_shown(strategy):
    result = shape(list(range(1000, 2000)), budget=200, strategy=strategy)
    shown = {"tail": "the last", "spread": "a spread of"}[strategy]
    assert f"{shown} {len(result.data)} of 1000 items shown" in result.notice


@pytest.mark.parametrize("strategy", ["tail", "spread"])
@pytest.mark.parametrize(
    "wrap", [lambda rows: rows, lambda rows: {"id": 1, "rows": rows}, lambda rows: [{"rows": rows}]]
)
def test_a_stream_is_refused(strategy, wrap):
    for rows in ((number for number in range(5_000)), count()):
        with pytest.raises(UsageError, match=rf"strategy='{strategy}' with a stream"):
            shape(wrap(rows), budget=200, strategy=strategy)


@pytest.mark.parametrize("strategy", ["Head", "middle", None, 1, ""])
def test_there_is_no_other_strategy(strategy):
    with pytest.raises(UsageError, match="head, tail, spread"):
        shape([1], budget=200, strategy=strategy)
