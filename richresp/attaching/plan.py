"""What one call asks for, and where the answers go: all of `attach` but the asking.

A plan is made before anything is fetched, so that an author's mistake costs no request and does not depend on the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from richresp.attaching.model import Attached, Card
from richresp.attaching.reading import copied
from richresp.attaching.seek import Link, Stray, Trail, by_names, by_paths, pointer
from richresp.exceptions import FetchError, InvalidURL, PreviewError, UsageError
from richresp.limits.attaching import MAX_POINTER_CHARS
from richresp.links import Preview
from richresp.links.urls import page_address
from richresp.paths import Path, parse


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be previewed of one payload.

    Attributes:
        data: the copy, still without cards.
        key: the name that cards get.
        links: all of them, in document order.
        asked: the addresses to preview, each once.
        left: those beyond the limit.
        strays: by the text of a path, in their order, the first place where it names no link, and how many there are.
    """

    data: Any
    key: str
    links: list[Link]
    asked: list[str]
    left: list[str]
    strays: dict[str, tuple[Trail, int]]

    def attached(self, answers: Sequence[Preview | PreviewError]) -> Attached:
        """The result, from what the previewer said of `asked`, in that order. The plan is used up by it."""
        cards: dict[str, Card] = {}
        errors: dict[str, PreviewError] = {}
        if not _are_answers(answers) or len(answers) != len(self.asked):
            raise UsageError(
                "the previewer's previews() is to give as many previews or PreviewErrors as there are links"
            )
        for url, answer in zip(self.asked, answers, strict=True):
            error = answer if isinstance(answer, PreviewError) else _emptiness(url, answer)
            if error is not None:
                errors[url] = error
            elif isinstance(answer, Preview):
                cards[url] = answer.card()
        for url in self.left:
            reason = f"not asked for, since {len(self.asked)} links stand before it; raise max_links="
            errors[url] = FetchError(url=url, reason=reason)
        for path, (place, count) in self.strays.items():
            errors[path] = InvalidURL(
                url=path, reason=f"names no absolute http or https URL at {_places(place, count)}"
            )
        aside: dict[str, Card] = {}
        for link in self.links:
            card = cards.get(link.url)
            if card is not None and link.holder is not None:
                link.holder[self.key] = dict(card)
            elif card is not None:
                aside[link.url] = dict(card)
        return Attached(self.data, aside, errors)


def planned(payload: Any, *, at: Iterable[str] | None, key: str, max_links: int) -> Plan:
    """Reads a payload and finds its links.

    Raises:
        InvalidPath: for a path that cannot be read.
        InvalidPayload: for what has no JSON form.
        UsageError: for an argument that cannot be right, and where `key` is taken.
    """
    paths = None if at is None else _paths(at)
    data = copied(payload)
    links: list[Link] = []
    strays: dict[int, tuple[Trail, int]] = {}
    for found in by_names(data) if paths is None else by_paths(data, paths):
        match found:
            case Link():
                links.append(found)
            case Stray(number, place):
                first, count = strays.get(number, (place, 0))
                strays[number] = first, count + 1
    for link in links:
        if link.holder is not None and key in link.holder:
            raise UsageError(f"{_shown(link.place)} has a key {key!r} already; name another with key=")
    urls = list(dict.fromkeys(link.url for link in links))
    told = {path.text: strays[number] for number, path in enumerate(paths or ()) if number in strays}
    addresses = {url: _address(url) for url in urls}
    within_limit = set(islice(dict.fromkeys(addresses.values()), max_links))
    asked = [url for url in urls if addresses[url] in within_limit]
    left = [url for url in urls if addresses[url] not in within_limit]
    return Plan(data, key, links, asked, left, told)


def _address(url: str) -> str:
    """A link in the form in which it is compared; as it is where it has none."""
    try:
        return page_address(url)
    except PreviewError:
        return url


def _paths(at: object) -> list[Path]:
    listed = list(at) if isinstance(at, Iterable) and not isinstance(at, str) else None
    if listed is None or not all(isinstance(path, str) for path in listed):
        raise UsageError(f"at={at!r}: give a list of JSONPaths")
    return [parse(path) for path in dict.fromkeys(listed)]


def _are_answers(answers: object) -> bool:
    return isinstance(answers, Sequence) and all(isinstance(each, (Preview, PreviewError)) for each in answers)


def _emptiness(url: str, preview: Preview) -> FetchError | None:
    """Why a preview makes no card: a wall is not the page, and a card without words or picture says no more than the link."""
    if preview.wall not in (None, "script"):
        return FetchError(url=url, reason=f"a wall ({preview.wall}) stands before the page", status=preview.status)
    if preview.title is None and preview.description is None and preview.image is None:
        return FetchError(url=url, reason="the page says nothing of itself", status=preview.status)
    return None


def _places(first: Trail, count: int) -> str:
    more = f" and at {count - 1:,} more" if count > 1 else ""
    return f"{_shown(first)}{more}"


def _shown(place: Trail) -> str:
    text = pointer(place) or "the payload"
    return text if len(text) <= MAX_POINTER_CHARS else f"{text[:MAX_POINTER_CHARS]}…"
