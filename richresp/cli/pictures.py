"""The pictures of previews, fetched by the guarded fetcher: bounded in bytes, pixels, number and time.

An address leads to the network and nowhere else, by the previewer's policy: the picture of a saved page is fetched as well, and
no file beside it is read. Whatever fails is told as a reason in the place of the picture.
"""

from __future__ import annotations

from collections.abc import Iterable

from richresp.cli.pixels import Drawn, picture_of
from richresp.cli.several import several
from richresp.exceptions import FetchError, PreviewError
from richresp.limits.pictures import MAX_PICTURE_BYTES, PICTURE_BOX, PICTURE_JOBS, PICTURES_SECONDS
from richresp.links import Previewer


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
    timeout: float = PICTURES_SECONDS,
    jobs: int = PICTURE_JOBS,
    box: tuple[int, int] = PICTURE_BOX,
) -> dict[str, Drawn]:
    """The same for several addresses, each fetched once.

    Args:
        previewer: as for `fetch_picture`.
        urls: of the pictures.
        timeout: seconds for all together. What has not come by then is told as late.
        jobs: how many are on their way at once.
        box: as for `fetch_picture`.

    Raises:
        MissingExtra: without Pillow.
    """
    return several(
        urls,
        lambda url, seconds: fetch_picture(previewer, url, timeout=seconds, box=box),
        timeout=timeout,
        jobs=jobs,
        late=Drawn(None, "it did not come in time"),
    )
