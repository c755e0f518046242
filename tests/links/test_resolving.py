"""A transport of one's own with a resolver: each name on the way is looked up and judged, within the time that there is."""

import asyncio
import threading

import httpx
import pytest

from richresp import AsyncPreviewer, Blocked, DeadlineExceeded, FetchError, Previewer
from richresp.links import Policy
from tests.links.driven import both

preview = both

PUBLIC = "93.184.216.34"
HTML = {"content-type": "text/html"}


def page(request):
    return httpx.Response(200, headers=HTML, text="<title>T</title>")


def leads_to(target):
    def site(request):
        if request.url.path == "/":
            return httpx.Response(302, headers={"location": target})
        return page(request)

    return site


class Resolver:
    """Knows some names, and notes what it was asked."""

    def __init__(self, **known):
        self.known = known
        self.asked = []

    def __call__(self, host):
        self.asked.append(host)
        return [self.known[host.partition(".")[0]]]


def test_each_name_on_the_way_is_looked_up_and_judged(preview):
    resolve = Resolver(a=PUBLIC, b=PUBLIC, c="10.0.0.1")
    assert preview(leads_to("http://b.example/x"), "http://a.example/", resolve=resolve).title == "T"
    assert resolve.asked == ["a.example", "b.example"]
    asked = []

    def site(request):
        asked.append(request.url.host)
        return leads_to("http://c.example/x")(request)

    with pytest.raises(Blocked, match=r"c\.example.*10\.0\.0\.1 is private") as caught:
        preview(site, "http://a.example/", resolve=resolve)
    assert (caught.value.url, caught.value.address) == ("http://c.example/x", "10.0.0.1")
    assert asked == ["a.example"]


def test_a_name_that_is_not_there_is_told_with_its_address(preview):
    with pytest.raises(FetchError, match="cannot be looked up") as caught:
        preview(leads_to("http://gone.example/x"), "http://a.example/", resolve=Resolver(a=PUBLIC))
    assert caught.value.url == "http://gone.example/x"


@pytest.mark.parametrize("url", ["http://open.example/", f"http://{PUBLIC}/", "http://[2606:4700::1111]/"])
def test_what_needs_no_judging_is_not_looked_up(preview, url):
    resolve = Resolver()
    assert preview(page, url, resolve=resolve, policy=Policy(allow_hosts=("open.example",))).title == "T"
    assert resolve.asked == []


def test_a_whole_page_is_guarded_alike():
    with Previewer(transport=httpx.MockTransport(page), resolve=Resolver(a="127.0.0.1", b=PUBLIC)) as previewer:
        assert previewer.fetch("http://b.example/").status == 200
        with pytest.raises(Blocked, match="loopback"):
            previewer.fetch("http://a.example/")


def test_a_resolver_that_hangs_is_waited_for_no_longer_than_the_timeout(preview):
    go, ended = threading.Event(), threading.Event()

    def resolve(host):
        go.wait(30)
        ended.set()
        return [PUBLIC]

    try:
        with pytest.raises(DeadlineExceeded):
            preview(page, "http://a.example/", resolve=resolve, timeout=0.1)
        assert not ended.is_set()
    finally:
        go.set()


def test_a_resolver_holds_up_no_loop():
    go = threading.Event()

    async def run():
        begun, loop = asyncio.Event(), asyncio.get_running_loop()

        def resolve(host):
            loop.call_soon_threadsafe(begun.set)
            return [PUBLIC] if go.wait(30) else []

        async with AsyncPreviewer(transport=httpx.MockTransport(page), resolve=resolve, timeout=60) as previewer:
            task = asyncio.create_task(previewer.preview("http://a.example/"))
            await begun.wait()
            go.set()
            return await task

    assert asyncio.run(run()).title == "T"
