"""How the camera was held, by Exif: the one thing that is read of it.

Only the entries of the first directory are looked at, none of the values that they point to, so that a few bytes cannot have
others read thousands of times.
"""

from __future__ import annotations

from typing import Literal

from richresp.limits.pictures import MAX_EXIF_BYTES

_TAG, _SHORT = 0x0112, 3
_ORDERS: dict[bytes, Literal["little", "big"]] = {b"II*\0": "little", b"MM\0*": "big"}


def orientation_of(exif: bytes) -> int:
    """Which edges of the scene the first row and the first column are: 1 to 8 (Exif 2.3, 4.6.4); 1 where that is not told.

    Args:
        exif: the TIFF of it (TIFF 6.0, section 2), with or without the letters that a JPEG has before it.
    """
    tiff = exif.removeprefix(b"Exif\0\0")[:MAX_EXIF_BYTES]
    order = _ORDERS.get(tiff[:4])
    if order is None:
        return 1

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], order)

    first = number(4, 4)
    for entry in range(first + 2, min(first + 2 + 12 * number(first, 2), len(tiff) - 11), 12):
        if number(entry, 2) == _TAG:
            told = number(entry + 8, 2)
            return told if number(entry + 2, 2) == _SHORT and 1 <= told <= 8 else 1
    return 1
