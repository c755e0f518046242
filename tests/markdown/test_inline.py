"""Links and lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import UsageError
from richresp import markdown as md
from tests.markdown.rendered import pages, shown


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//e.example", "data:text/html,x", "e.example", "ftp://e.example", ""]
)
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


def test_items_nest():
    assert md.bullets(["a", ["b", "c"], "d"]) == "- a\n  - b\n  - c\n- d"


def test_an_item_of_several_lines_stays_one_item():
    assert md.bullets(["a\nb"]) == "- a\\\n  b"
