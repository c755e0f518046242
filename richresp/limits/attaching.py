"""How much of a payload is read for its links, and how many of them are asked for."""

from __future__ import annotations

from typing import Final

from richresp.limits.links import MAX_CONNECTIONS

MAX_LINKS: Final = MAX_CONNECTIONS
"""As many as a previewer has connections: they can be on their way together, and the batch takes as long as its slowest
page. An answer of 800 tokens shows some twenty records."""

MAX_VALUES: Final = 2_000_000
"""Scalars and containers of a payload, which are all read and copied: some 20 MB of JSON in a few seconds. What is larger
(an endless iterator, a range, a table of millions of rows) no handler means to send; the largest cap of a host is 100,000
characters."""

MAX_POINTER_CHARS: Final = 200
"""An error shows this much of a place: payloads may be 100,000 levels deep."""
