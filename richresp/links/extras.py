"""What a page says beside the five fields: icons, the site's account, dates, authors, oEmbed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from richresp.limits.extract import MAX_AUTHORS, MAX_ICONS, MAX_OEMBED_LINKS
from richresp.links.jsonld import text_in
from richresp.links.model import Icon
from richresp.links.page import Page
from richresp.links.values import usable_text

_ICONS = ("icon", "apple-touch-icon", "apple-touch-icon-precomposed")
_TOUCH_PIXELS = 180  # what an iPhone asks for (Apple, Configuring Web Applications) where no size is declared
_FAVICON_PIXELS = 16
_BEST_PIXELS = 512
_SIZE = re.compile(r"([0-9]{1,4})[xX×]([0-9]{1,4})")
_HANDLE = re.compile(r"(?:@|https?://(?:www\.)?(?:twitter|x)\.com/@?)?([A-Za-z0-9_]{1,15})/?", re.IGNORECASE)
_DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}[0-9:.,]{0,13} ?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)?"
)
_OEMBED = ("application/json+oembed", "text/xml+oembed", "application/xml+oembed")


def icons_of(page: Page) -> tuple[Icon, ...]:
    """The icons that a page declares, kind by kind, each once. `mask-icon` is a stencil and none of them."""
    found: dict[str, Icon] = {}
    for link in islice(chain.from_iterable(map(page.links, _ICONS)), MAX_ICONS):
        url = page.absolute(link["href"])
        if url is not None and url not in found:
            sizes = _SIZE.findall(link.get("sizes", "")[:200])
            width, height = max(((int(w), int(h)) for w, h in sizes), default=(0, 0))
            found[url] = Icon(url, width or None, height or None, usable_text(link.get("type")))
    return tuple(found.values())


def best_icon(page: Page, icons: tuple[Icon, ...]) -> str | None:
    """The address of the largest icon up to 512 pixels, a picture before a drawing, which not every card can show."""
    touch = {page.absolute(link["href"]) for rel in _ICONS[1:] for link in page.links(rel)}

    def worth(icon: Icon) -> tuple[bool, bool, int]:
        drawn = icon.type == "image/svg+xml" or icon.url.partition("?")[0].endswith(".svg")
        pixels = icon.width or (_TOUCH_PIXELS if icon.url in touch else _FAVICON_PIXELS)
        return not drawn, pixels <= _BEST_PIXELS, pixels if pixels <= _BEST_PIXELS else -pixels

    return max(icons, key=worth).url if icons else None


def account_of(page: Page) -> str | None:
    """The site's account on X, as "@name"."""
    for raw in page.metas("twitter:site"):
        found = _HANDLE.fullmatch(raw.strip()[:100])
        if found is not None and not found[1].isdigit():
            return f"@{found[1]}"
    return None


def date_of(page: Page, name: str, linked: str | None) -> str | None:
    """A date of the page from the meta `article:{name}_time`, else from a property of its JSON-LD, where one is named."""
    stated = page.metas(f"article:{name}_time")
    from_linked = text_in(page.subject.get(linked)) if linked else iter(())
    return next((raw.strip() for told in (stated, from_linked) for raw in told if _DATE.fullmatch(raw.strip())), None)


def authors_of(page: Page, *, linked: bool) -> tuple[str, ...]:
    """Who wrote it, by name; profiles, which `article:author` may hold, are addresses and left out."""
    names = [*page.metas("article:author"), *page.metas("author")]
    if linked:
        names = [*page.linked.names(page.subject.get("author")), *names]
    found = (text for raw in names if "://" not in raw and (text := usable_text(raw)))
    return tuple(islice(dict.fromkeys(found), MAX_AUTHORS))


def oembed_of(page: Page) -> tuple[str, ...]:
    """Where the page's oEmbed descriptions are (oembed.com, Discovery)."""
    return tuple(islice(dict.fromkeys(_oembed_addresses(page)), MAX_OEMBED_LINKS))


def _oembed_addresses(page: Page) -> Iterator[str]:
    for link in page.links("alternate"):
        if link.get("type", "").partition(";")[0].strip().lower() in _OEMBED:
            url = page.absolute(link["href"])
            if url is not None:
                yield url
