"""Where a Redis server is and how to connect to it: what its URL says, but for what is promised whatever it says."""

from __future__ import annotations

import re
from typing import Any

from richresp.exceptions import UsageError
from richresp.limits.caching import REDIS_CONNECTIONS, REDIS_SECONDS

_OPTIONS = r"(?:\?\w+=[^#&\s]*(?:&\w+=[^#&\s]*)*)?"
_URL = re.compile(
    r"rediss?://(?:[^/?#\s]*@)?(?:\[[^\]/?#@\s]+\]|[^/?#@:\[\]\s]*)(?::[0-9]{1,5})?(?:/[0-9]*)?"
    + _OPTIONS
    + r"|unix://[^?#]*"
    + _OPTIONS
)


def read_url(url: str, connection: Any, retry: Any) -> dict[str, Any]:
    """The options of a connection pool.

    Args:
        url: `redis://`, `rediss://` or `unix://`.
        connection: the module of redis-py that knows connections, blocking or not.
        retry: the way of that module to try only once.

    Raises:
        UsageError: for a URL that redis-py cannot read, or would read as another than it looks like: a password with a
            `/` or `#` as a host and a port. Its own words are left out, for they may show a password.
    """
    options = _parsed(url, connection, retry)
    if options is None:  # told out here, where no error of redis-py is its context
        raise UsageError(
            "the URL of a Redis server is redis://, rediss:// or unix://, as redis-py reads them; what a user name or "
            "a password has of @ : / ? # and blanks is percent-encoded, and a database is a number"
        )
    return options


def _parsed(url: str, connection: Any, retry: Any) -> dict[str, Any] | None:
    promised = {
        "socket_timeout": REDIS_SECONDS,
        "socket_connect_timeout": REDIS_SECONDS,
        "retry": retry,
        "retry_on_error": [],
        "retry_on_timeout": False,
        "health_check_interval": 0,
        "decode_responses": False,
        "protocol": 2,
    }
    try:
        if _URL.fullmatch(url) is None:
            return None
        options = {**connection.parse_url(url), **promised}
        kind = options.pop("connection_class", connection.Connection)
        kind(**options)
    except Exception:  # noqa: BLE001 - whatever redis-py thinks of it
        return None
    return {**options, "connection_class": kind, "max_connections": REDIS_CONNECTIONS}


def location(options: dict[str, Any]) -> str:
    """Where the server is, without user and password."""
    where = options.get("path") or f"{options.get('host', 'localhost')}:{options.get('port', 6379)}"
    return f"{where}, db={options.get('db', 0)}"
