"""Cookies within one preview: back to the very host that set them, over TLS if they came over it, and few."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.limits.links import MAX_COOKIE_BYTES, MAX_COOKIE_HEADER_BYTES, MAX_COOKIES
from richresp.links.cookies import Cookies

TLS = "https://site.example.com/shop/cart"


def sent(line, back=TLS, url=TLS):
    cookies = Cookies()
    cookies.take(url, line if isinstance(line, list) else [line])
    return dict(cookies.header(back)).get(b"Cookie")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (b"a=b", b"a=b"),
        (b" a = b ; Path=/", b"a=b"),
        (b'a="x y, z"', b'a="x y, z"'),
        (b"a=", b"a="),
        (b"a=b=c", b"a=b=c"),
        (b"a=b; Secure; HttpOnly; SameSite=Lax; Max-Age=60", b"a=b"),
        (b"a=b; Domain=site.example.com", b"a=b"),
        (b"a=b; Domain=.EXAMPLE.com", b"a=b"),
        (b"a=b; Expires=Wed, 21 Oct 2099 07:28:00 GMT", b"a=b"),
        (b"a=b; Max-Age=soon", b"a=b"),
        (b"a=b; Path=shop", b"a=b"),
        (b"a=b; Path=/shop", b"a=b"),
        (b"a=b; Path=/shop/cart", b"a=b"),
    ],
)
def test_it_comes_back(line, value):
    assert sent(line) == value


@pytest.mark.parametrize(
    "line",
    [
        b"", b"a", b"=b", b"a b=c", b"a=\x01", b"a=\xff", b"a\n=b", b"a=b; Domain=other.example", b"a=b; Domain=ample.com",
        b"a=b; Domain=x.site.example.com", b"a=b; Path=/other", b"a=b; Path=/sho", b"a=b; Path=/shop/cart/", b"a=b; Max-Age=0",
        b"a=b; Max-Age=-1", b"a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", b"a=; expires=Thu, 01-Jan-1970 00:00:01 GMT",
        b"a=" + b"x" * MAX_COOKIE_BYTES,
    ],
)  # fmt: skip
def test_it_does_not(line):
    assert sent(line) is None


@pytest.mark.parametrize(
    ("url", "back", "comes"),
    [
        ("https://a.example/", "https://a.example/", True),
        ("https://a.example/", "http://a.example/", False),
        ("http://a.example/", "https://a.example/", True),
        ("http://a.example/", "http://a.example/", True),
        ("https://a.example/", "https://www.a.example/", False),
        ("https://www.a.example/", "https://a.example/", False),
        ("https://a.example:8443/", "https://a.example/", True),
    ],
)
def test_it_goes_where_it_came_from(url, back, comes):
    assert (sent(b"a=b; Domain=a.example; Path=/", back, url) is not None) == comes


def test_a_secure_one_that_came_without_tls_is_none():
    assert sent(b"a=b; Secure", TLS, "http://site.example.com/") is None


def test_a_later_one_replaces_or_deletes():
    assert sent([b"a=1", b"b=2", b"a=3"]) == b"a=3; b=2"
    assert sent([b"a=1", b"b=2", b"a=gone; Max-Age=0"]) == b"b=2"
    assert sent([b"a=1; Path=/", b"b=2; Path=/shop"]) == b"b=2; a=1"


def test_they_are_few_and_short():
    many = sent([b"c%d=x" % number for number in range(1000)])
    assert many.count(b"=") == MAX_COOKIES
    long = sent([b"c%d=" % number + b"x" * 3000 for number in range(MAX_COOKIES)])
    assert 3000 < len(long) <= MAX_COOKIE_HEADER_BYTES


@given(st.lists(st.binary(max_size=60), max_size=30), st.sampled_from((TLS, "http://b.example/")))
def test_any_bytes_make_a_header_that_can_be_sent_or_none(lines, url):
    value = sent(lines, url, url)
    assert value is None or all(0x20 <= byte < 0x7F for byte in value)
    other = "https://other.example/" if url == TLS else TLS
    assert sent(lines, other, url) is None
