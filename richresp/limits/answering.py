"""How much of an answer is held back until it is known whether it fits, and what is read of its request."""

from __future__ import annotations

from typing import Final

MAX_BODY_BYTES: Final = 4_000_000
"""Of an answer that is held back. Read as JSON it takes some ten times as much memory: 40 MB, and with SHAPING_THREADS of them at
once 160 MB. The largest cap of a host is 100,000 characters."""

SHAPING_THREADS: Final = 4
"""Answers that are shaped at once beside the event loop. It is work of the processor, which threads of Python do in turns: more of
them make no answer come sooner, but hold more bodies as values, and take threads from handlers (anyio has 40 for all)."""

MAX_PLAIN_VALUES: Final = 256
"""Values of a payload that are looked at, to see whether any of them is an iterator or a model whose own code may block. That takes
0.02 ms, less than the hop into a thread, which is where a longer payload goes."""

THREAD_BYTES: Final = 4_096
"""A longer body that has to be looked at is shaped in a worker thread. Measured at 2,000 tokens: a body of 10 KB takes 4 to 15 ms
as JSON and 11 to 80 ms as markdown, one of this size a third of that, the hop into a thread 0.1 ms."""

THREAD_TOKENS: Final = 500
"""The same for values that are no bytes yet, by the budget: what it takes grows with that."""

MAX_ACCEPT_CHARS: Final = 2_000
"""Of all Accept headers of a request. Browsers send 150; what is longer names nothing that is listened to."""

MAX_ACCEPT_RANGES: Final = 64
"""Media ranges in them: curl and agents send one to ten."""

MAX_LINK_CHARS: Final = 2_000
"""Of the address of the next page. Proxies give all headers of an answer a page of memory (nginx: proxy_buffer_size, 4 KB);
a request with a longer query gets its cursor by the notice alone."""

MAX_ROUTE_PARTS: Final = 64
"""Parts of a route between slashes."""
