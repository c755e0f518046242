"""What is told without a previewer is what a previewer would tell without asking, and only while it is fresh."""

import pytest

from richresp import Blocked, InvalidURL, Preview
from richresp.caching import MemoryCache
from richresp.links import Policy
from richresp.links.agents import request_headers
from richresp.links.entries import entry_of, to_bytes
from richresp.links.freshness import Freshness
from richresp.links.keys import key_for
from richresp.links.recalling import remembered

URL = "https://site.example.com/page"
MINUTE, HOUR = 60.0, 3_600.0


@pytest.fixture
def cache():
    return MemoryCache()


def test_nothing_is_told_of_an_empty_cache(cache):
    assert remembered(URL, cache) is None


@pytest.fixture
def kept(cache):
    """A preview in the cache, as if its page had been fetched, and the time when."""
    now = 1_700_000_000.0
    found = Preview(requested_url=URL, final_url=URL, title="Kept")
    freshness = Freshness(
        storable=True, reason="max-age", fresh_for=HOUR, stale_while_for=HOUR, stale_if_error_for=HOUR
    )
    key = key_for(URL, policy=Policy(), headers=request_headers())
    cache.set(key, to_bytes(entry_of(found, freshness, now), key), 4 * HOUR)
    return now


def test_what_is_fresh_is_told_with_its_age(cache, kept):
    found = remembered(URL, cache, clock=lambda: kept + 20 * MINUTE)
    assert (found.preview.title, found.age) == ("Kept", 20 * MINUTE)


def test_another_spelling_is_the_same_link(cache, kept):
    found = remembered(URL.upper().replace("/PAGE", "/page") + "#part", cache, clock=lambda: kept)
    assert found.preview.requested_url.endswith("#part")


@pytest.mark.parametrize("age", [HOUR + 1, 3 * HOUR, -HOUR])
def test_what_is_not_fresh_is_not_told(cache, kept, age):
    assert remembered(URL, cache, clock=lambda: kept + age) is None


@pytest.mark.parametrize(
    "options", [{"user_agent": "facebook"}, {"accept_language": "de"}, {"policy": Policy(allow_ports=(8000,))}]
)
def test_who_would_have_got_another_page_is_told_nothing(cache, kept, options):
    assert remembered(URL, cache, clock=lambda: kept, **options) is None


@pytest.mark.parametrize(("url", "error"), [("nowhere", InvalidURL), ("http://10.0.0.1/", Blocked)])
def test_where_nobody_may_go_nothing_is_looked_for(cache, url, error):
    with pytest.raises(error):
        remembered(url, cache)


def test_bytes_of_somebody_else_are_nothing(cache, kept):
    cache.set(key_for(URL, policy=Policy(), headers=request_headers()), b'{"v":1}', HOUR)
    assert remembered(URL, cache, clock=lambda: kept) is None
