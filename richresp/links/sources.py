"""Where the fields of a card come from: for each field an ordered list of small functions, the first usable value wins.

A source is a name and a function from what the page says to the values it offers, in order. Adding one is a function and
a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from richresp.links.scan import Head
from richresp.links.urls import host_of


@dataclass(frozen=True, slots=True)
class Page:
    """What sources look at: the head of a page and the address it came from."""

    head: Head
    url: str


Source = tuple[str, Callable[[Page], Iterator[str]]]


def meta(name: str) -> Source:
    """The metas of a name, first first: a page's empty or useless one gives way to its next."""
    return name, lambda page: (content for key, content in page.head.metas if key == name)


def link(rel: str) -> Source:
    """The links whose rel holds a token."""
    return f"link:{rel}", lambda page: (
        attributes["href"] for attributes in page.head.links if rel in attributes["rel"].lower().split()
    )


def _title(page: Page) -> Iterator[str]:
    if page.head.title is not None:
        yield page.head.title


def _host(page: Page) -> Iterator[str]:
    yield host_of(page.url)


def _final(page: Page) -> Iterator[str]:
    yield page.url


def _og_image(page: Page) -> Iterator[str]:
    """og:image in its groups (ogp.me, Arrays): the secure_url of a group stands for the group's own url."""
    group: list[str] = []
    for name, content in page.head.metas:
        if name in ("og:image", "og:image:url"):
            yield from group
            group = [content]
        elif name == "og:image:secure_url":
            group = [content, *group]
    yield from group


SITE_NAME: tuple[Source, ...] = (
    meta("og:site_name"),
    meta("application-name"),
    meta("apple-mobile-web-app-title"),
    ("url:host", _host),
)
TITLE: tuple[Source, ...] = (meta("og:title"), meta("twitter:title"), ("html:title", _title))
DESCRIPTION: tuple[Source, ...] = (meta("og:description"), meta("description"), meta("twitter:description"))
IMAGE: tuple[Source, ...] = (
    ("og:image", _og_image),
    meta("twitter:image"),
    meta("twitter:image:src"),
    link("image_src"),
)
URL: tuple[Source, ...] = (link("canonical"), meta("og:url"), ("url:final", _final))
