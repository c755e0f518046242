"""The pictures of a page: each stands in it once, in the entry that has it first, and is drawn wherever a card shows it.

SVG draws a picture again by its name (SVG 2, "use"), without a script, within a policy that lets nothing load, and on paper too.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

from richresp.gallery.markup import Markup, element
from richresp.gallery.model import Entry, Picture

_MEDIA_TYPES = frozenset(("image/jpeg", "image/png"))


class Pictures:
    """The names that the pictures of a page have in it."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._first: dict[bytes, int] = {}
        for number, entry in enumerate(entries, 1):
            if entry.picture is not None and entry.picture.media_type in _MEDIA_TYPES:
                self._first.setdefault(entry.picture.body, number)

    def __bool__(self) -> bool:
        return bool(self._first)

    def __contains__(self, picture: object) -> bool:
        return isinstance(picture, Picture) and picture.body in self._first

    def kept(self, number: int, entry: Entry) -> Markup | None:
        """The bytes of an entry's picture, which are drawn nowhere, where it is the first that has it."""
        picture = entry.picture
        if picture is None or self._first.get(picture.body) != number:
            return None
        image = element(
            "image",
            id=f"picture-{number}",
            width=picture.width,
            height=picture.height,
            href=f"data:{picture.media_type};base64,{b64encode(picture.body).decode('ascii')}",
        )
        return element("svg", element("defs", image), class_="kept", width=0, height=0, aria_hidden="true")

    def drawn(self, picture: Picture, alt: str | None) -> Markup:
        """A picture that fills the room that it has.

        Args:
            picture: one of these.
            alt: what it shows; None where that was said before.
        """
        hidden = alt is None
        return element(
            "svg",
            element("use", href=f"#picture-{self._first[picture.body]}"),
            class_="shot",
            viewBox=f"0 0 {picture.width} {picture.height}",
            preserveAspectRatio="xMidYMid slice",
            role=None if hidden else "img",
            aria_label=alt,
            aria_hidden="true" if hidden else None,
        )
