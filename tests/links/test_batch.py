"""Many previews at once: order, errors as values, duplicates, progress, and what bounds them; for threads and for coroutines alike."""

import asyncio
import threading

import httpx
import pytest

from richresp import (
    FetchError,
    InvalidURL,
    Preview,
    PreviewError,
    UsageError,
)
from richresp.links.batch import in_tasks, in_threads
from tests.links.remembering import URL, World, both

HTML = {"content-type": "text/html"}


def titled(request):
    """A page with the name of its path; gone where that says so."""
    if "gone" in request.url.path:
        return httpx.Response(410)
    return httpx.Response(200, headers={**HTML, "cache-control": "no-store"}, text=f"<title>{request.url}</title>")


def world(kind, answer=titled, **options):
    made = World(kind, **options)
    made.site.answer = answer
    return made


def page(number, host="site"):
    return f"https://{host}.example.com/{number}"


@both
def test_results_come_in_order_and_errors_are_values(kind):
    urls = [page(1), page("gone"), "no url", page(2), "http://127.0.0.1/", "", "http://[", page(1)]
    with world(kind) as site:
        told = site.previews(urls)
        assert [type(each).__name__ for each in told] == [
            "Preview", "FetchError", "InvalidURL", "Preview", "Blocked", "InvalidURL", "InvalidURL", "Preview",
        ]  # fmt: skip
        assert [each.requested_url if isinstance(each, Preview) else each.url for each in told] == urls
        assert told[0] is told[-1]
        assert told[0].title == page(1)
        assert site.site.asked == 3


@both
def test_nothing_is_asked_for_nothing(kind):
    with world(kind) as site:
        assert site.previews([]) == site.previews(iter(())) == []
        assert site.previews(page(number) for number in range(3)) == site.previews(map(page, range(3)))


@both
@pytest.mark.parametrize(
    "urls", ["https://a.example/", b"https://a.example/", [b"https://a.example/"], [None], [URL, 5]]
)
def test_what_is_no_list_of_urls_is_the_authors_mistake(kind, urls):
    with world(kind) as site:
        with pytest.raises(UsageError):
            site.previews(urls)
        assert site.site.asked == 0


@both
@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), True, "5"])
def test_a_timeout_is_a_time(kind, timeout):
    with world(kind) as site, pytest.raises(UsageError):
        site.previews([URL], timeout=timeout)


SPELLINGS = [
    URL,
    f"{URL}#part",
    "HTTPS://SITE.example.com/page",
    "https://site.example.com:443/page",
    f"{URL}#other",
    URL,
]


@both
@pytest.mark.parametrize("refresh", [False, True])
@pytest.mark.parametrize("answer", [titled, lambda request: httpx.Response(410)])
def test_one_address_is_asked_for_once_however_it_is_spelled(kind, refresh, answer):
    """Even where the answer may not be stored, and where one waits for the other."""
    with world(kind, answer, max_connections=1) as site:
        done = []
        told = site.previews(SPELLINGS, refresh=refresh, on_done=lambda url, result: done.append((url, result)))
        assert site.site.asked == 1
        assert [each.requested_url if isinstance(each, Preview) else each.url for each in told] == SPELLINGS
        assert sorted(url for url, _ in done) == sorted(set(SPELLINGS))
        assert dict(done) == dict(zip(SPELLINGS, told, strict=True))
        if isinstance(told[0], PreviewError):
            assert len({id(each) for each in told[:5]}) == 5


@both
def test_progress_is_told_once_each_where_the_caller_is(kind):
    urls = [page(number, host) for number in range(10) for host in "ab"] + ["no url", page("gone")]
    told, threads = [], set()

    def on_done(url, result):
        told.append((url, result))
        threads.add(threading.get_ident())

    with world(kind) as site:
        results = site.previews([*urls, *urls], on_done=on_done)
    assert len(told) == len(urls)
    assert dict(told) == dict(zip(urls, results[: len(urls)], strict=True))
    assert threads == {threading.get_ident()}


@both
@pytest.mark.parametrize("error", [ZeroDivisionError, FetchError])
def test_who_raises_at_progress_ends_the_batch_with_that(kind, error):
    raised = error() if error is ZeroDivisionError else error(url="x", reason="mine")

    def on_done(url, result):
        raise raised

    with world(kind, max_connections=1) as site:
        with pytest.raises(error) as caught:
            site.previews([page(number) for number in range(100)], on_done=on_done)
        assert caught.value is raised
        settled(site)
        assert site.site.asked <= 2
        assert site.previews([URL])[0].title == URL


def settled(site):
    for thread in threading.enumerate():
        if thread.name == "richresp-batch":
            thread.join(60)
    assert len(site.previewer._shelf.flights) == 0
    assert len(site.previewer._options.slots) == 0


def refuses(url, seconds):
    raise FetchError(url=url, reason="no")


async def refuses_later(url, seconds):
    raise FetchError(url=url, reason="no")


@pytest.mark.parametrize("run", [in_threads, in_tasks])
def test_ten_thousand_links(run):
    urls, done = [page(number, f"host{number % 500}") for number in range(10_000)], []
    options = {
        "timeout": None,
        "total": 64,
        "per_host": 4,
        "address_of": str,
        "on_done": lambda url, _: done.append(url),
    }
    if run is in_threads:
        told = in_threads([*urls, *urls[:100]], refuses, **options)
    else:
        told = asyncio.run(in_tasks([*urls, *urls[:100]], refuses_later, **options))
    assert [each.url for each in told] == [*urls, *urls[:100]]
    assert sorted(done) == sorted(urls)


@both
def test_a_mistake_in_a_transport_is_raised_as_it_is(kind):
    def broken(request):
        raise ZeroDivisionError

    with world(kind, broken) as site:
        with pytest.raises(ZeroDivisionError):
            site.previews([page(number) for number in range(20)])
        assert isinstance(site.previews(["no url"])[0], InvalidURL)
