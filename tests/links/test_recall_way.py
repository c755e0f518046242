"""What is kept is as strict as the strictest answer on the way to it, and errors say for themselves whether they are kept."""

import httpx
import pytest

from richresp import FetchError
from richresp.limits.freshness import BRIEF_SECONDS, MIN_FRESH_SECONDS, NEGATIVE_SECONDS
from tests.links.remembering import HOUR, URL, World, both

LONG = {"cache-control": "max-age=604800", "content-type": "text/html"}


def leading(fields, last=LONG, status=200):
    """A site whose address redirects, with these fields, to another page each time."""
    count = iter(range(1_000))

    def answer(request):
        if str(request.url) == URL:
            return httpx.Response(302, headers={"location": f"/{next(count)}", **fields})
        return httpx.Response(status, headers=last, text=f"<title>{request.url.path}</title>")

    return answer


def meta_refresh(request):
    if str(request.url) == URL:
        text = '<meta http-equiv="refresh" content="0; url=/next">'
        return httpx.Response(200, headers={"content-type": "text/html", "cache-control": "no-store"}, text=text)
    return httpx.Response(200, headers=LONG, text="<title>Next</title>")


@both
@pytest.mark.parametrize(
    "fields", [{"cache-control": "no-store"}, {"cache-control": "private, max-age=90"}, {"vary": "*"}, {"vary": "a, *"}]
)
@pytest.mark.parametrize("status", [200, 404])
def test_behind_a_redirect_that_may_not_be_stored_nothing_is(kind, fields, status):
    with World(kind) as world:
        world.site.answer = leading(fields, status=status)
        for number in range(3):
            if status == 200:
                assert world.preview().title == f"/{number}"
            else:
                with pytest.raises(FetchError):
                    world.preview()
        assert world.site.asked == 6


@both
@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": "max-age=600", "age": "100"}, 500),
        ({"cache-control": "no-cache"}, MIN_FRESH_SECONDS),
        ({"cache-control": "max-age=0"}, MIN_FRESH_SECONDS),
        ({"expires": "0"}, MIN_FRESH_SECONDS),
        ({}, 604_800),
        ({"cache-control": "max-age=31536000"}, 604_800),
    ],
)
def test_behind_a_redirect_the_shortest_lifetime_counts(kind, fields, seconds):
    with World(kind) as world:
        world.site.answer = leading(fields)
        world.preview()
        world.later(seconds - 1)
        assert (world.preview().title, world.preview().stale) == ("/0", False)
        world.later(2)
        found = world.preview()
        assert found.stale or found.title == "/1"


@both
def test_a_redirect_that_has_to_be_asked_about_is_never_told_stale(kind):
    with World(kind) as world:
        world.site.answer = leading({"cache-control": "max-age=600, must-revalidate"})
        world.preview()
        world.later(601)
        assert world.preview().title == "/1"


@both
def test_a_page_that_leads_on_is_part_of_the_way(kind):
    with World(kind) as world:
        world.site.answer = meta_refresh
        assert [world.preview().title, world.preview().title] == ["Next", "Next"]
        assert world.site.asked == 4


@both
@pytest.mark.parametrize("status", [404, 503])
@pytest.mark.parametrize("control", ["no-store", "private"])
def test_an_error_that_may_not_be_stored_is_not(kind, status, control):
    with World(kind) as world:
        world.site.fails(status, cache_control=control, retry_after="300")
        with pytest.raises(FetchError):
            world.preview()
        world.site.answer = None
        assert world.preview().title == "One"


@both
@pytest.mark.parametrize(("status", "asks", "seconds"), [(503, 300, 300), (429, 300, 300), (503, HOUR, NEGATIVE_SECONDS),
                                                        (503, 1, BRIEF_SECONDS), (500, 300, BRIEF_SECONDS)])  # fmt: skip
def test_an_error_says_when_to_come_back(kind, status, asks, seconds):
    with World(kind) as world:
        world.site.fails(status, retry_after=str(asks))
        for later in (0, seconds - 1):
            world.later(later)
            with pytest.raises(FetchError):
                world.preview()
        assert world.site.asked == 1
        world.site.answer = None
        world.later(2)
        assert world.preview().title == "One"
