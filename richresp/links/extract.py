"""From a page's bytes to its preview. No network, and no exception for any bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from richresp.decode import decode
from richresp.exceptions import InvalidURL
from richresp.limits.links import MAX_FIELD_CHARS
from richresp.links import sources
from richresp.links.model import Image, Preview
from richresp.links.scan import Head, scan
from richresp.links.urls import absolute, is_placeholder, same_site
from richresp.text import one_line, unescape

_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKUP = re.compile(r"</[A-Za-z][^<>]*>|<[A-Za-z][^<>=]*=[^<>]*>|<(?:br|p|hr|img)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_JUNK = re.compile(r"undefined|null|none|nan|\[object Object\]|true|false", re.IGNORECASE)


def extract(body: bytes, *, url: str, content_type: str | None = None) -> Preview:
    """The preview of a page.

    Args:
        body: the page as served; it may be cut anywhere.
        url: where it came from, after redirects.
        content_type: the header of that name, which may name the encoding.

    Raises:
        InvalidURL: if `url` is not an absolute http or https URL.
    """
    final = absolute(url, url)
    if final is None:
        raise InvalidURL(url=url, reason="give the absolute http or https URL that the page came from")
    text, _ = decode(body, content_type)
    page = sources.Page(scan(text, _has_all), final)
    base = absolute(page.head.base, final) if page.head.base else None
    return _Reader(page, base or final).preview(url)


def _has_all(head: Head) -> bool:
    """Whether the head of the page leaves nothing to look for in the rest."""
    names = {name for name, _ in head.metas}
    return {"og:title", "og:image", "og:site_name"} <= names and bool(names & {"og:description", "description"})


class _Reader:
    """Reads the fields of one page and keeps account of where each came from."""

    def __init__(self, page: sources.Page, base: str) -> None:
        self._page = page
        self._base = base
        self._sources: dict[str, str] = {}
        self._warnings: list[str] = []

    def preview(self, requested: str) -> Preview:
        page = self._page
        site_name = self._first("site_name", sources.SITE_NAME, self._text)
        title = self._first("title", sources.TITLE, self._text)
        told = (site_name, title)
        image = self._first("image", sources.IMAGE, self._image)
        if page.head.late:
            self._warnings.append("some meta tags stand behind the head; move them into it")
        return Preview(
            requested_url=requested,
            final_url=page.url,
            site_name=site_name,
            title=title,
            description=self._first("description", sources.DESCRIPTION, lambda value: self._description(value, told)),
            image=image,
            url=self._first("url", sources.URL, self._own_url),
            images=tuple(self._images(image)),
            type=self._plain("og:type"),
            locale=self._plain("og:locale"),
            canonical_url=self._claim(sources.link("canonical")),
            og_url=self._claim(sources.meta("og:url")),
            sources=self._sources,
            warnings=tuple(self._warnings),
        )

    def _first(self, field: str, chain: tuple[sources.Source, ...], usable: Callable[[str], str | None]) -> str | None:
        for name, offered in chain:
            for raw in offered(self._page):
                value = usable(raw)
                if value is not None:
                    self._sources[field] = name
                    return value
                self._warnings.append(f"{name} is not usable: {_excerpt(raw)}")
        self._warnings.append(f"no {field}")
        return None

    @staticmethod
    def _text(raw: str) -> str | None:
        value = unescape(raw) if _ENTITY.search(raw) else raw
        line = one_line(value[:MAX_FIELD_CHARS])
        return None if line is None or is_placeholder(line) or _JUNK.fullmatch(line) else line

    def _description(self, raw: str, told: tuple[str | None, ...]) -> str | None:
        """A description that says something which the title or the site's name do not say already."""
        value = unescape(raw) if _ENTITY.search(raw) else raw
        if _MARKUP.search(value[:MAX_FIELD_CHARS]):
            value = _TAG.sub(" ", value[:MAX_FIELD_CHARS])
        line = self._text(value)
        return None if line in told else line

    def _image(self, raw: str) -> str | None:
        found = absolute(raw, self._base)
        if found is None or urlsplit(found).path.lower().endswith(".ico"):
            return None
        if not raw.strip().lower().startswith(("http:", "https:", "//")):
            self._warnings.append(f"the image is relative, which many hosts do not resolve: {_excerpt(raw)}")
        return found

    def _own_url(self, raw: str) -> str | None:
        """A page's claim about its address, where it can be believed: the same site, and not just its front page."""
        final = self._page.url
        if raw == final:
            return final
        claim = absolute(self._with_slashes(raw), self._base)
        if claim is None or not same_site(claim, final):
            return None
        path, own = urlsplit(claim).path, urlsplit(final).path
        return None if path in ("", "/") and len([part for part in own.split("/") if part]) > 1 else claim

    def _with_slashes(self, raw: str) -> str:
        """`example.com/page` on example.com lacks only its scheme."""
        host = urlsplit(self._page.url).hostname or ""
        bare = raw.strip()
        return f"//{bare}" if bare.lower().startswith((f"{host}/", f"www.{host}/")) else bare

    def _claim(self, source: sources.Source) -> str | None:
        return next((url for raw in source[1](self._page) if (url := absolute(raw, self._base))), None)

    def _plain(self, name: str) -> str | None:
        return next((text for raw in sources.meta(name)[1](self._page) if (text := self._text(raw))), None)

    def _images(self, first: str | None) -> Iterator[Image]:
        """The card's image, then the others, each with the structured properties that follow it (ogp.me)."""
        found: dict[str, dict[str, str]] = {} if first is None else {first: {}}
        current: dict[str, str] = {}
        for name, content in self._page.head.metas:
            if name in ("og:image", "og:image:url") and (url := absolute(content, self._base)):
                current = found.setdefault(url, {})
            elif name.startswith("og:image:") and current is not None:
                current.setdefault(name.removeprefix("og:image:"), content)
        for url, values in found.items():
            width, height = _pixels(values.get("width")), _pixels(values.get("height"))
            yield Image(url, width, height, self._text(values.get("alt", "")), self._text(values.get("type", "")))


def _pixels(value: str | None) -> int | None:
    digits = (value or "").strip().removesuffix("px").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 and int(digits) else None


def _excerpt(raw: str) -> str:
    line = one_line(raw[:200]) or "empty"
    return line if len(line) <= 80 else f"{line[:79]}…"
