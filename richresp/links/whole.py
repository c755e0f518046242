"""A page as it is, to its end: for those who want to read it, not to preview it. Every decision, no I/O."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeAlias

from richresp.exceptions import FetchError
from richresp.limits.links import MAX_BODY_BYTES
from richresp.links.body import Body
from richresp.links.hops import Hops
from richresp.links.policy import Policy, check_url
from richresp.links.refusals import reason_of
from richresp.links.steps import Failed, Header, Read, Step, Told

Whole: TypeAlias = Generator[Step, Told, "Fetched"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent.

    Attributes:
        body: the bytes, decoded; at most as many as were asked for.
        url: where they came from, behind all redirects.
        status: the HTTP status: 200 to 299.
        content_type: the header of that name; None without one.
        is_cut: whether there was more.
        redirects: the addresses that led here.
    """

    body: bytes
    url: str
    status: int
    content_type: str | None
    is_cut: bool = False
    redirects: tuple[str, ...] = ()


def whole(
    url: str, *, policy: Policy, headers: tuple[Header, ...], looks_up: bool = False, max_bytes: int = MAX_BODY_BYTES
) -> Whole:
    """The way to all of a page. Nothing of it is remembered.

    Args:
        url: as the caller gave it.
        policy: where it may lead; asked at every hop.
        headers: what every request says.
        looks_up: whether names are looked up and judged on the way, where no guarded transport does.
        max_bytes: of the body, decoded; the rest is left where it is.

    Raises:
        PreviewError: if there is none, or its status says that something else was sent instead.
    """
    hops = Hops(url, policy=policy, headers=headers, looks_up=looks_up)
    end = yield from hops.follow(check_url(url, policy=policy))
    status, fields = end.answer.status, end.fields
    if not 200 <= status < 300:
        raise FetchError(url=end.url, reason=reason_of(status, fields, "", wall=False), status=status)
    body = Body(end.url, fields.text(b"content-encoding") or "", max_bytes)
    is_cut = False
    while not is_cut:
        told = yield Read()
        if isinstance(told, Failed):
            raise told.error
        if not isinstance(told, bytes):
            raise TypeError("a Read is told bytes")
        if not told:
            break
        is_cut = not body.feed(told)
    content_type = fields.text(b"content-type")
    return Fetched(bytes(body.data), end.url, status, content_type, is_cut, tuple(hops.redirects))
