"""What is fetched and read of a page."""

from __future__ import annotations

from typing import Final

MAX_SCAN_CHARS: Final = 1 << 20
"""As much as is fetched. Of 718 saved pages the last og: tag stands within 457,146 bytes (YouTube), but scripts grow."""

MAX_TAGS: Final = 20_000
MAX_ATTRIBUTES: Final = 64
MAX_METAS: Final = 256
"""Of tags those that mean something to a scan. Pages have some hundreds of them and up to 90 metas; beyond this a page is written
against the reader."""

MAX_FIELD_CHARS: Final = 10_000
"""No title or description is longer; Synapse prunes at 1,000 characters, which cuts real descriptions."""

MAX_URL_CHARS: Final = 8_192
"""Browsers take 2 MB and servers mostly refuse beyond 8 KB (nginx and Apache by default)."""

PRESCAN_BYTES: Final = 1 << 17
"""How far into a page its encoding is looked for: 93 of 718 saved pages declare it past byte 1,024, one at 143,026,
beyond which guessing is as good."""

TIMEOUT_SECONDS: Final = 5.0
"""For a whole preview: M365 Copilot gives a handler 20 s in all, and a handler has more than one link."""

MAX_BODY_BYTES: Final = 1 << 20
"""Of a decoded body. `</head>` stands within 512 KB in 98.3 % of saved pages, within 1 MB in 99.9 %."""

MAX_WIRE_BYTES: Final = 2 * MAX_BODY_BYTES
"""Of a body as received: the cap on CPU spent on chunk framing that carries next to nothing."""

INFLATE_STEP: Final = 1 << 16
"""A compressed body is inflated in steps of this size, so that a bomb never stands in memory."""

MAX_REDIRECTS: Final = 5
"""As Synapse; browsers allow 20, but shorteners chain two or three."""

MAX_CONNECT_ADDRESSES: Final = 4
"""How many addresses of a host are tried in turn, within the one deadline."""

MAX_CONNECTIONS: Final = 64
KEEP_ALIVE_SECONDS: Final = 30.0
"""An idle connection was judged when it was made; it is not kept long beyond."""

MAX_LOOKUPS: Final = 16
"""Names being looked up at once: a lookup cannot be cancelled, and a hanging one holds its thread."""

MAX_HEADERS: Final = 200
"""httpcore bounds the size of a response's head (100 KB) but not the number of fields in it."""

DEFAULT_PORTS: Final = frozenset((80, 443, 8080, 8443))
"""Where public web sites listen; every other port is somebody's database until a Policy says otherwise."""
