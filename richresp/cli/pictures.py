"""The pictures of previews, fetched by the guarded fetcher: bounded in bytes and pixels, each and all together, and in time.

An address leads to the network and nowhere else, by the previewer's policy: the picture of a saved page is fetched as well, and
no file beside it is read. Whatever fails is told as a reason in the place of the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from richresp.cli.pixels import Drawn, picture_of
from richresp.cli.several import several
from richresp.exceptions import FetchError, PreviewError
from richresp.limits.cli import JOBS
from richresp.limits.gallery import MAX_PICTURES_BYTES
from richresp.limits.pictures import MAX_PICTURE_BYTES, PICTURE_BOX
from richresp.links import Previewer

LEFT_OUT = Drawn(None, "the pictures before it are as much as one page holds")
"""What comes of a picture for which there is no room."""


def fetch_picture(
    previewer: Previewer,
    url: str,
    *,
    timeout: float | None = None,
    box: tuple[int, int] = PICTURE_BOX,
) -> Drawn:
    """The picture at an address, within so many pixels, or why there is none.

    Args:
        previewer: fetches it, where its policy allows.
        url: of the picture.
        timeout: seconds for it, at most the previewer's own, which is the default.
        box: width and height in pixels that it is scaled down into.

    Raises:
        MissingExtra: without Pillow.
    """
    try:
        sent = previewer.fetch(url, timeout=timeout, max_bytes=MAX_PICTURE_BYTES)
    except PreviewError as error:
        return Drawn(None, error.reason if isinstance(error, FetchError) else str(error))
    if sent.is_cut:
        return Drawn(None, f"it is larger than {MAX_PICTURE_BYTES / 1e6:g} MB")
    return picture_of(sent.body, box=box)


def fetch_pictures(
    previewer: Previewer,
    urls: Iterable[str],
    *,
    jobs: int = JOBS,
    most: int = MAX_PICTURES_BYTES,
    done: Callable[[bool], object] = bool,
) -> dict[str, Drawn]:
    """The same for several addresses, each fetched once.

    Args:
        previewer: fetches them; each has its timeout, from when its turn comes.
        urls: of the pictures.
        jobs: how many are on their way at once.
        most: bytes of all of them, as they are kept. Where those before a picture, and the picture, have more, it and all
            behind it are LEFT_OUT, whichever came first.
        done: is called for each that is there, with whether it failed.

    Raises:
        MissingExtra: without Pillow.
    """
    album = _Album(tuple(dict.fromkeys(urls)), most)

    def one(url: str) -> Drawn:
        return fetch_picture(previewer, url) if album.has_room(url) else LEFT_OUT

    def add(url: str, drawn: Drawn) -> None:
        album.add(url, drawn)
        done(drawn.picture is None)

    several(album.order, one, jobs=jobs, done=add)
    return album.found


class _Album:
    """Pictures in their order, as many as there is room for. What there is none for is forgotten at once."""

    def __init__(self, order: tuple[str, ...], most: int) -> None:
        self.order = order
        self.found = dict.fromkeys(order, LEFT_OUT)
        self._place = {url: place for place, url in enumerate(order)}
        self._end = len(order)
        self._most = most
        self._total = 0

    def has_room(self, url: str) -> bool:
        return self._place[url] < self._end

    def add(self, url: str, drawn: Drawn) -> None:
        if not self.has_room(url):
            return
        self.found[url] = drawn
        self._total += _size(drawn)
        while self._total > self._most:
            self._end -= 1
            last = self.order[self._end]
            self._total -= _size(self.found[last])
            self.found[last] = LEFT_OUT


def _size(drawn: Drawn) -> int:
    return 0 if drawn.picture is None else len(drawn.picture.body)
