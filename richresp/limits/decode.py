"""How an encoding is found."""

from __future__ import annotations

from typing import Final

MAX_DECLARATIONS: Final = 8
"""Encodings that a page declares; real ones have one or two, and what is beyond is read as if it were not there."""

MAX_PRESCAN_ATTRIBUTES: Final = 16
"""Attributes of a meta that are looked at for its encoding; HTML knows five."""

GUESS_BYTES: Final = 4_096
"""Of text for a guess. Measured: charset-normalizer takes 1 to 6 ms for as much (and 0.3 s to be imported, once)."""

GUESS_SHARE: Final = 0.3
"""Guessed is only where a larger share of the letters is beyond ASCII, as in text of other alphabets. Western European text is
far below; for it windows-1252 is right, and detectors often are not."""
