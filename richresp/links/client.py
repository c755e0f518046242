"""The previewers: two short drivers that fetch what the flow asks for. With transport.py the only files that know httpx.

A previewer opens its connections at the first preview and closes them with `close()`, or at the end of a `with` block.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from importlib.metadata import version
from types import TracebackType
from typing import Any, Self

import anyio
import httpx

from richresp.exceptions import Blocked, DeadlineExceeded, FetchError, UsageError
from richresp.limits.links import MAX_HEADERS, TIMEOUT_SECONDS
from richresp.links.body import Body
from richresp.links.flow import Answer, Fetch, flow, wants_body
from richresp.links.model import Preview
from richresp.links.policy import Policy
from richresp.links.transport import DEADLINE, AsyncGuardedTransport, GuardedTransport
from richresp.typing import Resolve

_HEADERS = {
    "User-Agent": f"richresp/{version('richresp')} (link preview)",
    "Accept": "text/html,application/xhtml+xml",
    "Accept-Encoding": "gzip",
}


class Previewer:
    """Previews links, keeping connections for the next one.

    Args:
        timeout: seconds for a whole preview: lookup, TLS, redirects and body together.
        transport: an httpx transport in place of the guarded one: the guard is then yours, but for the check of each URL.
        resolve: looks names up in place of the system's resolver.
        policy: where links may lead; by default public addresses on the usual ports.
    """

    def __init__(
        self,
        *,
        timeout: float = TIMEOUT_SECONDS,
        transport: httpx.BaseTransport | None = None,
        resolve: Resolve | None = None,
        policy: Policy | None = None,
    ) -> None:
        self._timeout = _positive(timeout)
        self._policy = policy or Policy()
        self._resolve = resolve if transport is not None else None
        self._transport = transport or GuardedTransport(self._policy, resolve=resolve)

    def preview(self, url: str) -> Preview:
        """What a link looks like.

        Raises:
            InvalidURL: if it is not an absolute http or https URL.
            Blocked: if it leads where the policy does not.
            FetchError: if there is no page; its kinds say more.
        """
        steps = flow(url, policy=self._policy, resolve=self._resolve)
        token = DEADLINE.set(time.monotonic() + self._timeout)
        try:
            wanted = next(steps)
            while True:
                wanted = steps.send(self._fetch(wanted))
        except StopIteration as done:
            found: Preview = done.value
            return found
        finally:
            DEADLINE.reset(token)

    def _fetch(self, wanted: Fetch) -> Answer:
        with (
            _mapped(wanted.url, self._timeout),
            contextlib.closing(self._transport.handle_request(_request(wanted, self._timeout))) as response,
        ):
            answer, body = _begin(wanted.url, response)
            if body is not None:
                for chunk in [response.content] if response.is_stream_consumed else response.iter_raw():
                    if not body.feed(chunk):
                        break
            return _with(answer, body)

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
    ) -> None:
        self._timeout = _positive(timeout)
        self._policy = policy or Policy()
        self._resolve = resolve if transport is not None else None
        self._transport = transport or AsyncGuardedTransport(self._policy, resolve=resolve)

    async def preview(self, url: str) -> Preview:
        """What a link looks like. Raises as `Previewer.preview` does."""
        steps = flow(url, policy=self._policy, resolve=self._resolve)
        with anyio.move_on_after(self._timeout):
            try:
                wanted = next(steps)
                while True:
                    wanted = steps.send(await self._fetch(wanted))
            except StopIteration as done:
                found: Preview = done.value
                return found
        raise DeadlineExceeded(url=url, seconds=self._timeout)

    async def _fetch(self, wanted: Fetch) -> Answer:
        with _mapped(wanted.url, self._timeout):
            response = await self._transport.handle_async_request(_request(wanted, self._timeout))
            try:
                answer, body = _begin(wanted.url, response)
                if body is not None and response.is_stream_consumed:
                    body.feed(response.content)
                elif body is not None:
                    async for chunk in response.aiter_raw():
                        if not body.feed(chunk):
                            break
                return _with(answer, body)
            finally:
                await response.aclose()

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


def _request(wanted: Fetch, seconds: float) -> httpx.Request:
    """A request for the transport itself: a client would read redirects, keep cookies and heed the environment."""
    timeout = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
    return httpx.Request("GET", wanted.url, headers=_HEADERS, extensions={"timeout": timeout})


def _begin(url: str, response: httpx.Response) -> tuple[Answer, Body | None]:
    """What is known before the body, and where to put the body if it is wanted.

    A fake transport may give a response whose body is read and decoded already.
    """
    if len(response.headers.raw) > MAX_HEADERS:
        raise FetchError(url=url, reason=f"more than {MAX_HEADERS} header fields", status=response.status_code)
    answer = Answer(response.status_code, {name.lower(): value for name, value in response.headers.items()})
    if not wants_body(answer):
        return answer, None
    coding = "" if response.is_stream_consumed else answer.headers.get("content-encoding", "")
    return answer, Body(url, coding)


def _with(answer: Answer, body: Body | None) -> Answer:
    return answer if body is None else Answer(answer.status, answer.headers, body.data)


def _positive(timeout: float) -> float:
    if not 0 < timeout < float("inf"):
        raise UsageError(f"timeout={timeout!r}: give seconds, more than 0")
    return float(timeout)


@contextlib.contextmanager
def _mapped(url: str, seconds: float) -> Iterator[None]:
    """The errors of httpx, and of the guard, as ours."""
    try:
        yield
    except Blocked as error:
        raise Blocked(url=url, reason=error.reason, address=error.address) from error
    except httpx.TimeoutException as error:
        raise DeadlineExceeded(url=url, seconds=seconds) from error
    except httpx.ConnectError as error:
        raise FetchError(
            url=url, reason="no connection: the name has no address, nobody listens, or TLS failed"
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        raise FetchError(url=url, reason="the connection broke, or the answer is not HTTP") from error
