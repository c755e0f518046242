"""The images of cards: fetched by the guarded fetcher beside each other, remembered as small as they are drawn."""

from __future__ import annotations

import math
import re
from contextlib import ExitStack
from hashlib import sha256
from typing import TYPE_CHECKING

from richresp.cli.fetching import Asking
from richresp.cli.manners import detail
from richresp.limits.cli import PICTURE_PIXELS, PICTURE_TTL_SECONDS
from richresp.links.sizes import finding_of_size

if TYPE_CHECKING:
    from richresp.cli.pixels import Drawn
    from richresp.cli.several import Several
    from richresp.gallery import Picture

_REMEMBERED = re.compile(rb"(\d{1,8})x(\d{1,8})\n")


class Images:
    """Images on their way, at most so many at once as links are; each has its time from when its turn comes.

    What is remembered is looked for, and kept, in the thread of the caller.

    Args:
        asking: how links are asked for.
    """

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._open = ExitStack()
        self._way: Several[Drawn] | None = None
        self._found: dict[str, Drawn | None] = {}

    def begin(self, url: str) -> None:
        """Has an image fetched, if it is not remembered; a second time it is the same one."""
        if url in self._found:
            return
        self._found[url] = self._remembered(url)
        if self._found[url] is None:
            self._fetching().begin((url,))

    def is_there(self, url: str) -> bool:
        """Whether nobody has to wait for one that was begun."""
        while self._found[url] is None and self._one(0.0):
            pass
        return self._found[url] is not None

    def wait(self, url: str) -> Drawn:
        """What came of one that was begun, or was remembered."""
        while (drawn := self._found[url]) is None:
            self._one(math.inf)
        return drawn

    def close(self) -> None:
        """Lets go of what fetches."""
        self._open.close()

    def _one(self, seconds: float) -> bool:
        """Takes the next that comes within so many seconds."""
        came = self._fetching().came(seconds)
        if came is None:
            return False
        url, drawn = came
        detail(f"{url}: {drawn.reason or 'fetched'}")
        self._found[url] = drawn
        if self._asking.cache is not None and drawn.picture is not None:
            picture = drawn.picture
            size = f"{picture.full_width}x{picture.full_height}\n".encode()
            self._asking.cache.set(_key(url, self._asking), size + picture.body, PICTURE_TTL_SECONDS)
        return True

    def _fetching(self) -> Several[Drawn]:
        if self._way is None:
            from richresp.cli.pictures import fetch_picture
            from richresp.cli.several import Several

            previewer = self._open.enter_context(self._asking.previewer())
            self._way = Several(lambda url: fetch_picture(previewer, url, box=PICTURE_PIXELS), jobs=self._asking.jobs)
            self._open.callback(self._way.end)
        return self._way

    def _remembered(self, url: str) -> Drawn | None:
        if self._asking.cache is None or self._asking.refresh:
            return None
        kept = self._asking.cache.get(_key(url, self._asking))
        size = None if kept is None else _REMEMBERED.match(kept)
        if kept is None or size is None:
            return None
        from dataclasses import replace

        from richresp.cli.pixels import Drawn, picture_of

        picture = picture_of(kept[size.end() :]).picture
        if picture is None:
            return None
        detail(f"{url}: remembered")
        return Drawn(replace(picture, full_width=int(size[1]), full_height=int(size[2])))


def notes_of(drawn: Drawn) -> tuple[str, ...]:
    """What the maker of a card should know of its image."""
    return (f"the image cannot be shown: {drawn.reason}",) if drawn.picture is None else _small(drawn.picture)


def _small(picture: Picture) -> tuple[str, ...]:
    finding = finding_of_size(picture.full_width, picture.full_height)
    return () if finding is None else (finding.message,)


def _key(url: str, asking: Asking) -> str:
    """What an image is remembered under: whoever may lead elsewhere, or says to be somebody else, has another key."""
    parts = (
        url,
        "everywhere" if asking.allow_private else "public",
        asking.user_agent or "",
        asking.accept_language or "",
    )
    return f"rr:blocks:2:{sha256(repr(parts).encode('utf-8', 'surrogatepass')).hexdigest()}"
