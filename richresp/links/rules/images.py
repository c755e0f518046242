"""Rules on the image: its address, its type, and its size as the page declares it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from richresp.limits.audit import (
    IMAGE_LARGE,
    IMAGE_RECOMMENDED,
    IMAGE_SMALLEST,
    MAX_CLAIMS,
    WHATSAPP_IMAGE_RATIO,
    WHATSAPP_IMAGE_WIDTH,
    X_IMAGE_LARGEST,
    X_IMAGE_SMALLEST,
)
from richresp.links.rules.rule import (
    FACEBOOK_IMAGES,
    OGP,
    WHATSAPP,
    X_LARGE,
    X_MARKUP,
    Page,
    Place,
    Rule,
    quoted,
    resolved,
    says,
)
from richresp.links.rules.rule import NOWHERE as END

_MIXED = "https://www.w3.org/TR/mixed-content/"
_SHOWN = frozenset(("image/jpeg", "image/jpg", "image/png", "image/webp", "image/gif"))
_NOT_SHOWN = (".svg", ".svgz", ".avif", ".heic", ".heif", ".jxl", ".bmp", ".tif", ".tiff", ".ico", ".pdf")


@dataclass(slots=True)
class _Image:
    """An og:image with the structured properties that follow it, raw, and where it stands."""

    at: int
    url: str
    about: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> tuple[int, int] | None:
        width, height = _pixels(self.about.get("width", "")), _pixels(self.about.get("height", ""))
        return (width, height) if width and height else None


def _pixels(raw: str) -> int | None:
    digits = raw.strip().lower().removesuffix("px").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else None


def _images(page: Page) -> list[_Image]:
    found: list[_Image] = []
    leading: dict[str, str] = {}
    for meta in page.head.metas:
        if meta.name == "og:image" or (meta.name == "og:image:url" and (not found or "url" in found[-1].about)):
            found.append(_Image(meta.at, meta.content, {"url": meta.content} if meta.name == "og:image:url" else {}))
        elif meta.name.startswith("og:image:"):
            about = found[-1].about if found else leading
            about.setdefault(meta.name.removeprefix("og:image:"), meta.content)
    if found:
        found[0].about = leading | found[0].about  # what stands before the first image can be meant for no other
    return found[:MAX_CLAIMS]


def _first(page: Page) -> list[_Image]:
    """The image that hosts show, if there is one."""
    return _images(page)[:1]


def _others(page: Page) -> Iterator[str]:
    """Where else than in og:image the page states one."""
    yield from (meta.name for meta in page.metas("twitter:image", "twitter:image:src"))
    yield from ("image_src" for link in page.head.links if "image_src" in link["rel"].lower().split())


def _missing(page: Page) -> Iterator[Place]:
    if not _images(page) and not any(_others(page)):
        yield END, "the page has no image: give og:image"


def _not_og(page: Page) -> Iterator[Place]:
    other = next(_others(page), None)
    if other is not None and not _images(page):
        yield END, f"og:image is missing; not every host falls back to {other}"


def _is_relative(raw: str) -> bool:
    return not raw.strip().lower().startswith(("http:", "https:"))


def _relative(page: Page) -> Iterator[Place]:
    for image in _images(page):
        if _is_relative(image.url) and resolved(image.url, page.base) is not None:
            yield image.at, f"og:image is {quoted(image.url)}, which not every host resolves; write the whole address"


def _useless(page: Page) -> Iterator[Place]:
    for image in _images(page):
        if resolved(image.url, page.base) is None:
            yield image.at, f"og:image is {quoted(image.url)}, which is no public address of the web"


def _insecure(page: Page) -> Iterator[Place]:
    for image in _images(page):
        secure = image.about.get("secure_url", "").strip().lower().startswith("https:")
        if page.url.startswith("https:") and image.url.strip().lower().startswith("http:") and not secure:
            yield image.at, "og:image is http on an https page, where hosts may not show it; serve it over https"


def _type(page: Page) -> Iterator[Place]:
    for image in _images(page):
        declared = image.about.get("type", "").partition(";")[0].strip().lower()
        whole = resolved(image.url, page.base)
        path = urlsplit(whole).path.lower() if whole else ""
        if (declared and declared not in _SHOWN) or path.endswith(_NOT_SHOWN):
            kind = declared or f".{path.rpartition('.')[2]}"
            yield image.at, f"og:image is of type {quoted(kind)}, which hosts do not show; give JPEG, PNG, WebP or GIF"


def _below(size: tuple[int, int], least: tuple[int, int]) -> bool:
    return size[0] < least[0] or size[1] < least[1]


def _smaller(least: tuple[int, int], but_not: tuple[int, int], result: str) -> Callable[[Page], Iterator[Place]]:
    def check(page: Page) -> Iterator[Place]:
        for image in _first(page):
            if (size := image.size) and _below(size, least) and not _below(size, but_not):
                yield (
                    image.at,
                    f"og:image has {size[0]} x {size[1]} pixels by its tags; below {least[0]} x {least[1]} {result}",
                )

    return check


def _for_large_card(page: Page) -> Iterator[Place]:
    large = any(meta.content.strip().lower() == "summary_large_image" for meta in page.metas("twitter:card"))
    for image in _first(page) if large else ():
        if (size := image.size) and (_below(size, X_IMAGE_SMALLEST) or _below(X_IMAGE_LARGEST, size)):
            least, most = (f"{width} x {height}" for width, height in (X_IMAGE_SMALLEST, X_IMAGE_LARGEST))
            yield image.at, f"og:image has {size[0]} x {size[1]} pixels; the large card of X takes {least} to {most}"


def _for_whatsapp(page: Page) -> Iterator[Place]:
    for image in _first(page):
        size = image.size
        if size and (size[0] < WHATSAPP_IMAGE_WIDTH or size[0] > WHATSAPP_IMAGE_RATIO * size[1]):
            want = f"{WHATSAPP_IMAGE_WIDTH} or more wide and at most {WHATSAPP_IMAGE_RATIO} times as wide as high"
            yield image.at, f"og:image has {size[0]} x {size[1]} pixels; WhatsApp wants it {want}"


def _size_missing(page: Page) -> Iterator[Place]:
    for image in _first(page):
        if image.size is None:
            yield (
                image.at,
                "og:image:width and og:image:height are missing: with them the first share has its image at once",
            )


def _alt_missing(page: Page) -> Iterator[Place]:
    for image in _first(page):
        if says(image.about.get("alt", "")) is None:
            yield image.at, "og:image:alt is missing: say what the image shows"


RULES = (
    Rule("image-missing", "error", "image", OGP + "#metadata", _missing),
    Rule("image-useless", "error", "image", OGP + "#metadata", _useless),
    Rule("image-relative", "error", "image", WHATSAPP, _relative),
    Rule("image-type", "error", "image", X_MARKUP, _type),
    Rule("image-tiny", "error", "image", FACEBOOK_IMAGES, _smaller(IMAGE_SMALLEST, (0, 0), "Facebook takes none")),
    Rule("image-not-og", "warning", "image", OGP + "#metadata", _not_og),
    Rule("image-insecure", "warning", "image", _MIXED, _insecure),
    Rule("image-small", "warning", "image", FACEBOOK_IMAGES, _smaller(IMAGE_LARGE, IMAGE_SMALLEST, "Facebook shows it small")),
    Rule("image-for-large-card", "warning", "image", X_LARGE, _for_large_card),
    Rule("image-for-whatsapp", "warning", "image", WHATSAPP, _for_whatsapp),
    Rule("image-below-recommended", "hint", "image", FACEBOOK_IMAGES,
         _smaller(IMAGE_RECOMMENDED, IMAGE_LARGE, "it is not sharp on every screen")),
    Rule("image-size-missing", "hint", "image", FACEBOOK_IMAGES, _size_missing),
    Rule("image-alt-missing", "hint", "image", OGP + "#structured", _alt_missing),
)  # fmt: skip
"""In the order of severity, then of weight."""
