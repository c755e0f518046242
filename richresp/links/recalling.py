"""What a cache remembers of a link, looked for without a previewer: for a process that lives for one link.

Nothing is loaded that fetches, which takes longer than all the rest. Only what is fresh is told: nobody would be there to renew
what is a little stale, and a failure may be over.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from richresp.caching import Cache
from richresp.links.agents import request_headers
from richresp.links.entries import State, from_bytes
from richresp.links.keys import key_for
from richresp.links.model import Preview
from richresp.links.policy import Policy


class Remembered(NamedTuple):
    """A preview, and how many seconds ago its page said so."""

    preview: Preview
    age: float


def remembered(
    url: str,
    cache: Cache,
    *,
    policy: Policy | None = None,
    user_agent: str | None = None,
    accept_language: str | None = None,
    clock: Callable[[], float] = time.time,
) -> Remembered | None:
    """The preview that a Previewer with these options would tell without asking, if it is fresh; else None.

    Args:
        url: the link.
        cache: where it may be remembered.
        policy: where it may lead, as for a Previewer.
        user_agent: as for a Previewer.
        accept_language: as for a Previewer.
        clock: seconds since the epoch.

    Raises:
        InvalidURL, Blocked: as `check_url`.
        UsageError: for an option that cannot be meant.
    """
    headers = request_headers(user_agent, accept_language)
    key, now = key_for(url, policy=policy or Policy(), headers=headers), clock()
    data = cache.get(key)
    entry = None if data is None else from_bytes(data, now, key)
    if entry is None or entry.state(now) is not State.FRESH:
        return None
    found = entry.outcome(url)
    return Remembered(found, max(0.0, now - entry.stored_at)) if isinstance(found, Preview) else None
