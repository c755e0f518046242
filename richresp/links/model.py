"""What a page says of itself, as frozen values that compare, print and go through JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
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
        return values | {
            "images": [asdict(image) for image in self.images],
            "sources": dict(self.sources),
            "warnings": list(self.warnings),
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Preview:
        """The preview that `to_dict` was called on.

        Raises:
            UsageError: if the values are not those of a preview.
        """
        try:
            images = tuple(Image(**image) for image in values.get("images", ()))
            return cls(**{**values, "images": images, "warnings": tuple(values.get("warnings", ()))})
        except (AttributeError, TypeError, ValueError) as error:
            raise UsageError(f"these are not the values of a preview: {error}") from error

    def to_markdown(self) -> str:
        """The card as markdown: the title as a link, then site and description. It shows no image, which hosts block."""
        from richresp.markdown import escape, link

        url = self.url or self.final_url
        head = link(self.title or url, url)
        lines = [f"{head} ({escape(self.site_name)})" if self.site_name else head]
        if self.description:
            lines.append(escape(self.description))
        return "\\\n".join(lines)
