"""Which address an image element shows, and whether it is worth a card: by what the element itself says.

Lazy-loading scripts put the real address into other attributes and a placeholder into `src`; `srcset` (HTML 4.8.4.2) offers
the same image in several sizes, of which the largest is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

from richresp.limits.extract import MAX_SRCSET_ENTRIES, MIN_IMAGE_HEIGHT, MIN_IMAGE_WIDTH
from richresp.limits.links import MAX_URL_CHARS

if TYPE_CHECKING:
    from richresp.links.tree import Element

_LAZY = ("data-src", "data-lazy-src", "data-original")
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_JUNK = re.compile(
    r"(?:^|[/_.\-+%])(?:sprites?|spacer|pixel|blank|empty|clear|logos?|avatars?|gravatar|icons?|favicon|emojis?|smileys?|badges?|button"
    r"|placeholder|preload|loading|loader|spinner|lazyload|transparent|tracking|counter|banners?|1x1|profile)(?=[/_.\-+@%0-9]|$)",
    re.IGNORECASE,
)
_JUNK_WORDS = frozenset(
    (
        "logo",
        "logos",
        "avatar",
        "gravatar",
        "icon",
        "icons",
        "emoji",
        "smiley",
        "sprite",
        "badge",
        "profile",
        "userpic",
        "flag",
        "captcha",
    )
)
_BREAK = re.compile(r"[^a-z]+")
_DRAWING = re.compile(r"\.(?:svgz?|ico|cur|bmp)(?:$|[?#])", re.IGNORECASE)
_PIXELS = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$", re.IGNORECASE)
_STYLE = re.compile(r"(?:^|;)\s*+(width|height)\s*+:\s*+(\d{1,5})(?:\.\d+)?px", re.IGNORECASE)
_ENTRY = re.compile(r"[\s,]*+([^\s]++)(?:\s++([^,()]*+(?:\([^)]*+\)[^,()]*+)*+))?")
_NEWER = re.compile(r"avif|webp|jxl|svg", re.IGNORECASE)


def address_of(image: Element) -> str | None:
    """The raw address of an image, or None where it has none that a card could show."""
    return next((address for address in _addresses(image) if _is_usable(address)), None)


def is_small(image: Element) -> bool:
    """Whether an element says that it is too small for a card, or that it shows a logo, a face, an icon."""
    width, height = _size(image)
    if (width is not None and width < MIN_IMAGE_WIDTH) or (height is not None and height < MIN_IMAGE_HEIGHT):
        return True
    words = f"{image.get('class', '')} {image.get('id', '')}".lower()
    return bool(_JUNK_WORDS & set(_BREAK.split(words)))


def is_large(image: Element) -> bool:
    """Whether an element says that it is large enough for a card."""
    width, height = _size(image)
    return width is not None and height is not None and width >= MIN_IMAGE_WIDTH and height >= MIN_IMAGE_HEIGHT


def largest(srcset: str) -> str | None:
    """The candidate of a srcset with the most pixels; the first where none says how many it has."""
    best, most = None, -1.0
    position = 0
    for _ in range(MAX_SRCSET_ENTRIES):
        found = _ENTRY.match(srcset, position)
        if found is None:
            break
        address, descriptor = found[1], found[2] or ""
        position = found.end()
        if address.endswith(","):  # a comma right behind an address ends it: there is no descriptor
            address, descriptor = address.rstrip(","), ""
            position = found.end(1)
        pixels = _descriptor(descriptor)
        if pixels > most:
            best, most = address, pixels
    return best


def _descriptor(text: str) -> float:
    number = re.match(r"\s*(\d{1,6}(?:\.\d{1,3})?)[wx]\b", text)
    return float(number[1]) if number else 1.0 if not text.strip() else 0.0


def _addresses(image: Element) -> Iterator[str]:
    """What the element names, best first: lazy ones, the largest of a set, its own, those of the picture around it."""
    for name in _LAZY:
        yield image.get(name, "")
    for name in _SETS:
        yield largest(image.get(name, "")[: MAX_SRCSET_ENTRIES * MAX_URL_CHARS]) or ""
    yield image.get("src", "")
    # libxml2 closes no source: those of a picture hold each other, and the image.
    around = islice(chain(image.iterancestors(), image.itersiblings(preceding=True)), MAX_SRCSET_ENTRIES)
    sources = [element for element in around if element.tag == "source"]
    for source in sorted(sources, key=lambda source: bool(_NEWER.search(source.get("type", "")))):
        for name in _SETS:
            yield largest(source.get(name, "")[: MAX_SRCSET_ENTRIES * MAX_URL_CHARS]) or ""


def _is_usable(address: str) -> bool:
    bare = address.strip()
    if not bare or len(bare) > MAX_URL_CHARS or bare.lower().startswith(("data:", "blob:", "javascript:", "about:")):
        return False
    path = bare.partition("?")[0].partition("#")[0]
    return not _DRAWING.search(bare) and not _JUNK.search(
        path.partition("//")[2].partition("/")[2] if "//" in path else path
    )


def _size(image: Element) -> tuple[int | None, int | None]:
    """The declared width and height in pixels, of attributes or style."""
    style = {found[1].lower(): int(found[2]) for found in _STYLE.finditer(image.get("style", "")[:1_000])}
    width, height = (_PIXELS.match(image.get(name, "")[:20]) for name in ("width", "height"))
    return int(width[1]) if width else style.get("width"), int(height[1]) if height else style.get("height")
