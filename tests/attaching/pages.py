"""Fakes of previewers, and the two ways to call: every test of a promise is one of both."""

import asyncio

import pytest

from richresp import FetchError, Preview
from richresp.attaching import aattach, attach


def page(url, **fields):
    given = {"site_name": "A site", "title": f"What stands at {url}", "description": "In a few words.", "url": url}
    return Preview(url, url, **given | fields)


def answer(url):
    """Pages for all, but for those that are called gone."""
    return FetchError(url=url, reason="gone", status=410) if "gone" in url else page(url)


class Pages:
    """A previewer that knows what every page says. `calls` are the questions, with their options."""

    def __init__(self, answer=answer):
        self.answer = answer
        self.calls = []

    def previews(self, urls, **options):
        self.calls.append((list(urls), options))
        return [self.answer(url) for url in urls]

    @property
    def asked(self):
        assert len(self.calls) <= 1, "more than one batch"
        return self.calls[0][0] if self.calls else []


class AsyncPages(Pages):
    async def previews(self, urls, **options):
        await asyncio.sleep(0)
        return super().previews(urls, **options)


def by_call(payload, answer=answer, **options):
    """What `attach` returns, and what it asked for."""
    pages = Pages(answer)
    return attach(payload, pages, **options), pages


def by_await(payload, answer=answer, **options):
    """What `aattach` returns, and what it asked for."""
    pages = AsyncPages(answer)
    return asyncio.run(aattach(payload, pages, **options)), pages


both = pytest.mark.parametrize("call", [by_call, by_await], ids=["attach", "aattach"])
