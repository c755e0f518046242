"""The two previewers behind one function, and bodies that say how much of them was taken."""

import asyncio

import httpx
import pytest

from richresp import AsyncPreviewer, Previewer


def sync_preview(site, url, **options):
    with Previewer(transport=httpx.MockTransport(site), **options) as previewer:
        return previewer.preview(url)


def async_preview(site, url, **options):
    async def run():
        async with AsyncPreviewer(transport=httpx.MockTransport(site), **options) as previewer:
            return await previewer.preview(url)

    return asyncio.run(run())


@pytest.fixture(params=[sync_preview, async_preview], ids=["sync", "async"], name="preview")
def both(request):
    """`preview(site, url, **options)`: a site is a function from a request to a response."""
    return request.param


class Chunks(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that says how much of it was taken, and whether it was closed."""

    def __init__(self, chunks):
        self.chunks = chunks
        self.taken = 0
        self.closed = 0

    def __iter__(self):
        for chunk in self.chunks:
            self.taken += len(chunk)
            yield chunk

    async def __aiter__(self):
        for chunk in self:
            yield chunk

    def close(self):
        self.closed += 1

    async def aclose(self):
        self.closed += 1
