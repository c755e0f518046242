"""What `attach` returns. `shape` takes it for its data: the values adapt it by its name, as they do with a frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from richresp.exceptions import PreviewError

Card = dict[str, str | None]
"""The five fields of a preview: site_name, title, description, image, url."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A payload with the cards of its links.

    It reads as its data does: `attached["results"][0]["preview"]`, `len(attached)`, `for item in attached`. To `shape`
    and `explain` it is its data, on its own or inside another payload.

    Attributes:
        data: the payload as dicts, lists and scalars, with the cards in it. It shares no container with what was given, and
            is yours. What JSON cannot hold (NaN, infinities, lone surrogates) stands in it, for `shape` to replace and tell.
        cards: the cards that have no object to stand in, by their link: of links in lists of strings, and of all but the
            first of several links of one object that paths name.
        errors: why a link has no card, by the link, in document order; then what is wrong with a path of `at=`, by the
            path. Each is a PreviewError, whose text says what to do.
    """

    data: Any
    cards: Mapping[str, Card]
    errors: Mapping[str, PreviewError]

    def __getitem__(self, key: Any) -> Any:
        return self.data[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.data)

    def __len__(self) -> int:
        return len(self.data)

    def __bool__(self) -> bool:
        return bool(self.data)
