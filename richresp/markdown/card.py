"""What a link looks like, as a few lines: its title, its site and its description.

The image is left out unless it is asked for: whoever chose it learns who reads the answer, and when.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from richresp.exceptions import UsageError
from richresp.limits.markdown import MAX_CARD_DESCRIPTION, MAX_CARD_TITLE
from richresp.markdown.cut import checked_limit, cut
from richresp.markdown.escape import LINE, Style, escaped_parts, hard_breaks
from richresp.markdown.inline import image as image_of
from richresp.markdown.inline import link
from richresp.markdown.raw import Block
from richresp.markdown.show import show
from richresp.text import one_line

_NAMES = ("title", "site_name", "description", "image", "url", "final_url")


def card(
    preview: Any,
    *,
    image: bool = False,
    max_title: int = MAX_CARD_TITLE,
    max_description: int = MAX_CARD_DESCRIPTION,
    math: Literal["escape"] | None = None,
    autolink: bool = True,
) -> Block:
    """A link preview: the title as a link, the site in parentheses, then a line of description.

    Args:
        preview: a mapping or an object with any of site_name, title, description, image and url, each text or None; for a
            link that has none of them, final_url is enough.
        image: whether the image is shown, above the title.
        max_title: characters of the title, and of the site, from 1; what is longer is cut and ends in "…".
        max_description: characters of the description. Where a cut goes through an address, no bare address of the card
            becomes a link.
        math: as for `table`.
        autolink: as for `table`.

    Returns:
        The card; empty if there is nothing to show. An address that is neither http, https nor mailto makes no link, and
        an image of another scheme than http and https is not shown.

    Raises:
        UsageError: for a length below 1, and for a preview that has none of these, as a text or a list.
    """
    checked_limit("max_title", max_title)
    checked_limit("max_description", max_description)
    if not _is_preview(preview):
        raise UsageError(
            f"a card of a {type(preview).__name__}; give a Preview, or a mapping with title, url and the like"
        )
    title, title_severed = _text(preview, "title", max_title)
    site, site_severed = _text(preview, "site_name", max_title)
    description, severed = _text(preview, "description", max_description)
    style = Style(math, autolink and not (title_severed or site_severed or severed))
    url = _address(preview, "url") or _address(preview, "final_url")
    parts: list[str] = []
    if image and (source := _address(preview, "image")):
        parts += [_or_text(lambda: image_of("", source), ""), "\n"]
    parts.append(_or_text(lambda: link(title or url, url, math=math), title))
    if site:
        parts.append(f" ({site})")
    if description:
        parts.append(f"\n{description}")
    return Block(hard_breaks(escaped_parts(parts, LINE, style)), "card")


def _is_preview(preview: Any) -> bool:
    """Whether anything in it could be shown. Texts have names that a preview has, of their methods."""
    if isinstance(preview, (str, bytes, bytearray)):
        return False
    return isinstance(preview, Mapping) or any(hasattr(preview, name) for name in _NAMES)


def _value(preview: Any, name: str) -> Any:
    return preview.get(name) if isinstance(preview, Mapping) else getattr(preview, name, None)


def _text(preview: Any, name: str, limit: int) -> tuple[str, bool]:
    return cut(one_line(show(_value(preview, name))) or "", limit)


def _address(preview: Any, name: str) -> str:
    value = _value(preview, name)
    return value if isinstance(value, str) else ""


def _or_text(make: Callable[[], str], text: str) -> str:
    """Markup, or where its address is refused, text."""
    try:
        return make()
    except UsageError:
        return text
