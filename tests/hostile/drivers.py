"""The ways in which one previewer is asked for some URLs in turn: sync, asyncio, and trio where it is installed.

Each is fetched whatever is remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec
from typing import Any

import anyio

from richresp import AsyncPreviewer, Preview, Previewer, PreviewError

Found = list[Preview | PreviewError]


def sync(urls: Iterable[str], options: Mapping[str, Any]) -> Found:
    found: Found = []
    with Previewer(**options) as previewer:
        for url in urls:
            try:
                found.append(previewer.preview(url, refresh=True))
            except PreviewError as error:
                found.append(error)
    return found


def _looped(backend: str) -> Callable[[Iterable[str], Mapping[str, Any]], Found]:
    async def run(urls: Iterable[str], options: Mapping[str, Any]) -> Found:
        found: Found = []
        async with AsyncPreviewer(**options) as previewer:
            for url in urls:
                try:
                    found.append(await previewer.preview(url, refresh=True))
                except PreviewError as error:
                    found.append(error)
        return found

    return lambda urls, options: anyio.run(run, urls, options, backend=backend)


DRIVERS = {"sync": sync, "asyncio": _looped("asyncio")}
if find_spec("trio") is not None:
    DRIVERS["trio"] = _looped("trio")


def ask(driver: str, urls: Iterable[str], options: Mapping[str, Any]) -> Found:
    """What came out for each URL: a preview, or the error that one may have. Any other error is raised."""
    return DRIVERS[driver](urls, options)
