"""Whatever a site answers, in whatever order: a preview or one of our errors, in few requests, to nobody whom the policy refuses."""

from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from richresp import Preview, PreviewError
from richresp.limits.links import MAX_REDIRECTS
from richresp.links import check_url
from tests.links.driven import both

preview = both

HOSTS = ("a.example.com", "b.example.com", "sub.a.example.com")
TARGETS = st.one_of(
    st.builds(
        "{}://{}/{}".format, st.sampled_from(("http", "https")), st.sampled_from(HOSTS), st.sampled_from(("x", "y", ""))
    ),
    st.sampled_from(
        ("/x", "y", "?q", "", "//b.example.com", "http://127.0.0.1/", "http://[", "https://a.example.com:22/")
    ),
    st.text(max_size=8),
)
BODIES = st.one_of(
    st.binary(max_size=40),
    st.builds('<meta http-equiv=refresh content="{};url={}"><title>T</title>'.format, st.integers(0, 9), TARGETS).map(
        lambda text: text.encode("utf-8", "replace")
    ),
    st.just(b'<meta property="og:title" content="T">'),
)
ANSWERS = st.fixed_dictionaries(
    {
        "status": st.sampled_from((200, 200, 204, 206, 300, 301, 302, 303, 304, 307, 308, 401, 403, 404, 429, 500, 503, 599)),
        "headers": st.lists(
            st.one_of(
                st.tuples(st.just("location"), TARGETS),
                st.tuples(st.just("content-type"), st.sampled_from(("text/html", "image/png", "application/octet-stream", "x"))),
                st.tuples(st.just("content-length"), st.sampled_from(("0", "7", "x", "-1", "99999999999"))),
                st.tuples(st.just("content-encoding"), st.sampled_from(("gzip", "br", "identity", "gzip, gzip"))),
                st.tuples(st.just("set-cookie"), st.sampled_from(("s=1; Path=/", "t=2; Domain=example.com", "=", "u", "v=\t;"))),
                st.tuples(st.sampled_from(("server", "cf-mitigated", "x-datadome")), st.sampled_from(("cloudflare", "challenge"))),
            ),
            max_size=4,
        ),
        "content": BODIES,
    }
)  # fmt: skip
ERRORS = st.sampled_from((httpx.ConnectError("x"), httpx.ReadTimeout("x"), httpx.InvalidURL("x"), OSError("x")))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(answers=st.lists(st.one_of(ANSWERS, ERRORS), min_size=1, max_size=9), start=TARGETS)
def test_any_answers_lead_to_a_preview_or_an_error(preview, answers, start):
    asked, set_by = [], set()

    def site(request):
        asked.append(str(request.url))
        host = request.url.host
        if "cookie" in request.headers:
            assert host in set_by
        answer = answers[(len(asked) - 1) % len(answers)]
        if isinstance(answer, Exception):
            raise answer
        if any(name == "set-cookie" for name, _ in answer["headers"]):
            set_by.add(host)
        headers = [(name.encode(), value.encode("utf-8", "replace")) for name, value in answer["headers"]]
        return httpx.Response(answer["status"], headers=headers, stream=httpx.ByteStream(answer["content"]))

    found = None
    try:
        found = preview(site, start)
    except PreviewError as error:
        told = str(error)
        assert told.isprintable()
    if found is not None:
        assert found.requested_url == start
        assert len(found.redirects) <= MAX_REDIRECTS
        assert Preview.from_dict(found.to_dict()) == found
    assert len(asked) <= MAX_REDIRECTS + 2
    for url in asked:
        assert check_url(url) == url
        assert urlsplit(url).port in (None, 80, 443)


def test_sync_and_async_come_to_the_same(preview):
    """The examples above run in either; here the two are compared."""
    from tests.links.driven import async_preview, sync_preview

    def site(request):
        return (
            httpx.Response(302, headers={"location": "/two"})
            if request.url.path == "/"
            else httpx.Response(200, text="<h1>x")
        )

    one, other = (each(site, "https://a.example.com/") for each in (sync_preview, async_preview))
    assert one == other


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_location_of_any_bytes_is_an_error_of_ours_or_an_address(preview, status):
    for place in (
        b"\xff\xfe",
        b"http://\xff.example/",
        b"/\xc3\xa9",
        b"\\\\127.0.0.1\\",
        b"http:\\\\127.0.0.1",
        b"a" * 9000,
    ):
        asked = []

        def site(request, place=place, asked=asked):
            asked.append(request.url)
            return (
                httpx.Response(status, headers=[(b"location", place)])
                if len(asked) == 1
                else httpx.Response(200, text="<p>")
            )

        try:
            preview(site, "https://a.example.com/")
        except PreviewError:
            assert len(asked) == 1
        else:
            assert all(check_url(str(url)) == str(url) for url in asked)
