"""What the head of a page says about itself, in its own words and order: what a scan finds and everything else reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Attribute = Literal["property", "name", "itemprop"]


class Meta(NamedTuple):
    """One name of a meta tag and what it says.

    Attributes:
        name: in lower case.
        content: as written, character references decoded once.
        attribute: which attribute the name stands in.
        at: where the tag begins, in characters of the text.
        late: whether it stands behind the head.
    """

    name: str
    content: str
    attribute: Attribute
    at: int
    late: bool


class Block(NamedTuple):
    """A JSON-LD script.

    Attributes:
        text: what stands in it, as written.
        at: where the tag begins, in characters of the text.
    """

    text: str
    at: int


@dataclass(slots=True)
class Head:
    """What a page says about itself, in its own words and order.

    Attributes:
        metas: each name of each meta that has a content.
        links: the attributes of each link that has a rel and a href, but for those that only load something: stylesheet,
            preload and their kin.
        title: the text of the first title that is not blank.
        base: the href of the first base that has one.
        late: whether a meta stood behind the head.
        json_ld: the scripts of type application/ld+json.
        lang: the language that the html tag names.
        title_at: where the tag of the title begins, in characters of the text.
        links_at: the same of each link.
    """

    metas: list[Meta] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    title: str | None = None
    base: str | None = None
    late: bool = False
    json_ld: list[Block] = field(default_factory=list)
    lang: str | None = None
    title_at: int | None = None
    links_at: list[int] = field(default_factory=list)
