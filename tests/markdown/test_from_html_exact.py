"""What a page says is what its markdown shows, in two parsers: the same blocks, in the same order, with the same text."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from richresp import markdown as md
from richresp.markdown.escape import LINE, escaped_parts, hard_breaks
from richresp.markdown.html.phrases import is_harmless
from tests.markdown import wording
from tests.markdown.elements import roots
from tests.markdown.pages import URLS, blocks, expected, shape, written

KNOWN = {"strong", "em", "del", "s", "a", "code", "br", "p", "ul", "ol", "li", "blockquote", "pre", "hr", "table", "thead", "tbody", "tr",
         "th", "td", "h1", "h2", "h6"}  # fmt: skip
SIGNS = ["a", "é", "字", "-", "*", "_", "~", '"', "(", "。", "€", "\xa0", " ", "\n", "1", "!", "`"]


@given(blocks)
@example([("p", [("code", "0"), ("code", "0")])])
@example([("p", [("del", ["a"]), ("strong", ["。b"]), "c"])])
@example([("p", ["a", ("a", URLS[0], ["b [c", ("code", "d]")])])])
@example([("ol", [[("pre", "a"), ("hr", "")], [("ul", [[("h1", ["b"])]])]])])
def test_the_blocks_of_a_page_come_back(page):
    wanted = expected(page)
    source = md.from_html(written(page), url="https://e.example/p", navigation=True)
    for root in roots(source):
        assert set(root.markup) <= KNOWN
        assert shape(root) == wanted


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "b", "i", "del"]), st.text(SIGNS, max_size=3), st.sampled_from(["", "b", "i"])),
        max_size=6,
    )
)
@example([("b", "a ", ""), ("", "b", "")])
@example([("b", '"a"', ""), ("", "b", "")])
@example([("b", "a", ""), ("i", "b", ""), ("", "c", "")])
@example([("i", "a", "b"), ("b", "b", "i")])
@example([("b", "1", "i"), ("", "1", "b"), ("b", "1", "i")])
@example([("", "1 ", ""), ("", "*", "b"), ("", " 1", "")])
def test_no_mark_shows_as_text(pieces):
    tags = [[tag for tag in (outer, inner) if tag] for outer, _, inner in pieces]
    html = "".join(
        "".join(f"<{tag}>" for tag in around) + text + "".join(f"</{tag}>" for tag in reversed(around))
        for (_, text, _), around in zip(pieces, tags, strict=True)
    )
    wanted = expected([("p", [text for _, text, _ in pieces])])
    for root in roots(md.from_html(f"<p>{html}</p>", navigation=True)):
        assert shape(root) == wanted


@pytest.mark.parametrize(
    ("html", "source"),
    [
        ("<b>bold </b>text", "**bold** text"),
        ("text<b> bold</b>", "text **bold**"),
        ("<b>a</b><b>b</b> <strong>c</strong>", "**ab c**"),
        ("<b>Note:</b>text", "**Note**:text"),
        ("say<b>“now”</b>!", "say“**now”**!"),
        ("<i>a<b>b</b></i>", "*a**b***"),
        ("<b><i>a</i> b</b>", "***a* b**"),
        ("<b>a</b><i>b</i> c", "**a**_b_ c"),
        ("<b>a</b><i>b</i>c", "**a**bc"),
        ("<b>a<div>b</div></b>", "**a**\n\n**b**"),
        ("<b></b><i> </i>a", "a"),
        ("x<del>a</del>y", "x~~a~~y"),
        ("<b>…</b>a", "…a"),
    ],
)
def test_blanks_and_signs_at_the_edges_of_marks_are_moved_out(html, source):
    assert md.from_html(html) == source


@given(
    st.lists(wording.texts, min_size=1, max_size=3),
    st.lists(st.sampled_from([md.code("a"), md.Raw("**"), md.link("x", URLS[0])]), max_size=3),
)
def test_what_is_said_to_need_no_escape_has_none(texts, raws):
    parts = [part for pair in zip(texts, raws, strict=False) for part in pair] + texts[len(raws) :]
    if is_harmless(parts):
        assert hard_breaks(escaped_parts(parts, LINE)) == "".join(parts)


@given(
    st.lists(
        st.tuples(st.sampled_from(URLS), st.sampled_from(["text", "two words", "[a]", "b](c", "*d*"])),
        min_size=1,
        max_size=4,
    )
)
def test_links_lead_where_they_led(links):
    html = " and ".join(
        f'<a href="{url.replace("&", "&amp;").replace(chr(34), "&quot;")}">{text}</a>' for url, text in links
    )
    for root in roots(md.from_html(f"<p>{html}</p>")):
        found = [(unquote(link.attributes["href"]), link.lines) for link in root.find("a")]
        assert found == [(unquote(url), text) for url, text in links]


_words = wording.texts.map(lambda text: re.sub(r"[^\S\n]+", " ", text)).filter(lambda text: wording.shown(text) != "")
_made = st.one_of(
    _words.map(md.paragraph),
    _words.map(md.heading),
    _words.map(md.quote),
    _words.map(md.fence),
    st.lists(_words, min_size=1, max_size=3).map(md.bullets),
    st.tuples(_words, _words).map(lambda two: md.numbered([two[0], [two[1]]], start=3)),
    st.tuples(_words, _words).map(
        lambda two: md.table([{"h": wording.flat(two[0]), "k": wording.flat(two[1])}, {"h": "x", "k": "y"}])
    ),
    st.tuples(_words, _words).map(lambda two: md.paragraph(md.link(two[0], URLS[0]), two[1], md.code("c"))),
)


@given(st.lists(_made, max_size=5))
def test_markdown_made_html_and_back_shows_the_same(made):
    source = md.document(*made)
    again = md.from_html(md.to_html(source), navigation=True)
    for one, other in zip(roots(source), roots(again), strict=True):
        assert shape(one) == shape(other)
