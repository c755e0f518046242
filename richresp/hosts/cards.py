"""A preview as hosts show links: a citation of Microsoft 365 Copilot, a `resource_link` of MCP, a line of markdown.

    citation(pv.preview(url))        # {"url": ..., "title": ..., "subtitle": ..., "thumbnail_url": ...}
    citations(pv.previews(urls))     # {"results": [...]}, which Copilot cites without configuration
    resource_link(preview)           # a content block of a tool's result, as JSON

Whatever was in the preview, what goes out is clean, on one line, bounded, and leads to http or https only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from richresp.exceptions import InvalidURL, PreviewError, UsageError
from richresp.hosts.annotations import Annotations, checked
from richresp.limits.links import MAX_FIELD_CHARS, MAX_URL_CHARS
from richresp.limits.markdown import MAX_CARD_DESCRIPTION, MAX_CARD_TITLE
from richresp.limits.tools import MAX_ICONS, MAX_NAME_CHARS
from richresp.links.model import CARD
from richresp.links.urls import page_address
from richresp.markdown import inline, link
from richresp.markdown.cut import cut
from richresp.text import one_line

_ITSELF = ""


def citation(preview: Any) -> dict[str, str]:
    """The keys by which Microsoft 365 Copilot cites a result: url, title, subtitle, thumbnail_url.

    Copilot looks for these names in each result on its own; of them only the address must be there
    (MicrosoftDocs/m365copilot-docs, docs/plugin-citations.md, July 2026). What is missing is left out.

    Args:
        preview: a Preview, a mapping of the five fields, or the PreviewError of a link that has none: then the address
            alone.

    Raises:
        InvalidURL: if it has no address of http or https.
        UsageError: for what is no preview.
    """
    url = _url(preview)
    found = {
        "title": _text(preview, "title", MAX_CARD_TITLE),
        "subtitle": _text(preview, "description", MAX_CARD_DESCRIPTION) or _text(preview, "site_name", MAX_NAME_CHARS),
        "thumbnail_url": _address(_value(preview, "image")),
    }
    return {"url": url} | {key: value for key, value in found.items() if value is not None}


def citations(previews: Iterable[Any]) -> dict[str, list[dict[str, str]]]:
    """Citations under `results`, where Copilot looks for a list. What has no address is left out.

    Args:
        previews: as for `citation`; what `previews()` of a previewer returns may be passed as it is.
    """
    return {"results": [citation(preview) for preview in previews if _has_url(preview)]}


def resource_link(preview: Any, *, annotations: Annotations | None = None) -> dict[str, Any]:
    """A link as a content block of MCP, in the form it has on the wire (specification 2025-06-18 and newer).

    Hosts may show nothing of it but the address, or nothing at all: put the link into the text as well. `icons` came with
    2025-11-25; older clients pass over it.

    Args:
        preview: as for `citation`.
        annotations: `audience` (a list of "user" and "assistant"), `priority` (0 to 1), `lastModified` (ISO 8601). Few
            hosts heed them.

    Raises:
        InvalidURL: if it has no address of http or https.
        UsageError: for what is no preview, and for annotations that MCP does not have.
    """
    url = _url(preview)
    title = _text(preview, "title", MAX_CARD_TITLE)
    found = {
        "title": title,
        "description": _text(preview, "description", MAX_CARD_DESCRIPTION),
        "mimeType": "text/html" if _value(preview, "sources") else None,  # a page was read
        "icons": list(islice(_icons(preview), MAX_ICONS)) or None,
        "annotations": checked(annotations),
    }
    name = title or _text(preview, "site_name", MAX_NAME_CHARS) or urlsplit(url).hostname or url
    block: dict[str, Any] = {"type": "resource_link", "uri": url, "name": name}
    return block | {key: value for key, value in found.items() if value is not None}


def markdown_line(preview: Any) -> str:
    """A link as one line of markdown: its title as a link, its site, its description.

    Raises:
        InvalidURL: if it has no address of http or https.
        UsageError: for what is no preview.
    """
    url = _url(preview)
    site, about = _text(preview, "site_name", MAX_NAME_CHARS), _text(preview, "description", MAX_CARD_DESCRIPTION)
    rest = (f" ({site})" if site else "") + (f": {about}" if about else "")
    parts = [link(_text(preview, "title", MAX_CARD_TITLE) or url, url), *([rest] if rest else [])]
    return str(inline(*parts, autolink=False))


@dataclass(frozen=True, slots=True)
class LinkCard:
    """A link of an answer.

    Attributes:
        block: its `resource_link`.
        line: its line of markdown.
        url, title: what must stand in the data for the line to be needless.
        within: an address that the data has to show for the link to belong to it; None where it belongs to all of it.
    """

    block: dict[str, Any]
    line: str
    url: str
    title: str | None
    within: str | None = None


def linked(links: Any, *, annotations: Annotations | None = None) -> list[LinkCard]:
    """The links of an answer. One that is named twice comes once.

    Args:
        links: previews as for `citation`, or the result of `attach`, whose cards then come with the records that are shown.
        annotations: as for `resource_link`.

    Raises:
        UsageError: for what is neither.
    """
    found: dict[str, LinkCard] = {}
    pairs = _attached(links) if _is_attached(links) else ((preview, None) for preview in _several(links))
    for preview, within in pairs:
        if _has_url(preview):
            block = resource_link(preview, annotations=annotations)
            url = block["uri"]
            where = url if within == _ITSELF else within
            found.setdefault(url, LinkCard(block, markdown_line(preview), url, block.get("title"), where))
    return list(found.values())


def link_card(block: Mapping[str, Any]) -> LinkCard:
    """A `resource_link` that a tool made itself, with its line of markdown. Of what is no page the line is text."""
    uri = str(block.get("uri", ""))
    told = {"url": uri, "title": block.get("title") or block.get("name"), "description": block.get("description")}
    if _has_url(told):
        line = markdown_line(told)
    else:
        title = _text(told, "title", MAX_CARD_TITLE)
        line = str(inline(": ".join(part for part in (title, one_line(uri[:MAX_URL_CHARS])) if part), autolink=False))
    return LinkCard(dict(block), line, uri, told["title"])


def _several(links: Any) -> Iterable[Any]:
    if isinstance(links, (str, bytes, Mapping)) or not isinstance(links, Iterable):
        raise UsageError(f"links: give a list of previews, or what attach returned, not a {type(links).__name__}")
    return links


def _is_attached(links: Any) -> bool:
    return all(hasattr(links, name) for name in ("data", "cards", "errors"))


def _attached(attached: Any) -> Iterator[tuple[Any, str | None]]:
    """The cards in the data, each belonging to where its own address stands, and those aside."""
    waiting = [attached.data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict) and value.keys() == set(CARD):
            yield value, _ITSELF
        elif isinstance(value, (dict, list)):
            waiting.extend(reversed(list(value.values() if isinstance(value, dict) else value)))
    for url, card in attached.cards.items():
        yield card, url


def _value(preview: Any, name: str) -> Any:
    return preview.get(name) if isinstance(preview, Mapping) else getattr(preview, name, None)


def _text(preview: Any, name: str, limit: int) -> str | None:
    value = _value(preview, name) if not isinstance(preview, PreviewError) else None
    return one_line(cut(one_line(value[:MAX_FIELD_CHARS]) or "", limit)[0]) if isinstance(value, str) else None


def _address(value: Any) -> str | None:
    try:
        return page_address(value) if isinstance(value, str) else None
    except PreviewError:
        return None


def _url(preview: Any) -> str:
    if isinstance(preview, (str, bytes)) or not (
        isinstance(preview, Mapping) or any(hasattr(preview, name) for name in (*CARD, "final_url"))
    ):
        raise UsageError(f"{type(preview).__name__} is no preview: give a Preview, or a mapping of {', '.join(CARD)}")
    url = _address(_value(preview, "url")) or _address(_value(preview, "final_url"))
    if url is None:
        raise InvalidURL(url=str(_value(preview, "url") or ""), reason="a card needs an absolute http or https URL")
    return url


def _has_url(preview: Any) -> bool:
    try:
        return bool(_url(preview))
    except InvalidURL:
        return False


def _icons(preview: Any) -> Iterator[dict[str, Any]]:
    """The icon that shows best, and others; the image, where there is none."""
    best = _value(preview, "icon")
    icons = sorted(_value(preview, "icons") or (), key=lambda icon: icon.url != best)
    for icon in icons:
        if (src := _address(icon.url)) is not None:
            size = {"sizes": [f"{icon.width}x{icon.height}"]} if icon.width and icon.height else {}
            kind = {"mimeType": icon.type} if icon.type else {}
            yield {"src": src} | kind | size
    if not icons and (src := _address(best) or _address(_value(preview, "image"))) is not None:
        yield {"src": src}
