"""What may be passed to a cache. Mistakes of the caller are raised here, before a store sees them."""

from __future__ import annotations

import math
import os

from richresp.exceptions import UsageError
from richresp.limits.caching import MAX_KEY_CHARS, MAX_LEASE_SECONDS, MAX_REDIS_SECONDS, MAX_TTL_SECONDS


def check_key(key: object) -> None:
    """Raises UsageError unless key is text of 1 to MAX_KEY_CHARS characters that UTF-8 can hold."""
    if not isinstance(key, str):
        raise UsageError(f"a key is a str, not {type(key).__name__}")
    if not 0 < len(key) <= MAX_KEY_CHARS:
        raise UsageError(f"a key of {len(key)} characters: give 1 to {MAX_KEY_CHARS}, or a hash of it")
    if not key.isascii():
        try:
            key.encode()
        except UnicodeEncodeError:
            raise UsageError("a key holds lone surrogates, which no store can: give a hash of it") from None


def check_value(value: object) -> None:
    """Raises UsageError unless value is bytes, which cannot change after it was stored."""
    if not isinstance(value, bytes):
        raise UsageError(f"a value is bytes, not {type(value).__name__}")


def check_token(token: object) -> None:
    """Raises UsageError unless token is text, as `acquire` gives it."""
    if not isinstance(token, str):
        raise UsageError(f"a token is the str that acquire gave, not {type(token).__name__}")


def checked_ttl(ttl: object) -> float:
    """ttl as seconds, cut to MAX_TTL_SECONDS; raises UsageError unless it is a finite number above 0."""
    if isinstance(ttl, bool) or not isinstance(ttl, int | float) or not ttl > 0 or ttl == math.inf:
        raise UsageError(f"ttl={ttl!r}: give seconds, a finite number above 0")
    return float(min(ttl, MAX_TTL_SECONDS))


def checked_lease(ttl: object) -> float:
    """The same for a lease, cut to MAX_LEASE_SECONDS."""
    return min(checked_ttl(ttl), MAX_LEASE_SECONDS)


def checked_bound(name: str, value: object, least: int = 1) -> int:
    """value as the bound that it is; raises UsageError unless it is an int from `least` on."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise UsageError(f"{name}={value!r}: give a whole number, at least {least}")
    return value


def new_token() -> str:
    """A token that nobody guesses."""
    return os.urandom(16).hex()


def checked_timeout(timeout: object) -> float:
    """Seconds for a call to a server.

    Raises:
        UsageError: for what is none, or too long to wait for a cache.
    """
    if isinstance(timeout, (int, float)) and not isinstance(timeout, bool) and 0 < timeout <= MAX_REDIS_SECONDS:
        return timeout
    raise UsageError(f"timeout={timeout!r}: give seconds for a call, more than 0 and at most {MAX_REDIS_SECONDS:g}")
