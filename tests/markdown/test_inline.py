"""Links, images and code: their addresses, titles and spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import UsageError
from richresp import markdown as md
from tests.markdown.rendered import pages, shown


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "//e.example", "data:text/html,x", "e.example", "ftp://e.example", "", " https://e.example", "https:",
        "https://", "https:///x", "https:/e.example", "https:\\\\e.example", "https://?x", "https://good@evil.example/",
        "https://a:b@e.example", "https://:80/", "https://good\\@evil.example", "https://good\n@evil.example", "https://@e.example", "mailto:", "java\nscript:x", "/x", "#x",
    ],
)  # fmt: skip
def test_a_link_to_anything_but_a_page_is_refused(url):
    with pytest.raises(UsageError, match="http, https or mailto"):
        md.link("text", url)


@given(st.text(alphabet="ab()<>[]\\\"'` \n|&;*_%é\u202e\u2028", max_size=12))
def test_no_address_breaks_out_of_its_link(tail):
    source = f"{md.link('t', 'https://e.example/' + tail)} after"
    for page in pages(source):
        assert page.startswith('<p><a href="https://e.example/')
        assert page.strip().endswith(">t</a> after</p>")


def test_a_link_in_a_cell_keeps_the_table():
    source = md.table([{"h": md.link("a|b", "https://e.example/a|b")}])
    for cells, markup in shown(source, "td"):
        assert (cells, markup) == (["a|b"], set())


def test_a_link_without_text_shows_its_address():
    assert md.link("\u200b", "https://e.example/") == "[https://e.example/](https://e.example/)"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//e.example", "data:image/png;base64,AA", "mailto:a@b.example", "https://", ""]
)
def test_an_image_from_anything_but_a_page_is_refused(url):
    with pytest.raises(UsageError, match="absolute http or https"):
        md.image("text", url)


def test_schemes_are_read_without_case():
    assert md.link("t", "HTTPS://E.example") == "[t](HTTPS://E.example)"
    assert md.link("t", "mailto:a@b.example") == "[t](mailto:a@b.example)"


def test_titles_and_alternative_texts():
    assert md.link("t", "https://e.example", title='a "b" \\ c\nd') == '[t](https://e.example "a \\"b\\" \\ c d")'
    assert md.link("t", "https://e.example", title=" \u200b") == "[t](https://e.example)"
    assert md.image("", "https://e.example/i") == "![](https://e.example/i)"
    assert md.link(md.image("a", "https://e.example/i"), "https://e.example") == (
        "[![a](https://e.example/i)](https://e.example)"
    )


def test_what_nobody_sees_is_encoded_in_addresses():
    assert md.link("t", "https://e.example/\u202ea\U000e0041\u200b") == (
        "[t](https://e.example/%E2%80%AEa%F3%A0%81%81%E2%80%8B)"
    )


def test_a_title_with_a_pipe_keeps_its_cell():
    source = md.table([{"h": md.link("a", "https://e.example", title="b|c\\|d")}])
    for page in pages(source):
        assert 'title="b|c\\|d"' in page


def test_code_is_fenced_by_what_it_does_not_hold():
    assert md.code("a") == "`a`"
    assert md.code("`a` ``b``") == "``` `a` ``b`` ```"
    assert md.code("") == ""
    assert md.code("a\nb") == "`a b`"
