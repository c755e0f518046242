"""What `attach` promises of any payload: nothing but cards is new, each is beside its link, and what has none is told."""

import copy

from hypothesis import given
from hypothesis import strategies as st

from richresp import FetchError
from tests.attaching.linked import found, payloads, without_cards
from tests.attaching.pages import answer, both, by_await, by_call
from tests.shaping.as_json import shape
from tests.shaping.oracles import compact, same


def expected_errors(payload, limit):
    urls = list(dict.fromkeys(url for url, _ in found(payload)))
    return [url for url in urls[:limit] if "gone" in url] + urls[limit:]


@both
@given(payload=payloads)
def test_everything_but_the_cards_is_as_it_was(call, payload):
    before = copy.deepcopy(payload)
    result, _ = call(payload)
    places = [place for _, place in found(before) if place is not None]
    rest, _ = without_cards(copy.deepcopy(result.data), places)
    assert same(rest, before)
    assert same(payload, before)


@both
@given(payload=payloads)
def test_each_link_has_its_card_beside_it_or_aside(call, payload):
    result, _ = call(payload)
    links = found(payload)
    _, cards = without_cards(result.data, [place for _, place in links if place is not None])
    assert cards == {place: answer(url).card() for url, place in links if place is not None and "gone" not in url}
    assert result.cards == {url: answer(url).card() for url, place in links if place is None and "gone" not in url}


@both
@given(payload=payloads, limit=st.integers(1, 6))
def test_the_first_links_are_asked_for_once_each_and_the_rest_is_told(call, payload, limit):
    result, pages = call(payload, max_links=limit)
    urls = list(dict.fromkeys(url for url, _ in found(payload)))
    assert pages.asked == urls[:limit]
    assert list(result.errors) == expected_errors(payload, limit)
    for url, error in result.errors.items():
        assert isinstance(error, FetchError)
        assert error.url == url
        assert ("max_links=" in str(error)) == (url in urls[limit:])


@given(payloads)
def test_both_say_the_same_and_say_it_again(payload):
    first, again, awaited = by_call(payload)[0], by_call(payload)[0], by_await(payload)[0]
    for other in (again, awaited):
        assert same(first.data, other.data)
        assert list(first.cards.items()) == list(other.cards.items())
        assert list(map(str, first.errors.values())) == list(map(str, other.errors.values()))


@given(payloads)
def test_the_result_shares_no_container_with_the_payload_nor_within_itself(payload):
    result, _ = by_call(payload)
    own = [*containers(result.data), *map(id, result.cards.values())]
    assert len(own) == len(set(own))
    assert set(own).isdisjoint(containers(payload))


@given(payloads)
def test_shape_reads_the_data_wherever_the_result_stands(payload):
    result, _ = by_call(payload)
    budget = 10 * len(compact(result.data)) + 100
    assert shape(result, budget=budget) == shape(result.data, budget=budget)
    assert same(shape({"hits": [result]}, budget=budget).data, {"hits": [result.data]})


def containers(root):
    found, todo = [], [root]
    while todo:
        value = todo.pop()
        if isinstance(value, (dict, list)):
            found.append(id(value))
            todo.extend(value.values() if isinstance(value, dict) else value)
    return found
