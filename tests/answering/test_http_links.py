"""The cursor of a request, and links to the next page, whatever a request has in its path and query."""

from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.answering.http_links import cursor_of, next_link, without_next
from richresp.exceptions import InvalidCursor

urls = st.text(st.characters(min_codepoint=0, max_codepoint=300), max_size=40)


@given(urls, urls, urls.filter(bool), urls.filter(bool))
def test_a_link_stays_within_its_brackets_and_on_its_host(path, query, parameter, cursor):
    link = next_link(f"/{path}", query, parameter, cursor)
    target = link.removeprefix("<").removesuffix('>; rel="next"')
    assert not set(target) & set('<>"\\ \r\n\t{}|^`')
    assert target.isascii()
    assert target.isprintable()
    there = urlsplit(urljoin("https://shop.example/a/b?c", target))
    assert (there.scheme, there.netloc) == ("https", "shop.example")
    assert not there.fragment
    assert cursor_of(there.query, parameter) == cursor


@given(
    st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)), max_size=4),
    st.lists(st.sampled_from(["cursor=1", "curs%6fr=2", "cursor", "cursor="]), max_size=2),
)
def test_a_link_keeps_all_of_a_query_but_its_cursor(pairs, cursors):
    pairs = [pair for pair in pairs if pair[0] != "cursor"]
    query = "&".join([*cursors[:1], *filter(None, [urlencode(pairs)]), *cursors[1:]])
    target = next_link("/a", query, "cursor", "9-1").removeprefix("<").removesuffix('>; rel="next"')
    assert parse_qsl(urlsplit(target).query, keep_blank_values=True) == [*pairs, ("cursor", "9-1")]


def test_what_is_escaped_in_a_path_stays_as_it_is():
    assert next_link("/a%2Fb/%C3%A4", "q=a%26b+c", "cursor", "1") == '</a%2Fb/%C3%A4?q=a%26b+c&cursor=1>; rel="next"'
    assert next_link("//evil.example/a", "", "cursor", "1") == '<?cursor=1>; rel="next"'
    assert next_link("/a", "q=" + "x" * 3_000, "cursor", "1") is None


def test_several_different_cursors_are_none():
    assert cursor_of("cursor=1&cursor=1", "cursor") == "1"
    with pytest.raises(InvalidCursor):
        cursor_of("cursor=1&cursor=2", "cursor")


@pytest.mark.parametrize(
    ("links", "left"),
    [
        (['</a>; rel="next"'], []),
        (["</a>;rel=next"], []),
        (['</a>; rel="prev", </b>; REL="Next"; title="a, b"'], ['</a>; rel="prev"']),
        (['</a,b>; rel="last"; title="x; rel=next"'], ['</a,b>; rel="last"; title="x; rel=next"']),
        (['</style.css>; rel="preload"', "broken; rel=next"], ['</style.css>; rel="preload"', "broken; rel=next"]),
        (['</a>; rel="nextish"'], ['</a>; rel="nextish"']),
    ],
)
def test_the_next_page_of_the_application_comes_after_the_rest_of_this_one(links, left):
    assert without_next(links) == left
