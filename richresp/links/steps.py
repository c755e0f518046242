"""What a flow asks for, and what it is told: the words between the decisions (flow.py) and the drivers (client.py)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from richresp.exceptions import PreviewError

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
class Read:
    """Go on reading the body of the last answer. Told: bytes as they come off the wire, none at the end, or that it Failed."""


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


Step: TypeAlias = Fetch | Read
Told: TypeAlias = Answer | bytes | Failed
