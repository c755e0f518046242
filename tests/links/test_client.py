"""What the two previewers make of a site that a plain function plays. Sync and async must not differ in anything."""

import gzip

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
    UsageError,
)
from richresp.limits.links import MAX_BODY_BYTES, MAX_HEADERS, MAX_REDIRECTS
from tests.links.driven import Chunks, both

preview = both

URL = "https://site.example.com/page"
HTML = {"content-type": "text/html; charset=utf-8"}
PAGE = "<title>Title</title><link rel=icon href=/i.ico>"


def page(request):
    return httpx.Response(200, headers=HTML, text=PAGE)


def redirect(location, status=302):
    return httpx.Response(status, headers={"location": location})


def test_a_page_becomes_a_preview(preview):
    found = preview(page, "HTTPS://Site.Example.com/page#part")
    assert found.title == "Title"
    assert (found.requested_url, found.final_url) == ("HTTPS://Site.Example.com/page#part", URL)
    assert found.status == 200


def test_the_request_is_honest_and_carries_nothing(preview):
    seen = []

    def site(request):
        seen.append(request)
        return page(request)

    preview(site, URL)
    (request,) = seen
    assert request.method == "GET"
    assert request.headers["user-agent"].startswith("richresp/")
    assert request.headers["accept-encoding"] == "gzip"
    assert {"cookie", "authorization", "referer"}.isdisjoint(request.headers)


def test_redirects_are_followed_and_the_last_address_counts(preview):
    hops = {"/page": redirect("/two", 301), "/two": redirect("//other.example.com/three", 308)}
    found = preview(lambda request: hops.get(request.url.path) or page(request), URL)
    assert found.final_url == "https://other.example.com/three"
    assert found.requested_url == URL


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1/", "http://169.254.169.254/", "http://[::1]/", "http://localhost/", "//10.1.1.1/"]
)
def test_a_redirect_to_a_private_address_is_blocked_unasked(preview, target):
    asked = []

    def site(request):
        asked.append(request.url.host)
        return redirect(target)

    with pytest.raises(Blocked, match="a redirect leads there"):
        preview(site, URL)
    assert asked == ["site.example.com"]


@pytest.mark.parametrize(
    "target", ["ftp://example.com/", "javascript:alert(1)", "http://", "http://a b/", "https://u:p@e.example/"]
)
def test_a_redirect_to_no_page_is_invalid(preview, target):
    with pytest.raises(InvalidURL):
        preview(lambda request: redirect(target), URL)


def test_redirects_end(preview):
    asked = []

    def site(request):
        asked.append(request.url.path)
        return redirect(f"{request.url.path}x")

    with pytest.raises(TooManyRedirects):
        preview(site, URL)
    assert len(asked) == MAX_REDIRECTS + 1


def test_names_are_judged_at_each_hop_when_the_transport_is_foreign(preview):
    names = {"site.example.com": ["93.184.216.34"], "inner.example.com": ["93.184.216.34", "10.0.0.9"]}
    with pytest.raises(Blocked) as caught:
        preview(lambda request: redirect("https://inner.example.com/"), URL, resolve=names.__getitem__)
    assert caught.value.address == "10.0.0.9"


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503, 304, 300])
def test_an_error_of_the_server_is_told_with_its_status(preview, status):
    with pytest.raises(FetchError) as caught:
        preview(lambda request: httpx.Response(status, headers=HTML, text=PAGE), URL)
    assert caught.value.status == status
    assert str(status) in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "body", "title"),
    [
        ("image/png", b"\x89PNG\r\n\x1a\n", "page"),
        ("application/pdf", b"%PDF-1.7", "page"),
        ("application/json", b'{"a": 1}', "page"),
        ("text/plain", b"words", "page"),
        (None, b"%PDF-1.7", "page"),
        ("image/png", PAGE.encode(), "Title"),
        (None, PAGE.encode(), "Title"),
    ],
)
def test_what_is_no_page_is_a_card_by_what_it_is(preview, kind, body, title):
    headers = {"content-type": kind} if kind else {}
    assert preview(lambda request: httpx.Response(200, headers=headers, content=body), URL).title == title


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/octet-stream", b"\0\1\2"),
        ("application/octet-stream", b"<html>"),
        ("application/x-anything", b"\0\1\2"),
    ],
)
def test_what_has_no_card_is_told_with_its_type(preview, kind, body):
    with pytest.raises(NotHTML) as caught:
        preview(lambda request: httpx.Response(200, headers={"content-type": kind}, content=body), URL)
    assert (caught.value.content_type, caught.value.status) == (kind, 200)


def test_gzip_is_inflated_and_nothing_else(preview):
    coded = gzip.compress(PAGE.encode())
    assert preview(lambda request: raw(coded, "gzip"), URL).title == "Title"
    for coding in ("br", "zstd", "deflate", "gzip, gzip", "compress"):
        with pytest.raises(FetchError, match="compression"):
            preview(lambda request, coding=coding: raw(coded, coding), URL)
    with pytest.raises(FetchError, match="gzip"):
        preview(lambda request: raw(b"no gzip", "gzip"), URL)


def raw(body, coding):
    return httpx.Response(200, headers={**HTML, "content-encoding": coding}, stream=Chunks([body]))


def test_a_body_is_read_no_further_than_the_cap(preview):
    body = Chunks(b"x" * 65_536 for _ in range(10_000))
    preview(lambda request: httpx.Response(200, headers=HTML, stream=body), URL)
    assert body.taken <= MAX_BODY_BYTES + 65_536


def test_a_bomb_is_inflated_no_further_than_the_cap(preview):
    bomb = gzip.compress(PAGE.encode() + b" " * 100_000_000)
    body = Chunks([bomb[start : start + 1024] for start in range(0, len(bomb), 1024)])
    found = preview(lambda request: httpx.Response(200, headers={**HTML, "content-encoding": "gzip"}, stream=body), URL)
    assert found.title == "Title"
    assert body.taken < 4096


def test_the_body_of_a_redirect_is_not_read(preview):
    body = Chunks(b"x" * 65_536 for _ in range(10_000))

    def site(request):
        if request.url.path == "/two":
            return page(request)
        return httpx.Response(302, headers={**HTML, "location": "/two"}, stream=body)

    assert preview(site, URL).title == "Title"
    assert body.taken == 0


@pytest.mark.parametrize(("kind", "most"), [("text/html", MAX_BODY_BYTES + 65_536), ("application/json", 0)])
def test_the_body_of_an_error_is_read_like_that_of_a_page_or_not_at_all(preview, kind, most):
    body = Chunks(b"x" * 65_536 for _ in range(10_000))
    with pytest.raises(FetchError) as caught:
        preview(lambda request: httpx.Response(404, headers={"content-type": kind}, stream=body), URL)
    assert caught.value.status == 404
    assert body.taken <= most


def test_too_many_headers_are_refused(preview):
    headers = [("content-type", "text/html"), *((f"x-{number}", "y") for number in range(MAX_HEADERS))]
    with pytest.raises(FetchError, match="header"):
        preview(lambda request: httpx.Response(200, headers=headers), URL)


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (httpx.ConnectError("secret"), FetchError),
        (httpx.ReadTimeout("secret"), DeadlineExceeded),
        (httpx.RemoteProtocolError("secret"), FetchError),
        (httpx.InvalidURL("secret"), FetchError),
    ],
)
def test_errors_of_the_client_are_ours_and_hold_nothing_the_server_sent(preview, raised, expected):
    def site(request):
        raise raised

    with pytest.raises(expected) as caught:
        preview(site, URL)
    assert caught.value.url == URL
    assert "secret" not in str(caught.value)


def test_an_error_text_is_one_line_that_no_terminal_obeys(preview):
    def site(request):
        return httpx.Response(200, headers=[(b"content-type", b"text/x\x1b[31m\xff")], content=b"\0\1\2")

    with pytest.raises(NotHTML) as caught:
        preview(site, URL)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("timeout", [0, -1, float("inf"), float("nan")])
def test_a_timeout_is_a_time(timeout):
    for kind in (Previewer, AsyncPreviewer):
        with pytest.raises(UsageError, match="timeout"):
            kind(timeout=timeout)
