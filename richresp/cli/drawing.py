"""The image of a card: fetched by the guarded fetcher, remembered as small as it is drawn."""

from __future__ import annotations

from hashlib import sha256

from richresp.cli.blocks import Blocks, check_drawing
from richresp.cli.fetching import Asking
from richresp.cli.manners import detail, remark
from richresp.exceptions import MissingExtra
from richresp.limits.cli import (
    LEAST_ROWS,
    PICTURE_COLUMNS,
    PICTURE_PIXELS,
    PICTURE_ROWS,
    PICTURE_TTL_SECONDS,
    TEXT_ROWS,
)


def blocks_of(url: str, asking: Asking, width: int, height: int) -> tuple[Blocks | None, tuple[str, ...]]:
    """An image in half blocks, and what is to be said where there is none.

    Args:
        url: of the image.
        asking: how links are asked for.
        width: of the card, in columns.
        height: of what is looked at, in rows, of which the text needs some.
    """
    try:
        check_drawing()
    except MissingExtra as error:
        remark(f"{error}, to see images; --no-image does without")
        return None, ()
    columns, rows = min(PICTURE_COLUMNS, width - 2), max(LEAST_ROWS, min(PICTURE_ROWS, height - TEXT_ROWS))
    key = _key(url, asking)
    body = None if asking.cache is None or asking.refresh else asking.cache.get(key)
    if body is not None:
        from richresp.cli.pixels import picture_of

        drawn = picture_of(body)
        if drawn.picture is not None:
            detail(f"{url}: remembered")
            return Blocks(drawn.picture.body, columns, rows), ()
    from richresp.cli.pictures import fetch_picture

    with asking.previewer() as previewer:
        drawn = fetch_picture(previewer, url, box=PICTURE_PIXELS)
    detail(f"{url}: {drawn.reason or 'fetched'}")
    if drawn.picture is None:
        return None, (f"the image cannot be shown: {drawn.reason}",)
    if asking.cache is not None:
        asking.cache.set(key, drawn.picture.body, PICTURE_TTL_SECONDS)
    return Blocks(drawn.picture.body, columns, rows), ()


def _key(url: str, asking: Asking) -> str:
    """What an image is remembered under: whoever may lead elsewhere, or says to be somebody else, has another key."""
    parts = (
        url,
        "everywhere" if asking.allow_private else "public",
        asking.user_agent or "",
        asking.accept_language or "",
    )
    return f"rr:blocks:1:{sha256(repr(parts).encode('utf-8', 'surrogatepass')).hexdigest()}"
