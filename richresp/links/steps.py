"""What a flow asks for, and what it is told: the words between the decisions (flow.py) and the drivers (client.py)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from richresp.exceptions import PreviewError
from richresp.links.flights import Ticket

Header: TypeAlias = tuple[bytes, bytes]
"""Name and value of a header field."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """Ask for an address, which ends the answer that was being read. Told: an Answer, or that it Failed.

    Attributes:
        url: in the normal form of `check_url`; redirects are not followed.
        headers: what to send, but for Host.
    """

    url: str
    headers: tuple[Header, ...]


@dataclass(frozen=True, slots=True)
class Resolve:
    """Look up a name with the resolver of the options. Told: its addresses, or that it Failed."""

    host: str


@dataclass(frozen=True, slots=True)
class Read:
    """Go on reading the last answer. Told: bytes as they come off the wire, none at the end, or that it Failed.

    Attributes:
        within: seconds in which all must come that is read of this answer from now on, where less than until the deadline; the first
            of its steps that says so begins them.
    """

    within: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer.

    Attributes:
        status: the HTTP status.
        headers: the fields as received, in order.
    """

    status: int
    headers: Sequence[Header]


@dataclass(frozen=True, slots=True)
class Failed:
    """A step that could not be done.

    Attributes:
        error: what to tell the caller.
        again: whether nothing of an answer was read, so that asking once more is honest.
    """

    error: PreviewError
    again: bool = False


@dataclass(frozen=True, slots=True)
class Lookup:
    """Look for what is remembered under a key. Told: bytes, or None."""

    key: str


@dataclass(frozen=True, slots=True)
class Store:
    """Remember something for so many seconds."""

    key: str
    value: bytes
    ttl: float


@dataclass(frozen=True, slots=True)
class Forget:
    """Remember nothing any more."""

    key: str


@dataclass(frozen=True, slots=True)
class Join:
    """Wait until nobody else in this process asks for a key, or somebody has. Told: a Ticket, or that it Failed for want of time.

    Attributes:
        key: what for.
        within: seconds to wait at most, where less than until the deadline.
    """

    key: str
    within: float | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Ask all processes for the right to ask for a key, for so many seconds. Told: a token, None if another has it."""

    key: str
    ttl: float


@dataclass(frozen=True, slots=True)
class Release:
    """Give that right back."""

    key: str
    token: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Do nothing for so many seconds. Told: None, or that it Failed for want of time."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Later:
    """See to a new preview of an address, when this one is told."""

    url: str


CacheStep: TypeAlias = Lookup | Store | Forget | Claim | Release
Waiting: TypeAlias = Resolve | Fetch | Read | Join | Wait | Later
Step: TypeAlias = CacheStep | Waiting
Told: TypeAlias = Answer | list[str] | bytes | str | Ticket | Failed | None
