"""A document keeps every block apart, whatever stands beside whatever."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from richresp import UsageError
from richresp import markdown as md
from tests.markdown.elements import roots
from tests.markdown.hostile import visible
from tests.markdown.rendered import folded
from tests.markdown.wording import flat, shown, texts

KINDS = ("text", "heading", "quote", "bullets", "tasks", "numbered", "table", "fence", "raw", "empty", "quoted list")
blocks = st.lists(st.tuples(st.sampled_from(KINDS), texts, texts), max_size=7)


def made(kind, first, second):
    """A block, the element it makes and the texts in it."""
    return {
        "text": lambda: (first, "p", [shown(first)]),
        "heading": lambda: (md.heading(first, level=3), "h3", [flat(first)]),
        "quote": lambda: (md.quote(first), "blockquote", [shown(first)]),
        "bullets": lambda: (md.bullets([first, second]), "ul", [shown(first), shown(second)]),
        "tasks": lambda: (md.bullets([first, [second]]), "ul", [shown(first), shown(second)]),
        "numbered": lambda: (md.numbered([first, second]), "ol", [shown(first), shown(second)]),
        "table": lambda: (md.table([{"h": first}, {"h": second}]), "table", ["h", shown(first), shown(second)]),
        "fence": lambda: (md.fence(first), "pre", [folded(visible(first).replace("\r", "\n"))]),
        "raw": lambda: (md.Raw("_raw_"), "p", ["raw"]),
        "empty": lambda: (md.paragraph("\u200b"), None, []),
        "quoted list": lambda: (
            md.quote(first, md.bullets([second]), md.bullets([first])),
            "blockquote",
            [shown(first), shown(second), shown(first)],
        ),
    }[kind]()


@given(blocks)
@example([("bullets", "a", "b"), ("bullets", "c", "d"), ("tasks", "e", "f")])
@example([("numbered", "a", "b"), ("numbered", "c", "d")])
@example([("text", "a", ""), ("text", "===", ""), ("text", "|-|", ""), ("table", "---", "-")])
@example([("quote", "a", ""), ("quote", "b", ""), ("text", "c", "")])
@example([("bullets", "a", "- b"), ("text", "c", ""), ("fence", "```", "")])
@example([("text", "[a]: b", ""), ("text", "[a]", "")])
def test_each_block_comes_back_as_its_own_element(chosen):
    expected = [made(*block) for block in chosen]
    source = md.document(*(block for block, _, _ in expected))
    for page in roots(source):
        assert page.kinds == [tag for _, tag, _ in expected if tag]
        for element, (_, _, lines) in zip(page.elements, (block for block in expected if block[1]), strict=True):
            assert element.lines == "\n".join(lines)


@given(st.lists(st.sampled_from(["bullets", "numbered"]), min_size=2, max_size=5), texts)
def test_lists_beside_each_other_stay_apart_even_in_a_quote(kinds, text):
    lists = [{"bullets": md.bullets, "numbered": md.numbered}[kind]([text, text]) for kind in kinds]
    for page in roots(md.quote(md.document(*lists))):
        assert page[0].kinds == [{"bullets": "ul", "numbered": "ol"}[kind] for kind in kinds]
        assert all(len(element.elements) == 2 for element in page[0].elements)


@pytest.mark.parametrize("raw", ["- raw", "* raw\n+ more", "+ raw", "- raw\n\n* more"])
def test_a_list_stays_apart_from_one_written_by_hand(raw):
    hand = len(next(roots(raw)).kinds)
    for page in roots(md.document(md.bullets(["a"]), md.Raw(raw), md.bullets(["b"]))):
        assert page.kinds == ["ul"] * (hand + 2)


def test_documents_of_documents_are_documents():
    inner = md.document("a", md.bullets(["b"]))
    assert md.document(inner, md.bullets(["c"]), inner) == "a\n\n- b\n\n+ c\n\na\n\n- b"


def test_what_shows_nothing_is_left_out():
    assert md.document("", " \n", md.heading("\u200b"), md.quote(""), md.Raw("\n"), md.bullets([])) == ""


def test_a_quote_holds_blocks():
    source = md.quote("a\nb", md.bullets(["c", ["d"]]), md.fence("e\n\nf"))
    assert source == "> a\\\n> b\n>\n> - c\n>   - d\n>\n> ```\n> e\n>\n> f\n> ```"
    for page in roots(source):
        assert page[0].kinds == ["p", "ul", "pre"]


@pytest.mark.parametrize("level", [0, 7, -1, None, "2", 1.5, 1.0, True])
def test_a_heading_of_no_such_level_is_refused(level):
    with pytest.raises(UsageError, match="give 1 to 6"):
        md.heading("text", level=level)


@pytest.mark.parametrize("info", ["a b", "py`", "py\n", "{.js}", "<b>", '"', " py"])
def test_an_info_that_is_no_language_is_refused(info):
    with pytest.raises(UsageError, match="name of a language"):
        md.fence("text", info=info)


@pytest.mark.parametrize("info", ["", "python", "c++", "c#", "objective-c", "text/x-y"])
def test_the_info_of_a_fence_is_a_language(info):
    assert md.fence("a", info=info) == f"```{info}\na\n```"
