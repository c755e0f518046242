"""A preview as chat windows draw it: a large card, a small card, and the line of markdown that stands for both.

No product is copied. What most of them share is drawn: a picture of 1.91 : 1 (the shape that Facebook documents) or a square
one, the site, two lines of title, a few of description, the host. An image that is too small for a form is not stretched into it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from richresp.gallery.markup import Markup, element, joined, short
from richresp.gallery.model import Entry
from richresp.gallery.pictures import Pictures
from richresp.limits.gallery import MAX_SHOWN_CHARS
from richresp.limits.markdown import MAX_CARD_DESCRIPTION, MAX_CARD_TITLE
from richresp.links import Preview
from richresp.links.sizes import Form, form_of_size
from richresp.markdown import to_html
from richresp.text import one_line

# Language, script and region (RFC 5646, 2.1), as og:locale joins them.
_LOCALE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?")
_LARGE = {
    "large": "Large card",
    "small": "Large card: the image is too small for it",
    "none": "Large card: the image is too small to be shown",
}


def panes(entry: Entry, preview: Preview, pictures: Pictures) -> Markup:
    """The cards in light and in dark, side by side where there is room.

    The dark ones say the same again, so that they are there for the eye alone (HTML, `inert`).
    """
    form = _form(entry)
    shown = joined(
        _figure(_LARGE[form], _card(entry, preview, pictures, form, named=True)),
        _figure("Small card", _card(entry, preview, pictures, "none" if form == "none" else "small", named=False)),
        _figure("Line in a chat", _line(preview)),
    )
    light = element("div", element("p", "Light", class_="theme"), shown, class_="pane light")
    dark = element("div", element("p", "Dark", class_="theme"), shown, class_="pane dark", inert=True)
    return element("div", light, dark, class_="panes")


def language(preview: Preview) -> str | None:
    """What `lang` says of the texts of a page, by its og:locale (BCP 47); None where that says nothing."""
    found = _LOCALE.fullmatch(preview.locale or "")
    if found is None:
        return None
    tongue, script, region = found.groups()
    return "-".join(part for part in (tongue.lower(), (script or "").title(), (region or "").upper()) if part)


def host(url: str) -> str:
    """The host of an address, without `www.`."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _form(entry: Entry) -> Form:
    """How a large card shows the picture; one that is not here may have any size."""
    picture = entry.picture
    return "large" if picture is None else form_of_size(picture.full_width, picture.full_height)


def _figure(name: str, card: Markup) -> Markup:
    return element("figure", element("figcaption", name), card)


def _card(entry: Entry, preview: Preview, pictures: Pictures, form: Form, *, named: bool) -> Markup:
    """A card whose picture stands above the words, beside them or nowhere; `named` where a picture is met first."""
    shot = None if form == "none" else _picture(entry, preview, pictures, named=named)
    kind = "large" if form == "large" or (form == "none" and named) else "small"
    return element("div", shot, _words(preview), class_=f"card {kind}", lang=language(preview))


def _line(preview: Preview) -> Markup:
    """What a chat makes of the markdown; where an address stands for the title, it is cut."""
    own = preview.url or preview.final_url
    if preview.title is None and len(own) > MAX_SHOWN_CHARS:
        preview = replace(preview, title=short(own, MAX_CARD_TITLE))
    return element("div", Markup(to_html(preview.to_markdown())), class_="chat", lang=language(preview))


def _words(preview: Preview) -> Markup:
    address = short(preview.url or preview.final_url, MAX_CARD_TITLE)
    title = short(preview.title, MAX_CARD_TITLE)
    about = short(preview.description, MAX_CARD_DESCRIPTION)
    site = short(preview.site_name, MAX_CARD_TITLE)
    own = short(host(preview.url or preview.final_url), MAX_CARD_TITLE) or address
    return element(
        "div",
        element("p", site, class_="site", dir="auto") if site else None,
        element("p", title or address, class_="title", dir="auto"),
        element("p", about, class_="about", dir="auto") if about else None,
        element("p", own, class_="host", dir="ltr") if own != site else None,
        class_="words",
    )


def _picture(entry: Entry, preview: Preview, pictures: Pictures, *, named: bool) -> Markup | None:
    """The picture; in its place, why it is not there. A page that names none has none, and its card is of words."""
    if entry.picture in pictures and entry.picture is not None:
        alt = short(_alt(preview), MAX_SHOWN_CHARS) or "Picture without an alternative text"
        return pictures.drawn(entry.picture, alt if named else None)
    if preview.image is None:
        return None
    told = "Picture not loaded" if entry.no_picture else "Picture left out"
    if named:
        return element("div", told, class_="shot blank")
    return element("div", _glyph(), element("span", told, class_="hidden"), class_="shot blank")


def _glyph() -> Markup:
    """A frame with a stroke through it."""
    frame = element("path", d="M3 5h18v14H3zM3 21 21 3")
    return element("svg", frame, class_="glyph", viewBox="0 0 24 24", aria_hidden="true")


def _alt(preview: Preview) -> str | None:
    declared = next((image.alt for image in preview.images if image.url == preview.image), None)
    return one_line(declared or "")
