"""Where the fields of a card come from: for each an ordered list of small functions, of which the first usable value wins.

A source is a name, which `Preview.sources` shows, and a function from a page to the values it offers, in order. Adding one is
a function and a line. The order is that of what site and page say for exactly this use, then of what they say for others, then
of what can be told from the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from richresp.limits.links import MAX_FIELD_CHARS
from richresp.links import sites
from richresp.links.images import groups_of
from richresp.links.jsonld import text_in
from richresp.links.page import Page
from richresp.links.urls import same_site
from richresp.links.values import usable_text

_TITLES = 4
_MAX_SITES = 4
_ADDRESS = re.compile(r"\s*(?:[a-z][a-z0-9+.-]{0,32}:)?//\S*\s*", re.IGNORECASE)
_WEBSITE = frozenset(("website",))


class Source(NamedTuple):
    """One place where a value may stand."""

    name: str
    offered: Callable[[Page], Iterable[str]]


def meta(name: str) -> Source:
    """The metas of a name, first first: a page's empty or useless one gives way to its next."""
    return Source(name, lambda page: page.metas(name))


def itemprop(name: str) -> Source:
    return Source(f"itemprop:{name}", lambda page: page.itemprops(name))


def link(rel: str) -> Source:
    """The links whose rel holds a token."""
    return Source(f"link:{rel}", lambda page: (found["href"] for found in page.links(rel)))


def linked(key: str) -> Source:
    """A text of the JSON-LD node of what the page is about."""
    return Source(f"json-ld:{key}", lambda page: text_in(page.subject.get(key)))


def linked_image(key: str) -> Source:
    return Source(f"json-ld:{key}", lambda page: page.linked.addresses(page.subject.get(key)))


def _publisher(page: Page) -> Iterator[str]:
    return page.linked.names(page.subject.get("publisher"))


def _named_like_host(names: Iterable[str], page: Page) -> Iterator[str]:
    return (name for name in islice(names, _TITLES) if sites.is_named_like(name, page.host))


def _website(page: Page) -> Iterator[str]:
    """What the sites are called that are said to be this one."""
    for node in islice(page.linked.typed(_WEBSITE), _MAX_SITES):
        home = next((url for raw in page.linked.addresses(node.get("url")) if (url := page.absolute(raw))), page.url)
        names = text_in(node.get("name"))
        yield from names if same_site(home, page.url) else _named_like_host(names, page)


def _titles(page: Page) -> Iterator[str]:
    """The titles that may hold the site's name: the document's, else the one it has elsewhere."""
    if page.title is not None:
        yield page.title
    else:
        stated = islice((*page.metas("og:title"), *page.metas("twitter:title")), _TITLES)
        yield from filter(None, map(usable_text, stated))


def _name_in_title(page: Page) -> Iterator[str]:
    yield from filter(None, (sites.name_in_title(title, page.host) for title in _titles(page)))


def _name_shortened(page: Page) -> Iterator[str]:
    yield from filter(None, (sites.name_shortened(title, page.host) for title in _titles(page)))


def _no_address(source: Source) -> Source:
    """What a source offers that is no URL, which some write where a name is asked for."""
    return Source(source.name, lambda page: (raw for raw in source.offered(page) if not _ADDRESS.fullmatch(raw)))


def _like_host(source: Source) -> Source:
    """What a source offers that says what the host says; nobody states both by chance."""
    return Source(source.name, lambda page: _named_like_host(source.offered(page), page))


def _name_around_host(page: Page) -> Iterator[str]:
    yield from filter(None, (sites.name_around_host(title, page.host) for title in _titles(page)))


def _name_among_words(page: Page) -> Iterator[str]:
    yield from filter(None, (sites.name_among_words(title, page.host) for title in _titles(page)))


def _app(name: str) -> Source:
    """A name for the site as an app, unless it is the page's title, which some sites write there."""

    def offered(page: Page) -> Iterator[str]:
        stated = filter(None, (page.title, *page.metas("og:title")))
        titles = {sites.folded(title[:MAX_FIELD_CHARS]) for title in islice(stated, _TITLES)}
        front = page.url.count("/") == 3 and page.url.endswith("/")
        return (raw for raw in page.metas(name) if front or sites.folded(raw[:MAX_FIELD_CHARS]) not in titles)

    return Source(name, offered)


def _title(page: Page) -> Iterator[str]:
    if page.head.title is not None:
        yield page.head.title


def _heading(page: Page) -> Iterator[str]:
    if page.content.heading is not None:
        yield page.content.heading


def _paragraph(page: Page) -> Iterator[str]:
    if page.content.paragraph is not None:
        yield page.content.paragraph


def _og_image(opened_by: str) -> Source:
    return Source(
        opened_by,
        lambda page: (
            address
            for group in groups_of(page)
            if (group.opened_by or "og:image") == opened_by
            for address in group.addresses()
            if address
        ),
    )


_SITE_DECLARED = (
    _no_address(Source("json-ld:website", _website)),
    _no_address(_app("application-name")),
    _no_address(_app("apple-mobile-web-app-title")),
)
SITE_NAME: tuple[Source, ...] = (
    meta("og:site_name"),
    _no_address(Source("json-ld:publisher", _publisher)),
    Source("html:title", _name_in_title),
    *map(_like_host, _SITE_DECLARED),
    Source("html:title", _name_shortened),
    *_SITE_DECLARED,
    Source("html:title", _name_around_host),
    _no_address(meta("dcterms.publisher")),
    _no_address(meta("dc.publisher")),
    _no_address(meta("publisher")),
    Source("html:title", _name_among_words),
    Source("url:host", lambda page: (page.host,)),
)
TITLE: tuple[Source, ...] = (
    meta("og:title"),
    meta("twitter:title"),
    Source("html:title", _title),
    linked("headline"),
    meta("dcterms.title"),
    meta("dc.title"),
    itemprop("headline"),
    itemprop("name"),
    Source("body:h1", _heading),
)
DESCRIPTION: tuple[Source, ...] = (
    meta("og:description"),
    meta("description"),
    meta("twitter:description"),
    itemprop("description"),
    meta("dcterms.description"),
    meta("dc.description"),
    meta("sailthru.description"),
    linked("description"),
    Source("body:paragraph", _paragraph),
)
IMAGE: tuple[Source, ...] = (
    _og_image("og:image"),
    _og_image("og:image:url"),
    meta("twitter:image"),
    meta("twitter:image:src"),
    link("image_src"),
    linked_image("image"),
    linked_image("thumbnailUrl"),
    itemprop("image"),
    Source("body:img", lambda page: page.content.images),
)
URL: tuple[Source, ...] = (link("canonical"), meta("og:url"), Source("url:final", lambda page: (page.url,)))
