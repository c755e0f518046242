"""Addresses of a page come out absolute and normal, whichever way they are made so."""

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp import InvalidURL, PreviewError
from richresp.limits.links import MAX_URL_CHARS
from richresp.links import Policy, check_url
from richresp.links.urls import absolute, page_address, same_site

BASE = "https://site.example.com/blog/post?id=7"
PORTS = Policy(allow_ports=range(1, 1 << 16))
PARTS = st.sampled_from([
    "https:", "http:", "HTTPS:", "//", "/", "cdn.example.com", "CDN.example.com", "b\u00fccher.example", "10.0.0.1", "localhost", "a.local",
    "[::1]", ":8000", ":443", "@", "user", "?", "a=1&b=2", "#", "x", ".", "..", "/./", " ", "%20", "{", "(", ")", "'", '"', "\\",
    "\u00e9", "-", "_", "&amp;", "&copy=1", "1", "javascript:", "data:", "2130706433", "",
])  # fmt: skip


@given(st.lists(PARTS, max_size=7).map("".join))
def test_an_address_is_what_joining_and_checking_make_of_it(text):
    plain = text.replace("&amp;", "&").strip()
    try:
        expected = check_url(urljoin(BASE, plain), policy=PORTS)
    except (PreviewError, ValueError):
        expected = None
    found = absolute(text, BASE)
    assert found in (expected, None)
    stands_for_none = plain in ("", "#") or "{{" in plain or plain.startswith(("javascript:", "data:"))
    if expected is not None and not stands_for_none:
        assert found == expected


@given(st.lists(PARTS, max_size=7).map("".join))
def test_a_normal_address_stays_as_it_is(text):
    found = absolute(text, BASE)
    assert found is None or absolute(found, BASE) == found


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://e.example/?a=1&amp;b=2", "https://e.example/?a=1&b=2"),
        ("https://e.example/?a=1&copy=2", "https://e.example/?a=1&copy=2"),
        ("https://e.example/a\n b.png", "https://e.example/a%20b.png"),
        ("https://e.example/a#b", "https://e.example/a"),
        ("HTTPS://E.example", "https://e.example/"),
        ("https://e.example/{{ image }}", None),
        ("/%7B%7Bimage%7D%7D", None),
        ("/[object Object]", None),
        ("/x/${id}", None),
        ("null", None),
        ("about:blank", None),
        ("#", None),
        ("https://e.example/" + "a" * 9_000, None),
    ],
)
def test_addresses_as_pages_write_them(value, expected):
    assert absolute(value, BASE) == expected


def test_a_page_of_a_private_host_may_point_into_itself_only():
    base = "http://10.0.0.1:9000/x"
    assert absolute("/a", base) == "http://10.0.0.1:9000/a"
    assert absolute("http://10.0.0.1:9000/a", base) == "http://10.0.0.1:9000/a"
    assert absolute("http://10.0.0.2/a", base) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://example.org/", "https://www.example.org/", True),
        ("https://example.org/", "https://a.b.example.org/", True),
        ("https://en.m.example.org/", "https://en.example.org/", True),
        ("https://m.example.org/", "https://www.example.org/", True),
        ("https://a.example.org/", "https://b.example.org/", False),
        ("https://m.pages.example/", "https://other.pages.example/", False),
        ("https://example.org/", "https://badexample.org/", False),
        ("https://example.org/", "https://example.com/", False),
        ("http://localhost/", "http://example.org/", False),
    ],
)
def test_one_site_is_one_host_and_what_is_below_it(one, other, same):
    assert same_site(one, other) is same
    assert same_site(other, one) is same


@pytest.mark.parametrize("url", [f"https://site.example.com{path}" for path in ("", "/{{x}}", "/?q=%7B%7B", "/?t=[object+Object]", "/?q=${x}", "/?x=&copy;", "/&amp;x")])  # fmt: skip
def test_the_address_that_a_caller_gives_is_no_claim_of_a_page(url):
    assert page_address(url) == check_url(url)


@pytest.mark.parametrize("url", ["/path", "path", "", "//site.example.com/", "https://", "ftp://a.example.com/", "https://site.example.com/" + "\u00e9" * 3_000])  # fmt: skip
def test_what_is_no_whole_address_is_refused(url):
    with pytest.raises(InvalidURL):
        page_address(url)


def test_a_base_that_is_no_address_leads_nowhere():
    assert absolute("/path", "/path") is None


@pytest.mark.parametrize("sign", ["a", "%20", "\u00e9", " ", "{"])
@pytest.mark.parametrize("start", ["/", "https://cdn.example.com/", "https://site.example.com/", "?"])
def test_no_address_is_longer_than_what_is_read_again(sign, start):
    for times in range(MAX_URL_CHARS // 6 - 40, MAX_URL_CHARS + 2, 331):
        found = absolute(start + sign * times + "x", BASE)
        assert found is None or check_url(found) == found
