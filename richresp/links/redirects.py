"""Where an answer leads on to: by its status and Location (RFC 9110, 15.4). Whether it may, policy.py says."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from richresp.exceptions import Blocked, FetchError, InvalidURL
from richresp.links.fields import Fields
from richresp.links.policy import Policy, check_url

_USER = re.compile(r"^([^/?#]*//)[^/?#]*@")  # what a server sent there is a secret, if anything is
_REDIRECTS = frozenset((301, 302, 303, 307, 308))


def is_redirect(status: int) -> bool:
    return status in _REDIRECTS


def target_of(here: str, status: int, fields: Fields) -> str:
    """The address that a redirect names, relative or not, as text.

    Raises:
        FetchError: if it names none, or two.
    """
    places = {value.strip() for value in fields.all(b"location")} - {b""}
    if not places:
        raise FetchError(url=here, reason=f"a redirect ({status}) that does not say where to", status=status)
    if len(places) > 1:
        raise FetchError(url=here, reason=f"a redirect ({status}) to two places at once", status=status)
    (place,) = places
    try:
        return place.decode()
    except UnicodeDecodeError:
        return place.decode("latin-1")


def next_address(base: str, target: str, *, policy: Policy, what: str = "a redirect") -> str:
    """The address to go on to, in its normal form.

    Args:
        base: what the target is relative to.
        target: as written.
        policy: where previews may lead.
        what: leads there, for errors.

    Raises:
        Blocked: if the policy does not lead there.
        InvalidURL: if it is no absolute http or https URL.
        FetchError: if it cannot be read at all.
    """
    whole = _joined(base, target)
    if whole is None:
        raise FetchError(url=base, reason=f"{what} to something that is no URL")
    told: InvalidURL | Blocked
    try:
        return check_url(whole, policy=policy)
    except InvalidURL as error:
        told = InvalidURL(url=_USER.sub(r"\1", whole), reason=f"{what} leads there: {error.reason}")
    except Blocked as error:
        told = Blocked(url=error.url, reason=f"{what} leads there and {error.reason}", address=error.address)
    raise told  # out here it has no context, which would hold all of what the server sent


def _joined(base: str, target: str) -> str | None:
    try:
        return urljoin(base, target)
    except ValueError:
        return None
