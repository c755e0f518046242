"""What a page says of itself, as frozen values that compare, print and go through JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from sys import float_info
from types import MappingProxyType
from typing import Any

from richresp.exceptions import UsageError

CARD = ("site_name", "title", "description", "image", "url")


@dataclass(frozen=True, slots=True)
class Image:
    """One image of a page (og:image and its structured properties).

    Attributes:
        url: absolute, http or https.
        width, height: in pixels, as declared.
        alt: what it shows.
        type: its media type, as declared.
    """

    url: str
    width: int | None = None
    height: int | None = None
    alt: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Icon:
    """One icon of a page's site (link rel=icon and its kin).

    Attributes:
        url: absolute, http or https.
        width, height: in pixels, the largest that are declared; None for `any`, and where none are.
        type: its media type, as declared.
    """

    url: str
    width: int | None = None
    height: int | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a link looks like.

    Attributes:
        site_name, title, description, image, url: the card; None where the page says nothing usable. `url` is the
            canonical address where the page's claim can be believed, else the final one.
        images: all images that the page declares, the card's first.
        type, locale: og:type and og:locale.
        requested_url: what was asked for.
        final_url: where redirects led.
        canonical_url, og_url: what the page claims its address is, absolute, believed or not.
        status: the HTTP status; None for bytes from elsewhere.
        sources: for each field of the card where its value came from: "og:title", "html:title", "url:host" ...
        warnings: what was missing or wrong, for whoever made the page.
        wall: the kind of page that stands before the one that was asked for: "consent", "challenge", "login"; "script" for a
            page that only scripts fill; else None.
        stale: whether it is older than it should be, because nothing newer could be had.
        title_clean: the title without the site's name.
        icon, icons: the address of the icon that shows best in a card, and all of them.
        twitter_site: the site's account, as "@name".
        published, modified: dates as the page gives them, in ISO 8601.
        authors: names.
        oembed: the addresses of the page's oEmbed descriptions.
        redirects: the addresses that led on to another one, by a redirect or a meta refresh, in order; the final one is not
            among them.
        elapsed: seconds that the preview took, lookup, redirects and body together; None for bytes from elsewhere, and the
            first time's for what is remembered. Previews that differ in nothing else are equal.
        size: bytes of the page that were read, after inflating, which may be fewer than it has; None for bytes from
            elsewhere.
    """

    requested_url: str
    final_url: str
    site_name: str | None = None
    title: str | None = None
    description: str | None = None
    image: str | None = None
    url: str | None = None
    images: tuple[Image, ...] = ()
    type: str | None = None
    locale: str | None = None
    canonical_url: str | None = None
    og_url: str | None = None
    status: int | None = None
    sources: Mapping[str, str] = field(default_factory=dict, hash=False)
    warnings: tuple[str, ...] = ()
    wall: str | None = None
    stale: bool = False
    title_clean: str | None = None
    icon: str | None = None
    icons: tuple[Icon, ...] = ()
    twitter_site: str | None = None
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    oembed: tuple[str, ...] = ()
    redirects: tuple[str, ...] = ()
    elapsed: float | None = field(default=None, compare=False)
    size: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "sources", MappingProxyType(dict(self.sources)))

    def __reduce__(self) -> tuple[Any, ...]:
        return Preview.from_dict, (self.to_dict(),)

    def card(self) -> dict[str, str | None]:
        """Exactly the five fields, to put beside a link."""
        return {name: getattr(self, name) for name in CARD}

    def to_dict(self) -> dict[str, Any]:
        """All of it as JSON-native values; `from_dict` takes it back."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        for name in _TEXTS:
            values[name] = list(values[name])
        for name in _RECORDS:
            values[name] = [asdict(record) for record in values[name]]
        return values | {"sources": dict(self.sources)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Preview:
        """The preview that `to_dict` was called on, by this version or an older one.

        Raises:
            UsageError: if the values are not those of a preview.
        """
        try:
            given = dict(values)
            for name, kind in _RECORDS.items():
                given[name] = tuple(kind(**record) for record in given.get(name, ()))
            for name in _TEXTS:
                given[name] = tuple(given.get(name, ()))
            found = cls(**given)
        except (AttributeError, TypeError, ValueError) as error:
            raise UsageError(f"these are not the values of a preview: {error}") from error
        _check(found)
        return found

    def to_markdown(self) -> str:
        """The card as markdown: the title as a link, then site and description. It shows no image, which hosts block."""
        from richresp.markdown import card

        return str(card(self))

    def to_html(self) -> str:
        """The same as HTML, safe to put into a page."""
        from richresp.markdown import to_html

        return to_html(self.to_markdown())


_RECORDS: dict[str, type[Image | Icon]] = {"images": Image, "icons": Icon}
_TEXTS = ("warnings", "authors", "oembed", "redirects")
_REQUIRED = ("requested_url", "final_url")
_SEVERAL = frozenset((*_RECORDS, *_TEXTS, *_REQUIRED, "sources", "stale"))
_NUMBERS = ("status", "width", "height", "size")


def _check(found: Preview) -> None:
    """Raises UsageError for a value of the wrong type: what comes out of a cache may have been written by anybody."""
    texts = [*found.sources, *found.sources.values(), *(text for name in _TEXTS for text in getattr(found, name))]
    wrong = [name for name in _REQUIRED if not isinstance(getattr(found, name), str)]
    wrong += ["a list"] if not all(isinstance(text, str) for text in texts) else []
    stale: object = found.stale
    wrong += [] if isinstance(stale, bool) else ["stale"]
    records: list[Preview | Image | Icon] = [found, *found.images, *found.icons]
    for record in records:
        for item in fields(record):
            if item.name in _SEVERAL:
                continue
            value = getattr(record, item.name)
            right = _is_right(item.name, value)
            optional = item.name != "url" or isinstance(record, Preview)
            if not right and not (value is None and optional):
                wrong.append(item.name)
    if wrong:
        raise UsageError(f"these are not the values of a preview: {', '.join(dict.fromkeys(wrong))} of a wrong type")


def _is_right(name: str, value: object) -> bool:
    if name == "elapsed":
        return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= float_info.max
    if name in _NUMBERS:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, str)
