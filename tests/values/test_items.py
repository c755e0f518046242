"""Items are read as far as they are asked for, no further, once, and give the same whatever the order of the questions."""

import collections.abc
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.limits.values import CHUNK_ROWS
from richresp.values.inputs import NoForm, adapt
from richresp.values.items import Chunked, Items, Sized, Stream

questions = st.lists(st.tuples(st.booleans(), st.integers(-2, 200)), max_size=40)


def answers(items, asked):
    for has, index in asked:
        if has or not items.has(index):
            yield items.has(index)
        else:
            yield items[index]


def expected(rows, asked):
    for has, index in asked:
        inside = 0 <= index < len(rows)
        yield inside if has or not inside else rows[index]


@given(st.lists(st.integers(), max_size=150), questions)
def test_items_are_the_same_whatever_the_order_of_the_questions(rows, asked):
    for items in (
        Stream(iter(rows)),
        Sized(len(rows), rows.__getitem__),
        Chunked(len(rows), lambda start, stop: rows[start:stop]),
    ):
        assert list(answers(items, asked)) == list(expected(rows, asked))
        assert list(items) == list(items) == rows
        assert items.total == len(rows)


@given(st.integers(0, 100), questions)
def test_a_stream_is_pulled_as_far_as_it_is_asked_and_once(length, asked):
    pulled = []
    items = adapt(pulled.append(index) or index for index in range(length))
    furthest = -1
    for has, index in asked:
        list(answers(items, [(has, index)]))
        furthest = max(furthest, index)
        assert pulled == list(range(min(furthest + 1, length)))
        assert items.total == (length if furthest >= length else None)


@given(st.integers(1, 1_000), st.lists(st.integers(0, 999), max_size=40))
def test_chunks_are_loaded_when_they_are_needed_and_hold_no_other_rows(length, asked):
    loaded = []
    items = Chunked(length, lambda start, stop: loaded.append((start, stop)) or range(start, stop))
    chunks = []
    for index in asked:
        if items.has(index):
            assert items[index] == index
            chunks.append(index // CHUNK_ROWS)
    runs = [chunk for chunk, _ in itertools.groupby(chunks)]
    assert loaded == [(chunk * CHUNK_ROWS, min(length, (chunk + 1) * CHUNK_ROWS)) for chunk in runs]


@pytest.mark.parametrize("items", [Stream(iter("ab")), Sized(2, "ab".__getitem__), Chunked(2, lambda *_: list("ab"))])
@pytest.mark.parametrize("index", [-1, 2, 10**30])
def test_there_is_no_item_outside(items, index):
    assert not items.has(index)
    with pytest.raises(IndexError):
        items[index]


def test_an_endless_stream_is_read_as_far_as_asked():
    items = adapt(itertools.count())
    assert items[1_000] == 1_000
    assert list(itertools.islice(items, 3)) == [0, 1, 2]
    assert items.total is None
    assert next(iter(adapt(iter(int, 1)))) == 0


@pytest.mark.parametrize("kind", [ValueError, IndexError, KeyboardInterrupt, TypeError])
def test_what_a_generator_raises_comes_through_and_is_never_taken_for_its_end(kind):
    error = kind("midway")

    def rows():
        yield 1
        raise error

    items = adapt(rows())
    assert items.has(0)
    for _ in range(3):
        with pytest.raises(kind) as raised:
            items.has(1)
        assert raised.value is error
    with pytest.raises(kind):
        list(items)
    assert (items[0], items.total) == (1, None)


def test_a_generator_that_is_adapted_twice_goes_on_where_it_stands():
    rows = iter(range(5))
    assert adapt(rows)[1] == 1
    assert list(adapt(rows)) == [2, 3, 4]


class Lazy(collections.abc.Sequence):
    """A sequence that tells what was read of it, and may lie about its length."""

    def __init__(self, length, stated=None):
        self.length = length
        self.stated = length if stated is None else stated
        self.read = []

    def __len__(self):
        return self.stated

    def __getitem__(self, index):
        if index >= self.length:
            raise IndexError(index)
        self.read.append(index)
        return index * 2


def test_a_sequence_is_read_by_index():
    rows = Lazy(10**9)
    items = adapt(rows)
    assert (items.total, items.has(10**9), rows.read) == (10**9, False, [])
    assert (items[10**9 - 1], items[0], rows.read) == (2 * 10**9 - 2, 0, [10**9 - 1, 0])


def test_a_sequence_that_is_shorter_than_it_says_is_refused():
    items = adapt(Lazy(2, stated=5))
    assert (items[1], items.total) == (2, 5)
    with pytest.raises(NoForm, match="fewer items than the 5"):
        list(items)


def test_a_sequence_whose_length_cannot_be_is_read_as_a_stream():
    assert list(adapt(Lazy(3, stated=-1))) == [0, 2, 4]
    endless = adapt(range(10**30))
    assert (endless[2], endless.total) == (2, None)


class Said:
    """An iterable that states a length."""

    def __init__(self, length, stated):
        self.length = length
        self.stated = stated
        self.read = 0

    def __len__(self):
        return self.stated

    def __iter__(self):
        for index in range(self.length):
            self.read += 1
            yield index


@given(st.integers(0, 20), st.integers(-2, 20), st.lists(st.integers(0, 25), max_size=10))
def test_the_end_of_an_iterable_has_the_last_word_on_its_length(length, stated, asked):
    source = Said(length, stated)
    items = adapt(source)
    assert source.read == 0
    for index in asked:
        assert items.has(index) == (index < length)
    assert items.total in (None, stated, length)
    assert items.total is None or items.total >= source.read
    assert list(items) == list(range(length))
    assert items.total == length


def test_a_length_is_believed_until_it_is_proved_wrong():
    honest, modest = adapt(Said(5, 5)), adapt(Said(5, 3))
    assert (honest.total, modest.total) == (5, 3)
    assert honest.has(4)
    assert modest.has(4)
    assert (honest.total, modest.total) == (5, None)


def test_an_iterable_can_be_adapted_again_from_its_beginning():
    source = Said(3, 3)
    assert list(adapt(source)) == list(adapt(source)) == [0, 1, 2]


def test_the_items_of_a_source_are_handed_out_as_they_are():
    rows = [object(), object()]
    assert all(left is right for left, right in zip(adapt(iter(rows)), rows, strict=True))


def test_items_are_small():
    for items in (Stream(iter(())), Sized(0, [].__getitem__), Chunked(0, lambda *_: [])):
        assert isinstance(items, Items)
        assert not hasattr(items, "__dict__")
