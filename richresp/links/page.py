"""What sources look at: what a page says of itself, indexed once, and its dearer parts read when one is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from richresp.links.content import Content, read_content
from richresp.links.head import Head, Meta
from richresp.links.jsonld import Linked, Node, read_linked, text_in, types_of
from richresp.links.urls import absolute, host_of
from richresp.links.values import usable_text

# The subtypes of schema.org's Article.
ARTICLES = frozenset((
    "article", "newsarticle", "analysisnewsarticle", "askpublicnewsarticle", "backgroundnewsarticle", "opinionnewsarticle",
    "reportagenewsarticle", "reviewnewsarticle", "advertisercontentarticle", "report", "satiricalarticle",
    "scholarlyarticle", "medicalscholarlyarticle", "socialmediaposting", "blogposting", "liveblogposting",
    "discussionforumposting", "techarticle", "apireference",
))  # fmt: skip
# What a page can be about as well. Beside an article, and in lists of several, such nodes are about something else.
_WORKS = frozenset((
    "recipe", "howto", "videoobject", "product", "productgroup", "book", "movie", "tvseries", "tvepisode",
    "podcastepisode", "podcastseries", "event", "course", "softwareapplication", "mobileapplication", "webapplication",
    "videogame", "musicalbum", "musicrecording", "dataset",
))  # fmt: skip


def _is_list(articles: list[Node]) -> bool:
    """Whether articles are of one type and have different headlines: of a list none is what the page is about."""
    headlines = {text for node in articles for text in islice(text_in(node.get("headline") or node.get("name")), 1)}
    return len(headlines) > 1 and len({types_of(node) for node in articles}) == 1


class Page:
    """One page.

    Attributes:
        head: what the scan found.
        url: the address it came from, normal.
        base: what its addresses are relative to, normal.
    """

    def __init__(self, head: Head, url: str, text: str) -> None:
        self.head = head
        self.url = url
        self.base = (absolute(head.base, url) if head.base else None) or url
        self._text = text
        self._addresses: dict[str, str | None] = {}
        self._named: dict[str, list[Meta]] = {}
        for meta in head.metas:
            self._named.setdefault(meta.name, []).append(meta)

    @cached_property
    def host(self) -> str:
        return host_of(self.url)

    def metas(self, name: str) -> Iterator[str]:
        """What the metas of a name say, in order, but for those that describe an item in the page (itemprop)."""
        return (meta.content for meta in self._named.get(name, ()) if meta.attribute != "itemprop")

    def itemprops(self, name: str) -> Iterator[str]:
        return (meta.content for meta in self._named.get(name, ()) if meta.attribute == "itemprop")

    def links(self, rel: str) -> list[dict[str, str]]:
        """The links whose rel holds a token."""
        return self._related.get(rel, [])

    @cached_property
    def _related(self) -> dict[str, list[dict[str, str]]]:
        found: dict[str, list[dict[str, str]]] = {}
        for link in self.head.links:
            for rel in dict.fromkeys(link["rel"].lower().split()):
                found.setdefault(rel, []).append(link)
        return found

    def absolute(self, raw: str) -> str | None:
        """An address that the page states, absolute and normal; None where it is none that may go out."""
        if raw not in self._addresses:
            self._addresses[raw] = absolute(raw, self.base)
        return self._addresses[raw]

    @cached_property
    def title(self) -> str | None:
        """The text of the document's title, clean."""
        return usable_text(self.head.title)

    @cached_property
    def linked(self) -> Linked:
        return read_linked(block.text for block in self.head.json_ld)

    @cached_property
    def subject(self) -> Node:
        """The node of what the page is about: its article, else the only work of a kind that pages are about."""
        articles = list(self.linked.typed(ARTICLES))
        if articles:
            return next(filter(self._is_of_page, articles), {} if _is_list(articles) else articles[0])
        works = list(self.linked.typed(_WORKS))
        return works[0] if len(works) == 1 else {}

    def _is_of_page(self, article: Node) -> bool:
        """Whether an article is said to be the page's own."""
        if any(node.get("mainEntity") is article for node in self.linked.nodes):
            return True
        told = (article.get(key) for key in ("url", "mainEntityOfPage", "@id"))
        stated = (self.absolute(raw) for each in told for raw in self.linked.addresses(each))
        return any(url is not None and url.rstrip("/") == self.url.rstrip("/") for url in stated)

    @cached_property
    def content(self) -> Content:
        return read_content(self._text)
