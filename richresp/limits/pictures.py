"""How much of a card's picture is fetched, decoded and kept."""

from __future__ import annotations

from typing import Final

MAX_PICTURE_BYTES: Final = 5_000_000
"""As X takes for a card (developer.x.com, Cards markup: less than 5 MB)."""

MAX_PICTURE_PIXELS: Final = 1 << 25
"""33 megapixels, a picture of 4096 x 8192; X takes 4096 x 4096 (developer.x.com, Cards markup). Decoded that is 128 MiB at most."""

MAX_PICTURE_SIDE: Final = 65_535
"""Pixels of a side, as JPEG (ITU-T T.81, B.2.2) and GIF have at most; a decoder holds an address for each row."""

MAX_DECODER_BYTES: Final = 1 << 28
"""What a decoder holds at once: 256 MiB. A progressive JPEG of 33 megapixels and four colours has as many (two bytes of a
coefficient for each sample), a WebP of 4096 x 4096 too (two canvases and two copies of four bytes a pixel)."""

MAX_SCANS: Final = 100
"""Of a JPEG. Progressive ones have some 10 (libjpeg's own script, wizard.txt, has 10 for colour); the fuzzers of libjpeg-turbo
give up at 500."""

MAX_SCANNED_PIXELS: Final = 1 << 30
"""Pixels times scans of a JPEG: each scan goes over the whole picture, however few bytes it has. 32 of the largest one."""

MAX_PARTS: Final = 50_000
"""Segments, chunks or blocks. A GIF of 5 MB has 20,000 blocks, which are of 255 bytes; a PNG whose chunks are of 8 kB has 600."""

MAX_EXIF_BYTES: Final = 65_527
"""That are looked at, as many as a segment of a JPEG has room for (Exif 2.3, 4.5.4)."""

BAND_PIXELS: Final = 1 << 18
"""Of a decoded picture that are scaled down at once: copies in other modes are of these alone, a megabyte each."""

PICTURE_BOX: Final = (800, 800)
"""Pixels that what is kept has at most: a large card is some 400 CSS pixels wide on a screen of two pixels each."""

PICTURE_QUALITY: Final = 82
"""Of a JPEG: at 800 pixels, on photographs, what higher values add is not seen and doubles the bytes (libjpeg: 75 to 95)."""

MAX_KEPT_BYTES: Final = 400_000
"""Of a PNG with all its colours; a larger one gets 256 of them. A JPEG of 800 pixels has some 100 KB."""
