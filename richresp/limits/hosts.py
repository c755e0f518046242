"""How much of what a host says of a caller is read."""

from __future__ import annotations

from typing import Final

MAX_HEADERS: Final = 1_000
"""Of one request; Apache takes 100 by default (LimitRequestFields), and what stands behind proxies has some more."""

MAX_HINT_CHARS: Final = 1_000
"""Of one hint as it is sent: the JSON object of a subdivision has some 50 characters, Accept-Language of browsers at most
some 200."""

MAX_ID_CHARS: Final = 256
"""Of the name of a conversation or a user: they are UUIDs of 36 characters, and digests of some 60."""

MAX_PLACE_CHARS: Final = 200
"""Of a city or region: the longest official name of a city, that of Bangkok, has 169 letters."""

MAX_LOCALE_CHARS: Final = 35
"""What RFC 5646, 4.4.1, asks everybody to have room for: a longer tag may be cut by anybody."""

MAX_ZONE_CHARS: Final = 64
"""Of a time zone: the longest name in the tz database has 32 letters, and its rules ask for at most 14 in each of three parts."""

MAX_LANGUAGES: Final = 32
"""Ranges of an Accept-Language header that are looked at; people read fewer."""
