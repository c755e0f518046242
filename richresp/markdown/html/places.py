"""Where links and images of a page lead: absolute addresses of the schemes that links may have, or nowhere."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from richresp.exceptions import UsageError
from richresp.limits.markdown import MAX_ADDED_ADDRESS_CHARS, MAX_ADDRESS_CHARS
from richresp.markdown.inline import LOADED, MAILED

_OUTER = "".join(map(chr, range(33)))
_DROPPED = re.compile("[\t\n\r]")
_PLAIN_PATH = re.compile(r"/(?![/.])(?:[A-Za-z0-9_~%+,;=&@:-]|/(?!\.)|\.)*(?:\?[^#\s\\]+)?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Places:
    """Resolves the addresses of one page, each once.

    Args:
        url: the page's own address, if known.

    Raises:
        UsageError: for a URL that is not absolute, of http or https.
    """

    def __init__(self, url: str | None) -> None:
        if url is not None and not LOADED.match(url):
            raise UsageError(f"url={str(url)[:80]!r}: give the absolute http or https URL of the page, or None")
        self._page = url
        self._base = url
        self._origin = _origin(url)
        self._known: dict[str, str | None] = {}
        self._room = MAX_ADDED_ADDRESS_CHARS

    def set_base(self, href: str) -> None:
        """What `<base href>` says (HTML 4.2.3); one that leads nowhere says nothing."""
        self._base = self._resolved(href) or self._base
        self._origin = _origin(self._base)

    def of(self, href: str) -> str | None:
        """The absolute address; None for what leads to no other page, or must not be followed.

        Args:
            href: as it stands in an attribute.
        """
        if href not in self._known:
            self._known[href] = self._checked(href)
        found = self._known[href]
        if found is not None and len(found) > len(href):
            self._room -= len(found) - len(href)
            if self._room < 0:
                return None
        return found

    def _checked(self, href: str) -> str | None:
        found = None if self.is_here(href) else self._resolved(href)
        if found is None or (self._page is not None and found.partition("#")[0] == self._page and "#" in found):
            return None
        return found if LOADED.match(found) or MAILED.match(found) else None

    @staticmethod
    def is_here(href: str) -> bool:
        """Whether an address is a part of the page itself."""
        return href.strip(_OUTER)[:1] in {"#", ""}

    def _resolved(self, href: str) -> str | None:
        if len(href) > MAX_ADDRESS_CHARS:
            return None
        address = _DROPPED.sub("", href.strip(_OUTER))
        if _SCHEME.match(address):
            return address
        if self._base is None:
            return None
        if address[0] == "/" and _PLAIN_PATH.fullmatch(address):
            return self._origin + address
        try:
            found = urljoin(self._base, address)
        except ValueError:
            return None
        return found if len(found) <= MAX_ADDRESS_CHARS else None


def _origin(url: str | None) -> str:
    """What comes before the path of an address."""
    parts = (url or "").split("/", 3)
    return "/".join(parts[:3]).partition("?")[0].partition("#")[0]
