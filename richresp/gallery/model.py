"""What a gallery shows of each link, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from richresp.links import Finding, Preview


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to show.

    Attributes:
        body: its bytes.
        media_type: "image/jpeg" or "image/png".
        width, height: in pixels, of these bytes.
        full_width, full_height: in pixels, upright, of what was sent.
    """

    body: bytes
    media_type: str
    width: int
    height: int
    full_width: int
    full_height: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of a gallery.

    Attributes:
        url: as it was asked for.
        preview: what it looks like; None where there is no preview.
        error: why there is none.
        picture: the preview's image; None where it is left out or could not be had.
        no_picture: why the image could not be had; None where it was not tried.
        left_out: why it is left out, though it may be fine; None where nothing is to be said of that.
        findings: what `audit` says to fix; None where it was not asked, or could not say.
        no_audit: why it could not; None where it was not asked.
    """

    url: str
    preview: Preview | None = None
    error: str | None = None
    picture: Picture | None = None
    no_picture: str | None = None
    left_out: str | None = None
    findings: tuple[Finding, ...] | None = None
    no_audit: str | None = None
