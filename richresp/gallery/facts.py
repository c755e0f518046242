"""What stands beside the cards of a link: where each field came from, what was passed over, what is to be fixed."""

from __future__ import annotations

from collections.abc import Iterator

from richresp.gallery.cards import language, short
from richresp.gallery.markup import Markup, element, joined, link, verbatim
from richresp.gallery.model import Entry
from richresp.limits.gallery import MAX_HEADING_CHARS, MAX_LISTED, MAX_SHOWN_CHARS
from richresp.links import Preview
from richresp.text import one_line
from richresp.tokens import count

_NAMES = {
    "site_name": "Site name",
    "title": "Title",
    "description": "Description",
    "image": "Image",
    "url": "Address",
}
_ADDRESSES = frozenset(("image", "url"))


def facts(entry: Entry, preview: Preview) -> Markup:
    """All that is known of a link beside its cards."""
    fields = joined(*(_field(name, entry, preview) for name in _NAMES))
    source, told = preview.to_markdown(), " · ".join(_told(preview))
    way = element("p", told, class_="told") if told else None
    warnings = _listed(map(_warning, preview.warnings[:MAX_LISTED]), "None.")
    return element(
        "div",
        _part("Fields", element("dl", fields, class_="fields"), way, class_="wide"),
        _part(
            f"Markdown, {count(source)} tokens",
            element("pre", element("code", verbatim(source), dir="auto")),
            class_="wide",
        ),
        _part("Warnings", warnings, class_="warnings"),
        None
        if entry.findings is None
        else _part("To fix", _listed(map(_finding, _shown(entry)), "Nothing that is documented."), class_="findings"),
        class_="facts",
    )


def _part(name: str, *children: Markup | None, class_: str | None = None) -> Markup:
    return element("section", element("h3", name), *children, class_=class_)


def _field(name: str, entry: Entry, preview: Preview) -> Markup:
    """A field: its value, the tag that it came from, and of an image what became of it."""
    value, source = getattr(preview, name), preview.sources.get(name)
    return joined(
        element("dt", _NAMES[name]),
        element(
            "dd",
            _value(name, value, preview),
            *(element("small", told, dir="auto") for told in _image(entry, preview) if name == "image"),
        ),
        element(
            "dd", element("code", short(source, MAX_HEADING_CHARS), dir="ltr") if source else None, class_="source"
        ),
    )


def _value(name: str, value: str | None, preview: Preview) -> Markup:
    if value is None or (whole := one_line(value)) is None:
        return element("em", "none")
    shown = short(whole, MAX_SHOWN_CHARS)
    more = element("small", f"{len(whole):,} characters in all") if shown != whole else None
    if name in _ADDRESSES:
        return joined(link(value) if more is None else element("span", shown, dir="ltr"), more)
    return joined(element("span", shown, dir="auto", lang=language(preview)), more)


def _image(entry: Entry, preview: Preview) -> Iterator[str]:
    if entry.picture is not None:
        yield f"{entry.picture.full_width} × {entry.picture.full_height} pixels"
    if entry.no_picture is not None:
        yield f"Not loaded: {entry.no_picture}"
    declared = next((image for image in preview.images if image.url == preview.image), None)
    if declared is not None:
        yield f"Alternative text: {short(declared.alt, MAX_SHOWN_CHARS)}" if declared.alt else "No alternative text"


def _told(preview: Preview) -> Iterator[str]:
    """What is known of the way to a page."""
    if preview.status is not None:
        yield f"HTTP {preview.status}"
    if preview.redirects:
        yield "1 redirect" if len(preview.redirects) == 1 else f"{len(preview.redirects)} redirects"
    if preview.size is not None:
        yield f"{preview.size / 1000:,.1f} kB read"
    if preview.elapsed is not None:
        yield f"{preview.elapsed:.2f} s"
    if preview.type is not None:
        yield short(preview.type, MAX_SHOWN_CHARS)
    if preview.locale is not None:
        yield short(preview.locale, MAX_SHOWN_CHARS)


def _shown(entry: Entry) -> Iterator[tuple[str, str, str, str]]:
    for found in (entry.findings or ())[:MAX_LISTED]:
        yield found.severity, found.rule, found.message, found.source


def _warning(told: str) -> Markup:
    return element("li", element("span", short(told, MAX_SHOWN_CHARS), dir="auto"))


def _finding(found: tuple[str, str, str, str]) -> Markup:
    severity, rule, message, source = found
    known = severity if severity in ("error", "warning", "hint") else "hint"
    return element(
        "li",
        element("strong", known, class_=f"badge {known}"),
        element("span", short(message, MAX_SHOWN_CHARS), dir="auto"),
        element("small", element("code", rule), link(source)),
    )


def _listed(items: Iterator[Markup], nothing: str) -> Markup:
    found = joined(*items)
    return element("ul", found) if found else element("p", nothing, class_="told")
