"""What is a link to a page when nobody says so: a usual name, and a value that is one address of a page.

Names are compared without case, `_`, `-` and other marks, so that html_url, htmlUrl and HTML-URL are one. They are those
that Microsoft 365 Copilot looks for to cite a result, and those of the services whose answers handlers pass on. Addresses
for machines are no links to pages: pictures, archives, endpoints of an API, templates, namespaces.
"""

from __future__ import annotations

import re
from functools import lru_cache

from richresp.limits.links import MAX_URL_CHARS

# Best first: an address that is said to be for people, then what may be anything, then pages about the record.
_PAGES = (
    "htmlurl", "weburl", "webviewlink", "webviewurl", "weblink", "htmllink", "pageurl", "pagelink", "publicurl", "browserurl",
    "fullurl", "url", "link", "href", "permalink", "permalinkurl", "canonicalurl", "articleurl", "storyurl", "posturl",
    "eventurl", "producturl", "projecturl", "packageurl", "repositoryurl", "citationurl", "alternatelink", "shareurl",
    "shorturl", "expandedurl", "externalurl", "sourceurl", "sourcelink", "referenceurl", "documentationurl", "docsurl",
    "homepageurl", "homepage", "websiteurl", "website", "uri",
)  # fmt: skip
_RANKS = {name: rank for rank, name in enumerate(_PAGES)}
_FOLD = re.compile(r"[^a-z0-9]+")
_LONG_NAME = 40

# Below these keys stand addresses of pictures, whatever they are called there.
_PICTURES = re.compile(
    r"(?:^|[^A-Za-z]|(?<=[a-z])(?=[A-Z]))"
    r"(?i:image|img|thumbnail|thumb|avatar|favicon|icon|logo|photo|picture|screenshot|banner|gallery)"
    r"(?i:s?(?:[_-]?(?:ur[il]|link|src|href))?s?)$"
)
_NO_PAGES = frozenset(("_links", "@context", "xmlns"))  # relations of an API (HAL), namespaces (JSON-LD, XML)

_NOT_IN_URLS = r"\s<>\"{}`\\\x00-\x1f\x7f\ud800-\udfff"
_URL = re.compile(rf"https?://[^/?#{_NOT_IN_URLS}][^{_NOT_IN_URLS}]*", re.IGNORECASE)
_MACHINE = re.compile(
    r"https?://(?:"
    r"(?:[a-z0-9-]+\.)*api\."  # api.github.com
    r"|[^/?#]+/(?:[^?#]*/)?(?:(?:api|rest)/v?[0-9]|wp-json/)"  # /api/v2/users, /rest/api/3/issue
    r"|[^?#]*/[^/:?#]*\.(?:avif|bmp|gif|ico|jpe?g|png|svg|tiff?|webp|mp3|mp4|webm|zip|gz|woff2?)(?:[?#]|$)"  # not File:X.png
    r"|(?:www\.)?(?:schema\.org|json-schema\.org|w3\.org/(?:[0-9]{4}|ns))(?:[/?#]|$)"
    r")",
    re.IGNORECASE,
)


def link_rank(name: str) -> int | None:
    """How surely a key names a record's page: 0 is surest; None for a key that is not usual for links."""
    return _rank(name) if len(name) <= _LONG_NAME else None


def holds_pages(name: str) -> bool:
    """Whether links to pages are looked for below a key."""
    return len(name) > _LONG_NAME or _holds(name)


def is_url(text: str) -> bool:
    """Whether a text is one absolute http or https URL, as far as its form tells. The previewer has the last word."""
    return len(text) <= MAX_URL_CHARS and _URL.fullmatch(text) is not None


def is_page(text: str) -> bool:
    """Whether a text is one URL, and not one of those that only machines read."""
    return text[:4].lower() == "http" and is_url(text) and not _MACHINE.match(text)


@lru_cache(maxsize=4_096)
def _rank(name: str) -> int | None:
    return _RANKS.get(_FOLD.sub("", name.lower()))


@lru_cache(maxsize=4_096)
def _holds(name: str) -> bool:
    return name not in _NO_PAGES and not _PICTURES.search(name)
