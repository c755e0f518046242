"""A preview as the tags of a page: what a handler's own pages should carry so that links to them preview well.

The tags are those that hosts document: Open Graph (ogp.me), the description of HTML, the canonical link (RFC 6596) and the
card type of X. `extract` reads the same five fields back. There is no `<title>`: a page has its own, and may have only one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from richresp.exceptions import PreviewError, UsageError
from richresp.limits.audit import X_IMAGE_SMALLEST
from richresp.links.model import Image, Preview
from richresp.links.placeholders import is_placeholder_address
from richresp.links.policy import check_url
from richresp.links.urls import PUBLIC
from richresp.text import one_line


def meta_tags(preview: Preview) -> str:
    """The `<meta>` and `<link>` tags to put into the head of a page, one a line.

    What the preview does not know has no tag; so has an address that is not a public one of http or https, or that names a
    user. Addresses are written in their normal form (`check_url`). All values are clean, escaped for double-quoted
    attributes, and read the same in any parser of HTML.

    Args:
        preview: of the page itself: `url` becomes its canonical address and og:url.

    Raises:
        UsageError: if this is no preview, or one of its values is of a wrong type.
    """
    if not isinstance(preview, Preview):
        raise UsageError("meta_tags takes a Preview, as `extract` gives it")
    try:
        values = preview.to_dict()
    except (TypeError, AttributeError) as error:
        raise UsageError(f"these are not the values of a preview: {error}") from error
    return "\n".join(_tags(Preview.from_dict(values)))


def _tags(preview: Preview) -> Iterator[str]:
    images = list(_images(preview))
    yield from _tag("name", "description", preview.description)
    if url := _web(preview.url):
        yield f'<link rel="canonical" href="{escape(url)}">'
        yield from _tag("property", "og:url", url)
    yield from _tag("property", "og:type", preview.type)
    yield from _tag("property", "og:site_name", preview.site_name)
    yield from _tag("property", "og:title", preview.title)
    yield from _tag("property", "og:description", preview.description)
    yield from _tag("property", "og:locale", preview.locale)
    yield from _tag("property", "article:published_time", preview.published)
    yield from _tag("property", "article:modified_time", preview.modified)
    for author in preview.authors:
        yield from _tag("property", "article:author", author)
    for image in images:
        yield from _image(image)
    if preview.title is not None:
        yield from _tag("name", "twitter:card", _card(images))
    yield from _tag("name", "twitter:site", preview.twitter_site)


def _images(preview: Preview) -> Iterator[Image]:
    """The card's image first, with all that is known of it: hosts show the first (ogp.me, Arrays)."""
    first = [image for image in preview.images if image.url == preview.image][:1]
    listed = [] if preview.image is None else first or [Image(preview.image)]
    for image in (*listed, *(image for image in preview.images if image.url != preview.image)):
        if url := _web(image.url):
            yield replace(image, url=url)


def _image(image: Image) -> Iterator[str]:
    """An image and its structured properties; they must follow it, for they belong to the last one named."""
    yield from _tag("property", "og:image", image.url)
    yield from _tag("property", "og:image:type", image.type)
    yield from _tag("property", "og:image:width", image.width)
    yield from _tag("property", "og:image:height", image.height)
    yield from _tag("property", "og:image:alt", image.alt)


def _card(images: list[Image]) -> str:
    """The type of card on X: a large image, unless there is none or it is known to be too small."""
    if not images:
        return "summary"
    width, height = images[0].width, images[0].height
    small = (width is not None and width < X_IMAGE_SMALLEST[0]) or (height is not None and height < X_IMAGE_SMALLEST[1])
    return "summary" if small else "summary_large_image"


def _tag(attribute: str, name: str, value: str | int | None) -> Iterator[str]:
    text = None if value is None else one_line(str(value))
    if text is not None:
        yield f'<meta {attribute}="{name}" content="{escape(text)}">'


def _web(url: str | None) -> str | None:
    """The address in its normal form, if everybody may be led there."""
    if url is None or is_placeholder_address(url):
        return None
    try:
        return check_url(url, policy=PUBLIC)
    except PreviewError:
        return None
