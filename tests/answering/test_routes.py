"""The most precise route counts, whatever the order they are given in; a route that is none is told at once."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import UsageError
from richresp.answering.http_way import ways
from richresp.answering.routes import Route, Routes

GIVEN = {
    "/search": "search",
    "/items/{id}": "item",
    "/items/new": "new",
    "/items/{id}/parts": "parts",
    "/items/*": "below",
    "/export/*": "export",
    "/": "root",
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/search", "search"),
        ("/search/", "else"),
        ("/items/7", "item"),
        ("/items/", "below"),
        ("/items", "else"),
        ("/items/new", "new"),
        ("/items/7/parts", "parts"),
        ("/items/7/parts/1", "below"),
        ("/items/{id}", "item"),
        ("/export/a/b/c", "export"),
        ("/exports", "else"),
        ("/", "root"),
        ("", "else"),
        ("*", "else"),
        ("//search", "else"),
    ],
)
@pytest.mark.parametrize("order", [1, -1])
def test_the_most_precise_route_counts(path, found, order):
    assert Routes(list(GIVEN.items())[::order], "else").find(path) == found


parts = st.sampled_from(["a", "b", "{x}", "{y}"])
texts = st.tuples(st.lists(parts, min_size=1, max_size=3), st.booleans()).map(
    lambda drawn: "/" + "/".join(drawn[0] + ["*"] * drawn[1])
)


def matching(route, path):
    """The oracle: every way to fill the gaps from the parts of the path."""
    ours, theirs = route[1:].split("/"), path[1:].split("/")
    if ours[-1] == "*":
        if len(theirs) < len(ours):
            return False
        ours, theirs = ours[:-1], theirs[: len(ours) - 1]
    return len(ours) == len(theirs) and all(o == t or (o[0] == "{" and t) for o, t in zip(ours, theirs, strict=True))


@given(st.lists(texts, max_size=6), st.lists(st.sampled_from(["a", "b", "c", ""]), min_size=1, max_size=4))
def test_what_is_found_matches_and_nothing_more_precise_does(drawn, path):
    path = "/" + "/".join(path)
    given_routes = {str(Route.read(text)): text for text in drawn}
    found = Routes({text: text for text in given_routes.values()}, None).find(path)
    matches = [text for text in given_routes.values() if matching(text, path)]
    assert (found is None) == (not matches)
    assert found is None or found in matches

    def precise(text):
        return [2 if part == "*" else 1 if part[0] == "{" else 0 for part in text[1:].split("/")]

    assert all(precise(found) <= precise(other) for other in matches)


@pytest.mark.parametrize(
    ("route", "says"),
    [
        ("search", "begin with a slash"),
        (7, "no path"),
        ("/a/{b}.json", "one whole part"),
        ("/a/{}", "one whole part"),
        ("/a/{b:path}", "one whole part"),
        ("/a/<b>", "one whole part"),
        ("/a?b=1", "one whole part"),
        ("/a*", "one whole part"),
        ("/*/b", "comes last"),
        ("/" + "a/" * 100, "parts"),
    ],
)
def test_a_route_that_is_none_is_told_at_once(route, says):
    with pytest.raises(UsageError, match=says):
        ways({route: 800}, budget=800)


def test_routes_that_match_the_same_are_told_at_once():
    with pytest.raises(UsageError, match="given twice"):
        ways({"/a/{b}": 800, "/a/{c}": None}, budget=800)


@pytest.mark.parametrize("budget", ["800", 1.5, True, {}, {"words": 3}, 0, -1])
def test_a_budget_that_is_none_is_told_with_its_route(budget):
    with pytest.raises(UsageError, match="/search"):
        ways({"/search": budget}, budget=800)
    with pytest.raises(UsageError, match="/search"):
        ways({"/search": budget})


@pytest.mark.parametrize(
    "options",
    [
        {}, {"budget": None}, {"profile": "no-such-host"}, {"budget": 800, "format": "yaml"}, {"budget": 800, "keep": "$..id"},
        {"budget": 800, "drop": ["$.["]}, {"budget": 800, "drop_order": [7]}, {"budget": 800, "max_body": 0},
        {"budget": 800, "cursor_parameter": ""}, {"budget": 800, "notice": "loud"}, {"budget": 800, "counter": 7},
        {"budget": 800, "secret": ""}, {"budget": 800, "strategy": "best"}, {"budget": 800, "drop_order": "$..a"},
    ],
)  # fmt: skip
def test_an_option_that_cannot_be_right_is_told_at_once(options):
    with pytest.raises(UsageError):
        ways(None, **options)


def test_an_option_that_there_is_not_is_told_at_once():
    with pytest.raises(TypeError, match="buget"):
        ways(None, buget=800)


def test_without_a_budget_only_the_routes_that_have_one_are_shaped():
    found = ways({"/search": 800, "/export/*": None})
    assert found.find("/search").meter.caps.tokens == 800
    assert found.find("/other") is found.find("/export/a") is None


def test_routes_have_the_other_options_and_the_caps_of_the_profile():
    found = ways({"/search": {"chars": 70_000}}, budget=800, profile="agentforce", cursor_parameter="from")
    assert found.find("/search").meter.caps.chars == 65_000
    assert found.find("/search").meter.caps.tokens is None
    assert found.find("/other").meter.caps.tokens == 800
    assert found.find("/search").cursor_parameter == "from"


def test_well_known_documents_are_left_untouched_unless_they_are_named():
    paths = ["/.well-known/ai-plugin.json", "/.well-known/a/b"]
    assert [ways(None, budget=800).find(path) for path in paths] == [None, None]
    named = ways({"/.well-known/ai-plugin.json": 300}, budget=800)
    assert [way and way.meter.caps.tokens for way in map(named.find, paths)] == [300, None]
    assert len({ways({"/.well-known/*": n}, budget=800).find(p).floor for n, p in itertools.product([100], paths)}) == 1
