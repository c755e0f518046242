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

MAX_TIMEOUT_SECONDS: Final = 1_000_000.0
"""Eleven days, which says "none": locks wait for 4,294,967 s at most (threading.TIMEOUT_MAX on Windows), and poll(2)
counts milliseconds in an int."""

MAX_BODY_BYTES: Final = 1 << 20
"""Of a decoded body. `</head>` stands within 512 KB in 98.3 % of saved pages, within 1 MB in 99.9 %."""

WIRE_FACTOR: Final = 2
"""How much longer a body may be as received, before it is inflated: gzip adds some bytes to what it cannot shorten."""

MAX_FRAMING_BYTES: Final = 1 << 17
"""Of an answer beside its body, with head, interim answers and framing: chunks of one byte carry six times their weight, and a
flood of 103 Early Hints carries nothing."""

MAX_CHUNK_LINE_BYTES: Final = 1_000
"""Of a line between the chunks of a body: a size has some digits, extensions are all but extinct."""

MAX_CHUNKS: Final = 1_024
"""Of a body whose end is followed, 1 KB each for a whole body: to follow one takes 3 us, and a single read brings ten thousand if
they carry a byte each."""

MAX_READS: Final = 1 << 14
"""Pieces in which a body arrives, 64 bytes each for a whole body: h11 takes 10 us for a chunk, however small."""

READS_PER_TURN: Final = 16
"""Pieces that a coroutine takes before the others of its event loop have their turn: some 50 us each with all that looks at
them, so that nobody waits longer than a millisecond for one preview."""

INFLATE_STEP: Final = 1 << 16
"""A compressed body is inflated in steps of this size, so that a bomb never stands in memory."""

MAX_GZIP_MEMBERS: Final = 64
"""Members of one gzip body (RFC 1952, 2.2) that are read: bgzip cuts every 64 KB, which makes 16 of the longest body."""

MAX_REST_BYTES: Final = 1 << 16
"""What is left of a body when nothing is missing any more is read all the same up to this length, one read of httpcore: a
connection that is kept saves more than the rest costs."""

MAX_RENEWALS: Final = 8
"""Old previews that one previewer renews at the same time, beside what it is asked for."""

REST_SECONDS: Final = 0.1
"""How long all of that rest is waited for: as long as a new connection to the other side of the world takes."""

MAX_MEDIA_BYTES: Final = 1 << 16
"""Of what is no page; its first 1,445 bytes tell what it is."""

MAX_REDIRECTS: Final = 5
"""As Synapse; browsers allow 20, but shorteners chain two or three."""

MAX_REFRESH_SECONDS: Final = 5
"""A meta refresh with a longer delay is there to be read first, or renews the page."""

MAX_REFRESH_CHARS: Final = 1 << 16
"""How far into a page a meta refresh is looked for: pages that only lead on are small."""

MAX_COOKIES: Final = 20
"""Cookies kept within one preview, the least number for a host by RFC 2109; pages that test for cookies set one or two."""

MAX_COOKIE_BYTES: Final = 4_096
"""Of one cookie, name and value (RFC 6265, 6.1)."""

MAX_COOKIE_HEADER_BYTES: Final = 8_000
"""Of what is sent back: servers refuse longer fields (nginx and Apache by default)."""

MAX_CONNECT_ADDRESSES: Final = 4
"""How many addresses of a host are tried in turn, within the one deadline."""

MAX_CONNECTIONS: Final = 64
"""Of one previewer, at once: with the bodies at their cap that is 64 MB of pages."""

MAX_CONNECTIONS_PER_HOST: Final = 4
"""Of one previewer, at once: browsers open six and are one visitor, a previewer is many."""

MAX_IDLE_CONNECTIONS: Final = 20
"""As httpx. With 64 of them a soak of hostile sites was measured to leave a process 1 to 2 MB larger; and to a proxy, httpcore's
pool looks at each request at every one of them."""

KEEP_ALIVE_SECONDS: Final = 30.0
"""An idle connection was judged when it was made; it is not kept long beyond."""

BATCH_END_SECONDS: Final = 0.05
BATCH_END_SHARE: Final = 0.1
"""What the links of a batch have less than that, at most and of what is left: to tell what is remembered of a page that does not
answer in time takes one look into a cache."""

BATCH_SLICE: Final = 16
"""Links of a batch that are looked up one after the other before the event loop has its turn: some ms."""

BATCH_LOOKERS: Final = 8
"""Links of a batch that are looked for at the same time in a cache of coroutines: across a network one look takes some ms."""

MAX_LOOKUPS: Final = 128
"""Names being looked up at once, in a process: a lookup cannot be cancelled, and a hanging one holds its thread, which
was measured to take 16 KB."""

MAX_LOOKUPS_PER_DOMAIN: Final = 4
"""Of those the names of one domain: whoever owns it can let all of them hang, for 30 s with glibc's defaults and three
servers (resolv.conf(5)), and would need 32 domains to stop all others. Few pages link to more hosts of one site."""

LOOKUP_THREAD_SECONDS: Final = 0.5
"""For which the thread of a lookup waits for the next name. A previewer at work has one every few milliseconds; one that was
closed leaves no thread for longer than that."""

MAX_HEADERS: Final = 200
"""httpcore bounds the size of a response's head (100 KB) but not the number of fields in it."""

MAX_HEADER_BYTES: Final = 1 << 16
"""Of all fields of a head, names and values; browsers take 256 KB, servers send some hundreds of bytes."""

MAX_OPTION_CHARS: Final = 1_000
"""Of a header that is an option: User-Agent values of browsers are some 150 characters long."""

DEFAULT_PORTS: Final = frozenset((80, 443, 8080, 8443))
"""Where public web sites listen; every other port is somebody's database until a Policy says otherwise."""
