"""Rules on the address that a page claims: og:url and the canonical link."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from richresp.limits.audit import MAX_CANONICALS, MAX_CLAIMS, MAX_QUERY_FIELDS
from richresp.links.rules.rule import CANONICAL, FACEBOOK, GOOGLE_CANONICAL, OGP, Page, Place, Rule, quoted, resolved
from richresp.links.rules.rule import NOWHERE as END
from richresp.links.urls import same_site

_DECORATIONS = ("utm_", "fbclid", "gclid", "sessionid", "session_id", "phpsessid", "jsessionid", "sid")
_DEEP = 1
_OPTIMIZING = FACEBOOK + "/optimizing"
_ONE_DOMAIN = "https://developers.facebook.com/documentation/sharing/webmasters/getting-started/versioned-link"


def _og_missing(page: Page) -> Iterator[Place]:
    if page.stated("og:url") is None:
        yield END, "og:url is missing: give the address that all shares of the page should count for"


def _canonical_missing(page: Page) -> Iterator[Place]:
    if not list(_canonicals(page)):
        yield END, 'there is no <link rel="canonical">'


def _canonicals(page: Page) -> Iterator[Place]:
    """The canonical links and where they stand; at the end where they are written in a way that cannot be found again."""
    links = (link["href"] for link in page.head.links if "canonical" in link["rel"].lower().split())
    for href in islice(links, MAX_CANONICALS):
        at = page.text.find(href)
        yield (END if at < 0 else at), href


def _claims(page: Page) -> Iterator[tuple[int, str, str]]:
    for meta in islice(page.metas("og:url"), MAX_CLAIMS):
        yield meta.at, "og:url", meta.content
    for at, href in _canonicals(page):
        yield at, "the canonical link", href


def _resolved(page: Page) -> Iterator[tuple[int, str, str]]:
    for at, what, raw in _claims(page):
        if (url := resolved(raw, page.base)) is not None:
            yield at, what, url


def _useless(page: Page) -> Iterator[Place]:
    for at, what, raw in _claims(page):
        if resolved(raw, page.base) is None:
            yield at, f"{what} is {quoted(raw)}, which is no address of the web"


def _relative(page: Page) -> Iterator[Place]:
    for at, what, raw in _claims(page):
        if not raw.strip().lower().startswith(("http:", "https:")) and resolved(raw, page.base) is not None:
            yield at, f"{what} is {quoted(raw)}; write the whole address"


def _elsewhere(page: Page) -> Iterator[Place]:
    for at, what, url in _resolved(page):
        if not same_site(url, page.url):
            yield (
                at,
                f"{what} leads to another site, {quoted(url)}, which must allow it, and whose card hosts may show instead",
            )


def _home(page: Page) -> Iterator[Place]:
    for at, what, url in _resolved(page):
        deep = len([part for part in urlsplit(page.url).path.split("/") if part]) > _DEEP
        parts = urlsplit(url)
        if deep and same_site(url, page.url) and parts.path in ("", "/") and not parts.query:
            yield at, f"{what} is the front page of the site, whose card hosts may show instead"


def _decorated(page: Page) -> Iterator[Place]:
    for at, what, url in _resolved(page):
        fields = parse_qsl(urlsplit(url).query[:4096], keep_blank_values=True)[:MAX_QUERY_FIELDS]
        found = [key for key, _ in fields if key.lower().startswith("utm_") or key.lower() in _DECORATIONS]
        if found:
            yield at, f"{what} carries {quoted(found[0])}; leave out what identifies a visit"


def _several(count: Callable[[Page], set[str]], message: str) -> Callable[[Page], Iterator[Place]]:
    def check(page: Page) -> Iterator[Place]:
        if len(count(page)) > 1:
            yield END, message

    return check


def _og_urls(page: Page) -> set[str]:
    return {meta.content.strip() for meta in page.metas("og:url")}


def _canonical_urls(page: Page) -> set[str]:
    return {resolved(href, page.base) or href.strip() for _, href in _canonicals(page)}


RULES = (
    Rule("url-useless", "warning", "url", OGP + "#metadata", _useless),
    Rule("url-elsewhere", "warning", "url", _ONE_DOMAIN, _elsewhere),
    Rule("url-home", "warning", "url", CANONICAL, _home),
    Rule("url-missing", "warning", "url", OGP + "#metadata", _og_missing),
    Rule("url-conflicting", "warning", "url", OGP + "#array",
         _several(_og_urls, "og:url is there with different values; keep one")),
    Rule("canonical-conflicting", "warning", "url", GOOGLE_CANONICAL,
         _several(_canonical_urls, "there are different canonical links, so none counts; keep one")),
    Rule("url-relative", "warning", "url", _OPTIMIZING, _relative),
    Rule("url-decorated", "warning", "url", FACEBOOK, _decorated),
    Rule("canonical-missing", "hint", "url", CANONICAL, _canonical_missing),
)  # fmt: skip
"""In the order of severity, then of weight."""
