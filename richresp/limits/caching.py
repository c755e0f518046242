"""What a cache holds, and how long anybody waits for one."""

from __future__ import annotations

from typing import Final

MAX_KEY_CHARS: Final = 250
"""As memcached. The keys of previews are hashes of some 70 characters."""

MAX_VALUE_BYTES: Final = 1 << 20
"""As memcached by default. Previews are a few KB; what is larger under our key in a shared store is somebody else's."""

MAX_TTL_SECONDS: Final = 30 * 86_400.0
"""As memcached; longer ones are cut to it. Freshness is clamped to days, so that this is reached by mistakes alone."""

MAX_LEASE_SECONDS: Final = 600.0
"""A lease is half the timeout of a preview, some seconds; one that would hold for longer is none of ours, and holds nobody up."""

MEMORY_BYTES: Final = 32 << 20
MEMORY_ENTRIES: Final = 10_000
"""What a memory cache holds by default: the links of one handler are a few thousand pages, a preview is some 3 KB."""

MEMORY_ENTRY_BYTES: Final = 480
"""What an entry takes beside its key and value, on CPython 3.11 (measured: 380 to 460 with 100 to 90,000 entries)."""

MAX_LEASES: Final = 10_000
"""Leases that a memory cache keeps, one for each page being fetched; beyond them the oldest are forgotten."""

COPY_SECONDS: Final = 60.0
"""How long memory keeps its copy of an entry of a shared cache: what others delete or replace there is seen after this."""

COPY_STRIPES: Final = 256
"""Counters of writes by hash of the key: a copy is not kept if its counter moved while it was read."""

SQLITE_BYTES: Final = 256 << 20
"""What a cache file may hold by default: some 50,000 previews. Browsers give a disk cache about as much."""

MIN_SQLITE_BYTES: Final = 64 << 10
"""The tables and their indexes take a tenth of this while they are empty."""

SQLITE_VALUE_SHARE: Final = 8
"""A value that would take more than an eighth of the file is not stored: it would throw out half of the others."""

SQLITE_KEPT_SHARE: Final = 0.75
"""Where the file is full, the oldest entries go until it is three quarters full, so that this is not done often."""

SQLITE_WAL_BYTES: Final = 4 << 20
"""What the log beside the file is cut to; SQLite starts to empty it at 1,000 pages, which are 4 MB."""

SQLITE_BUSY_SECONDS: Final = 0.25
"""How long a locked file is waited for. A write takes some 0.1 ms, so eight processes need a hundredth of this."""

SQLITE_PAUSE_SECONDS: Final = 0.002
"""The longest pause between two tries at a locked file: some twenty writes of others."""

MAX_LOG_FRAMES: Final = 10_000
"""Pages of a log that are looked through for the first of its database: ten times what SQLite lets it grow to by default."""

MAX_BAD_FILES: Final = 3
"""Damaged files that are kept beside the cache to be looked at; one is too few to compare, and each may be 256 MB."""

CLOCK_SLACK_SECONDS: Final = 1.0
"""What time servers may set a clock back by without a cache being emptied; ntpd slews what is below 0.128 s."""

REDIS_SECONDS: Final = 0.25
"""For a whole call to Redis: to connect, to sign in, and for the answer. Within a data centre these take 1 ms, and a preview is
fetched in less than it pays to wait. The built-in retries of redis-py 8.1 made it 6.5 s a call (measured)."""

REDIS_CONNECTIONS: Final = 32
"""Of one cache to its server: a call takes some 0.2 ms, so this is room for 100,000 calls a second."""

BREAKER_FAILURES: Final = 5
MAX_REDIS_SECONDS: Final = 60.0
"""What may be asked for instead; a preview that waits longer for its cache is better off without."""

BREAKER_SECONDS: Final = 10.0
"""After five failures in a row a store is left alone for ten seconds, then one call tries it: half of what is usual for
services (pybreaker 60 s, resilience4j 60 s), for a cache that comes back is worth having back."""

LOG_SECONDS: Final = 60.0
"""Between two log records of the same trouble, with the number of those left out: a dead store fails every call."""

FORK_SECONDS: Final = 0.5
"""How long a fork waits for calls that are under way, all together: longer than any of them may wait for a locked file."""
