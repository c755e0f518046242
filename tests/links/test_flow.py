"""What a preview does between hops: redirects, cookies, refreshes, retries. The site is a function; both previewers are asked."""

import httpx
import pytest

from richresp import Blocked, FetchError, InvalidURL, Preview, TooManyRedirects
from richresp.limits.links import MAX_REDIRECTS
from tests.links.driven import Chunks, both

preview = both

HOST = "https://site.example.com"
URL = f"{HOST}/page"
CARD = '<meta property="og:title" content="Card"><meta property="og:image" content="https://i.example.com/i.png">'


def html(text="<title>Title</title>", status=200, **headers):
    fields = {"content-type": "text/html; charset=utf-8", **headers}
    return httpx.Response(status, headers={k.replace("_", "-"): v for k, v in fields.items()}, text=text)


def redirect(location, status=302, **headers):
    return httpx.Response(
        status, headers={"location": location, **{k.replace("_", "-"): v for k, v in headers.items()}}
    )


class Site:
    """Answers by path, and remembers what it was asked for."""

    def __init__(self, **pages):
        self.pages = pages
        self.asked = []

    def __call__(self, request):
        self.asked.append(str(request.url))
        answer = self.pages.get(request.url.path.strip("/"), html())
        return answer(request) if callable(answer) else answer


def refresh(content):
    return html(f'<meta http-equiv="refresh" content="{content}"><title>First</title>')


def test_the_way_is_told(preview):
    site = Site(page=redirect("/two"), two=redirect("//other.example.com/three"))
    found = preview(site, "https://Site.example.com/page#x")
    assert found.redirects == (URL, f"{HOST}/two")
    assert found.final_url == "https://other.example.com/three"
    assert found.size == len("<title>Title</title>")
    assert 0 <= found.elapsed < 60
    assert Preview.from_dict(found.to_dict()).to_dict() == found.to_dict()


def test_a_preview_without_redirects_has_none(preview):
    assert preview(Site(), URL).redirects == ()


@pytest.mark.parametrize("headers", [{}, {"location": ""}, {"location": "  "}])
def test_a_redirect_to_nowhere_says_so(preview, headers):
    with pytest.raises(FetchError, match="does not say where to") as caught:
        preview(lambda request: httpx.Response(302, headers=headers), URL)
    assert caught.value.status == 302


def test_a_redirect_to_two_places_is_none(preview):
    headers = [("location", "/a"), ("location", "/b")]
    with pytest.raises(FetchError, match="two places"):
        preview(lambda request: httpx.Response(302, headers=headers), URL)


def test_a_circle_is_told_as_such(preview):
    site = Site(page=redirect("/a"), a=redirect("/b"), b=redirect("/a"))
    with pytest.raises(TooManyRedirects, match="circle") as caught:
        preview(site, URL)
    assert caught.value.loop
    assert len(site.asked) == 3


def test_a_place_that_only_wants_its_cookie_back_is_no_circle(preview):
    def page(request):
        return html() if request.headers.get("cookie") == "seen=1" else redirect("/page", set_cookie="seen=1; Path=/")

    assert preview(page, URL).title == "Title"


def test_an_address_in_another_alphabet_is_a_target(preview):
    site = Site(page=httpx.Response(302, headers=[(b"location", "https://münchen.example/é".encode())]))
    assert preview(site, URL).final_url == "https://xn--mnchen-3ya.example/%C3%A9"


def test_a_way_from_tls_to_none_is_followed_without_cookies(preview):
    seen = []

    def site(request):
        seen.append((request.url.scheme, request.headers.get("cookie")))
        target = {"https": "http://site.example.com/page", "http": "https://site.example.com/end"}[request.url.scheme]
        return html() if request.url.path == "/end" else redirect(target, set_cookie="a=b; Path=/")

    preview(site, URL)
    assert seen == [("https", None), ("http", None), ("https", "a=b")]


def test_cookies_go_to_no_other_host(preview):
    seen = []

    def site(request):
        seen.append((request.url.host, request.headers.get("cookie")))
        hops = {"/page": "https://www.site.example.com/two", "/two": "https://site.example.com/three"}
        cookie = f"{request.url.path[1:]}=1; Domain=site.example.com; Path=/"
        return redirect(hops[request.url.path], set_cookie=cookie) if request.url.path in hops else html()

    preview(site, URL)
    assert seen == [("site.example.com", None), ("www.site.example.com", None), ("site.example.com", "page=1")]


def test_nothing_is_kept_between_previews(preview):
    seen = []

    def site(request):
        seen.append(request.headers.get("cookie"))
        return html(set_cookie="a=b")

    preview(site, URL)
    preview(site, URL)
    assert seen == [None, None]


def test_a_refresh_is_followed_once(preview):
    site = Site(page=refresh("0; url=/two"), two=refresh("0; url=/three"))
    found = preview(site, URL)
    assert (found.title, found.final_url, found.redirects) == ("First", f"{HOST}/two", (URL,))
    assert site.asked == [URL, f"{HOST}/two"]


def test_a_refresh_may_lead_to_a_redirect_and_takes_cookies_along(preview):
    def two(request):
        return redirect("/three") if request.headers.get("cookie") == "a=b" else html("<title>No cookie</title>")

    first = html('<meta http-equiv=refresh content="1;/two">', set_cookie="a=b")
    found = preview(Site(page=first, two=two), URL)
    assert (found.title, found.redirects) == ("Title", (URL, f"{HOST}/two"))


@pytest.mark.parametrize("head", [CARD, '<meta property="og:title" content="Card">'])
def test_a_page_with_a_card_is_the_answer_whatever_it_refreshes_to(preview, head):
    site = Site(page=html(f'{head}<meta http-equiv=refresh content="0;url=/two">'))
    assert preview(site, URL).title == "Card"
    assert site.asked == [URL]


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1/", "http://[::1]/", "javascript:alert(1)", "ftp://example.com/", "http://[", "https://u:p@e.example/"]
)  # fmt: skip
def test_a_refresh_to_where_nobody_may_go_leaves_the_page(preview, target):
    site = Site(page=refresh(f"0; url={target}"))
    found = preview(site, URL)
    assert (found.title, found.final_url, found.redirects) == ("First", URL, ())
    assert any("meta refresh" in warning for warning in found.warnings)
    assert site.asked == [URL]


def test_a_refresh_to_a_name_that_is_private_leaves_the_page(preview):
    def inner(request):
        raise Blocked(url="inner.example.com", reason="10.0.0.9 is private", address="10.0.0.9")

    site = Site(page=refresh("0; url=https://inner.example.com/two"), two=inner)
    found = preview(site, URL)
    assert (found.title, found.redirects) == ("First", ())
    assert any("meta refresh" in warning for warning in found.warnings)


def test_a_refresh_counts_as_a_redirect(preview):
    pages = {f"p{number}": redirect(f"/p{number + 1}") for number in range(1, MAX_REDIRECTS)}
    site = Site(page=redirect("/p1"), **pages, **{f"p{MAX_REDIRECTS}": refresh("0; url=/far")})
    found = preview(site, URL)
    assert (found.title, len(site.asked)) == ("First", MAX_REDIRECTS + 1)


def test_a_page_that_refreshes_to_itself_is_asked_for_once(preview):
    site = Site(page=refresh("0; url=/page"))
    assert preview(site, URL).title == "First"
    assert site.asked == [URL]


@pytest.mark.parametrize("fails", [1, 2])
def test_what_was_not_answered_is_asked_once_more(preview, fails):
    asked = []

    def site(request):
        asked.append(request.url.path)
        if len(asked) <= fails:
            raise httpx.ConnectError("refused")
        return html()

    if fails == 1:
        assert preview(site, URL).title == "Title"
    else:
        with pytest.raises(FetchError, match="no connection"):
            preview(site, URL)
    assert len(asked) == 2


def test_what_broke_while_it_was_answered_is_not_asked_again(preview):
    asked = []

    def site(request):
        asked.append(request)
        raise httpx.RemoteProtocolError("garbage")

    with pytest.raises(FetchError):
        preview(site, URL)
    assert len(asked) == 1


@pytest.mark.parametrize("error", [InvalidURL(url="x", reason="y"), FetchError(url="x", reason="y")])
def test_errors_of_a_transport_that_are_ours_name_the_address(preview, error):
    def site(request):
        raise error

    with pytest.raises(FetchError) as caught:
        preview(site, URL)
    assert caught.value.url == URL


def broken(*chunks):
    yield from chunks
    raise httpx.ReadError("secret")


def test_a_page_that_breaks_off_is_one_if_its_head_said_all(preview):
    whole = f'<head>{CARD}<meta property="og:site_name" content="S"><meta property="og:description" content="Words.">'
    whole += f'<meta property="og:url" content="{URL}"><link rel=canonical href="{URL}"><title>T</title></head><body>'
    body = Chunks(broken(whole.encode(), b"<p>"))
    headers = {"content-type": "text/html; charset=utf-8", "content-length": "60000"}
    assert preview(lambda request: httpx.Response(200, headers=headers, stream=body), URL).title == "Card"
    half = Chunks(broken(b"<title>T</title>"))
    with pytest.raises(FetchError) as caught:
        preview(lambda request: httpx.Response(200, headers=headers, stream=half), URL)
    assert "secret" not in str(caught.value)


def test_an_empty_redirect_is_read_to_its_end_and_no_other(preview):
    empty, full = Chunks([]), Chunks([b"moved"])
    answers = {
        "/page": httpx.Response(302, headers={"location": "/two", "content-length": "0"}, stream=empty),
        "/two": httpx.Response(302, headers={"location": "/three", "content-length": "5"}, stream=full),
    }
    preview(lambda request: answers.get(request.url.path) or html(), URL)
    assert (empty.closed, full.closed, full.taken) == (1, 1, 0)
