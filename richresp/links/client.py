"""The previewer for threads: a short driver that performs what the flow asks for, and decides nothing.

A previewer opens its connections at the first preview and closes them with `close()`, or at the end of a `with` block. It is
as good after that as before.
"""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import Generator, Iterable
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from richresp.caching import Cache, MemoryCache
from richresp.exceptions import PreviewError
from richresp.limits.freshness import DEFAULT_TTL_SECONDS
from richresp.limits.links import (
    MAX_BODY_BYTES,
    MAX_CONNECTIONS,
    MAX_CONNECTIONS_PER_HOST,
    MAX_RENEWALS,
    TIMEOUT_SECONDS,
)
from richresp.links.batch import in_threads
from richresp.links.forks import register
from richresp.links.lines import Line
from richresp.links.model import Preview
from richresp.links.options import Options
from richresp.links.policy import Policy
from richresp.links.results import OnDone
from richresp.links.shelf import Shelf
from richresp.links.steps import Step, Told
from richresp.links.transport import GuardedTransport
from richresp.links.trip import TRIP, Trip
from richresp.links.whole import Fetched
from richresp.typing import Resolve

_Found = TypeVar("_Found")


class Previewer:
    """Previews links, keeping connections and previews for the next one. Threads may share it.

    Args:
        cache: where previews are kept, one of `richresp.caching`; by default the memory of this previewer. Previewers that
            share a cache ask once for a page that several of them want at once, across processes and machines as well. A
            `transport`, `resolve` or `ssl_context` sees what others may not: only previewers with the same object share what it
            brought, or with one of the same `cache_name`, a text that you may give them as an attribute.
        ttl: seconds for which a preview is fresh whose page does not say for how long it is.
        timeout: seconds for a whole preview: a place among the connections, lookup, TLS, redirects and body together.
        transport: an httpx transport in place of the guarded one: the guard is then yours, but for the check of each URL.
        resolve: looks names up in place of the system's resolver.
        policy: where links may lead; by default public addresses on the usual ports.
        user_agent: a name in `richresp.links.USER_AGENTS` ("richresp", "facebook", "twitter", "browser"), or a whole
            User-Agent value; by default "richresp", which is honest.
        accept_language: a list of language ranges, as "de-CH, de;q=0.9, en;q=0.5", sent as it is; by default none.
        proxy: the address of an HTTP proxy, as "http://host:port". It looks the names up and connects, so what guards
            addresses has to sit there; the rules for URLs still hold here, and the proxy's own address is not judged. The
            proxies of the environment are never asked.
        max_connections: how many answers are open at once; further previews wait, within their timeout.
        max_connections_per_host: the same for each host.
        ssl_context: what certificates are checked with, in place of those that certifi trusts.

    Raises:
        UsageError: for an option that cannot be meant.
    """

    def __init__(
        self,
        *,
        cache: Cache | None = None,
        ttl: float = DEFAULT_TTL_SECONDS,
        timeout: float = TIMEOUT_SECONDS,
        transport: httpx.BaseTransport | None = None,
        resolve: Resolve | None = None,
        policy: Policy | None = None,
        user_agent: str | None = None,
        accept_language: str | None = None,
        proxy: str | None = None,
        max_connections: int = MAX_CONNECTIONS,
        max_connections_per_host: int = MAX_CONNECTIONS_PER_HOST,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        given = self._options = Options.of(
            timeout, transport, resolve, policy, user_agent, accept_language, proxy, max_connections,
            max_connections_per_host, ssl_context, ttl,
        )  # fmt: skip
        self._transport = transport or GuardedTransport(given.policy, **given.guard)
        self._shelf = Shelf(MemoryCache() if cache is None else cache)
        self._renewals: dict[str, Trip] = {}
        self._renewing = threading.Lock()
        register(self)

    @property
    def timeout(self) -> float:
        """Seconds that one preview may take."""
        return self._options.timeout

    def preview(self, url: str, *, refresh: bool = False) -> Preview:
        """What a link looks like.

        Args:
            url: the link.
            refresh: whether to ask its server whatever is remembered.

        Raises:
            InvalidURL: if it is not an absolute http or https URL.
            Blocked: if it leads where the policy does not.
            FetchError: if there is no page; its kinds say more.
        """
        return self._run(url, self._options.trip(), self._options.flow(url, refresh=refresh))

    def fetch(self, url: str, *, timeout: float | None = None, max_bytes: int = MAX_BODY_BYTES) -> Fetched:
        """All of a page, for those who want to read it: the first megabyte, as it was sent, and never from memory.

        Args:
            url: the link.
            timeout: seconds for it, at most the previewer's own, which is the default.
            max_bytes: of the body, decoded; `is_cut` tells that there was more.

        Raises:
            PreviewError: as for `preview`, and FetchError for a status that is no success.
            UsageError: for bounds that cannot be meant.
        """
        return self._run(url, self._options.reading(timeout, max_bytes), self._options.whole(url, max_bytes))

    def previews(
        self, urls: Iterable[str], *, timeout: float | None = None, refresh: bool = False, on_done: OnDone | None = None
    ) -> list[Preview | PreviewError]:
        """What several links look like, in their order; an error stands in the place of its preview.

        Args:
            urls: the links. Those that lead to one address, however they are spelled, are asked for once.
            timeout: seconds for all together; by default each has the previewer's own.
            refresh: as for `preview`.
            on_done: called with each URL and its result when that is there, for progress.

        Raises:
            UsageError: if they are no URLs.
        """

        def one(url: str, seconds: float) -> Preview:
            return self._run(url, self._options.trip(seconds), self._options.flow(url, refresh=refresh))

        def known(url: str, seconds: float) -> Preview | None:
            return self._run(url, self._options.trip(seconds), self._options.known(url))

        return in_threads(
            urls, one, known=None if refresh else known, timeout=timeout, on_done=on_done,
            address_of=self._options.address, **self._options.widths,
        )  # fmt: skip

    def _run(self, url: str, trip: Trip, steps: Generator[Step, Told, _Found]) -> _Found:
        line = Line(url, self._transport, self._options, trip, self._shelf, self._renew)
        token = TRIP.set(trip)
        try:
            told: Told = None
            while True:
                try:
                    step = steps.send(told)
                except StopIteration as done:
                    found: _Found = done.value
                    return found
                told = line.perform(step)  # whose own StopIteration, of a transport, is no result
        finally:
            steps.close()
            line.close()
            TRIP.reset(token)

    def _renew(self, url: str) -> None:
        """Fetches a preview anew while the old one is told; if too many are at it, the next caller may see to it."""
        trip = self._options.trip()

        def work() -> None:
            try:
                with contextlib.suppress(PreviewError):
                    self._run(url, trip, self._options.flow(url, renew=True))
            finally:
                with self._renewing:
                    closed = self._renewals.get(url) is not trip
                    if not closed:
                        del self._renewals[url]
                if closed:
                    self._transport.close()

        with self._renewing:
            if len(self._renewals) < MAX_RENEWALS and url not in self._renewals:
                try:
                    threading.Thread(target=work, name="richresp-renewal", daemon=True).start()
                except RuntimeError:  # there is no room for a thread, or the interpreter ends
                    return
                self._renewals[url] = trip

    def after_fork(self) -> None:
        """Forgets what the parent of a fork renews. Its child calls it."""
        self._renewing = threading.Lock()
        self._renewals = {}

    def close(self) -> None:
        """Closes all connections, those in use once their answers are done. What is being renewed is given up."""
        with self._renewing:
            renewals, self._renewals = self._renewals, {}
        for trip in renewals.values():
            trip.deadline = 0.0
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def preview(url: str, **options: Any) -> Preview:
    """What a link looks like, with a previewer made for this one call. Options and errors are those of `Previewer`."""
    with Previewer(**options) as previewer:
        return previewer.preview(url)
