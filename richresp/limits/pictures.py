"""How much of a card's picture is fetched, decoded and kept."""

from __future__ import annotations

from typing import Final

MAX_PICTURE_BYTES: Final = 5_000_000
"""As X takes for a card (developer.x.com, Cards markup: less than 5 MB)."""

MAX_PICTURE_PIXELS: Final = 1 << 25
"""33 megapixels, a picture of 4096 x 8192; X takes 4096 x 4096 (developer.x.com, Cards markup). Decoded that is 128 MB."""

PICTURE_BOX: Final = (800, 800)
"""Pixels that what is kept has at most: a large card is some 400 CSS pixels wide on a screen of two pixels each."""

PICTURE_QUALITY: Final = 82
"""Of a JPEG: at 800 pixels, on photographs, what higher values add is not seen and doubles the bytes (libjpeg: 75 to 95)."""

MAX_KEPT_BYTES: Final = 400_000
"""Of a PNG with all its colours; a larger one gets 256 of them. A JPEG of 800 pixels has some 100 KB."""
