"""Blocks in lists: each stays what it is, and what stands beside it stays apart."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from richresp import InvalidPayload, UsageError
from richresp import markdown as md
from richresp.limits.markdown import MAX_LIST_ITEMS
from richresp.text import one_line
from tests.markdown.elements import roots
from tests.markdown.wording import shown, texts

LISTS = {"ul": md.bullets, "ol": md.numbered}


def outline(element):
    """A list as (kind, first number, items), each item as its text and the lists in it."""
    return (
        element.tag,
        int(element.attributes.get("start", 1)) if element.tag == "ol" else None,
        [
            (
                "".join(
                    child if isinstance(child, str) else child.shown
                    for child in item.children
                    if isinstance(child, str) or child.tag not in LISTS
                ).strip(),
                [outline(child) for child in item.elements if child.tag in LISTS],
            )
            for item in element.elements
        ],
    )


def nested(deeper):
    item = st.tuples(st.sampled_from(["a", "b", "", "a"]), st.lists(deeper, max_size=2))
    return st.one_of(
        st.tuples(st.just("ul"), st.none(), st.lists(item, min_size=1, max_size=3)),
        st.tuples(st.just("ol"), st.sampled_from([0, 1, 3, 10]), st.lists(item, min_size=1, max_size=3)),
    )


outlines = st.recursive(st.tuples(st.just("ul"), st.none(), st.just([("b", [])])), nested, max_leaves=8)


def made(kind, start, items):
    flat = []
    for text, lists in items:
        flat += [text, *(made(*inner) for inner in lists)]
    return md.bullets(flat) if kind == "ul" else md.numbered(flat, start=start)


def levels(chosen):
    return 1 + max((levels(inner) for _, lists in chosen[2] for inner in lists), default=0)


@given(outlines.filter(lambda chosen: levels(chosen) < 8))
@example(("ol", 1, [("a", [("ol", 3, [("b", []), ("c", [])])])]))
@example(("ul", None, [("a", [("ol", 5, [("b", [])])])]))
@example(("ul", None, [("a", [("ul", None, [("", []), ("b", [])])])]))
@example(("ul", None, [("a", [("ul", None, [("b", [])]), ("ul", None, [("c", [])])])]))
@example(("ul", None, [("", [("ol", 3, [("", [])]), ("ol", 3, [("c", [])])])]))
def test_lists_in_lists_keep_their_kind_numbers_and_items(chosen):
    for page in roots(made(*chosen)):
        assert [outline(element) for element in page.elements] == [chosen]


def test_a_list_beside_a_plain_one_is_another():
    inner = md.bullets(["x"])
    for items in (["a", ["b"], inner], ["a", inner, ["b"]], ["a", inner, ["b"], inner]):
        for page in roots(md.bullets(items)):
            assert page[0][0].kinds == ["ul"] * (len(items) - 1)
    for page in roots(md.bullets([inner, inner, ["b"]])):
        assert page[0][0].kinds == ["ul"] * 3
    assert md.bullets(["a", ["b"], ["c"]]) == "- a\n  - b\n  - c"


def test_no_list_is_nothing():
    assert md.bullets(["a", md.bullets([]), "b"]) == "- a\n- b"


@given(texts)
@example("--")
@example("**")
@example("[x] paid")
@example("[ ] open")
def test_a_block_in_an_item_shows_its_text(text):
    texts_by_block = [
        *((block, shown(text)) for block in (md.paragraph(text), md.document(text), md.quote(text))),
        (md.card({"title": text}), shown(one_line(text))),
    ]
    for block, expected in texts_by_block:
        for emit in LISTS.values():
            for page in roots(emit([block, "b"])):
                assert [item.lines for item in page[0].elements] == [expected, "b"]
                assert not {"hr", "input"} & set(page.markup)


def test_lists_that_begin_with_lists_are_no_rule():
    source = ""
    for _ in range(5):
        source = md.bullets([source])
        for page in roots(md.bullets(["above", [source]])):
            assert "hr" not in page.markup
    for page in roots(source):
        assert page.markup == ["ul", "li"] * 5


def test_a_box_stands_before_text():
    block = md.paragraph("see ", md.link("it", "https://e.example"))
    assert md.tasks([(True, block)]) == f"- [x] {block}"
    assert md.tasks([(False, md.document("a", md.fence("x")))]) == "- [ ] a\n\n  ```\n  x\n  ```"


@pytest.mark.parametrize(
    "block",
    [
        md.fence("x"),
        md.bullets(["z"]),
        md.table([{"a": 1}]),
        md.heading("h"),
        md.quote("q"),
        md.document(md.fence("x"), "a"),
    ],
)
def test_no_box_stands_before_another_block(block):
    with pytest.raises(UsageError, match="cannot stand behind the box"):
        md.tasks([(True, block)])


@pytest.mark.parametrize("text", ["", "\n", "\u200b", None, md.paragraph(""), md.Raw("")])
def test_a_task_without_text_is_a_box(text):
    source = md.tasks([(True, "a"), (True, text), (False, text)])
    _, page = roots(source)
    assert [len(item.find("input")) for item in page[0].elements] == [1, 1, 1]
    assert [item.text.strip("\xa0\n ") for item in page[0].elements] == ["a", "", ""]


def test_blocks_inside_each_other_are_shown_or_refused():
    source = md.bullets(["deep"])
    for shown_above in range(9):
        for page in roots(source):
            assert page.text.split() == ["x"] * shown_above + ["deep"]
        if shown_above < 8:
            source = md.bullets(["x", source])
    with pytest.raises(UsageError, match="levels deep"):
        md.bullets(["x", source])
    deepest = ["deepest"]
    for _ in range(20):
        deepest = ["x", deepest]
    with pytest.raises(UsageError, match="levels deep"):
        md.bullets(["x", md.bullets(["x", md.bullets(deepest)])])


def test_a_list_in_many_places_is_refused():
    for items in (["x"], []):
        for _ in range(40):
            items = [items, items]  # noqa: PLW2901  # what holds it twice
        with pytest.raises(UsageError, match=f"over {MAX_LIST_ITEMS:,} items"):
            md.bullets(items)


def test_an_item_without_text_is_named():
    with pytest.raises(InvalidPayload) as caught:
        md.bullets(["a", ["b", b"x"]])
    assert caught.value.pointer == "/1/1"
    with pytest.raises(InvalidPayload) as caught:
        md.tasks([(True, "a"), (True, b"x")])
    assert caught.value.pointer == "/1"
