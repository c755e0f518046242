"""Errors of a server: cards that stand on them, and who turned a visitor away."""

import httpx
import pytest

from richresp import FetchError
from tests.links.driven import Chunks, both

preview = both

URL = "https://site.example.com/page"
CARD = '<title>T</title><meta property="og:title" content="Card">'
LONG = "<p>" + "word " * 2_000
CHALLENGE = "<title>Just a moment...</title><script>window._cf_chl_opt = {};</script>"


def answering(status, body, **headers):
    fields = {"content-type": "text/html", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return lambda request: httpx.Response(status, headers=fields, text=body)


@pytest.mark.parametrize("status", [400, 404, 410, 451, 500, 503, 599])
def test_an_error_with_a_card_is_one_with_its_status(preview, status):
    found = preview(answering(status, CARD), URL)
    assert (found.title, found.status, found.size) == ("Card", status, len(CARD))


@pytest.mark.parametrize("status", [403, 429, 503])
def test_a_card_stands_for_itself_whoever_watches(preview, status):
    assert preview(answering(status, CARD + LONG, server="cloudflare"), URL).title == "Card"


@pytest.mark.parametrize(
    "body", ["<title>Not found</title>", "", '<meta property="og:image" content="/i.png"><title>T</title>']
)
@pytest.mark.parametrize("status", [400, 404, 500])
def test_an_error_without_one_is_none(preview, status, body):
    with pytest.raises(FetchError, match=f"answers {status}") as caught:
        preview(answering(status, body), URL)
    assert caught.value.status == status
    assert "bot" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "headers", "vendor"),
    [
        (403, {"cf_mitigated": "challenge"}, "Cloudflare"),
        (404, {"cf_mitigated": "challenge"}, "Cloudflare"),
        (403, {"server": "cloudflare"}, "Cloudflare"),
        (503, {"server": "cloudflare"}, "Cloudflare"),
        (403, {"x_datadome": "protected"}, "DataDome"),
        (401, {"x_datadome": "protected"}, "DataDome"),
        (403, {"x_sucuri_id": "14001"}, "Sucuri"),
        (405, {"x_amzn_waf_action": "captcha"}, "AWS WAF"),
        (429, {"x_vercel_mitigated": "challenge"}, "Vercel"),
        (403, {"x_iinfo": "1-2-3"}, "Imperva"),
        (403, {"x_cdn": "Incapsula"}, "Imperva"),
        (403, {"server": "AkamaiGHost"}, "Akamai"),
    ],
)
def test_a_bot_check_is_called_by_its_name(preview, status, headers, vendor):
    with pytest.raises(FetchError, match=f"{status}: .*blocked by a bot check of {vendor}") as caught:
        preview(answering(status, "<h1>secret</h1>", **headers), URL)
    assert caught.value.status == status
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "body", "vendor"),
    [
        (403, CHALLENGE, "Cloudflare"),
        (500, CHALLENGE, "Cloudflare"),
        (403, "<title>Access to this page has been denied</title><div id=px-captcha></div>", "HUMAN"),
        (403, "<title>Pardon Our Interruption</title>", "Imperva"),
        (429, "<script src='/.well-known/vercel/security/x'></script>", "Vercel"),
        (403, "<script>x='https://geo.captcha-delivery.com/'</script>", "DataDome"),
        (403, "Reference https://errors.edgesuite.net/18.1", "Akamai"),
    ],
)
def test_its_page_tells_as_well(preview, status, body, vendor):
    with pytest.raises(FetchError, match=f"{status}: blocked by a bot check of {vendor}"):
        preview(answering(status, body), URL)


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (404, {"server": "cloudflare"}),
        (500, {"x_datadome": "protected"}),
        (401, {"server": "cloudflare", "www_authenticate": "Basic"}),
    ],
)
def test_who_watches_a_site_is_not_blamed_for_its_errors(preview, status, headers):
    with pytest.raises(FetchError) as caught:
        preview(answering(status, "<h1>no</h1>", **headers), URL)
    assert "bot" not in str(caught.value)


def test_a_challenge_by_its_header_is_not_read(preview):
    body = Chunks([CARD.encode()])
    headers = {"content-type": "text/html", "cf-mitigated": "challenge"}
    with pytest.raises(FetchError, match="Cloudflare"):
        preview(lambda request: httpx.Response(403, headers=headers, stream=body), URL)
    assert (body.taken, body.closed) == (0, 1)


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_an_error_whose_body_cannot_be_read_is_told_by_its_status(preview, coding):
    headers = {"content-type": "text/html", "content-encoding": coding}
    with pytest.raises(FetchError, match="answers 404"):
        preview(lambda request: httpx.Response(404, headers=headers, stream=Chunks([b"x"])), URL)
