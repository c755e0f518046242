"""Errors of httpcore, and of ours below it, as those of httpx, which a transport raises."""

from __future__ import annotations

import httpcore
import httpx

from richresp.links.failures import StaleConnection
from richresp.links.idle import Full
from richresp.links.trip import TRIP

_KINDS: dict[type[Exception], type[httpx.TransportError]] = {
    httpcore.ConnectTimeout: httpx.ConnectTimeout,
    httpcore.PoolTimeout: httpx.PoolTimeout,
    httpcore.TimeoutException: httpx.ReadTimeout,
    TimeoutError: httpx.ReadTimeout,
    httpcore.ProxyError: httpx.ProxyError,
    httpcore.ConnectError: httpx.ConnectError,
    httpcore.NetworkError: httpx.ReadError,
    httpcore.ProtocolError: httpx.RemoteProtocolError,
    httpcore.UnsupportedProtocol: httpx.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable: httpx.ReadError,
    OSError: httpx.ReadError,
    Full: httpx.PoolTimeout,
}
_BROKEN = (httpcore.NetworkError, httpcore.ProtocolError, OSError)
ERRORS = tuple(_KINDS)
"""What may be raised on the way to an answer, and is mapped."""


def mapped(error: Exception) -> httpx.TransportError:
    """An error of httpcore as one of httpx, which a transport raises, without what a server sent."""
    if isinstance(error, TimeoutError):  # ours: the deadline passed before anything was asked for
        return httpx.PoolTimeout(str(error))
    trip = TRIP.get()
    if isinstance(error, _BROKEN) and trip is not None and not trip.connected and not trip.received:
        return StaleConnection("a kept connection was closed")
    kind = next(kind for base, kind in _KINDS.items() if isinstance(error, base))
    return kind(type(error).__name__)
