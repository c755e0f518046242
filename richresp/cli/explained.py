"""Links to be explained: their pages are fetched side by side, and each is told as soon as those before it are.

Pages are always fetched, for no cache holds them. Of a page only its report is kept: a list may be long.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from richresp.cli.explain import Report, report
from richresp.cli.fetching import Asking, facts
from richresp.cli.manners import detail
from richresp.cli.orders import Order
from richresp.cli.several import several
from richresp.exceptions import PreviewError
from richresp.links import check_url

_Told: TypeAlias = "Report | PreviewError"


def explain_links(
    urls: tuple[str, ...],
    asking: Asking,
    tell: Callable[[str, _Told], object],
    done: Callable[[bool], None],
    *,
    refused: Mapping[str, PreviewError],
) -> None:
    """Explains links. Those that lead to one address, however they are spelled, are fetched once.

    Args:
        urls: as given.
        asking: how.
        tell: is told of each, in order, with its report or why there is none.
        done: is called for each that is there, whatever its turn, with whether it failed.
        refused: those that are not asked for, and why.
    """
    order = Order(urls, tell)
    spellings: dict[str, list[str]] = {}

    def came(url: str, told: _Told, lines: tuple[str, ...]) -> None:
        for line in lines:
            detail(line)
        for spelling in spellings.get(url, [url]):
            done(isinstance(told, PreviewError))
            order.add(spelling, told)

    with asking.previewer() as previewer:

        def look(url: str) -> tuple[_Told, tuple[str, ...]]:
            try:
                page = previewer.fetch(url)
            except PreviewError as error:
                return error, (f"{url}: failed",)
            return report(page.body, page.url, page.content_type), facts(url, page)

        first: dict[str, str] = {}
        for url in dict.fromkeys(urls):
            try:
                if url in refused:
                    raise refused[url]
                address = check_url(url, policy=asking.policy)
            except PreviewError as error:
                came(url, error, (f"{url}: failed",))
            else:
                spellings.setdefault(first.setdefault(address, url), []).append(url)
        several(spellings, look, jobs=asking.jobs, done=lambda url, found: came(url, *found))
