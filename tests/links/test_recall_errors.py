"""Stale previews where nothing newer can be had, and errors that are remembered: when, for how long, and when not."""

import asyncio
import threading

import httpx
import pytest

from richresp import (
    AsyncPreviewer,
    Blocked,
    DeadlineExceeded,
    FetchError,
    InvalidURL,
    NotHTML,
    Previewer,
    TooManyRedirects,
)
from richresp.limits.freshness import BRIEF_SECONDS, NEGATIVE_SECONDS, STALE_IF_ERROR_SECONDS, STALE_WHILE_SECONDS
from tests.links.remembering import HOUR, URL, Clock, Site, World, both, with_clock

PASSING = [None, 500, 502, 503, 504, 408, 425, 429]
LASTING = [400, 401, 403, 404, 410, 451]


def redirect(location):
    return lambda request: httpx.Response(302, headers={"location": location})


@both
def test_a_little_stale_is_told_at_once_and_renewed(kind):
    with World(kind, Site(cache_control="max-age=600, stale-while-revalidate=60")) as world:
        world.preview()
        world.site.says("Two", cache_control="max-age=600, stale-while-revalidate=60")
        world.later(630)
        told = world.preview()
        assert (told.title, told.stale) == ("One", True)
        told = world.preview()
        assert (told.title, told.stale) == ("Two", False)
        assert world.site.asked == 2
        world.site.says("Three")
        world.later(661)
        assert world.preview().title == "Three"


@both
@pytest.mark.parametrize(
    "control", ["max-age=600, must-revalidate", "max-age=600, proxy-revalidate", "no-cache", "s-maxage=600"]
)
def test_what_must_be_asked_about_is_never_told_stale(kind, control):
    with World(kind, Site(cache_control=control)) as world:
        world.preview()
        world.later(601)
        world.site.says("Two", cache_control=control)
        told = world.preview()
        assert (told.title, told.stale) == ("Two", False)
        world.later(601)
        world.site.fails(503)
        with pytest.raises(FetchError):
            world.preview()


def test_a_thread_is_not_kept_waiting_by_the_renewal_which_ends_with_the_previewer():
    clock, site, over, reached = Clock(), Site(), threading.Event(), threading.Event()
    with with_clock(Previewer(transport=httpx.MockTransport(site)), clock) as previewer:
        previewer.preview(URL)
        clock.now += HOUR + 1

        def hang(request):
            reached.set()
            over.wait(60)
            return httpx.Response(200, headers={"content-type": "text/html"}, text="<title>Two</title>")

        site.answer = hang
        assert [previewer.preview(URL).stale for _ in range(20)] == [True] * 20
        assert reached.wait(60)
        assert site.asked == 2
        (thread,) = [each for each in threading.enumerate() if each.name == "richresp-renewal"]
    over.set()
    thread.join(60)
    site.answer = None
    told = previewer.preview(URL)  # what came too late was not stored
    assert (told.title, told.stale) == ("One", True)


def test_a_coroutine_is_not_kept_waiting_either():
    async def run():
        clock, reached, ended = Clock(), asyncio.Event(), asyncio.Event()
        asked = []

        async def site(request):
            asked.append(request)
            if len(asked) > 1:
                reached.set()
                try:
                    await asyncio.Event().wait()
                finally:
                    ended.set()
            return httpx.Response(200, headers={"content-type": "text/html"}, text="<title>One</title>")

        async with with_clock(AsyncPreviewer(transport=httpx.MockTransport(site)), clock) as previewer:
            await previewer.preview(URL)
            clock.now += HOUR + 1
            told = await asyncio.gather(*(previewer.preview(URL) for _ in range(20)))
            assert all(each.stale for each in told)
            await reached.wait()
            assert len(asked) == 2
        assert ended.is_set()
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(run())


@both
@pytest.mark.parametrize("status", PASSING)
def test_a_page_that_cannot_be_had_now_is_what_it_was_and_no_longer_than_allowed(kind, status):
    with World(kind, Site(cache_control="max-age=600, stale-while-revalidate=0, stale-if-error=600")) as world:
        world.preview()
        world.site.fails(status)
        for seconds in (601, 300, 298):
            world.later(seconds)
            told = world.preview()
            assert (told.title, told.stale) == ("One", True)
        world.later(2)
        with pytest.raises(FetchError) as caught:
            world.preview()
        assert caught.value.status == status


@both
def test_the_windows_of_a_page_that_states_none(kind):
    with World(kind) as world:
        world.preview()
        world.site.fails(503)
        world.later(HOUR + STALE_WHILE_SECONDS - 1)
        assert world.preview().stale
        world.later(STALE_IF_ERROR_SECONDS - STALE_WHILE_SECONDS)
        assert world.preview().stale
        world.later(2)
        with pytest.raises(FetchError):
            world.preview()


@both
@pytest.mark.parametrize("status", LASTING)
def test_a_page_that_is_gone_is_not_told_as_if_it_were_there(kind, status):
    """RFC 5861, 4: an error there is what 500, 502, 503 and 504 stand for."""
    with World(kind, Site(cache_control="max-age=600, stale-while-revalidate=0, stale-if-error=600")) as world:
        world.preview()
        world.later(601)
        world.site.fails(status)
        for _ in range(2):
            with pytest.raises(FetchError) as caught:
                world.preview()
            assert caught.value.status == status
        assert world.site.asked == 2


@both
@pytest.mark.parametrize(
    ("target", "error"), [("http://10.0.0.1/", Blocked), ("javascript:1", InvalidURL), ("/page", TooManyRedirects)]
)
def test_a_page_that_leads_elsewhere_now_is_not_told_as_if_it_did_not(kind, target, error):
    with World(kind, Site(cache_control="max-age=600, stale-while-revalidate=0, stale-if-error=600")) as world:
        world.preview()
        world.later(601)
        world.site.answer = redirect(target)
        with pytest.raises(error):
            world.preview()


@both
@pytest.mark.parametrize(
    ("status", "seconds"),
    [*((status, BRIEF_SECONDS) for status in PASSING), *((status, NEGATIVE_SECONDS) for status in LASTING)],
)
def test_an_error_is_remembered_for_a_while(kind, status, seconds):
    with World(kind) as world:
        world.site.fails(status)
        told = []
        for pause in (0, seconds - 1, 2):
            world.later(pause)
            with pytest.raises(FetchError) as caught:
                world.preview()
            told.append((type(caught.value), caught.value.status, caught.value.reason, caught.value.url))
            assert world.site.asked == (pause != seconds - 1)
        assert told == [told[0]] * 3


def archive(request):
    return httpx.Response(200, headers={"content-type": "application/x-anything"}, content=b"\0\1\2")


@both
def test_endless_redirects_and_what_is_no_page_are_remembered_as_well(kind):
    endless = redirect("/page")
    for answer, error in ((endless, TooManyRedirects), (archive, NotHTML)):
        with World(kind) as world:
            world.site.answer = answer
            with pytest.raises(error):
                world.preview()
            asked = world.site.asked
            assert asked
            world.later(NEGATIVE_SECONDS - 1)
            with pytest.raises(error):
                world.preview()
            assert world.site.asked == 0
            world.later(2)
            with pytest.raises(error):
                world.preview()
            assert world.site.asked == asked


@both
def test_what_is_our_own_doing_is_not_remembered(kind):
    with World(kind) as world:
        for location in ("http://10.0.0.1/", "ftp://x.example/"):
            world.site.answer = redirect(location)
            for _ in range(2):
                with pytest.raises((Blocked, InvalidURL)):
                    world.preview()
            assert world.site.asked == 2

        def slow(request):
            raise httpx.ReadTimeout("slow", request=request)

        world.site.answer = slow
        for _ in range(2):
            with pytest.raises(DeadlineExceeded):
                world.preview()
        assert world.site.asked == 2
        world.site.answer = None
        assert world.preview().title == "One"
