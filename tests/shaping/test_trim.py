"""An item without what is late in it: nothing else goes, and both ways to find it agree."""

from hypothesis import given
from hypothesis import strategies as st

from richresp.shaping.estimate import UNBOUNDED, measure
from richresp.shaping.places import Place
from richresp.shaping.reader import Child, Reader
from richresp.shaping.trim import trim, trimmed
from richresp.shaping.weigh import Standing, is_late, standing
from richresp.values.plain import is_container
from tests.shaping.payloads import records, scalars
from tests.shaping.payloads import trees as payloads

names = st.sampled_from(["id", "title", "sha", "url", "node_id", "avatar", "x", "html_url", "closed_at", ""])
nested = st.recursive(
    st.one_of(scalars, st.sampled_from(["https://api.example.com/x", "0f" * 20, "", "a b"])),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(names, inner, max_size=5)),
    max_leaves=20,
)
items = st.one_of(records, st.dictionaries(names, nested, max_size=6))


def is_part(rest, whole):
    """Whether `rest` is what it is a part of, but for entries of dicts that are not there."""
    if isinstance(whole, dict) and isinstance(rest, dict):
        shared = [name for name in whole if name in rest]
        return list(rest) == shared and all(is_part(rest[name], whole[name]) for name in shared)
    if isinstance(whole, list) and isinstance(rest, list):
        return len(rest) == len(whole) and all(map(is_part, rest, whole))
    return rest is whole


def late_ones(value, reader):
    """The values in a value that are late, from outside in."""
    todo = [Child(0, None, value)]
    while todo:
        child = todo.pop()
        if is_container(child.value):
            is_record = reader.is_record(child)
            for inner in reader.children(child.value, None, str):
                if is_record and standing(inner, reader) is Standing.LATE:
                    yield inner
                else:
                    todo.append(inner)


@given(names, st.one_of(nested, payloads))
def test_a_plain_value_is_late_just_where_it_stands_so(name, value):
    child, reader = Child(0, name, value), Reader()
    if measure(child, UNBOUNDED, reader).plain:
        assert is_late(name, value, reader) == (standing(child, reader) is Standing.LATE)


@given(items)
def test_both_ways_to_trim_agree(item):
    child, reader = Child(0, None, item), Reader()
    quick, slow = (trim(child, reader, plain=plain) for plain in (measure(child, UNBOUNDED, reader).plain, False))
    assert quick == slow


@given(items)
def test_what_is_left_is_the_item_without_what_is_late(item):
    child, reader = Child(0, None, item), Reader()
    rest, cost = trim(child, reader, plain=False)
    assert is_part(rest, item) or rest == item
    assert not list(late_ones(rest, reader)) or not cost
    assert bool(cost) == bool(list(late_ones(item, reader)))


@given(items)
def test_an_item_of_one_part_is_not_trimmed(item):
    child, reader = Child(0, None, item), Reader()
    parts = trimmed(child, measure(child, UNBOUNDED, reader), reader)
    if parts is not None:
        assert parts.child.value
        assert parts.child.value != item
        assert parts.late > 0


def test_a_list_keeps_its_items_and_a_field_of_nothing_else_goes_with_what_is_late():
    item = {"id": 1, "tags": [{"sha": "0f" * 20}, {"name": "a"}], "owner": {"url": None}}
    place = Place(None, Child(0, None, item), Reader())
    assert trim(place.child, place.reader, plain=True)[0] == {"id": 1, "tags": [{}, {"name": "a"}]}
