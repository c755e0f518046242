"""The images that a page declares, grouped as the OpenGraph protocol says (ogp.me, Structured Properties and Arrays).

`og:image` opens a group, and what follows describes it. Pages also write the description in front of the first image; it is
taken for that one. The `secure_url` of a group stands for the group's own address where it is https.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from richresp.limits.extract import MAX_IMAGES
from richresp.links.model import Image
from richresp.links.page import Page
from richresp.links.values import usable_text

_OPENING = ("og:image", "og:image:url")
_MAX_PIXEL_DIGITS = 5


@dataclass(slots=True)
class Group:
    """One image as declared.

    Attributes:
        address: as it stands in the page; empty until an image is met.
        opened_by: "og:image" or "og:image:url".
        told: what follows `og:image:` in its other properties, first value first.
    """

    address: str = ""
    opened_by: str = ""
    told: dict[str, str] = field(default_factory=dict)

    def addresses(self) -> Iterator[str]:
        """Where it is to be had, the best first."""
        secure = self.told.get("secure_url", "").strip()
        if secure.lower().startswith("https:") or not self.address:
            yield secure
        yield self.address


def groups_of(page: Page) -> list[Group]:
    """The images of a page, in order."""
    groups = [Group()]
    for name, content, *_ in page.head.metas:
        if not name.startswith("og:image"):
            continue
        group = groups[-1]
        if name in _OPENING:
            if not group.address:
                group.address, group.opened_by = content, name
            elif content.strip() != group.address.strip():
                groups.append(Group(content, name))
        elif name[8:9] == ":":
            group.told.setdefault(name[9:], content)
    return groups if groups[-1].address or groups[-1].told else groups[:-1]


def images_of(page: Page, first: str | None) -> tuple[Image, ...]:
    """All images that a page declares, the card's own first, each once."""
    found: dict[str, Image | None] = {} if first is None else {first: None}
    for group in groups_of(page)[:MAX_IMAGES]:
        url = next((url for raw in group.addresses() if raw and (url := page.absolute(raw))), None)
        if url is not None and found.get(url) is None:
            told = group.told
            alt, kind = usable_text(told.get("alt")), usable_text(told.get("type"))
            found[url] = Image(url, pixels(told.get("width")), pixels(told.get("height")), alt, kind)
    return tuple(image or Image(url) for url, image in found.items())


def pixels(value: str | None) -> int | None:
    """A number of pixels as pages write it; None where there is none."""
    digits = (value or "").strip().removesuffix("px").strip()
    plain = digits.isascii() and digits.isdigit() and len(digits) <= _MAX_PIXEL_DIGITS
    return int(digits) or None if plain else None
