"""Whatever markdown says, its HTML holds nothing but an allow-list of elements, attributes and schemes."""

import re
import sys

import lxml.html
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from richresp import markdown as md
from richresp.exceptions import UsageError
from richresp.limits.markdown import MAX_RENDER_CHARS
from tests.markdown.elements import tree
from tests.markdown.hostile_documents import DOCUMENTS
from tests.markdown.wording import texts

ALLOWED = {
    "p": {}, "h1": {}, "h2": {}, "h3": {}, "h4": {}, "h5": {}, "h6": {}, "blockquote": {}, "ul": {}, "li": {}, "pre": {},
    "em": {}, "strong": {}, "s": {}, "br": {}, "hr": {}, "table": {}, "thead": {}, "tbody": {}, "tr": {},
    "ol": {"start": r"[0-9]{1,9}"},
    "code": {"class": r"language-[A-Za-z0-9][A-Za-z0-9_+#.-]{0,31}"},
    "th": {"align": "left|center|right"},
    "td": {"align": "left|center|right"},
    "a": {"href": r"(?i:https?://[^/\\?#\s]|mailto:\S)[^\x00-\x20<>\"]*", "title": None, "rel": "nofollow noopener"},
}  # fmt: skip
IMAGE = {
    "src": r"(?i:https?://[^/\\?#\s])[^\x00-\x20<>\"]*", "alt": None, "title": None, "loading": "lazy",
    "referrerpolicy": "no-referrer",
}  # fmt: skip


def elements(page):
    """Every element of a page as each of two parsers finds them, with its attributes."""
    yield from ((found.tag, found.attributes) for found in below(tree(page)))
    for found in lxml.html.fragment_fromstring(page, create_parent="root").iterdescendants():
        yield str(found.tag), dict(found.attrib)


def below(element):
    for child in element.elements:
        yield child
        yield from below(child)


def check(page, allowed=ALLOWED):
    for tag, attributes in elements(page):
        assert tag in allowed
        for name, value in attributes.items():
            assert name in allowed[tag]
            assert allowed[tag][name] is None or re.fullmatch(allowed[tag][name], value)
        assert tag != "a" or "href" not in attributes or "rel" in attributes
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]", page)


@pytest.mark.parametrize("source", DOCUMENTS, ids=range(len(DOCUMENTS)))
def test_no_script_handler_foreign_scheme_or_image_gets_through(source):
    check(md.to_html(source))
    check(md.to_html(source, images=True), {**ALLOWED, "img": IMAGE})


pieces = st.sampled_from([
    *"[]()<>!\"'`*_~|\\&:;#=/ \n", "](", "![", "<a href=", "<img src=x onerror=", "<script>", "javascript:", "java\tscript:",
    "data:", "https://e.example", "//e.example", "&#106;", "&colon;", "&quot;", "&#x202e;", "onload=", "```", "\n\n", "> ", "- ",
    "|a|\n|-|\n", "[a]: ", "<https://e.example>", "\u202e", "\0", ' "t"', "mailto:", "a", "%6a",
])  # fmt: skip


@given(st.lists(pieces, max_size=14).map("".join))
@example("[a]: javascript:b\n\n[a]")
@example("![a][b]\n\n[b]: https://e.example \"onload='x'\"")
def test_no_mixture_of_their_pieces_gets_through(source):
    check(md.to_html(source))
    check(md.to_html(source, images=True), {**ALLOWED, "img": IMAGE})


@given(texts)
def test_a_text_that_was_escaped_is_shown_as_text(text):
    page = tree(md.to_html(md.paragraph(text)))
    assert page.kinds == ["p"]
    assert page.markup == ["p"]


def test_an_image_is_a_link_to_it_unless_asked_for():
    source = '![a *b*\nc](https://e.example/i.png "t") [![d](https://e.example/i)](https://e.example/l) ![](https://e.example/n)'
    assert md.to_html(source) == (
        '<p><a href="https://e.example/i.png" title="t" rel="nofollow noopener">a b c</a> '
        '<a href="https://e.example/l" rel="nofollow noopener">d</a> '
        '<a href="https://e.example/n" rel="nofollow noopener">https://e.example/n</a></p>\n'
    )
    assert md.to_html("![a](https://e.example/i)", images=True) == (
        '<p><img src="https://e.example/i" alt="a" loading="lazy" referrerpolicy="no-referrer" /></p>\n'
    )


def test_what_gfm_writes_is_rendered():
    source = "# a\n\n1. b\n   - c\n\n|d|e|\n|-:|-|\n|~~f~~|`g`|\n\n```c++ x\n<h>\n```\n\n> **i**\\\n> *j*\n\n5. k"
    page = tree(md.to_html(source))
    assert page.kinds == ["h1", "ol", "table", "pre", "blockquote", "ol"]
    assert page.find("th")[0].attributes == {"align": "right"}
    assert page.find("pre")[0][0].attributes == {"class": "language-c++"}
    assert page[5].attributes == {"start": "5"}
    assert page.find("s")[0].text == "f"


@pytest.mark.parametrize("info", ['"onload="x', "<b>", "a" * 33, "a&quot;b", "ä", "-x", "&#34;"])
def test_a_fence_of_no_language_has_no_class(info):
    assert tree(md.to_html(f"~~~{info}\nx\n~~~")).find("code")[0].attributes == {}


@pytest.mark.parametrize("level", [1, 3, 9])
def test_lists_and_quotes_nest(level):
    nested = "".join("  " * depth + "- a\n" for depth in range(level))
    assert tree(md.to_html(nested)).text.count("a") == level
    quotes = tree(md.to_html("> " * (2 * level + 1) + "a"))
    assert len(quotes.find("blockquote")) == 2 * level + 1
    assert quotes.lines == "a"


BOMBS = [
    "[", "![", "*", "_", "~~a", "`", "`a ", ">", "> ", "- ", "1. ", "<", "<a ", "&", "&a;", "\\", "](", "[a](", '[a](b "', "[a](<b",
    "[[a](b)", "*a _b ", "**a_", "a|", "|a|\n|-|\n", "- a\n", "> a\n", "a\n", "# a\n", "[a]: b\n", "```\n", "<http://a", "a](b) [",
    "[a] ", "\n", "\t", "![a](b)", "</", "<!--", "<![CDATA[", "<?", "''", ":-", "= \n", ">- ",
]  # fmt: skip


def work(call):
    """How many functions a call calls."""
    count = 0

    def seen(*_):
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        call()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("unit", BOMBS)
def test_twice_the_bomb_is_twice_the_work(unit):
    md.to_html(unit)
    once, twice = (work(lambda length=length: md.to_html(unit * (length // len(unit)))) for length in (2_000, 4_000))
    assert twice <= 2.2 * once + 2_000


@pytest.mark.parametrize("unit", ["*", "`", ">", "> ", "_", "~", "\\", " ", "\n", "a"])
def test_as_much_as_can_be_of_one_sign_is_rendered(unit):
    check(md.to_html(unit * (MAX_RENDER_CHARS // len(unit))))


@pytest.mark.parametrize("nested", [">" * 100, "- " * 50, "> - " * 50])
def test_lazy_lines_below_what_is_nested_take_bounded_work(nested):
    assert work(lambda: md.to_html(nested + "a\n" + "b\n" * 1_000)) <= 1_500_000


@pytest.mark.parametrize("title", ["", " '" + "t" * 20_000 + "'"])
@pytest.mark.parametrize("use", ["[a]", "![a]", "[b][a]", "[a][]"])
def test_references_are_expanded_to_a_bounded_length(use, title):
    source = "[a]: http://e.example/" + "x" * 20_000 + title + "\n\n" + use * 5_000
    page = md.to_html(source)
    check(page)
    assert len(page) <= 2 * 100_000 + 10 * len(source)
    assert use in page


def test_a_few_references_are_links():
    page = tree(md.to_html("[a]: http://e.example/ 't'\n\n" + "[a] " * 1_000))
    assert len(page.find("a")) == 1_000


@pytest.mark.parametrize(
    ("before", "after"),
    [(">", ""), ("> ", ""), ("- ", ""), ("1. ", ""), ("[", "](b)"), ("![", "](b)"), ("**", "**"), ("~~*", "*~~")],
)
def test_no_nesting_is_too_deep(before, after):
    page = md.to_html(before * 5_000 + "a" + after * 5_000)
    check(page)
    assert depth(tree(page)) <= 100


def depth(element):
    return 1 + max(map(depth, element.elements), default=0)


def test_what_is_too_long_to_render_in_bounded_time_is_refused():
    with pytest.raises(UsageError, match="at most"):
        md.to_html("a" * (MAX_RENDER_CHARS + 1))
