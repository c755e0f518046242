"""Whatever a link says stays text: a parser of HTML finds it as it was, and no element or attribute more."""

import html5lib
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from richresp.gallery import Entry, gallery
from richresp.text import one_line
from tests.gallery.entries import ATTACKS, bare, entry

SVG = "{http://www.w3.org/2000/svg}"
PIECES = (
    *ATTACKS, "<", ">", "&", '"', "'", "`", "=", "/", "\\", "</", "<!--", "-->", "]]>", "&lt", "&#0;", "\0", "\r", "\u2028",
    "</script", "</style", "\u202e", "\ud800", "\ufffe", "é", "e\u0301", "ﬁ", "駅", "😀", "א", " ", "\n",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), min_size=1, max_size=6).map("".join)


def tree_of(entries):
    return html5lib.parse(gallery(entries), namespaceHTMLElements=False)


def shape_of(tree):
    return [(element.tag, sorted(element.keys())) for element in tree.iter()]


def text_of(tree, *classes):
    """The texts of the elements of these classes."""
    return ["".join(found.itertext()) for found in tree.iter() if set(classes) & set(found.get("class", "").split())]


@given(TEXTS)
def test_the_texts_of_a_preview_come_back_and_make_no_element(text):
    whole = one_line(text)
    assume(whole is not None and len(whole) <= 100 and whole != "site.example.com")
    tree = tree_of([entry(text)])
    assert shape_of(tree) == shape_of(tree_of([entry("x")]))
    assert "".join(tree.find(".//h2").itertext()) == whole
    assert text_of(tree, "title", "about", "site") == [whole] * 12
    assert {shot.get("aria-label") for shot in tree.iter(f"{SVG}svg") if shot.get("role")} == {whole}
    assert text_of(tree, "source")[:1] == [whole]
    problems = ["".join(item.find("div/span").itertext()) for item in tree.iter("li")]
    assert problems == [whole] * len(problems) != []
    chat = text_of(tree, "chat")[0]
    assert " ".join(chat.split()) == f"{whole} ({whole}) {whole}".replace("\u2028", " ")


@given(TEXTS)
def test_the_text_of_an_error_and_of_an_address_comes_back(text):
    whole = one_line(text)
    assume(whole is not None and len(whole) <= 100 and not text.lower().startswith("http"))
    tree = tree_of([Entry(text, error=text)])
    assert shape_of(tree) == shape_of(tree_of([Entry("x", error="x")]))
    assert text_of(tree, "banner", "address") == [whole, whole]


@given(TEXTS, st.sampled_from(["image", "url", "final_url", "requested_url", "wall", "locale", "canonical_url"]))
def test_no_field_of_a_preview_makes_an_element_or_leads_elsewhere(text, field):
    made = bare()
    object.__setattr__(made.preview, field, text)
    tree = tree_of([made])
    known = {"html", "head", "meta", "title", "link", "style", "body", "header", "h1", "main", "article", "h2", "p", "span", "div",
             "figure", "figcaption", "a", "section", "h3", "dl", "dt", "dd", "em", "small", "code", "pre", "ul", "li", "footer",
             "details", "summary", "strong", f"{SVG}svg", f"{SVG}path"}  # fmt: skip
    assert {element.tag for element in tree.iter()} <= known
    assert all(link.get("href").lower().startswith(("http://", "https://")) for link in tree.iter("a"))
    assert not any(name.startswith("on") or name == "style" for element in tree.iter() for name in element.attrib)


@pytest.mark.parametrize(
    "scheme",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "//a.example",
        " https://a.example",
    ],
)
def test_only_addresses_of_the_web_are_links(scheme):
    tree = tree_of([Entry(scheme, error="x")])
    assert list(tree.iter("a")) == []
    assert text_of(tree, "address") == [scheme.strip()]


@pytest.mark.parametrize("field", ["title", "description", "site_name"])
def test_a_long_text_is_cut_and_its_length_told(field):
    tree = tree_of([bare(**{field: "word " * 2_000})])
    shown = [text for found in tree.iter("dd") if (text := "".join(found.itertext())).startswith("word")]
    assert len(shown) == 1
    assert shown[0].endswith("…9,999 characters in all")
    assert all(len(text) <= 640 for text in shown + text_of(tree, "title", "about", "site"))
