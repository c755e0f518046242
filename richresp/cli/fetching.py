"""Links asked for in order: what is remembered at once, the rest by one previewer; each told as soon as those before it are.

What fetches is loaded only for a link that has to be fetched, which takes longer than all the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from richresp.cli.ages import ago, size
from richresp.cli.manners import detail, pass_on_records
from richresp.cli.orders import Order
from richresp.cli.targets import everywhere
from richresp.exceptions import PreviewError
from richresp.limits.links import MAX_CONNECTIONS_PER_HOST

if TYPE_CHECKING:
    from richresp.caching import SQLiteCache
    from richresp.links import Fetched, Policy, Previewer
    from richresp.links.model import Preview

Result: TypeAlias = "Preview | PreviewError"


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a link.

    Attributes:
        url: as it was given.
        result: its preview, or why there is none.
        age: seconds since its page said so; None for what was fetched now.
    """

    url: str
    result: Result
    age: float | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """How links are asked for.

    Attributes:
        timeout, user_agent, accept_language: as for a Previewer.
        jobs: how many are on their way at once.
        allow_private: whether they may lead everywhere.
        cache: where previews are remembered; None for nowhere.
        refresh: whether to go and look whatever is remembered.
    """

    timeout: float
    jobs: int
    user_agent: str | None = None
    accept_language: str | None = None
    allow_private: bool = False
    cache: SQLiteCache | None = None
    refresh: bool = False

    @property
    def policy(self) -> Policy | None:
        return everywhere() if self.allow_private else None

    @contextmanager
    def previewer(self) -> Iterator[Previewer]:
        """What fetches, with these options."""
        from richresp.links import Previewer

        with Previewer(
            cache=self.cache,
            timeout=self.timeout,
            policy=self.policy,
            user_agent=self.user_agent,
            accept_language=self.accept_language,
            max_connections=self.jobs,
            max_connections_per_host=min(self.jobs, MAX_CONNECTIONS_PER_HOST),
        ) as previewer:
            yield previewer

    def remembered(self, url: str) -> Told | None:
        """What the cache has of a link, if that is fresh and asked for."""
        if self.cache is None or self.refresh:
            return None
        from richresp.links.recalling import remembered

        found = remembered(
            url,
            self.cache,
            policy=self.policy,
            user_agent=self.user_agent,
            accept_language=self.accept_language,
        )
        return None if found is None else Told(url, found.preview, found.age)


def ask(
    urls: tuple[str, ...],
    asking: Asking,
    tell: Callable[[Told], object],
    done: Callable[[bool], None],
    *,
    refused: Mapping[str, PreviewError],
) -> None:
    """Asks for links.

    Args:
        urls: as given.
        asking: how.
        tell: is told of each, in order.
        done: is called for each that is there, whatever its turn, with whether it failed.
        refused: those that are not asked for, and why.
    """
    order: Order[Told] = Order(urls, lambda _, told: tell(told))

    def came(told: Told) -> None:
        report(told)
        done(isinstance(told.result, PreviewError))
        order.add(told.url, told)

    rest = []
    for url in dict.fromkeys(urls):
        try:
            if url in refused:
                raise refused[url]
            found = asking.remembered(url)
        except PreviewError as error:
            came(Told(url, error))
            continue
        if found is None:
            rest.append(url)
        else:
            came(found)
    if rest:
        with asking.previewer() as previewer:
            # What is fresh was looked for above; what is a little stale had nobody to renew it once this process ends.
            previewer.previews(rest, refresh=True, on_done=lambda url, result: came(Told(url, result)))


def fetched(url: str, asking: Asking) -> Fetched:
    """A page as its server sends it, told to those who asked for details.

    Raises:
        PreviewError: if it cannot be had.
    """
    with asking.previewer() as previewer:
        page = previewer.fetch(url)
    for line in facts(url, page):
        detail(line)
    return page


def facts(url: str, page: Fetched) -> tuple[str, ...]:
    """How a page came about, for those who ask for details."""
    hops = pairwise((*page.redirects, page.url))
    told = f"{url}: fetched: status {page.status}, {size(len(page.body))}"
    return told, *(f"{hop} leads to {following}" for hop, following in hops)


def open_cache(path: Path | None) -> SQLiteCache:
    """The file in which previews are remembered. What goes wrong with it later is said, and costs no answer.

    Args:
        path: as it was given; None for the usual place.

    Raises:
        click.UsageError: if a file was given that no cache can be in. It stays as it is.
    """
    from richresp.caching import SQLiteCache

    pass_on_records("richresp")
    cache = SQLiteCache(path)
    reason = None if path is None else cache.refusal()
    if reason is not None:
        raise click.UsageError(reason)
    return cache


def report(told: Told) -> None:
    """Says how a link came about, to those who asked for details."""
    result = told.result
    if isinstance(result, PreviewError):
        detail(f"{told.url}: failed")
        return
    origin = "fetched" if told.age is None else f"remembered, fetched {ago(told.age)}"
    took = [f"{result.elapsed:.3f} s"] if result.elapsed is not None else []
    took += [f"status {result.status}"] if result.status is not None else []
    took += [size(result.size)] if result.size is not None else []
    took += ["stale, for its server failed"] if result.stale else []
    detail(f"{told.url}: {origin}: {', '.join(took)}")
    for hop, following in pairwise((*result.redirects, result.final_url)):
        detail(f"{hop} leads to {following}")
