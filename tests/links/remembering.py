"""Previewers with a clock that tests set, and a site that counts: what is remembered, seen from outside."""

import asyncio
import threading
from dataclasses import replace
from email.utils import formatdate

import httpx
import pytest

from richresp import AsyncPreviewer, Previewer
from richresp.caching import MemoryCache
from richresp.caching.protocol import Stats

URL = "https://site.example.com/page"
EPOCH = 1_700_000_000.0
MINUTE, HOUR, DAY = 60, 3_600, 86_400


class Clock:
    def __init__(self):
        self.now = EPOCH

    def __call__(self):
        return self.now

    def date(self, offset=0):
        return formatdate(self.now + offset, usegmt=True)


class Site:
    """Answers with a page of this title and these fields, or as `answer` says; with 304 where its tag is known."""

    def __init__(self, title="One", **fields):
        self.requests = []
        self.answer = None
        self.says(title, **fields)

    def says(self, title, **fields):
        self.title = title
        self.fields = {name.replace("_", "-"): value for name, value in fields.items()}

    def fails(self, status=None, **fields):
        def answer(request):
            if status is None:
                raise httpx.ReadError("broken")
            return httpx.Response(status, headers={name.replace("_", "-"): value for name, value in fields.items()})

        self.answer = answer

    def __call__(self, request):
        self.requests.append(request)
        if self.answer is not None:
            return self.answer(request)
        tag = self.fields.get("etag")
        if tag is not None and request.headers.get("if-none-match") == tag:
            return httpx.Response(304, headers=self.fields)
        text = f"<title>{self.title}</title>"
        return httpx.Response(200, headers={"content-type": "text/html", **self.fields}, text=text)

    @property
    def asked(self):
        """How often it was asked since this was last read."""
        asked, self.requests = len(self.requests), []
        return asked


class Open:
    """A cache that lies open: `entries` is all there is. It may be told to raise."""

    def __init__(self):
        self.entries = {}
        self.leases = {}
        self.raises = None
        self.stats = Stats()

    def get(self, key):
        if self.raises:
            raise self.raises
        return self.entries.get(key)

    def get_with_ttl(self, key):
        raise NotImplementedError

    def set(self, key, value, ttl):
        if self.raises:
            raise self.raises
        self.entries[key] = value

    def delete(self, key):
        self.entries.pop(key, None)

    def acquire(self, key, ttl):
        if self.raises:
            raise self.raises
        return None if key in self.leases else self.leases.setdefault(key, f"{ttl}")

    def release(self, key, token):
        return self.leases.pop(key, None) is not None

    def close(self):
        pass


def with_clock(previewer, clock):
    """The same previewer, living by another clock, and without chance."""
    options = previewer._options
    memory = replace(options.memory, clock=clock, jitter=lambda: 0.0)
    previewer._options = replace(options, memory=memory)
    return previewer


class World:
    """A site, a clock and a previewer; further ones share its cache. What is renewed is waited for after each preview."""

    def __init__(self, kind, site=None, clock=None, cache=None, transport=None, **options):
        self.kind = kind
        self.site = site or Site()
        self.clock = clock or Clock()
        self.cache = MemoryCache(clock=self.clock) if cache is None else cache
        self.loop = asyncio.new_event_loop() if kind is AsyncPreviewer else None
        transport = transport or httpx.MockTransport(self.site)
        transport.cache_name = "site"
        given = {"transport": transport, "cache": self.cache, **options}
        self.previewer = with_clock(kind(**given), self.clock)

    def beside(self, **options):
        """Another previewer of the same cache and site."""
        return World(self.kind, **{"site": self.site, "clock": self.clock, "cache": self.cache, **options})

    def run(self, told):
        return told if self.loop is None else self.loop.run_until_complete(told)

    def preview(self, url=URL, **options):
        try:
            return self.run(self.previewer.preview(url, **options))
        finally:
            self.settle()

    def previews(self, urls, **options):
        return self.run(self.previewer.previews(urls, **options))

    def settle(self):
        if self.loop is not None:
            self.loop.run_until_complete(self._settle())
        for thread in threading.enumerate():
            if thread.name == "richresp-renewal":
                thread.join()

    async def _settle(self):
        await asyncio.gather(*self.previewer._renewals.values())

    def later(self, seconds):
        self.clock.now += seconds

    def close(self):
        self.run(self.previewer.close())
        if self.loop is not None:
            self.loop.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


both = pytest.mark.parametrize("kind", [Previewer, AsyncPreviewer], ids=["sync", "async"])
