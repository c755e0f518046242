"""The way to an address through its redirects: each hop is checked, none is asked twice, cookies stay with their host.

What comes at the end is read by whoever went the way.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from richresp.exceptions import FetchError, TooManyRedirects
from richresp.limits.links import MAX_REDIRECTS
from richresp.links.cookies import Cookies
from richresp.links.fields import Fields
from richresp.links.policy import Policy, check_addresses, name_to_judge
from richresp.links.redirects import is_redirect, next_address, target_of
from richresp.links.steps import Answer, Failed, Fetch, Header, Read, Resolve, Step, Told


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a page that was visited before.

    Attributes:
        url: where it is, behind all redirects.
        headers: what to send there, so that it need not be sent again if it is the same (RFC 9110, 13.1).
    """

    url: str
    headers: tuple[Header, ...]


@dataclass(frozen=True, slots=True)
class Arrived:
    """An answer that leads no further; its body is still to be read.

    Attributes:
        url: who gave it.
        answer: its head.
        fields: the fields of that.
        sent: what was sent for it.
    """

    url: str
    answer: Answer
    fields: Fields
    sent: tuple[Header, ...]


class Hops:
    """One way.

    Attributes:
        redirects: the addresses that led on.
    """

    def __init__(
        self,
        url: str,
        *,
        policy: Policy,
        headers: tuple[Header, ...],
        looks_up: bool = False,
        known: Known | None = None,
    ) -> None:
        """
        Args:
            url: as the caller gave it.
            policy: where it may lead; asked at every hop.
            headers: what every request says.
            looks_up: whether names are looked up and judged before they are asked, where no guarded transport does.
            known: what is known of the page at the end.
        """
        self.redirects: list[str] = []
        self._url = url
        self._policy = policy
        self._headers = headers
        self._looks_up = looks_up
        self._known = known
        self._cookies = Cookies()
        self._asked: set[Fetch] = set()
        self._tried_again = False

    def follow(self, here: str) -> Generator[Step, Told, Arrived]:
        """From a checked address to the answer behind all redirects.

        Raises:
            PreviewError: if there is none.
        """
        while True:
            answer = yield from self._fetch(here)
            fields = Fields(here, answer)
            self._cookies.take(here, fields.all(b"set-cookie"))
            if not is_redirect(answer.status):
                return Arrived(here, answer, fields, self._step(here).headers)
            target = target_of(here, answer.status, fields)
            if fields.length == 0:
                yield Read()  # its end, which is all that keeps the connection from being used again
            self.redirects.append(here)
            if len(self.redirects) > MAX_REDIRECTS:
                raise TooManyRedirects(url=self._url, limit=MAX_REDIRECTS)
            here = next_address(here, target, policy=self._policy)

    def has_been_at(self, here: str) -> bool:
        """Whether an address was asked for with the same cookies."""
        return self._step(here) in self._asked

    def _fetch(self, here: str) -> Generator[Step, Told, Answer]:
        """Asks for an address, once more where nothing was answered, never twice for the same with the same cookies."""
        step = self._step(here)
        if step in self._asked:
            raise TooManyRedirects(url=self._url, limit=MAX_REDIRECTS, loop=True)
        self._asked.add(step)
        if self._looks_up:
            yield from self._judge(here)
        told = yield step
        if isinstance(told, Failed) and told.again and not self._tried_again:
            self._tried_again = True
            told = yield step
        if isinstance(told, Failed):
            raise told.error
        if not isinstance(told, Answer):
            raise TypeError("a Fetch is told an Answer")
        return told

    def _judge(self, here: str) -> Generator[Step, Told, None]:
        """Looks up where an address leads, unless its host is open or says so by itself.

        Raises:
            Blocked: if the policy does not lead there.
            FetchError: if the name cannot be looked up.
        """
        host = name_to_judge(here, self._policy)
        if host is None:
            return
        told = yield Resolve(host)
        if isinstance(told, Failed):
            error = told.error
            raise FetchError(url=here, reason=error.reason) if type(error) is FetchError else error
        if not isinstance(told, list):
            raise TypeError("a Resolve is told addresses")
        check_addresses(here, host, told, self._policy)

    def _step(self, here: str) -> Fetch:
        asked = self._known.headers if self._known is not None and here == self._known.url else ()
        return Fetch(here, self._headers + asked + self._cookies.header(here))
