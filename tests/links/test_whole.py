"""A page is fetched to its end, by the same way as a preview: redirects checked, bounded, never remembered."""

import asyncio
import gzip

import httpx
import pytest

from richresp import AsyncPreviewer, Blocked, FetchError, Previewer, TooManyRedirects, UsageError
from richresp.limits.links import MAX_BODY_BYTES

URL = "https://site.example.com/a"
PAGE = b"<title>T</title>" + b"<p>word</p>" * 9_000


class Site:
    """Answers by path, and counts."""

    def __init__(self, **answers):
        self.answers = answers
        self.asked = []

    def __call__(self, request):
        self.asked.append(str(request.url))
        return self.answers[request.url.path.strip("/")]()


def fetched(site, url=URL, *, wait=False, **bounds):
    transport = httpx.MockTransport(site)
    if not wait:
        with Previewer(transport=transport) as previewer:
            return previewer.fetch(url, **bounds)

    async def run():
        async with AsyncPreviewer(transport=transport) as previewer:
            return await previewer.fetch(url, **bounds)

    return asyncio.run(run())


def page(body=PAGE, status=200, **headers):
    return lambda: httpx.Response(status, headers={"content-type": "text/html"} | headers, content=body)


def moved(where):
    return lambda: httpx.Response(302, headers={"location": where})


@pytest.fixture(params=[False, True], ids=["threads", "coroutines"])
def wait(request):
    return request.param


def test_all_of_a_page_is_there_behind_its_redirects(wait):
    found = fetched(Site(a=moved("/b"), b=page()), wait=wait)
    assert (found.body, found.url, found.status) == (PAGE, "https://site.example.com/b", 200)
    assert (found.content_type, found.is_cut, found.redirects) == ("text/html", False, (URL,))


def test_what_is_packed_is_unpacked(wait):
    packed = page(gzip.compress(PAGE), **{"content-encoding": "gzip"})
    assert fetched(Site(a=packed), wait=wait).body == PAGE


def test_a_body_without_an_end_is_cut_and_says_so(wait):
    found = fetched(Site(a=page(b"<p>" * MAX_BODY_BYTES)), wait=wait)
    assert len(found.body) == MAX_BODY_BYTES
    assert found.is_cut


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("most", [1, 5_000, len(PAGE), 3 * MAX_BODY_BYTES])
def test_a_caller_bounds_the_body(most, packed, wait):
    body = PAGE if most <= len(PAGE) else PAGE * 20
    answer = page(gzip.compress(body), **{"content-encoding": "gzip"}) if packed else page(body)
    found = fetched(Site(a=answer), wait=wait, max_bytes=most)
    assert found.body == body[:most]
    assert found.is_cut == (len(body) >= most)


@pytest.mark.parametrize("bounds", [{"max_bytes": 0}, {"max_bytes": 1.5}, {"timeout": 0}, {"timeout": -1}])
def test_bounds_that_cannot_be_meant_are_refused(bounds, wait):
    site = Site(a=page())
    with pytest.raises(UsageError, match=next(iter(bounds))):
        fetched(site, wait=wait, **bounds)
    assert site.asked == []


@pytest.mark.parametrize(
    ("site", "error"),
    [
        (Site(a=moved("http://127.0.0.1/")), Blocked),
        (Site(a=moved("/b"), b=moved("/a")), TooManyRedirects),
        (Site(a=page(status=404)), FetchError),
        (Site(a=page(b"x", **{"content-encoding": "br"})), FetchError),
    ],
)
def test_what_a_preview_refuses_is_refused(site, error, wait):
    with pytest.raises(error):
        fetched(site, wait=wait)


def test_nothing_is_remembered():
    site = Site(a=page())
    with Previewer(transport=httpx.MockTransport(site)) as previewer:
        previewer.preview(URL)
        previewer.fetch(URL)
        previewer.fetch(URL)
    assert len(site.asked) == 3
