"""The previewers: two short drivers that perform what the flow asks for, and decide nothing.

A previewer opens its connections at the first preview and closes them with `close()`, or at the end of a `with` block. It is
as good after that as before.
"""

from __future__ import annotations

import contextlib
import ssl
import time
from types import TracebackType
from typing import Any, Self

import anyio
import httpx

from richresp.limits.links import MAX_CONNECTIONS, MAX_CONNECTIONS_PER_HOST, TIMEOUT_SECONDS
from richresp.links.lines import AsyncLine, Line
from richresp.links.model import Preview
from richresp.links.options import Options
from richresp.links.policy import Policy
from richresp.links.transport import AsyncGuardedTransport, GuardedTransport
from richresp.links.trip import TRIP, Trip
from richresp.typing import Resolve


class Previewer:
    """Previews links, keeping connections for the next one. Threads may share it.

    Args:
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
            max_connections_per_host, ssl_context,
        )  # fmt: skip
        self._transport = transport or GuardedTransport(given.policy, **given.guard)

    def preview(self, url: str) -> Preview:
        """What a link looks like.

        Raises:
            InvalidURL: if it is not an absolute http or https URL.
            Blocked: if it leads where the policy does not.
            FetchError: if there is no page; its kinds say more.
        """
        steps = self._options.flow(url)
        trip = Trip(time.monotonic() + self._options.timeout)
        line = Line(self._transport, self._options, trip)
        token = TRIP.set(trip)
        try:
            step = next(steps)
            while True:
                step = steps.send(line.perform(step))
        except StopIteration as done:
            found: Preview = done.value
            return found
        finally:
            steps.close()
            line.close()
            TRIP.reset(token)

    def close(self) -> None:
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncPreviewer:
    """The same for coroutines of one event loop. Arguments have the same meaning as for `Previewer`."""

    def __init__(
        self,
        *,
        timeout: float = TIMEOUT_SECONDS,
        transport: httpx.AsyncBaseTransport | None = None,
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
            max_connections_per_host, ssl_context,
        )  # fmt: skip
        self._transport = transport or AsyncGuardedTransport(given.policy, **given.guard)

    async def preview(self, url: str) -> Preview:
        """What a link looks like. Raises as `Previewer.preview` does."""
        steps = self._options.flow(url)
        trip = Trip(time.monotonic() + self._options.timeout)
        line = AsyncLine(self._transport, self._options)
        token = TRIP.set(trip)
        try:
            with anyio.move_on_after(self._options.timeout):
                step = next(steps)
                while True:
                    step = steps.send(await line.perform(step))
            steps.send(line.late())
            raise line.late().error
        except StopIteration as done:
            found: Preview = done.value
            return found
        finally:
            steps.close()
            await line.close()
            with contextlib.suppress(ValueError):  # closed from elsewhere, whose context knows nothing of it
                TRIP.reset(token)

    async def close(self) -> None:
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


def preview(url: str, **options: Any) -> Preview:
    """What a link looks like, with a previewer made for this one call. Options and errors are those of `Previewer`."""
    with Previewer(**options) as previewer:
        return previewer.preview(url)


async def apreview(url: str, **options: Any) -> Preview:
    """The same as `preview`, for coroutines."""
    async with AsyncPreviewer(**options) as previewer:
        return await previewer.preview(url)
