"""What may be done with an answer: the sentences of RFC 9111 and of the module, one by one."""

import pytest

from richresp import Blocked, DeadlineExceeded, FetchError, InvalidURL, NotHTML, TooManyRedirects
from richresp.links.freshness import Freshness, Rules, of_failure
from richresp.links.kept import Kept
from tests.links.decided import DAY, HOUR, SENT, WEEK, date, decided


@pytest.mark.parametrize(
    ("named", "seconds"),
    [
        ({}, HOUR),
        ({"cache_control": "max-age=600"}, 600),
        ({"cache_control": "MAX-AGE=600"}, 600),
        ({"cache_control": "public , Max-Age = 600"}, 600),
        ({"cache_control": 'max-age="600"'}, 600),
        ({"cache_control": "max-age=0600"}, 600),
        ({"cache_control": "max-age=600, s-maxage=700"}, 700),
        ({"cache_control": ["max-age=600", "s-maxage=700"]}, 700),
        ({"cache_control": "max-age=600", "expires": date(9_000), "date": date()}, 600),
        ({"expires": date(9_000), "date": date()}, 9_000),
        ({"expires": date(9_000)}, 9_000),
        ({"expires": date(9_000), "date": date(-500)}, 9_000),  # 9,500 s from when it was made, 500 s ago
        ({"expires": [date(9_000), date(100)]}, 9_000),
        ({"cache_control": "max-age=600, max-age=900"}, 600),
        ({"cache_control": "max-age=600", "age": "100"}, 500),
        ({"cache_control": "max-age=600", "age": "100, 400"}, 500),
        ({"cache_control": "max-age=600", "age": ["100", "400"]}, 500),
        ({"cache_control": "max-age=600", "age": "-100"}, 600),
        ({"cache_control": "max-age=600", "age": "1e2"}, 600),
        ({"cache_control": "max-age=600", "date": date(-100)}, 500),
        ({"cache_control": "max-age=600", "date": date(-100), "age": "40"}, 500),
        ({"cache_control": "max-age=600", "date": date(100)}, 600),
        ({"cache_control": "max-age=600", "date": "yesterday"}, 600),
        ({"cache_control": "max-age=600", "age": "100", "took": 7.0}, 493),
        ({"age": "100000"}, HOUR),  # our own guess counts from now
        ({"cache_control": "max-age=99999999999999999999"}, WEEK),
        ({"cache_control": f"max-age={'9' * 5_000}"}, WEEK),
        ({"expires": "Fri, 31 Dec 9999 23:59:59 GMT"}, WEEK),
        ({"cache_control": "max-age=99999999999", "age": "9" * 300}, 60),
        ({"cache_control": "max-age=1"}, 60),
        ({"cache_control": "no-cache"}, 60),
        ({"cache_control": "no-cache, max-age=600"}, 60),
        ({"cache_control": 'no-cache="set-cookie", max-age=600'}, 60),
        ({"cache_control": "max-age=junk"}, 60),
        ({"cache_control": "max-age"}, 60),
        ({"cache_control": "max-age=-600"}, 60),
        ({"cache_control": "max-age=600.5"}, 60),
        ({"cache_control": "max-age=6_00"}, 60),
        ({"cache_control": "max-age=\xb2"}, 60),
        ({"cache_control": "s-maxage=junk, max-age=600"}, 60),
        ({"expires": "0"}, 60),
        ({"expires": "Thu, 01 Dec 2094 16:00:00 CET"}, 60),
        ({"pragma": "no-cache"}, HOUR),
        ({"surrogate_control": "max-age=5"}, HOUR),
    ],
)
def test_how_long_it_is_fresh(named, seconds):
    found = decided(**named)
    assert found.storable
    assert found.fresh_for == seconds


def test_the_lifetime_of_the_author():
    assert decided(rules=Rules(ttl=120)).fresh_for == 120
    assert decided(rules=Rules(ttl=10)).fresh_for == 10
    assert decided(rules=Rules(ttl=10), cache_control="max-age=1").fresh_for == 10
    assert decided(rules=Rules(ttl=10), cache_control="max-age=20").fresh_for == 20
    assert decided(rules=Rules(ttl=1e9)).fresh_for == WEEK
    assert decided(404, rules=Rules(ttl=10)).fresh_for == 10


@pytest.mark.parametrize(
    ("control", "windows"),
    [
        ("", (HOUR, DAY)),
        ("max-age=600", (HOUR, DAY)),
        ("max-age=600, stale-while-revalidate=30", (30, DAY)),
        ("max-age=600, stale-if-error=0, stale-while-revalidate=99999999999", (WEEK, 0)),
        ("max-age=600, stale-if-error=junk", (HOUR, 0)),
        ("max-age=600, must-revalidate, stale-while-revalidate=30, stale-if-error=30", (0, 0)),
        ("proxy-revalidate", (0, 0)),
        ("no-cache, stale-if-error=30", (0, 0)),
        ("s-maxage=600", (0, 0)),
        ("s-maxage=600, stale-while-revalidate=30", (30, 0)),
    ],
)
def test_how_long_it_is_used_when_stale(control, windows):
    found = decided(cache_control=control)
    assert (found.stale_while_for, found.stale_if_error_for) == windows


@pytest.mark.parametrize(
    ("named", "reason"),
    [
        ({"cache_control": "no-store"}, "no-store"),
        ({"cache_control": "max-age=600,NO-STORE"}, "no-store"),
        ({"cache_control": "no-store, must-understand"}, "no-store"),
        ({"cache_control": 'no-store="a'}, "no-store"),
        ({"cache_control": ["max-age=600", "private"]}, "private"),
        ({"cache_control": 'private="set-cookie"'}, "private"),
        ({"cache_control": 'extension="a, no-store'}, "no-store"),  # a quote that does not end holds nothing
        ({"cache_control": "a" * 10_000}, "no-store"),
        ({"vary": "*"}, "vary: *"),
        ({"vary": "accept-encoding, *"}, "vary: *"),
        ({"vary": ["User-Agent", "Origin"]}, "vary: origin"),
        ({"status": 206}, "status 206"),
        ({"status": 304}, "status 304"),
        ({"status": 103}, "status 103"),
        ({"sent": [*SENT, (b"AUTHORIZATION", b"x")], "cache_control": "public, max-age=5"}, "authorization"),
    ],
)
def test_what_is_not_stored(named, reason):
    assert decided(**named) == Freshness(storable=False, reason=reason)


@pytest.mark.parametrize(
    "named",
    [
        {"set_cookie": "a=b"},
        {"set_cookie": ["a=b", "c=d"], "cache_control": "max-age=600"},
        {"cache_control": 'extension="no-store, private"'},
        {"cache_control": "x-no-store, no-storefront"},
        {"vary": "Accept-Encoding,USER-AGENT , accept-language, Accept,,"},
        {"vary": ""},
    ],
)
def test_what_is_stored(named):
    assert decided(**named).storable


def test_fields_that_no_request_has_do_not_tell_two_apart_if_the_author_says_so():
    rules = Rules(vary_on_unsent=True)
    assert decided(vary="Cookie, Origin, RSC", rules=rules).storable
    assert decided(vary="Cookie", rules=rules, sent=[*SENT, (b"cookie", b"a=b")]).reason == "vary: cookie"
    assert decided(vary="*", rules=rules).reason == "vary: *"


@pytest.mark.parametrize(
    ("status", "named", "seconds"),
    [
        (404, {}, 600),
        (410, {}, 600),
        (403, {}, 600),
        (300, {}, 600),
        (404, {"cache_control": "max-age=31536000"}, 600),
        (404, {"cache_control": "max-age=100"}, 100),
        (404, {"cache_control": "max-age=5"}, 60),
        (500, {}, 30),
        (599, {}, 30),
        (503, {"cache_control": "max-age=3600"}, 30),
        (503, {"retry_after": "120"}, 120),
        (503, {"retry_after": date(120)}, 120),
        (503, {"retry_after": "99999999999999999999"}, 600),
        (503, {"retry_after": date(-120)}, 30),
        (503, {"retry_after": "soon"}, 30),
        (500, {"retry_after": "120"}, 30),
        (429, {"retry_after": "120"}, 120),
        (429, {}, 30),
        (408, {}, 30),
        (200, {"wall": True}, 600),
        (200, {"wall": True, "cache_control": "max-age=31536000"}, 600),
        (503, {"wall": True}, 600),
    ],
)
def test_what_is_no_page_is_believed_for_a_short_while(status, named, seconds):
    found = decided(status, etag='"a"', **named)
    assert found.storable
    assert (found.fresh_for, found.stale_while_for, found.stale_if_error_for) == (seconds, 0, 0)
    assert found.kept == Kept()


def test_an_error_that_may_not_be_stored_is_not():
    assert not decided(500, cache_control="no-store").storable
    assert not decided(200, wall=True, cache_control="private").storable


URL = "https://a.example/"


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (DeadlineExceeded(url=URL, seconds=5.0), 30),
        (FetchError(url=URL, reason="no connection"), 30),
        (FetchError(url=URL, reason="no", status=502), 30),
        (FetchError(url=URL, reason="no", status=410), 600),
        (TooManyRedirects(url=URL, limit=5), 600),
        (NotHTML(url=URL, content_type="application/zip", status=200), 600),
        (Blocked(url=URL, reason="no"), None),
        (InvalidURL(url=URL, reason="no"), None),
    ],
)
def test_failures_without_an_answer(error, seconds):
    found = of_failure(error)
    assert (found.fresh_for if found.storable else None) == seconds
    assert of_failure(error, Rules(ttl=1)).fresh_for <= 1
