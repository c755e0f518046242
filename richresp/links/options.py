"""What both previewers are told when they are made: checked once, kept in the form in which it is used."""

from __future__ import annotations

import logging
import math
import random
import ssl
import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

from richresp.exceptions import FetchError, PreviewError, UsageError
from richresp.limits.freshness import LEASE_SHARE, MAX_TTL_OPTION_SECONDS, PATIENCE_SHARE
from richresp.links import resolvers
from richresp.links.agents import request_headers
from richresp.links.arguments import (
    check_proxy,
    check_transport,
    checked_count,
    checked_kind,
    checked_resolve,
    checked_seconds,
)
from richresp.links.flow import flow, known
from richresp.links.freshness import Rules
from richresp.links.marks import mark_of
from richresp.links.memory import Memory
from richresp.links.model import Preview
from richresp.links.policy import Policy, check_url
from richresp.links.recall import Steps
from richresp.links.slots import Slots
from richresp.links.steps import Header, Step, Told
from richresp.links.trip import Trip
from richresp.links.whole import Whole, whole
from richresp.typing import Resolve

_LOG = logging.getLogger("richresp.links")


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a previewer.

    Attributes:
        timeout: seconds for a whole preview.
        policy: where it may lead.
        headers: what every request says.
        memory: how long previews are remembered.
        slots: the places that its previews share.
        widths: how many previews of a batch run at once, in all and for each host.
        resolve: what looks up names.
        looks_up: whether it does so before anything is asked for, since no guarded transport does.
        guarded_by: who judges the addresses that are connected to: what one lets in is not shared with the others.
        guard: the options of a guarded transport.
    """

    timeout: float
    policy: Policy
    headers: tuple[Header, ...]
    memory: Memory
    slots: Slots
    widths: dict[str, int]
    resolve: Resolve
    looks_up: bool
    guarded_by: str
    guard: dict[str, Any]

    @classmethod
    def of(
        cls,
        timeout: float,
        transport: object,
        resolve: Resolve | None,
        policy: Policy | None,
        user_agent: str | None,
        accept_language: str | None,
        proxy: str | None,
        max_connections: int,
        max_connections_per_host: int,
        ssl_context: ssl.SSLContext | None,
        ttl: float,
        *,
        awaited: bool = False,
    ) -> Options:
        """The options as given to a previewer; `awaited` is the one for coroutines.

        Raises:
            UsageError: for what cannot be meant.
        """
        check_transport(transport, awaited=awaited)
        resolve = checked_resolve(resolve)
        policy = checked_kind("policy", policy, Policy) or Policy()
        ssl_context = checked_kind("ssl_context", ssl_context, ssl.SSLContext)
        total = checked_count("max_connections", max_connections)
        if transport is not None and (proxy is not None or ssl_context is not None):
            raise UsageError("transport= replaces all that connects; give proxy= and ssl_context= to the transport")
        if proxy is not None:
            _check_proxy(proxy, resolve)
        per_host = checked_count("max_connections_per_host", max_connections_per_host)
        seconds = checked_seconds("timeout", timeout)
        memory = Memory(
            clock=time.time,
            steady=time.monotonic,
            jitter=random.random,
            rules=Rules(ttl=checked_seconds("ttl", ttl, MAX_TTL_OPTION_SECONDS), vary_on_unsent=True),
            patience=seconds * PATIENCE_SHARE,
            lease=seconds * LEASE_SHARE,
        )
        return cls(
            timeout=seconds,
            policy=policy,
            headers=request_headers(user_agent, accept_language),
            memory=memory,
            slots=Slots(total, per_host),
            widths={"total": total, "per_host": per_host},
            resolve=_named(resolve or resolvers.system),
            looks_up=resolve is not None and transport is not None,
            guarded_by=_guard(transport, proxy, resolve, ssl_context),
            guard={"resolve": resolve, "ssl_context": ssl_context, "proxy": proxy, "max_connections": total},
        )

    def flow(self, url: str, *, refresh: bool = False, renew: bool = False) -> Steps:
        return flow(
            url,
            policy=self.policy,
            headers=self.headers,
            clock=time.monotonic,
            looks_up=self.looks_up,
            guarded_by=self.guarded_by,
            memory=self.memory,
            refresh=refresh,
            renew=renew,
        )

    def known(self, url: str) -> Generator[Step, Told, Preview | None]:
        """What is remembered of a URL."""
        return known(url, policy=self.policy, headers=self.headers, memory=self.memory, guarded_by=self.guarded_by)

    def whole(self, url: str, max_bytes: int) -> Whole:
        return whole(url, policy=self.policy, headers=self.headers, looks_up=self.looks_up, max_bytes=max_bytes)

    def address(self, url: str) -> str:
        """A URL in its normal form; as it is where it has none."""
        try:
            return check_url(url, policy=self.policy)
        except PreviewError:
            return url

    def trip(self, seconds: float = math.inf) -> Trip:
        """A preview that begins now, and has this long, but no longer than the timeout."""
        return Trip(time.monotonic() + min(self.timeout, seconds))

    def reading(self, timeout: float | None, max_bytes: int) -> Trip:
        """The same of something to read, as its caller bounds it.

        Raises:
            UsageError: for bounds that cannot be meant.
        """
        trip = self.trip(math.inf if timeout is None else checked_seconds("timeout", timeout))
        trip.most = checked_count("max_bytes", max_bytes)
        return trip


def _guard(transport: object, proxy: str | None, resolve: Resolve | None, ssl_context: ssl.SSLContext | None) -> str:
    """Who judges addresses and certificates, where that is not the guarded transport alone."""
    brought = {"transport": transport, "resolve": resolve, "ssl_context": ssl_context}
    told = {name: mark_of(thing) for name, thing in brought.items() if thing is not None}
    if proxy is not None:
        told["proxy"] = ""
    return repr(told) if told else ""


def _named(resolve: Resolve) -> Resolve:
    """A resolver whose errors are ours."""

    def look(host: str) -> list[str]:
        try:
            return resolvers.asked(resolve, host)
        except OSError as error:
            raise FetchError(url=host, reason="no connection: the name cannot be looked up") from error

    return look


def _check_proxy(proxy: object, resolve: Resolve | None) -> None:
    check_proxy(proxy)
    if resolve is not None:
        raise UsageError("resolve= looks nothing up behind a proxy, which does that itself; leave one of them out")
    _LOG.warning(
        "previews go through a proxy: it looks the names up and connects, so it has to refuse private addresses; "
        "richresp checks only the URLs"
    )
