"""A preview as chat windows draw it: a large card, a small card, and the line of markdown that stands for both.

No product is copied. What most of them share is drawn: a picture of 1.91 : 1 (the shape that Facebook documents) or a square
one, the site, two lines of title, a few of description, the host.
"""

from __future__ import annotations

import re
from base64 import b64encode
from urllib.parse import urlsplit

from richresp.gallery.markup import Markup, element, joined
from richresp.gallery.model import Entry, Picture
from richresp.limits.markdown import MAX_CARD_DESCRIPTION, MAX_CARD_TITLE
from richresp.links import Preview
from richresp.markdown import to_html
from richresp.markdown.cut import cut
from richresp.text import one_line

_MEDIA_TYPES = frozenset(("image/jpeg", "image/png"))
_LOCALE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}))?")


def panes(entry: Entry, preview: Preview) -> Markup:
    """The cards in light and in dark, side by side where there is room.

    The dark ones say the same again, so that they are there for the eye alone (HTML, `inert`).
    """
    shown = joined(
        _figure("Large card", _large(entry, preview)),
        _figure("Small card", _small(entry, preview)),
        _figure("Line in a chat", _line(preview)),
    )
    light = element("div", element("p", "Light", class_="theme"), shown, class_="pane light")
    dark = element("div", element("p", "Dark", class_="theme"), shown, class_="pane dark", inert=True)
    return element("div", light, dark, class_="panes")


def language(preview: Preview) -> str | None:
    """What `lang` says of the texts of a page, by its og:locale (BCP 47); None where that says nothing."""
    found = _LOCALE.fullmatch(preview.locale or "")
    return None if found is None else "-".join(part for part in found.groups() if part)


def host(url: str) -> str:
    """The host of an address, without `www.`."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def short(text: str | None, most: int) -> str:
    """Text in one line, cut as cards cut it."""
    return cut(one_line(text or "") or "", most)[0]


def _figure(name: str, card: Markup) -> Markup:
    return element("figure", element("figcaption", name), card)


def _large(entry: Entry, preview: Preview) -> Markup:
    return element(
        "div", _picture(entry, entry.picture, preview), _words(preview), class_="card large", lang=language(preview)
    )


def _small(entry: Entry, preview: Preview) -> Markup:
    picture = _picture(entry, entry.thumbnail or entry.picture, preview, is_small=True)
    return element("div", picture, _words(preview), class_="card small", lang=language(preview))


def _line(preview: Preview) -> Markup:
    return element("div", Markup(to_html(preview.to_markdown())), class_="chat", lang=language(preview))


def _words(preview: Preview) -> Markup:
    address = preview.url or preview.final_url
    title = short(preview.title, MAX_CARD_TITLE)
    about = short(preview.description, MAX_CARD_DESCRIPTION)
    site = short(preview.site_name, MAX_CARD_TITLE)
    own = short(host(address), MAX_CARD_TITLE) or address
    return element(
        "div",
        element("p", site, class_="site", dir="auto") if site else None,
        element("p", title or address, class_="title", dir="auto"),
        element("p", about, class_="about", dir="auto") if about else None,
        element("p", own, class_="host", dir="ltr") if own != site else None,
        class_="words",
    )


def _picture(entry: Entry, picture: Picture | None, preview: Preview, *, is_small: bool = False) -> Markup | None:
    """The picture; in its place, why it is not there. A page that names none has none, and its card is of words."""
    if picture is not None and picture.media_type in _MEDIA_TYPES:
        data = b64encode(picture.body).decode("ascii")
        return element(
            "img",
            class_="shot",
            src=f"data:{picture.media_type};base64,{data}",
            alt=_alt(preview) or "Picture without an alternative text",
            width=picture.width,
            height=picture.height,
        )
    if preview.image is None:
        return None
    told = "Picture not loaded" if entry.no_picture else "Picture left out"
    return element("div", element("span", told, class_="hidden" if is_small else None), class_="shot blank")


def _alt(preview: Preview) -> str | None:
    declared = next((image.alt for image in preview.images if image.url == preview.image), None)
    return one_line(declared or "")
