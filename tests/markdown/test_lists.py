"""Lists nest, count and tick; whatever their items say, each is one item that shows its text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from richresp import UsageError
from richresp import markdown as md
from richresp.limits.markdown import LIST_LEVELS, MAX_ITEM_NUMBER, MAX_LIST_ITEMS
from tests.markdown.hostile import texts, visible
from tests.markdown.rendered import folded
from tests.markdown.trees import starts, trees

nests = st.recursive(texts | st.just(""), lambda items: st.lists(items, min_size=1, max_size=4), max_leaves=12)
lists = st.lists(nests, min_size=1, max_size=4)
LISTS = {"bullets": md.bullets, "numbered": md.numbered}


def expected(items, depth=1):
    """The items with their depth. What is nested before there is an item stands where the item would."""
    found = []
    for item in items:
        if isinstance(item, list):
            found += expected(item, min(depth + bool(found), LIST_LEVELS))
        else:
            found.append((depth, folded(visible(item))))
    return found


@pytest.mark.parametrize("kind", LISTS)
@given(lists)
@example(["a", [""]])
@example(["a", ["", ["b"]]])
@example(["", ["", ["", "x"]], ""])
@example(["a\nb", ["c\nd", ["-", "1."]]])
def test_each_item_shows_its_text_at_its_depth(kind, items):
    for shown, markup in trees(LISTS[kind](items)):
        assert shown == expected(items)
        assert not markup


@given(st.lists(st.tuples(st.booleans(), texts), min_size=1, max_size=4))
def test_tasks_show_their_boxes_and_texts(items):
    for shown, markup in trees(md.tasks(items)):
        assert [text for _, text in shown] == [
            f"[{'x' if done else ' '}] {folded(visible(text))}" for done, text in items
        ]
        assert not markup


def test_items_nest():
    assert md.bullets(["a", ["b", "c"], "d"]) == "- a\n  - b\n  - c\n- d"
    assert md.numbered(["a", ["b"], "d"]) == "1. a\n   1. b\n2. d"
    assert md.tasks([(True, "a"), [(False, "b")]]) == "- [x] a\n  - [ ] b"


def test_an_item_of_several_lines_stays_one_item():
    assert md.bullets(["a\nb"]) == "- a\\\n  b"
    assert md.numbered(["a\nb"], start=10) == "10. a\\\n    b"


def test_what_is_nested_is_indented_by_the_width_of_the_number_above():
    source = md.numbered([*"abcdefghi", "j", ["k"]])
    assert source.endswith("\n9. i\n10. j\n    1. k")
    assert list(starts(source)) == [[("ol", 1), ("ol", 1)]] * 2


def test_a_list_may_be_an_item_of_another_kind():
    assert md.numbered(["a", md.bullets(["b", ["c"]]), "d"]) == "1. a\n   - b\n     - c\n2. d"


def test_items_show_what_cells_show():
    assert md.bullets([None, True, 1.5, {"a": [1]}]) == '-\n- true\n- 1.5\n- {"a":[1]}'


def test_a_mapping_is_tasks_by_their_names():
    assert md.tasks({"write": True, "test": False}) == "- [x] write\n- [ ] test"


def test_no_items_are_no_list():
    assert md.bullets([]) == md.numbered([]) == md.tasks({}) == ""


def test_numbers_start_anywhere_that_markdown_counts_from():
    assert md.numbered(["a"], start=0) == "0. a"
    assert md.numbered(["a"], start=MAX_ITEM_NUMBER) == "999999999. a"
    assert list(starts(md.numbered(["a"], start=7))) == [[("ol", 7)]] * 2


@pytest.mark.parametrize("start", [-1, MAX_ITEM_NUMBER + 1, 1.0, True, "1"])
def test_other_numbers_are_refused(start):
    with pytest.raises(UsageError, match="start="):
        md.numbered(["a"], start=start)


def test_a_list_that_counts_too_far_is_refused():
    with pytest.raises(UsageError, match="more items than markdown counts to"):
        md.numbered(["a", "b"], start=MAX_ITEM_NUMBER)


@pytest.mark.parametrize("items", ["abc", {"a": 1}, 5, None, b"x"])
def test_a_list_is_made_of_items(items):
    with pytest.raises(UsageError, match=r"items= is a|bytes"):
        md.bullets(items)


@pytest.mark.parametrize("item", ["a", ("a", "b"), (1, "a"), {"a": True}])
def test_a_task_is_a_pair(item):
    with pytest.raises(UsageError, match="a task is a pair"):
        md.tasks([item])


def test_a_list_that_holds_itself_is_refused():
    items = ["a"]
    items.append(items)
    with pytest.raises(UsageError, match="holds itself"):
        md.bullets(items)


@pytest.mark.parametrize("kind", LISTS)
def test_no_depth_is_too_deep_and_no_item_is_lost(kind):
    items = ["last"]
    for number in range(MAX_LIST_ITEMS - 1):
        items = [str(number), items]
    source = LISTS[kind](items)
    assert source.count("\n") == MAX_LIST_ITEMS - 1
    assert max(len(line) - len(line.lstrip()) for line in source.split("\n")) < 60


@pytest.mark.parametrize("kind", LISTS)
def test_parsers_show_the_deepest_level_even_in_a_quote(kind):
    items = ["deepest"]
    for number in range(LIST_LEVELS + 3):
        items = [f"level {number}", items]
    source = "\n".join(f"> {line}" for line in LISTS[kind](items).split("\n"))
    for shown, _ in trees(source):
        assert len(shown) == LIST_LEVELS + 4
        assert shown[-1] == (LIST_LEVELS, "deepest")
