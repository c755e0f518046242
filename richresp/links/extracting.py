"""From a page's bytes to its preview. No network, and no exception for any bytes.

    bytes -> decode -> scan -> Page -> card (five fields, by the chains of sources) and extras -> Preview

The head is enough for most pages: where it states each field in the first place of its chain, the rest is not read. Only a
page that leaves a field open is read to the end, and only one that still does is made a tree, for its text and images.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from richresp.decode import decode
from richresp.exceptions import UsageError
from richresp.links import extras, sources
from richresp.links.card import Card, claim, end_of_last, is_settled, read_card, title_without_site
from richresp.links.early import early_head
from richresp.links.head import Head, Meta
from richresp.links.images import images_of
from richresp.links.media import kind_of, media_preview
from richresp.links.model import Preview
from richresp.links.page import Page
from richresp.links.scan import scan
from richresp.links.urls import page_address
from richresp.links.values import usable_text
from richresp.links.walls import may_be_wall, wall_of

_HOPEFUL = frozenset(("og:image", "twitter:image", "twitter:image:src"))
_IMAGES = ("og:image", "twitter:image")  # a head without one leaves more open than its image


def extract(
    body: bytes | bytearray | memoryview, *, url: str, content_type: str | None = None, full: bool = False
) -> Preview:
    """The preview of a page.

    Args:
        body: the page as served; it may be cut anywhere.
        url: where it came from, after redirects.
        content_type: the header of that name, which may name the encoding.
        full: whether to read the page to its end for everything it declares: images, icons and oEmbed links behind its
            head, dates and authors from its JSON-LD, and faults in these. The five fields are the same either way.

    Raises:
        InvalidURL: if `url` is not an absolute http or https URL.
        UsageError: if an argument is of another type.
    """
    body = given(body, content_type)
    final = page_address(url)
    kind = kind_of(body, content_type)
    if kind is not None:
        return replace(media_preview(kind, final, content_type), requested_url=final, final_url=final)
    early = None if full else _early_preview(body, final, content_type)
    return early or _whole_preview(body, final, content_type, full=full)


def early(body: bytes, *, url: str, content_type: str | None = None) -> Preview | None:
    """The preview of a page that is still arriving, if its head is there and leaves nothing open; else None.

    Args:
        body: what is there of the page: HTML, as `kind_of` says.
        url: where it came from, after redirects.
        content_type: the header of that name.
    """
    final = page_address(url)
    if early_head(body, content_type) is not None or may_be_wall(final):
        return _early_preview(body, final, content_type)
    reading = _whole(decode(body, content_type)[0], final)
    found = reading.preview()
    return found if reading.is_settled else None


def given(body: object, content_type: object) -> bytes:
    """A page as its bytes.

    Raises:
        UsageError: if the body is no bytes, or the content type no text.
    """
    if content_type is not None and not isinstance(content_type, str):
        raise UsageError(
            f"content_type is a text or None, not {type(content_type).__name__}; decode the header as latin-1"
        )
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(body)
    raise UsageError(
        f"body is the bytes of a page as served, not {type(body).__name__}; text can be given as text.encode()"
    )


def _early_preview(body: bytes, url: str, content_type: str | None) -> Preview | None:
    """The preview of a page whose head is enough; None for any other.

    A page with a card is a wall by its address alone; one at such an address is read as a whole.
    """
    found = early_head(body, content_type)
    if found is None or not any(name in found[0] for name in _IMAGES) or may_be_wall(url):
        return None
    text, end = found
    reading = _Reading(text, url, lambda _: body[end:], wall=lambda _: None)
    preview = reading.preview()
    return preview if reading.is_settled else None


def _whole_preview(body: bytes, url: str, content_type: str | None, *, full: bool) -> Preview:
    return _whole(decode(body, content_type)[0], url, full=full).preview()


def _whole(text: str, url: str, *, full: bool = False) -> _Reading:
    return _Reading(
        text,
        url,
        lambda head: text[end_of_last(head) :].encode("utf-8", "surrogatepass"),
        wall=lambda head: wall_of(head, text, url),
        full=full,
    )


class _Reading:
    """One page being read: what was settled by its head, if that was enough.

    Args:
        text: the page, or its head.
        url: its address.
        behind: what of the page stands behind a head, in an encoding that has ASCII in it.
        wall: the kind of wall that a page with this head is.
        full: whether the page is read to its end even if its head was enough.
    """

    def __init__(
        self,
        text: str,
        url: str,
        behind: Callable[[Head], bytes],
        *,
        wall: Callable[[Head], str | None],
        full: bool = False,
    ) -> None:
        self._text = text
        self._url = url
        self._behind = behind
        self._wall = wall
        self._full = full
        self._settled: tuple[Page, Card, str | None] | None = None

    @property
    def is_settled(self) -> bool:
        return self._settled is not None

    def is_enough(self, head: Head) -> bool:
        """Whether the rest of the page need not be read. What the head settles stays, even if the rest is read."""
        if self._settled is None and not _HOPEFUL.isdisjoint(meta.name for meta in head.metas):
            page, card, wall = self._read(head)
            if wall is not None or is_settled(card, page, lambda: self._behind(head)):
                self._settled = page, card, wall
        return self._settled is not None and not self._full

    def preview(self) -> Preview:
        """What the page makes, read as far as it must be."""
        return self._preview_of(scan(self._text, self.is_enough))

    def _preview_of(self, head: Head) -> Preview:
        page, card, wall = self._settled or self._read(head)
        if self._settled and self._full:
            page = Page(head, self._url, self._text)
        if head.late and any(meta.late and _is_for_cards(meta) for meta in page.head.metas):
            card.warnings["some meta tags stand behind the head; move them into it, many readers stop there"] = None
        if self._full or "linked" in vars(page):
            card.warnings.update(dict.fromkeys(f"a JSON-LD block cannot be read: {why}" for why in page.linked.broken))
        icons = extras.icons_of(page)
        image = card.values["image"]
        return Preview(
            site_name=card.values["site_name"],
            title=card.values["title"],
            description=card.values["description"],
            image=image,
            url=card.values["url"],
            requested_url=self._url,
            final_url=self._url,
            images=images_of(page, image) if image is not None or wall is None else (),
            type=_first(page, "og:type"),
            locale=_first(page, "og:locale"),
            canonical_url=claim(page, sources.link("canonical")),
            og_url=claim(page, sources.meta("og:url")),
            sources=card.sources,
            warnings=tuple(card.warnings),
            wall=wall,
            title_clean=title_without_site(page, card),
            icon=extras.best_icon(page, icons),
            icons=icons,
            twitter_site=extras.account_of(page),
            published=extras.date_of(page, "published", "datePublished" if self._full else None),
            modified=extras.date_of(page, "modified", "dateModified" if self._full else None),
            authors=extras.authors_of(page, linked=self._full),
            oembed=extras.oembed_of(page),
        )

    def _read(self, head: Head) -> tuple[Page, Card, str | None]:
        page, wall = Page(head, self._url, self._text), self._wall(head)
        return page, read_card(page, wall), wall


def _is_for_cards(meta: Meta) -> bool:
    """Whether a meta belongs into a head; those of microdata (itemprop) belong where their item is."""
    return meta.attribute != "itemprop" and (meta.name.startswith(("og:", "twitter:")) or meta.name == "description")


def _first(page: Page, name: str) -> str | None:
    return next((text for raw in page.metas(name) if (text := usable_text(raw))), None)
