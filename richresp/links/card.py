"""The five fields of a page: for each the first usable value of its chain, where it came from, and what was passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from richresp.limits.extract import MAX_TITLE_CHARS, MAX_WARNINGS
from richresp.links import sources
from richresp.links.head import Head
from richresp.links.page import Page
from richresp.links.placeholders import is_capitalized_word, is_placeholder
from richresp.links.sites import folded, segments_of, without_name
from richresp.links.urls import same_site
from richresp.links.values import Unusable, excerpt, prose_of, text_of

# Behind these walls stands another page: what the wall says of itself is not said of that page.
_HIDING = frozenset(("consent", "challenge", "login"))
_LOOSE_CHARS = 16
_DERIVED = "body:paragraph"
_ANYTHING = ""
_SCRIPTED = "ld+json"  # all other marks stand in metas
_METAS = (
    b"<meta",
    b"<META",
    b"<Meta",
)  # as people and programs write them; to look for all 16 ways is ten times as dear
# The address is not among them: only a head may say what a page's is (HTML, link type "canonical").
_CHAINS = (
    ("site_name", sources.SITE_NAME),
    ("title", sources.TITLE),
    ("description", sources.DESCRIPTION),
    ("image", sources.IMAGE),
)

_Usable = Callable[[str], str | Unusable]
Offer: TypeAlias = tuple[int, str, str, str | Unusable]
"""What a source offers: its place in the chain, its name, the value as it stands, and what goes out of it or why nothing does."""

Heard: TypeAlias = Callable[[str, Iterator[Offer]], Iterator[Offer]]
"""Is given a field with its offers in order, each of which is worked out when it is asked for, and gives them on."""


@dataclass(slots=True)
class Card:
    """The five fields, None where nothing usable is stated.

    Attributes:
        values: by field.
        sources: for each field that has a value the name of the source.
        warnings: as keys, so that each stands there once.
        ranks: for each field that has a value the place of its source in the chain; several sources share a name.
    """

    values: dict[str, str | None] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, None] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)


def is_settled(card: Card, page: Page, rest: Callable[[], bytes]) -> bool:
    """Whether nothing behind the head can change a card: each field has a value, and what could outrank it is not in the rest.

    Args:
        card: as read from the head.
        page: the head alone.
        rest: what is there behind the head, in an encoding that has ASCII in it.
    """
    if None in card.values.values() or "content" in vars(page):
        return False
    marks = {mark for name, chain in _CHAINS for mark in _outranking(chain[: card.ranks[name] + 1], page)}
    if not marks or _ANYTHING in marks:
        return not marks
    behind = rest().lower()  # of bytes, which is ten times as quick
    found = {mark for mark in marks if mark.encode() in behind}
    return not found or (_SCRIPTED not in found and b"<meta" not in behind)


def end_of_last(head: Head) -> int:
    """Where the last thing that a head says begins or ends, in characters of the text."""
    last = max((meta.at for meta in head.metas), default=0)
    return max([last, *(block.at + len(block.text) for block in head.json_ld)])


def _outranking(chain: tuple[sources.Source, ...], page: Page) -> Iterator[str]:
    """What a page must have written in it to have a value above that of the last source of a chain."""
    winner = chain[-1].name
    if winner.startswith(("body:", "url:")):
        yield _ANYTHING
    if winner.startswith("og:image") and not all(raw.lstrip().startswith("https:") for raw in page.metas(winner)):
        yield "og:image:secure_url"
    for source, _ in chain[:-1]:
        if source.startswith("json-ld:"):
            yield _SCRIPTED
        elif source.startswith("link:") or (source == "html:title" and page.head.title is None):
            yield _ANYTHING
        elif source != "html:title":
            yield source.removeprefix("itemprop:")


def read_card(page: Page, wall: str | None = None, *, heard: Heard | None = None) -> Card:
    """The five fields of a page; of one that is a wall only those that are the site's.

    Args:
        page: the page.
        wall: the kind of wall that it is.
        heard: hears what is offered for each field, for those who want to know what was passed over.
    """
    reader = _Reader(page, heard)
    reader.read("site_name", sources.SITE_NAME, text_of)
    if wall in _HIDING:
        reader.card.values.update(title=None, description=None, image=None)
        reader.warn(f"the page is a wall ({wall}): its title, description and image are not those of the page behind")
    else:
        reader.read("title", sources.TITLE, reader.title)
        reader.read("description", sources.DESCRIPTION, reader.description)
        reader.read("image", sources.IMAGE, reader.image)
    reader.read("url", sources.URL, reader.own_address)
    return reader.card


def title_without_site(page: Page, card: Card) -> str | None:
    """The title of a card without the site's name."""
    title, name = card.values["title"], card.values["site_name"]
    return None if title is None else without_name(title, [name] if name else [], page.host)


def claim(page: Page, source: sources.Source) -> str | None:
    """The address that a page claims, absolute, believed or not."""
    return next((url for raw in source.offered(page) if (url := page.absolute(_with_slashes(raw, page)))), None)


class _Reader:
    """Fills a card."""

    def __init__(self, page: Page, heard: Heard | None) -> None:
        self.card = Card()
        self._page = page
        self._heard = heard

    def read(self, name: str, chain: tuple[sources.Source, ...], usable: _Usable) -> None:
        offers = self._offers(chain, usable)
        for rank, source, raw, value in offers if self._heard is None else self._heard(name, offers):
            if isinstance(value, str):
                self.card.values[name] = value
                self.card.sources[name] = source
                self.card.ranks[name] = rank
                self._remark(name, source, raw)
                return
            self.warn(f"{source} {value.why}")
        self.card.values[name] = None
        self.warn(f"no {name}")

    def _offers(self, chain: tuple[sources.Source, ...], usable: _Usable) -> Iterator[Offer]:
        for rank, (source, offered) in enumerate(chain):
            for raw in offered(self._page):
                yield rank, source, raw, usable(raw)

    def warn(self, text: str) -> None:
        if len(self.card.warnings) < MAX_WARNINGS:
            self.card.warnings[text] = None

    def _remark(self, name: str, source: str, raw: str) -> None:
        """What is wrong with a value that is used all the same."""
        if name == "image" and not source.startswith("body:"):
            if not raw.strip().lower().startswith(("http:", "https:", "//")):
                self.warn(f"{source} is relative, which many hosts do not resolve: {excerpt(raw)}")
        elif source == _DERIVED:
            self.warn("the description is the first paragraph of the text; state og:description")

    def title(self, raw: str) -> str | Unusable:
        """A title; `None` and the like are one where they have a capital and the document is called so."""
        value = text_of(raw)
        if isinstance(value, Unusable) and (word := raw.strip()) and is_capitalized_word(word):
            own = segments_of((self._page.head.title or self._page.content.heading or "")[:MAX_TITLE_CHARS].strip())
            return word if word in own else value
        return value

    def description(self, raw: str) -> str | Unusable:
        """A description that says something which the title or the site's name do not say already."""
        value = prose_of(raw)
        if isinstance(value, str):
            for told in ("title", "site_name"):
                other = self.card.values.get(told)
                if other is not None and _says_the_same(value, other):
                    return Unusable(f"only repeats the {told}: {excerpt(value)}")
        return value

    def image(self, raw: str) -> str | Unusable:
        found = self._page.absolute(raw)
        if found is None:
            return Unusable(f"is no address of a public image: {excerpt(raw)}")
        if found.partition("?")[0].lower().endswith(".ico"):
            return Unusable(f"is an icon, not an image: {excerpt(raw)}")
        return found

    def own_address(self, raw: str) -> str | Unusable:
        """A page's claim about its address, where it can be believed: on its site, and not just the site's front page."""
        final = self._page.url
        if raw == final:
            return final
        found = self._page.absolute(_with_slashes(raw, self._page))
        if found is None:
            return Unusable(f"is no public address: {excerpt(raw)}")
        if not same_site(found, final):
            return Unusable(f"leads to another site: {excerpt(found)}")
        path, own = _path(found), _path(final)
        if is_placeholder(path.rpartition("/")[2]) and path != own:
            return Unusable(f"holds a placeholder: {excerpt(found)}")
        if path == "/" and "?" not in found and len([part for part in own.split("/") if part]) > 1:
            return Unusable(f"leads to the site's front page, not to this one: {excerpt(found)}")
        return found


def _says_the_same(one: str, other: str) -> bool:
    """Whether two texts differ in no letter and no digit; texts of very different lengths are not looked into."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > _LOOSE_CHARS:
        return False
    letters = folded(one)
    return bool(letters) and letters == folded(other)


def _path(url: str) -> str:
    return url[url.find("/", 8) :].partition("?")[0]


def _with_slashes(raw: str, page: Page) -> str:
    """`example.com/page` on example.com lacks only its scheme."""
    bare = raw.strip()
    return f"//{bare}" if bare.lower().startswith((f"{page.host}/", f"www.{page.host}/")) else bare
