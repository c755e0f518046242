"""How an image of so many pixels is shown, as Facebook documents it: large, small beside the text, or not at all.

Pure, and of the pixels that an image has; what a page declares of it is for `audit`.
"""

from __future__ import annotations

from typing import Literal

from richresp.limits.audit import IMAGE_LARGE, IMAGE_SMALLEST
from richresp.links.rules.rule import FACEBOOK_IMAGES, Finding

Form = Literal["large", "small", "none"]


def form_of_size(width: int, height: int) -> Form:
    """How a card shows an image.

    Args:
        width: in pixels, upright.
        height: the same.
    """
    if width < IMAGE_SMALLEST[0] or height < IMAGE_SMALLEST[1]:
        return "none"
    return "small" if width < IMAGE_LARGE[0] or height < IMAGE_LARGE[1] else "large"


def finding_of_size(width: int, height: int) -> Finding | None:
    """What is to be said of an image that no large card shows, by the names of the rules of `audit`; None for a large one.

    Args:
        width: in pixels, upright.
        height: the same.
    """
    form = form_of_size(width, height)
    if form == "large":
        return None
    told = f"the image has {width} x {height} pixels"
    if form == "none":
        least = f"{IMAGE_SMALLEST[0]} x {IMAGE_SMALLEST[1]}"
        return Finding("image-tiny", "error", "image", f"{told}; below {least} Facebook shows none", FACEBOOK_IMAGES)
    least = f"{IMAGE_LARGE[0]} x {IMAGE_LARGE[1]}"
    message = f"{told}; below {least} Facebook shows it small, beside the text"
    return Finding("image-small", "warning", "image", message, FACEBOOK_IMAGES)
