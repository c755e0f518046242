"""Why a card is as it is: for each field its value, where in the page that stands, and what was passed over and why.

The card is read by the same reader as every other, which says what it hears; nothing is decided here. No network, and no
exception for any bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from richresp.decode import decode
from richresp.limits.explain import MAX_AFTER, MAX_TOLD
from richresp.limits.links import MAX_SCAN_CHARS
from richresp.links import sources
from richresp.links.card import Offer, read_card
from richresp.links.explain_places import Place, Places
from richresp.links.extracting import extract, given
from richresp.links.media import kind_of
from richresp.links.model import CARD, Preview
from richresp.links.page import Page
from richresp.links.scan import scan
from richresp.links.urls import page_address
from richresp.links.values import excerpt
from richresp.links.walls import wall_of

_CHAINS = {
    "site_name": sources.SITE_NAME,
    "title": sources.TITLE,
    "description": sources.DESCRIPTION,
    "image": sources.IMAGE,
    "url": sources.URL,
}


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A value that a page states and that a field does not have.

    Attributes:
        source: the name of where it stands: "og:title", "html:title" ...
        stated: the beginning of it, as it stands.
        reason: why it was passed over, to follow the name of the source and "which".
        place: where it stands; None where that cannot be told.
    """

    source: str
    stated: str
    reason: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Explained:
    """One field of a card.

    Attributes:
        field: its name.
        value, source: what the preview says.
        place: where the value stands; None where there is none, or it is told from the address of the page.
        passed_over: what else is stated, in the order in which it was considered.
        silent: the sources that come before that of the value and state nothing, in order.
    """

    field: str
    value: str | None
    source: str | None
    place: Place | None = None
    passed_over: tuple[PassedOver, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a card is as it is.

    Attributes:
        preview: the preview of the same bytes.
        fields: of its card, in the order of `Preview.card()`.
    """

    preview: Preview
    fields: tuple[Explained, ...]


def explain(body: bytes | bytearray | memoryview, *, url: str, content_type: str | None = None) -> Explanation:
    """Where each field of a page's card comes from.

    Args:
        body: the page as served; it may be cut anywhere.
        url: where it came from, after redirects.
        content_type: the header of that name, which may name the encoding.

    Raises:
        InvalidURL: if `url` is not an absolute http or https URL.
        UsageError: if an argument is of another type.
    """
    body = given(body, content_type)
    preview = extract(body, url=url, content_type=content_type, full=True)
    if kind_of(body, content_type) is not None:
        known = preview.card().items()
        return Explanation(preview, tuple(Explained(name, value, preview.sources.get(name)) for name, value in known))
    text = decode(body, content_type)[0]
    final = page_address(url)
    scanned = text[:MAX_SCAN_CHARS].replace("\0", "")
    head = scan(text)
    offers: dict[str, list[Offer]] = {}

    def heard(name: str, offered: Iterator[Offer]) -> Iterator[Offer]:
        offers[name] = list(_until_enough(offered))
        return iter(offers[name])

    card = read_card(Page(head, final, text), wall_of(head, text, final), heard=heard)
    places = Places(scanned, head)
    return Explanation(
        preview,
        tuple(_explained(name, card.values[name], card.sources.get(name), offers.get(name), places) for name in CARD),
    )


def _until_enough(offers: Iterator[Offer]) -> Iterator[Offer]:
    """All offers up to the first that is usable, and some behind it."""
    for offer in offers:
        yield offer
        if isinstance(offer[3], str):
            yield from islice(offers, MAX_AFTER)


def _explained(
    name: str, value: str | None, source: str | None, heard: list[Offer] | None, places: Places
) -> Explained:
    offers = heard or []
    used = next((offer for offer in offers if isinstance(offer[3], str)), None)
    passed_over = dict.fromkeys(
        PassedOver(told[1], excerpt(told[2]), _reason(told, used), places.of(told[1], told[2]))
        for told in islice((offer for offer in offers if offer is not used), MAX_TOLD)
    )
    chain = () if heard is None else _CHAINS[name]
    before = chain if used is None else chain[: used[0]]
    speaking = {offer[1] for offer in offers}
    return Explained(
        name,
        value,
        source,
        None if used is None else places.of(used[1], used[2]),
        tuple(told for told in passed_over if (told.source, told.stated) != _shown(used)),
        tuple(dict.fromkeys(each.name for each in before if each.name not in speaking)),
    )


def _reason(offer: Offer, used: Offer | None) -> str:
    value = offer[3]
    if not isinstance(value, str):
        return value.why
    if used is not None and value == used[3]:
        return f"says the same, and {used[1]} comes first"
    return "is usable, but comes later" if used is None else f"is usable, but {used[1]} comes first"


def _shown(offer: Offer | None) -> tuple[str, str] | None:
    return None if offer is None else (offer[1], excerpt(offer[2]))
