"""Text beside Raw parts: no markup pairs across them, and each part comes back whole."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from richresp import markdown as md
from tests.markdown.elements import roots
from tests.markdown.hostile import visible
from tests.markdown.wording import flat as one_line
from tests.markdown.wording import texts

URL = "https://link.example/"
IMAGE = "https://image.example/"

flat = texts.map(one_line)


@st.composite
def sentences(draw):
    """Parts, the text they show, and the elements they make. Between two Raw parts there is text."""
    parts, text, made = [draw(texts)], [], []
    text.append(visible(parts[0]))
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["a", "img", "code", "strong"]))
        inner = draw(flat.filter(lambda inner: "|" not in inner))
        made.append(kind)
        text.append("bold" if kind == "strong" else visible(inner))
        parts.append(
            {
                "a": lambda inner: md.link(inner, URL),
                "img": lambda inner: md.image(inner, IMAGE),
                "code": md.code,
                "strong": lambda _: md.Raw("**bold**"),
            }[kind](inner)
        )
        parts.append(draw(texts))
        text.append(visible(parts[-1]))
    return parts, "".join(text), made


PLACES = {
    "p": md.paragraph,
    "h3": lambda *parts: md.heading(*parts, level=3),
    "blockquote": md.quote,
    "li": lambda *parts: md.bullets([md.inline(*parts)]),
    "td": lambda *parts: md.table([{"h": md.inline(*parts)}]),
}


@pytest.mark.parametrize("tag", PLACES)
@given(sentences())
@example((["*a ", md.Raw("**bold**"), " b*"], "*a bold b*", ["strong"]))
@example((["`a ", md.code("x"), " b`"], "`a x b`", ["code"]))
@example((["wow!", md.link("t", URL), "(x)"], "wow!t(x)", ["a"]))
@example((["https://e.example/", md.link("t", URL), " ."], "https://e.example/t .", ["a"]))
@example((["a\\", md.link("t", URL), "\\"], "a\\t\\", ["a"]))
@example((["[^1 ", md.code("t"), "]"], "[^1 t]", ["code"]))
@example((["[x", md.link("t", URL), "](y)"], "[xt](y)", ["a"]))
@example((["<!a ", md.link("t", URL, title=">"), "b"], "<!a tb", ["a"]))
def test_each_part_is_what_it_was(tag, sentence):
    parts, text, made = sentence
    for page in roots(PLACES[tag](*parts)):
        assert len(page.find(tag)) == 1
        found = page.find(tag)[0]
        bare = [link for link in found.find("a") if link.attributes["href"] != URL]
        assert not any(link.elements for link in bare)
        assert sorted(name for name in found.markup if name != "p") == sorted([*made, *("a" for _ in bare)])
        assert found.text.split() == text.split()


def test_text_behind_raw_cannot_make_a_link_of_it():
    for page in roots(md.paragraph(md.Raw("[x]"), "(https://e.example/)")):
        assert page[0].text == "[x](https://e.example/)"
        assert [link.text for link in page.find("a")] in (["https://e.example/"], ["https://e.example/)"])


def test_line_ends_of_raw_are_its_own():
    assert md.paragraph("a\nb ", md.Raw("**c\nd**"), " e") == "a\\\nb **c\nd** e"
    assert md.heading("a\nb ", md.Raw("**c\nd**")) == "## a b **c d**"


def test_text_beside_nothing_needs_no_more_escapes_than_alone():
    assert md.paragraph("see ", md.link("t", URL), " for 5 * 3 [1] & x_y!") == f"see [t]({URL}) for 5 * 3 [1] & x_y!"


def test_parts_in_a_cell_are_escaped_as_a_cell():
    source = md.table([{"h": md.inline("a|b ", md.code("c|d"), " ", md.code("e\\|f"), " ", md.link("g\\|h", URL))}])
    for page in roots(source):
        assert page.find("td")[0].text == "a|b c|d e\\|f g\\|h"
        assert len(page.find("td")) == 1
