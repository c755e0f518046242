"""How much of a link a gallery shows."""

from __future__ import annotations

from typing import Final

MAX_SHOWN_CHARS: Final = 600
"""Of a value in the list of fields: some eight lines of 75 characters. How many there are in all is told."""

MAX_HEADING_CHARS: Final = 120
"""Of a heading: two lines on a wide screen, six on a phone."""

MAX_LISTED: Final = 50
"""Warnings of a link, and findings: more than `extract` and `audit` make of any page that is no attack."""

THUMBNAIL_BOX: Final = (240, 240)
"""Pixels of the picture of a small card, which is 88 CSS pixels wide and high, cut to a square out of up to 1.91 : 1."""
