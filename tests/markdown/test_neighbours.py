"""An escaped text shows itself whatever stands beside it: words, markup, Raw, or another escaped text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from richresp import markdown as md
from tests.markdown.elements import roots
from tests.markdown.hostile import FRAGMENTS, visible
from tests.markdown.rendered import folded
from tests.markdown.wording import MORE, texts

HALVES = [
    "&am", "p;", "&#3", "5;", "&l", "t;", "ww", "w.e.example/", "http", "http:", "http:/", "//e.example", "://e.example/*a*", "x]",
    "![", "(http://evil.example)", "<scr", "ipt>", "href=x>", "1", ". x", "|-", "a #", "[^a", "^a]", "]: y", "a*", "_a", "a_", "\\",
]  # fmt: skip
URL = "https://link.example/"
BETWEEN = {"": "", " ": " ", " word ": " word ", "x ": "x ", md.link("t", URL): "t", " **s** ": " s ", " `c` ": " c "}

halves = st.lists(st.sampled_from([*FRAGMENTS, *MORE, *HALVES]), min_size=1, max_size=3).map("".join)
pieces = st.lists(st.tuples(st.one_of(halves, texts), st.sampled_from(list(BETWEEN))), min_size=1, max_size=5)


def squeezed(text):
    return "".join(text.split())


def check(source, text, between):
    for page in roots(source):
        assert page.kinds == ["p"]
        assert squeezed(page.text) == squeezed(text)
        assert len(page.find("strong")) == between.count(" **s** ")
        assert len(page.find("code")) == between.count(" `c` ")
        assert [link.attributes["href"] for link in page.find("a")].count(URL) == between.count(f"[t]({URL})")
        assert set(page.markup) <= {"p", "a", "strong", "code"}


@given(pieces)
@example([("![c](http://evil.example/", ""), ("x) y", "")])
@example([("y <script", " "), ("src=x>", "")])
@example([("*a", " "), ("b*", "")])
@example([("&am", ""), ("p;", "")])
@example([("&amp", ""), (";", "")])
@example([("wow!", md.link("t", URL))])
@example([("a\\", md.link("t", URL))])
@example([("[x]", ""), (": y", "")])
@example([("https://e.example/", ""), ("*a*", "")])
@example([("http", ""), ("://e.example/*a*", "")])
@example([("ww", ""), ("w.e.example/\na", "")])
@example([("1", ""), (". x", "")])
@example([("|", ""), ("-|", "")])
@example([("~", " word "), ("~", "")])
@example([("`a", " "), ("b`", "")])
def test_escaped_texts_in_any_order_show_themselves(chosen):
    text = "".join(folded(visible(text)) + BETWEEN[between] for text, between in chosen)
    if squeezed(text):
        check(
            "".join(md.escape(text) + between for text, between in chosen).strip(),
            text,
            [between for _, between in chosen],
        )


@given(pieces)
@example([("*a", md.link("t", URL)), ("b*", "")])
def test_parts_beside_parts_show_themselves(chosen):
    """Two of what `inline` makes stand side by side, in a sentence or a paragraph."""
    parts = [md.inline(text, md.Raw(between)) for text, between in chosen]
    text = "".join(folded(visible(text)) + BETWEEN[between] for text, between in chosen)
    if squeezed(text):
        check("".join(parts).strip(), text, [between for _, between in chosen])


@pytest.mark.parametrize(
    ("before", "text", "behind", "tag"),
    [("**", "a**", "** b", "strong"), ("*", "a* b", "*", "em"), ("~~", "a~~", "~~", "s"), ("## ", "a #", "", "h2")],
)
def test_markup_around_an_escaped_text_holds_it_all(before, text, behind, tag):
    for page in roots(before + md.escape(text) + behind):
        (found,) = page.find(tag) or page.find("del")
        assert found.text == text


@given(st.one_of(halves, texts))
@example("[ ] t")
@example("[x] t")
@example("--")
def test_an_escaped_text_may_be_an_item(text):
    if folded(visible(text)):
        for source in (md.escape(text), md.inline(text)):
            for page in roots("- " + source.replace("\n", "\n  ")):
                assert page.kinds == ["ul"]
                assert page.text.split() == folded(visible(text)).split()
                assert set(page.markup) <= {"ul", "li", "p", "a"}


@pytest.mark.parametrize(
    "text", ["5 * 3", "snake_case", "AT&T", "x < y", "C:\\Users\\me", "see https://e.example/a_b now", "so; b: c", "f(x) [1] (2)"]
)  # fmt: skip
def test_what_pairs_with_nothing_stays_as_it_is(text):
    assert md.escape(text) == text


def test_text_that_knows_its_place_needs_fewer_escapes():
    assert md.paragraph("wow! ~5", md.inline(" *a", "!")) == "wow! ~5 *a!"
    assert md.escape("wow! ~5") + md.inline(" *a!") == "wow! \\~5\\*a\\!"
