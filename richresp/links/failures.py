"""What goes wrong on the way to an answer, as errors of ours: foreign ones are mapped here, once.

No text of a server comes into a message, nor into the chain of causes: what a port answered to a stranger is nobody's
business.
"""

from __future__ import annotations

import httpx

from richresp.exceptions import Blocked, DeadlineExceeded, FetchError, PreviewError
from richresp.links.steps import Failed

FOREIGN = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, PreviewError)
"""What a transport may raise."""


class ConnectFailed(httpx.ConnectError):
    """No connection, as the guarded transports tell it.

    Attributes:
        again: whether another try might do better.
    """

    def __init__(self, reason: str, *, again: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again


class StaleConnection(httpx.ReadError):
    """A kept connection that the server had closed before it read the request, or at least before it answered."""


class TooLong(httpx.RemoteProtocolError):
    """An answer that carries more bytes than its body could need."""


def failed(url: str, error: Exception, seconds: float) -> Failed:
    """A step that failed.

    Args:
        url: what was asked for.
        error: one of FOREIGN.
        seconds: the timeout of the whole preview.
    """
    if isinstance(error, Blocked):
        return Failed(Blocked(url=url, reason=error.reason, address=error.address))
    if isinstance(error, FetchError):
        return Failed(FetchError(url=url, reason=error.reason, status=error.status))
    if isinstance(error, (httpx.TimeoutException, TimeoutError)):
        return Failed(DeadlineExceeded(url=url, seconds=seconds))
    reason, again, cause = _told(error)
    told = FetchError(url=url, reason=reason)
    told.__cause__ = error if cause else None
    return Failed(told, again)


def _told(error: Exception) -> tuple[str, bool, bool]:
    """The reason, whether to try again, and whether the error may be shown as the cause."""
    if isinstance(error, ConnectFailed):
        return f"no connection: {error.reason}", error.again, True
    if isinstance(error, StaleConnection):
        return "the server closes its connections before it answers", True, False
    if isinstance(error, TooLong):
        return "more bytes than its body could need", False, False
    if isinstance(error, httpx.ProxyError):
        return "the proxy does not connect", False, False
    if isinstance(error, (httpx.ConnectError, ConnectionRefusedError)):
        return "no connection: the name has no address, nobody listens, or TLS failed", True, True
    return "the connection broke, or the answer is not HTTP", False, False
