"""What is remembered, for how long, and what is asked when it is old (RFC 9111 and 5861), for threads and for coroutines."""

import httpx
import pytest

from richresp import FetchError, Preview, Previewer
from richresp.limits.freshness import DEFAULT_TTL_SECONDS, MAX_FRESH_SECONDS, MIN_FRESH_SECONDS
from richresp.links.flights import Flights
from richresp.links.steps import Join, Lookup
from tests.links.remembering import DAY, HOUR, MINUTE, URL, Site, World, both

STRICT = "max-age=600, must-revalidate"
DATED = "Sun, 06 Nov 1994 08:49:37 GMT"


def conditions(request):
    return {name: value for name, value in request.headers.items() if name.startswith("if-")}


@both
@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({}, DEFAULT_TTL_SECONDS),
        ({"cache_control": "max-age=600"}, 600),
        ({"cache_control": "max-age=600", "age": "200"}, 400),
        ({"cache_control": "max-age=900, s-maxage=600"}, 600),
        ({"cache_control": "no-cache"}, MIN_FRESH_SECONDS),
        ({"cache_control": "max-age=31536000"}, MAX_FRESH_SECONDS),
    ],
)
def test_what_is_fresh_is_told_unasked_and_not_a_second_longer(kind, fields, seconds):
    with World(kind, Site(**fields)) as world:
        first = world.preview()
        world.site.says("Two")
        assert world.site.asked == 1
        world.later(seconds - 0.1)
        again = world.preview()
        assert (again, again.stale) == (first, False)
        assert world.site.asked == 0
        world.later(0.2)
        told = world.preview()
        assert world.site.asked == 1
        assert told.stale or told.title == "Two"


@both
def test_what_is_remembered_is_told_as_asked(kind):
    with World(kind) as world:
        world.preview(f"{URL}#one")
        other = "HTTPS://Site.Example.COM:443/page#two"
        assert world.preview(other).requested_url == other
        assert world.site.asked == 1


@both
def test_an_old_page_is_asked_about_and_304_makes_it_fresh(kind):
    with World(kind, Site(etag='"a"', last_modified=DATED, cache_control=STRICT)) as world:
        first = world.preview()
        assert conditions(world.site.requests[0]) == {}
        world.later(601)
        assert world.preview() == first
        assert not world.preview().stale
        assert conditions(world.site.requests[1]) == {"if-none-match": '"a"', "if-modified-since": DATED}
        assert world.site.asked == 2
        world.later(599)
        assert world.preview() == first
        assert world.site.asked == 0


@both
def test_the_fields_of_a_304_replace_those_that_are_known(kind):
    """RFC 9111, 4.3.4 and 3.2: its lifetime and age count from now on, and what it does not say stays."""
    with World(kind, Site(etag='"a"', last_modified=DATED, cache_control=STRICT)) as world:
        world.preview()
        world.later(601)
        world.site.fails(304, etag='"a"', cache_control="max-age=900, must-revalidate", age="100")
        assert world.preview().title == "One"
        world.later(799)
        world.preview()
        assert world.site.asked == 2
        world.later(2)
        world.site.fails(304)
        assert world.preview().title == "One"
        assert conditions(world.site.requests[0]) == {"if-none-match": '"a"', "if-modified-since": DATED}
        world.later(899)
        world.preview()
        assert world.site.asked == 1


@both
def test_a_304_for_another_page_is_asked_again_without_conditions(kind):
    with World(kind, Site(etag='"a"', cache_control=STRICT)) as world:
        world.preview()
        world.later(601)

        def answer(request):
            if "if-none-match" in request.headers:
                return httpx.Response(304, headers={"etag": '"b"'})
            return httpx.Response(200, headers={"content-type": "text/html"}, text="<title>Two</title>")

        world.site.answer = answer
        assert world.preview().title == "Two"
        assert world.site.asked == 3


@both
def test_a_page_that_changed_replaces_what_was_known(kind):
    with World(kind, Site(etag='"a"', cache_control=STRICT)) as world:
        world.preview()
        world.later(601)
        world.site.says("Two", etag='"b"', cache_control=STRICT)
        assert world.preview().title == "Two"
        world.later(601)
        assert world.preview().title == "Two"
        assert [conditions(each).get("if-none-match") for each in world.site.requests] == [None, '"a"', '"b"']


@both
def test_only_the_page_itself_is_asked_about(kind):
    """The tag is that of the page behind the redirect; whoever stands before it is not told."""
    page = Site(etag='"a"', cache_control=STRICT)

    def answer(request):
        if request.url.path == "/page":
            return httpx.Response(302, headers={"location": "/there"})
        page.requests = []
        return page(request)

    with World(kind) as world:
        world.site.answer = answer
        world.preview()
        world.later(601)
        assert world.preview().final_url.endswith("/there")
        assert [(each.url.path, "if-none-match" in each.headers) for each in world.site.requests] == [
            ("/page", False), ("/there", False), ("/page", False), ("/there", True),
        ]  # fmt: skip


@both
@pytest.mark.parametrize("control", ["no-store", "private", "max-age=600, no-store"])
def test_what_may_not_be_stored_is_not(kind, control):
    with World(kind, Site(cache_control=control)) as world:
        world.preview()
        assert world.preview().title == "One"
        assert world.site.asked == 2


@both
def test_what_may_not_be_stored_any_more_is_forgotten(kind):
    with World(kind, Site(cache_control="max-age=600, stale-if-error=600")) as world:
        world.preview()
        world.site.says("Two", cache_control="no-store")
        assert world.preview(refresh=True).title == "Two"
        world.site.fails(503)
        with pytest.raises(FetchError):
            world.preview()


@both
@pytest.mark.parametrize(
    ("vary", "asked"), [("Accept-Language, user-agent", 1), ("Accept-Encoding", 1), ("Cookie", 1), ("*", 2)]
)
def test_vary_counts_for_what_is_sent(kind, vary, asked):
    with World(kind, Site(vary=vary)) as world:
        world.preview()
        world.preview()
        assert world.site.asked == asked


@both
@pytest.mark.parametrize(
    "options", [{"accept_language": "de"}, {"user_agent": "twitter"}, {"accept_language": "de", "user_agent": "x/1"}]
)
def test_who_asks_otherwise_has_another_entry(kind, options):
    with World(kind) as world, world.beside(**options) as other, world.beside(**options) as like_that:
        world.preview()
        world.site.says("For others")
        assert other.preview().title == "For others"
        world.site.says("Later")
        assert (world.preview().title, like_that.preview().title) == ("One", "For others")
        assert world.site.asked == 2


@both
def test_refresh_asks_and_stores_whatever_is_remembered(kind):
    with World(kind, Site(etag='"a"')) as world:
        world.preview()
        world.site.says("Two")
        assert world.preview(refresh=True).title == "Two"
        assert conditions(world.site.requests[-1]) == {}
        assert world.preview().title == "Two"
        assert world.site.asked == 2
        world.later(MINUTE)
        world.preview(refresh=True)
        world.later(HOUR - 1)
        assert not world.preview().stale
        assert world.site.asked == 1


@both
def test_a_refresh_that_fails_says_so_and_what_was_remembered_stays(kind):
    with World(kind) as world:
        world.preview()
        for status in (None, 500, 503, 429):
            world.site.fails(status)
            with pytest.raises(FetchError):
                world.preview(refresh=True)
            assert world.preview().title == "One"
        world.site.fails(410)
        with pytest.raises(FetchError):
            world.preview(refresh=True)
        with pytest.raises(FetchError) as caught:
            world.preview()
        assert caught.value.status == 410


@both
def test_a_clock_that_is_set_back_makes_nothing_last(kind):
    with World(kind) as world:
        world.preview()
        world.site.says("Two")
        world.later(-DAY)
        assert world.preview().title == "Two"
        assert world.site.asked == 2


@pytest.mark.parametrize("refresh", [True, False])
@pytest.mark.parametrize("asked", [True, False])
def test_a_refresh_takes_from_others_only_what_was_asked_for(refresh, asked):
    table, found = Flights(), Preview(requested_url=URL, final_url=URL)
    with Previewer() as previewer:
        steps = previewer._options.flow(URL, refresh=refresh)
        step = next(steps)
        if isinstance(step, Lookup):
            step = steps.send(None)
        assert isinstance(step, Join)
        leader, ticket = table.join(step.key, lambda: None), table.join(step.key, lambda: None)
        leader.finish(found, asked=asked)
        if refresh and not asked:
            assert steps.send(ticket) == step
            steps.close()
        else:
            with pytest.raises(StopIteration) as caught:
                steps.send(ticket)
            assert caught.value.value == found


@both
def test_who_waits_for_a_leader_that_hangs_asks_within_its_own_time(kind):
    """The leader has the patience of an hour, its page none: whoever comes after it fetches, once for all of them."""
    with World(kind, timeout=1.0) as world, World(kind, cache=world.cache, clock=world.clock) as other:
        steps = world.previewer._options.flow(URL)
        key = next(steps).key
        steps.close()
        with world.previewer._shelf.flights.join(key, lambda: None) as leader:
            assert leader.leads
            assert world.preview().title == "One"
            assert world.preview().title == "One"
            assert world.site.asked == 1
            assert other.preview().title == "One"
            assert other.site.asked == 0
