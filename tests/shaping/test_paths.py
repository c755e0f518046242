"""Paths are matched on the way down, each node once, as RFC 9535 defines what they name; a walk costs little memory."""

import tracemalloc
from itertools import islice

import pytest
from hypothesis import given

from richresp.exceptions import UsageError
from richresp.limits.paths import MAX_PATHS, MAX_TRANSITIONS
from richresp.paths import Matcher, find, parse
from tests.shaping.path_texts import aims

DEPTH = 100_000


def children(value):
    """The children of any value, each with its key."""
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def below(place, value):
    """Every place in a value with what stands there, itself first, in document order."""
    yield place, value
    for key, child in children(value):
        yield from below((*place, key), child)


def takes(selector, key, container):
    match selector:
        case str():
            return isinstance(container, dict) and key == selector
        case int():
            return isinstance(container, list) and key == (selector if selector >= 0 else len(container) + selector)
    return True


def expected(value, path):
    """The places that a path names by the RFC's definition: from segment to segment, a set of places each."""
    everything = dict(below((), value))
    places = {()}
    for segment in path.segments:
        if segment.descendant:
            places = {deep for place in places for deep, _ in below(place, everything[place])}
        places = {
            (*place, key)
            for place in places
            for key, _ in children(everything[place])
            if takes(segment.selector, key, everything[place])
        }
    return places


def walked(matcher, value):
    """The numbers of the paths that end at each place, and the state inside each place that was worth going into."""
    hits, states = {(): matcher.root}, {} if matcher.start is None else {(): matcher.start}
    for place, container in below((), value):
        for key, _ in children(container) if place in states else ():
            length = len(container) if isinstance(container, list) else None
            hits[(*place, key)], state = states[place].step(key, length)
            if state is not None:
                states[(*place, key)] = state
    return {place: numbers for place, numbers in hits.items() if numbers}, states


@given(aims)
def test_a_walk_finds_what_each_path_names_and_nothing_else(case):
    value, texts = case
    given_paths = list(map(parse, texts))
    wanted = {}
    for number, path in enumerate(given_paths):
        for place in expected(value, path):
            wanted.setdefault(place, set()).add(number)
    assert walked(Matcher(given_paths), value)[0] == wanted


@given(aims)
def test_a_state_knows_without_a_look_what_ends_in_it_and_which_ways_lead_on(case):
    value, texts = case
    values = dict(below((), value))
    matcher = Matcher(list(map(parse, texts)))
    for place, state in walked(matcher, value)[1].items():
        ends, leads, container = state.endings(), state.leads, values[place]
        for key, _ in children(container):
            length = len(container) if isinstance(container, list) else None
            hits, inside = state.step(key, length)
            aliases = {key} if length is None else {key, key - length}
            named = ends.names if length is None else ends.indexes
            assert hits == ends.every.union(*(named.get(alias, ()) for alias in aliases))
            definite = leads.every or aliases & (leads.names if length is None else leads.indexes)
            assert inside is not None or not definite
            assert inside is None or definite or leads.anywhere


@given(aims)
def test_one_way_there_and_one_state_for_the_same_positions(case):
    value, texts = case
    matcher = Matcher(list(map(parse, texts)))
    states = walked(matcher, value)[1]
    assert walked(matcher, value)[1] == states
    assert len({state.positions for state in states.values()}) == len(set(map(id, states.values())))


@given(aims)
def test_find_gives_each_match_once_in_document_order_with_its_pointer(case):
    value, texts = case
    tokens = {"~": "~0", "/": "~1"}
    for path in map(parse, texts):
        wanted = expected(value, path)
        assert list(find(value, path)) == [
            ("".join("/" + "".join(tokens.get(char, char) for char in str(key)) for key in place), found)
            for place, found in below((), value)
            if place in wanted
        ]


def test_the_dollar_alone_is_the_payload_itself():
    matcher = Matcher([parse("$"), parse("$.a"), parse("$")])
    assert matcher.root == {0, 2}
    assert matcher.start is not None
    assert Matcher([parse("$")]).start is None
    assert Matcher([]).start is None
    assert list(find(7, parse("$"))) == [("", 7)]


def test_only_a_step_to_a_child_is_definite():
    leads = Matcher([parse(path) for path in ("$.a.x", "$..b.x", "$[2].x", "$.c", "$..d")]).start.leads
    assert (leads.names, leads.indexes, leads.every, leads.anywhere) == ({"a"}, {2}, False, True)
    assert Matcher([parse("$.*.x")]).start.leads.every
    assert not Matcher([parse("$.a.x"), parse("$.*")]).start.leads.anywhere


def test_an_index_from_the_end_matches_nothing_in_a_list_of_unknown_length():
    start = Matcher([parse("$[-1]"), parse("$[2]"), parse("$[*]")]).start
    assert start.step(2) == ({1, 2}, None)
    assert start.step(2, 3) == ({0, 1, 2}, None)


def test_more_paths_than_the_automaton_has_room_for_are_refused():
    assert Matcher([parse("$.a")] * MAX_PATHS).start.step("a") == (set(range(MAX_PATHS)), None)
    with pytest.raises(UsageError, match="at most 64"):
        Matcher([parse("$.a")] * (MAX_PATHS + 1))


@pytest.mark.parametrize("wrap", [lambda inner: [inner], lambda inner: {"k": inner}, lambda inner: {"k": [inner, 0]}])
def test_no_depth_is_too_deep(wrap):
    value = {"id": 1}
    for _ in range(DEPTH):
        value = wrap(value)
    ((pointer, found),) = find(value, parse("$..id"))
    assert found == 1
    assert pointer.count("/") > DEPTH
    assert len(list(islice(find(value, parse("$..*")), 100))) == 100


def test_a_deep_walk_stays_in_one_state():
    matcher = Matcher([parse("$..id"), parse("$..[-1]")])
    state = matcher.start
    for _ in range(DEPTH):
        _, state = state.step("k")
        assert state is matcher.start


def memory_for(work):
    """The bytes that a piece of work leaves in use."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


def test_keys_that_no_path_names_share_one_transition():
    matcher = Matcher([parse("$.a.b"), parse("$.*.c"), parse("$..d"), parse("$[5]"), parse("$[-5].e")])
    keys = [f"key {number}" for number in range(DEPTH)]
    other = matcher.start.step(keys[0])
    assert all(matcher.start.step(key) is other for key in keys)

    def work():
        for number, key in enumerate(keys):
            matcher.start.step(key)
            matcher.start.step(number, DEPTH)

    assert memory_for(work) < 10_000


def test_paths_with_exponentially_many_states_stay_within_the_memory_and_right():
    stars = 16
    matcher = Matcher([parse("$..a" + ".*" * stars)])

    def work():
        for number in range(2_000):
            state, bits = matcher.start, f"{number * 40_503 % 65_536:016b}" * 2
            for depth, bit in enumerate(bits):
                hits, state = state.step("ab"[int(bit)])
                assert bool(hits) == (depth >= stars and bits[depth - stars] == "0")

    assert memory_for(work) < MAX_TRANSITIONS * 1_000
