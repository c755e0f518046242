"""What the preview of a URL is remembered under."""

from __future__ import annotations

from functools import lru_cache

from richresp.limits.extract import KNOWN_ORIGINS
from richresp.links.agents import told_in
from richresp.links.arguments import checked_url
from richresp.links.entries import key_of
from richresp.links.kept import Header
from richresp.links.policy import Policy, check_url
from richresp.version import VERSION

checked = lru_cache(maxsize=KNOWN_ORIGINS)(lambda url, policy: check_url(url, policy=policy))
"""A URL in its normal form, as `check_url` gives it to a policy."""


def key_for(url: str, *, policy: Policy, headers: tuple[Header, ...], guarded_by: str = "") -> str:
    """The key of a URL. With another version of this library, which reads pages anew, it is another one.

    Args:
        url: as the caller gave it.
        policy: where it may lead.
        headers: what every request says.
        guarded_by: who judges the addresses that are connected to, where the policy alone does not.

    Raises:
        InvalidURL, Blocked: as `check_url`.
        UsageError: if it is no text.
    """
    return _key(checked(checked_url(url), policy), headers, policy.fingerprint + guarded_by)


@lru_cache(maxsize=KNOWN_ORIGINS)
def _key(here: str, headers: tuple[Header, ...], reach: str) -> str:
    agent, languages = told_in(headers)
    return key_of(here, policy_fingerprint=reach, accept_language=languages, user_agent=agent, version=VERSION)
