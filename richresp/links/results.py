"""What comes of the links of a batch: results in order, errors as values, each address once, within the time of all.

Links are brought into their normal form one by one, as they are asked for, so that a long list costs no more than its time.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from richresp.exceptions import DeadlineExceeded, PreviewError, UsageError
from richresp.limits.links import BATCH_END_SECONDS, BATCH_END_SHARE
from richresp.links.model import Preview
from richresp.links.slots import host_of
from richresp.links.stored import as_asked

Result: TypeAlias = Preview | PreviewError
OnDone: TypeAlias = Callable[[str, Result], object]
"""What may be told of each link when it is done: the URL, and its preview or why it has none."""


class Results:
    """What came of each link. Links that lead to one address, however they are spelled, are asked for once.

    Attributes:
        hosts: that of each link which is asked for, which is the first spelling of its address.
    """

    def __init__(
        self, urls: Iterable[str], address_of: Callable[[str], str], on_done: OnDone | None, timeout: float | None
    ) -> None:
        self._until = _until(timeout)
        self._timeout = 0.0 if timeout is None else timeout
        self._urls = _listed(urls)
        self._address_of = address_of
        self._on_done = on_done
        self._told: dict[str, Result] = {}
        self._spellings: dict[str, list[str]] = {}
        self.hosts: dict[str, str] = {}

    @property
    def left(self) -> float:
        """Seconds that the batch has, 0 or less when its time is over."""
        return self._until - time.monotonic()

    @property
    def seconds(self) -> float:
        """What a link has: a little less than the batch, so that it can still tell what is remembered."""
        left = self.left
        return left - min(BATCH_END_SECONDS, BATCH_END_SHARE * left)

    def asked(self) -> Iterator[str]:
        """One link after the other that is to be asked for, as long as there is time. Several may iterate over it."""
        first: dict[str, str] = {}
        for url in dict.fromkeys(self._urls):
            if self.left <= 0:
                return
            address = self._address_of(url)
            asked = first.setdefault(address, url)
            self._spellings.setdefault(asked, []).append(url)
            if asked == url:
                self.hosts[url] = _host(address)
                yield url
            elif asked in self._told:
                self._tell(url, as_asked(self._told[asked], url))

    def told(self, url: str, result: Result) -> None:
        """What came of one of those that were asked for."""
        for spelling in self._spellings[url]:
            self._tell(spelling, result if spelling == url else as_asked(result, spelling))

    def in_order(self) -> list[Result]:
        """All of them; what is missing is late."""
        for url in self._urls:
            if url not in self._told:
                self._tell(url, DeadlineExceeded(url=url, seconds=self._timeout))
        return [self._told[url] for url in self._urls]

    def _tell(self, url: str, result: Result) -> None:
        self._told[url] = result
        if self._on_done is not None:
            self._on_done(url, result)


def _listed(urls: Iterable[str]) -> list[str]:
    if isinstance(urls, (str, bytes)):
        raise UsageError("urls is a list of URLs; for one there is preview()")
    listed = list(urls)
    for url in listed:
        if not isinstance(url, str):
            raise UsageError(f"a URL is a text, not a {type(url).__name__}")
    return listed


def _until(timeout: object) -> float:
    if timeout is None:
        return math.inf
    if isinstance(timeout, bool) or not isinstance(timeout, (int, float)) or not 0 < timeout < math.inf:
        raise UsageError(f"timeout={timeout!r}: give seconds, more than 0")
    return time.monotonic() + timeout


def _host(url: str) -> str:
    """The host of a URL; what is none has one of its own, and fails by itself."""
    try:
        return host_of(url)
    except ValueError:
        return ""
