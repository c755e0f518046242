"""What happens between a URL and its preview: every decision, no I/O.

`flow` is a generator that yields what it wants fetched and is sent what came back. The two drivers in client.py differ
only in how they fetch, so sync and async cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from richresp.exceptions import Blocked, FetchError, NotHTML, TooManyRedirects
from richresp.limits.links import MAX_REDIRECTS
from richresp.links.extract import extract
from richresp.links.model import Preview
from richresp.links.policy import Policy, check_url
from richresp.typing import Resolve

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Fetch:
    """A page to get, redirects not followed."""

    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        status: the HTTP status.
        headers: by lower-case name.
        body: the decoded body as far as it was read; empty where `wants_body` says no.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


def flow(url: str, *, policy: Policy, resolve: Resolve | None = None) -> Generator[Fetch, Answer, Preview]:
    """The way to the preview of a URL.

    Args:
        url: as the caller gave it.
        policy: where it may lead; asked at every hop.
        resolve: looks up names for the check, where no guarded transport does.
    """
    here = check_url(url, resolve=resolve, policy=policy)
    for _ in range(MAX_REDIRECTS + 1):
        answer = yield Fetch(here)
        location = answer.headers.get("location")
        if answer.status in _REDIRECTS and location:
            here = _next_hop(here, location, policy, resolve)
            continue
        return _read(url, here, answer)
    raise TooManyRedirects(url=url, limit=MAX_REDIRECTS)


def wants_body(answer: Answer) -> bool:
    """Whether the body of an answer is worth reading: that of a redirect or an error never is."""
    return 200 <= answer.status < 300 and _media_type(answer) in ("", *_PAGES)


def _next_hop(here: str, location: str, policy: Policy, resolve: Resolve | None) -> str:
    try:
        target = urljoin(here, location.strip())
    except ValueError as error:
        raise FetchError(url=here, reason="it redirects to something that is no URL") from error
    try:
        return check_url(target, resolve=resolve, policy=policy)
    except Blocked as error:
        raise Blocked(
            url=error.url, reason=f"a redirect leads there and {error.reason}", address=error.address
        ) from error


def _read(requested: str, here: str, answer: Answer) -> Preview:
    if not 200 <= answer.status < 300:
        raise FetchError(url=here, reason=f"the server answers {answer.status}", status=answer.status)
    media_type = _media_type(answer)
    if media_type not in ("", *_PAGES) or (not media_type and not answer.body.lstrip().startswith(b"<")):
        raise NotHTML(url=here, content_type=media_type, status=answer.status)
    found = extract(answer.body, url=here, content_type=answer.headers.get("content-type"))
    return replace(found, requested_url=requested, status=answer.status)


def _media_type(answer: Answer) -> str:
    return answer.headers.get("content-type", "").partition(";")[0].strip().lower()
