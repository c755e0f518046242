"""`at=` names the links, exactly: what it names gets a card or is told, and nothing else is asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import InvalidURL
from tests.attaching.linked import MACHINE_READ, is_page, payloads, without_cards
from tests.attaching.pages import answer, both, by_call
from tests.shaping.test_keep_and_drop import named, nodes, several, written

LINKS = st.sampled_from(["$..URL", "$..html_url", "$.items[*].link", "$..*", "$[*]", "$"])


def is_url(value):
    return is_page(value) or value in MACHINE_READ


@st.composite
def cases(draw):
    payload = draw(payloads)
    steps = draw(several(payload)) if isinstance(payload, (dict, list)) and payload else []
    return payload, steps


def turn_of(place, turns):
    """The number of the first path that names a place."""
    return next((number for number, places in enumerate(turns) if place in places), len(turns))


@both
@given(case=cases())
def test_exactly_what_is_named_has_a_card_or_is_told(call, case):
    payload, wishes = case
    texts = list(dict.fromkeys(map(written, wishes)))
    turns = [named(payload, steps) for steps in {written(steps): steps for steps in wishes}.values()]
    every = dict(nodes(payload))
    links = {place: value for place, value in every.items() if turn_of(place, turns) < len(turns) and is_url(value)}
    result, pages = call(payload, at=texts)
    assert set(pages.asked) == set(links.values())

    chosen = {}
    for place in sorted(links, key=lambda place: turn_of(place, turns)):  # sorted() keeps the order of the document
        if isinstance(every[place[:-1]], dict):
            chosen.setdefault(place[:-1], place)
    _, cards = without_cards(result.data, list(chosen))
    assert cards == {
        holder: answer(links[place]).card() for holder, place in chosen.items() if "gone" not in links[place]
    }
    aside = {url for place, url in links.items() if place not in chosen.values() and "gone" not in url}
    assert result.cards == {url: answer(url).card() for url in aside}

    strays = [text for text, turn in zip(texts, turns, strict=True)
              if any(place not in links and every[place] not in (None, "") for place in turn)]  # fmt: skip
    assert sorted(result.errors) == sorted([*{url for url in links.values() if "gone" in url}, *strays])


@given(payloads, st.lists(LINKS, max_size=3))
def test_any_paths_leave_the_rest_alone(payload, paths):
    result, pages = by_call(payload, at=paths)
    assert len(pages.asked) == len(set(pages.asked))
    assert set(result.errors) <= {*pages.asked, *paths}


@both
def test_a_path_that_names_no_link_is_told_with_the_first_place_and_how_many_more(call):
    payload = {
        "rows": [{"id": "a/b"}, {"id": "https://example.com/1"}, {"id": 3}, {"id": None}, {"id": ""}, {"id": {}}]
    }
    result, pages = call(payload, at=["$.rows[*].id", "$.nothing", "$.rows[-1]"])
    assert pages.asked == ["https://example.com/1"]
    assert list(result.errors) == ["$.rows[*].id", "$.rows[-1]"]
    assert all(isinstance(error, InvalidURL) for error in result.errors.values())
    assert [str(error) for error in result.errors.values()] == [
        "$.rows[*].id: names no absolute http or https URL at /rows/0/id and at 2 more",
        "$.rows[-1]: names no absolute http or https URL at /rows/5",
    ]


@both
def test_of_several_links_of_one_object_the_first_path_wins_and_the_others_go_aside(call):
    payload = {"a": "https://example.com/1", "b": "https://example.com/2", "c": "https://example.com/3"}
    result, _ = call(payload, at=["$.b", "$.*"])
    assert result["preview"]["url"] == payload["b"]
    assert list(result.cards) == [payload["a"], payload["c"]]


@both
def test_paths_name_what_is_no_page_by_its_looks(call):
    payload = {"image": {"src": "https://api.example.com/x.png"}}
    result, _ = call(payload, at=["$.image.src"])
    assert result["image"]["preview"]["url"] == payload["image"]["src"]


@both
def test_no_paths_name_no_links(call):
    result, pages = call([{"url": "https://example.com/1"}], at=[])
    assert (pages.calls, result.data, result.errors) == ([], [{"url": "https://example.com/1"}], {})


@pytest.mark.parametrize("path", ["$.results[*].url", ("$.results[*].url" for _ in range(3))])
def test_paths_may_come_from_any_iterable(path):
    paths = [path] if isinstance(path, str) else path
    result, _ = by_call({"results": [{"url": "https://example.com/1"}]}, at=paths)
    assert result["results"][0]["preview"]["url"] == "https://example.com/1"
