"""What hosts ask of a page whose card they show."""

from __future__ import annotations

from typing import Final

CARD_TITLE_CHARS: Final = 70
"""Longer titles are cut (developer.x.com, Cards markup)."""

CARD_DESCRIPTION_CHARS: Final = 200
"""Longer descriptions are cut (developer.x.com, Cards markup)."""

IMAGE_SMALLEST: Final = (200, 200)
"""Width and height below which Facebook shows no image (Sharing, Images in link shares)."""

IMAGE_LARGE: Final = (600, 315)
"""Below it Facebook shows a small image only (the same)."""

IMAGE_RECOMMENDED: Final = (1200, 630)
"""What Facebook recommends (the same)."""

X_IMAGE_SMALLEST: Final = (300, 157)
"""Of a summary card with large image (developer.x.com)."""

X_IMAGE_LARGEST: Final = (4096, 4096)
"""Of a summary card with large image (developer.x.com)."""

WHATSAPP_IMAGE_WIDTH: Final = 300
"""Least width of an image (WhatsApp, Link previews)."""

WHATSAPP_IMAGE_RATIO: Final = 4
"""Most of width to height (WhatsApp, Link previews)."""

WHATSAPP_HEAD_BYTES: Final = 300 << 10
"""How far tags are looked for (WhatsApp, Link previews)."""

CHARSET_BYTES: Final = 1024
"""Within which a page declares its encoding (HTML, charset)."""

MAX_AUDIT_PLACES: Final = 4
"""Findings of one rule."""

MAX_QUERY_FIELDS: Final = 64
"""Fields of a query that are looked at."""

MAX_CANONICALS: Final = 8
"""Canonical links that are compared."""

MAX_CLAIMS: Final = 16
"""Values of og:url that are looked at, and images: hosts take the first."""

MAX_RESOLVED: Final = 64
"""Addresses that are remembered as resolved, for several rules ask for each of a page's claims and images."""
