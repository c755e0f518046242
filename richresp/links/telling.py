"""What a caller is told of what is remembered, or of what somebody else found: a preview, or the error that there is none."""

from __future__ import annotations

import logging
from collections.abc import Generator
from typing import TypeGuard

from richresp.exceptions import PreviewError
from richresp.links.entries import Entry, State, from_bytes
from richresp.links.model import Preview
from richresp.links.steps import Later, Lookup, Step, Told
from richresp.links.stored import Outcome, as_asked

_LOG = logging.getLogger("richresp.links")


def look(key: str, now: float) -> Generator[Step, Told, Entry | None]:
    """What a cache has under a key, if that is an entry of ours for it; it is told in the log if not."""
    data = yield Lookup(key)
    if not isinstance(data, bytes):
        return None
    entry = from_bytes(data, now, key)
    if entry is None:
        _LOG.warning(
            "an entry of the cache, of %d bytes, is none that this version wrote; it is asked for anew", len(data)
        )
    return entry


def at_once(entry: Entry | None, url: str, now: float, *, renew: bool = False) -> Generator[Step, Told, Preview | None]:
    """What is told of an entry without asking, None for nothing; what is a little stale is seen to later, or not told on `renew`.

    Raises:
        PreviewError: if it holds why there is no preview.
    """
    state = State.DEAD if entry is None else entry.state(now)
    if entry is not None and state is State.FRESH:
        return told(entry, url)
    if entry is not None and state is State.STALE and not renew:
        yield Later(url)
        return told(entry, url, stale=True)
    return None


def instead(entry: Entry | None, now: float, url: str, error: PreviewError) -> Preview:
    """What is remembered, where it may be told after an error.

    Raises:
        PreviewError: the error, where there is nothing.
    """
    if serves_on_error(entry, now):
        return told(entry, url, stale=True)
    raise error


def serves_on_error(entry: Entry | None, now: float) -> TypeGuard[Entry]:
    return entry is not None and entry.state(now) in (State.STALE, State.ON_ERROR)


def told(entry: Entry, url: str, *, stale: bool = False) -> Preview:
    """What an entry holds.

    Raises:
        PreviewError: if that is why there is no preview.
    """
    found = entry.outcome(url, stale=stale)
    if isinstance(found, PreviewError):
        raise found
    return found


def shared(outcome: Outcome, url: str) -> Preview:
    """What another caller found.

    Raises:
        PreviewError: if they found none.
    """
    found = as_asked(outcome, url)
    if isinstance(found, PreviewError):
        raise found
    return found
