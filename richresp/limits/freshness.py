"""How long a preview is believed, and how much of a cached one is read."""

from __future__ import annotations

from typing import Final

DEFAULT_TTL_SECONDS: Final = 3_600.0
"""Where the answer states no lifetime (RFC 9111, 4.2.2, leaves it to the cache): as Synapse's least."""

MAX_TTL_OPTION_SECONDS: Final = 1_000_000_000.0
"""Of that as an option, 31 years: a time beyond it was meant in another unit."""

MIN_FRESH_SECONDS: Final = 60.0
"""Nothing is asked for sooner again: previews of one conversation come within a minute, and most pages say no-cache or max-age=0
for reasons that are none of a card's. `refresh=True` is there for who cannot wait."""

MAX_FRESH_SECONDS: Final = 7 * 86_400.0
"""Pages say a year and change their title the next week; hishel and browsers cap their own guesses at a week as well."""

STALE_WHILE_SECONDS: Final = 3_600.0
STALE_IF_ERROR_SECONDS: Final = 86_400.0
"""Windows of RFC 5861, where the answer states none: one visitor sees an old card, for as long as it would have been fresh;
and a site that is down for a day keeps its cards."""

MAX_STALE_SECONDS: Final = 7 * 86_400.0
"""What a stated window is cut to; a day is usual, a week is what Vercel and Cloudflare write in their examples."""

VALIDATION_SECONDS: Final = 86_400.0
"""How long beyond its lifetime a preview with a validator is kept to be asked about: an answer of 304 is all that it saves."""

NEGATIVE_SECONDS: Final = 600.0
"""404, 410 and the other refusals, endless redirects, and pages behind walls. RFC 2308 keeps a negative answer of the DNS for up
to hours; somebody who mends a page looks at its card after some minutes."""

BRIEF_SECONDS: Final = 30.0
"""5xx, 408, 425, 429, time-outs and broken connections: long enough that a batch asks once, short enough to try again in the
same conversation."""

LEASE_SHARE: Final = 0.5
PATIENCE_SHARE: Final = 0.7
"""Of the time that a preview has: what the others leave to a process that asks, before one of them asks in its place; and after
which each asks for itself. A page takes some 200 ms, so that whoever takes over from one that died has answered in between, and a
third of the time is left for when it has not."""

RELEASE_SECONDS: Final = 0.2
"""For giving a lease back that a preview still held when its time was over, or it was cancelled: a call to Redis takes some ms."""

POLL_SECONDS: Final = 0.05
"""Between two looks whether another process has stored what it fetches, once to twice this: a page takes some 200 ms."""

MAX_DELTA_SECONDS: Final = 1 << 31
"""What a larger number of seconds counts as (RFC 9111, 1.2.2)."""

MAX_DELTA_DIGITS: Final = 10
"""As many as 2^31 has; more are not converted."""

MAX_CACHE_CONTROL_CHARS: Final = 8_192
"""Real ones have some hundred; what is longer is taken to forbid storing."""

MAX_ETAG_CHARS: Final = 256
"""Real ones are hashes of up to 128 characters; longer ones are not sent back."""

MAX_KEPT_CHARS: Final = 640
"""Of all fields that are kept: the tag, two dates of up to 40 characters, and eight directives, which with numbers take 170."""

MAX_ENTRY_BYTES: Final = 256 << 10
"""Of a cached preview, inflated: four times what 40 images with long addresses take, read in some 2 ms. Larger ones are not stored."""

KNOWN_ENTRIES: Final = 256
KNOWN_ENTRY_BYTES: Final = 8_192
"""Entries that are kept as they were read, beside the cache of bytes, and the longest of them, inflated: reading one takes some 40 us of
the 80 that a known preview took. The bytes of a preview are some 2 KB, so that this is 2 MB, and never more than 10."""

MIN_DEFLATE_BYTES: Final = 2_048
"""Below it an entry is stored as it is: inflating costs 6 us, a fifth of what reading it may take, and saves a few hundred bytes."""

WORTH_DEFLATING: Final = 0.75
"""The share of its size that an entry may still have to be stored deflated."""

CLOCK_SKEW_SECONDS: Final = 60.0
"""How far the clocks of machines that share a cache may be apart: an entry from further in the future is not believed."""
