"""One visit to a page: redirects, cookies on the way, errors, the body as far as it is needed. Every decision, no I/O.

Resolve, where no guarded transport judges addresses
-> Fetch -> redirect?  -> check the next hop, with the cookies of its own host
-> the page that is known? -> nothing to read
-> error?     -> a card all the same, or why there is none
-> Read ...   -> until nothing is missing -> a meta refresh? -> once more from the check
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import TypeAlias

from richresp.exceptions import Blocked, FetchError, InvalidURL, PreviewError
from richresp.limits.links import MAX_REDIRECTS
from richresp.links.arrival import Arrival
from richresp.links.fields import Fields
from richresp.links.hops import Hops, Known
from richresp.links.model import Preview
from richresp.links.policy import Policy
from richresp.links.redirects import next_address
from richresp.links.refusals import is_bot_check, reason_of
from richresp.links.steps import Answer, Failed, Header, Read, Step, Told

Visit: TypeAlias = Generator[Step, Told, "Landing"]

_NOT_MODIFIED = 304
_PAGES = frozenset(("", "text/html", "application/xhtml+xml"))
_NOT_FOLLOWED = "a meta refresh leads where the policy does not, and was not followed"


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a visit ended.

    Attributes:
        preview: None where the page is the one that is known.
        answer: the last one.
        sent: what was sent for it.
    """

    preview: Preview | None
    answer: Answer
    sent: tuple[Header, ...]

    def told(self) -> Preview:
        """The preview, where nothing was known that could be the same."""
        if self.preview is None:
            raise TypeError("nothing was known of the page")
        return self.preview


def visit(
    url: str,
    here: str,
    *,
    policy: Policy,
    headers: tuple[Header, ...],
    looks_up: bool = False,
    known: Known | None = None,
) -> Visit:
    """The way to a page, which may turn out to be the one that is known.

    Args:
        url: as the caller gave it.
        here: the same in its normal form, checked.
        policy: where it may lead.
        headers: what every request says.
        looks_up: whether names are looked up and judged on the way, where no guarded transport does.
        known: what is known of the page.

    Raises:
        PreviewError: if there is none.
    """
    return (yield from _Way(url, policy, headers, looks_up, known).run(here))


class _Way:
    """One way through redirects, and what is known on it."""

    def __init__(
        self,
        url: str,
        policy: Policy,
        headers: tuple[Header, ...],
        looks_up: bool,  # noqa: FBT001 - as `visit` has it
        known: Known | None,
    ) -> None:
        self._known = known
        self._policy = policy
        self._hops = Hops(url, policy=policy, headers=headers, looks_up=looks_up, known=known)

    def run(self, here: str) -> Visit:
        """From an address to where it leads; a page that leads on by itself is left once."""
        landing, arrival = yield from self._land(here)
        found = landing.preview
        told = arrival.refresh() if arrival is not None and found is not None and _may_lead_on(found) else None
        if told is None or found is None or len(self._hops.redirects) >= MAX_REDIRECTS:
            return landing
        stayed = replace(landing, preview=replace(found, warnings=(*found.warnings, _NOT_FOLLOWED)))
        try:
            target = next_address(*told, policy=self._policy, what="a meta refresh")
        except PreviewError:
            return stayed
        if self._hops.has_been_at(target):
            return landing
        self._hops.redirects.append(found.final_url)
        try:
            return (yield from self._land(target))[0]
        except (Blocked, InvalidURL):
            return stayed

    def _land(self, here: str) -> Generator[Step, Told, tuple[Landing, Arrival | None]]:
        """Goes to the page behind all redirects."""
        end = yield from self._hops.follow(here)
        if end.answer.status == _NOT_MODIFIED and self._known is not None and end.url == self._known.url:
            yield Read()  # its end: it has no body (RFC 9110, 15.4.5)
            return Landing(None, end.answer, end.sent), None
        found, arrival = yield from self._page(end.url, end.answer.status, end.fields)
        return Landing(found, end.answer, end.sent), arrival

    def _page(self, here: str, status: int, fields: Fields) -> Generator[Step, Told, tuple[Preview, Arrival | None]]:
        if not 200 <= status < 300:
            card, size = yield from self._error_card(here, status, fields)
            return self._told(card, status, size), None
        arrival = Arrival(here, status, fields)
        failed = yield from _read(arrival)
        found = arrival.preview() if failed is None else arrival.salvage()
        if found is None:
            raise failed.error if failed is not None else FetchError(url=here, reason="nothing arrived")
        return self._told(found, status, arrival.size), arrival

    def _error_card(self, here: str, status: int, fields: Fields) -> Generator[Step, Told, tuple[Preview, int]]:
        """The card of an error that has one of its own.

        Raises:
            FetchError: why there is none.
        """
        body, wall = b"", False
        if status >= 400 and fields.media_type in _PAGES and fields.length != 0 and not is_bot_check(fields):
            try:
                arrival = Arrival(here, status, fields)
                failed = yield from _read(arrival)
                found = arrival.salvage() if failed is not None else arrival.preview()
                body, wall = arrival.head(), found is not None and found.wall == "challenge"
                if found is not None and found.wall is None and found.sources.get("title") == "og:title":
                    return found, arrival.size
            except FetchError:  # its body says nothing; its status does
                pass
        elif fields.length == 0:
            yield Read()
        raise FetchError(url=here, reason=reason_of(status, fields, body.decode("latin-1"), wall=wall), status=status)

    def _told(self, found: Preview, status: int, size: int) -> Preview:
        return replace(found, status=status, size=size, redirects=tuple(self._hops.redirects))


def _read(arrival: Arrival) -> Generator[Step, Told, Failed | None]:
    """Reads until nothing is missing; returns what went wrong."""
    while True:
        told = yield Read(arrival.patience)
        if isinstance(told, Failed):
            return told
        if not isinstance(told, bytes):
            raise TypeError("a Read is told bytes")
        if not told or not arrival.feed(told):
            return None


def _may_lead_on(found: Preview) -> bool:
    """Whether a page says so little of itself that it may only lead on, and is no bot check that does the same."""
    return found.wall in (None, "script") and not any(
        found.sources.get(field, "").startswith("og:") for field in ("title", "image")
    )
