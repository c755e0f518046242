"""`richresp preview`: what links look like, and why."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from richresp.cli.fetching import Asking, Told, ask, open_cache, report
from richresp.cli.manners import is_coloured, remark
from richresp.cli.progress import progress_bar
from richresp.cli.targets import Links, Saved, targets_of
from richresp.exceptions import PreviewError
from richresp.limits.cli import JOBS
from richresp.limits.links import MAX_CONNECTIONS, TIMEOUT_SECONDS

if TYPE_CHECKING:
    from richresp.cli.showing import Show

_FORMATS = ("terminal", "json", "ndjson", "markdown", "html", "meta")
_EXPLAINED = ("terminal", "json", "ndjson")


@click.command(short_help="Show what links look like.")
@click.argument("targets", metavar="URL|FILE...", nargs=-1, required=True)
@click.option("--url", help="The address of a saved page, when a FILE (or `-`) is given.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    default="terminal",
    show_default=True,
    help="A drawn card; all that is known as JSON, for several links a list or (ndjson) a line each; the card as markdown or"
    " HTML; the meta tags of a page that previews like this.",
)
@click.option(
    "--explain",
    is_flag=True,
    help="Show for each field the tag it came from, what was passed over and why, and what to fix. Pages are always fetched.",
)
@click.option(
    "--image/--no-image",
    default=None,
    help="Draw the image where there are colours; by default for one link and not for several.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, MAX_CONNECTIONS),
    default=JOBS,
    show_default=True,
    help="Links on their way at once.",
)
@click.option("--timeout", type=float, default=TIMEOUT_SECONDS, show_default=True, help="Seconds for a whole preview.")
@click.option("--user-agent", help="richresp (the default), facebook, twitter, browser, or a whole User-Agent value.")
@click.option("--accept-language", help="The languages to ask for, as: de-CH, de;q=0.9, en;q=0.5")
@click.option(
    "--allow-private",
    is_flag=True,
    help="Let URLs lead to private addresses and to any port. Such pages are drafts: nothing is remembered without --cache.",
)
@click.option(
    "--cache",
    "cache_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Remember previews in this file, in place of the one in your cache folder (richresp cache path).",
)
@click.option("--no-cache", is_flag=True, help="Remember nothing, and use nothing that is remembered.")
@click.option("--refresh", is_flag=True, help="Ask the servers anew, and remember what they say.")
def preview(
    targets: tuple[str, ...],
    url: str | None,
    format_: Literal["terminal", "json", "ndjson", "markdown", "html", "meta"],
    jobs: int,
    timeout: float,
    user_agent: str | None,
    accept_language: str | None,
    cache_path: Path | None,
    *,
    explain: bool,
    image: bool | None,
    allow_private: bool,
    no_cache: bool,
    refresh: bool,
) -> None:
    """Show what links look like: site, title, description, image, address.

    Give one URL or several, `-` for a list of URLs on standard input (one a line; blank lines and lines that begin with # are
    skipped), or a saved page with --url. Previews are remembered for as long as their pages allow, an hour where they do not
    say, and a card that is not fresh from its server says so: --refresh asks again.

    The exit code is 1 if any link failed; the others are shown all the same.

    \b
    Examples:
      richresp preview https://www.python.org/
      richresp preview https://www.python.org/ --explain
      richresp preview http://localhost:8000/draft --allow-private
      richresp preview saved.html --url https://example.com/article --format meta
      richresp preview - --format ndjson --jobs 32 < links.txt
      richresp preview https://example.com/ --user-agent facebook --refresh -v
    """
    if explain and format_ not in _EXPLAINED:
        raise click.UsageError(f"--explain has no form in {format_}: give --format terminal, json or ndjson")
    if no_cache and cache_path is not None:
        raise click.UsageError("--cache and --no-cache: give one of them")
    given = targets_of(targets, url)
    remembers = not no_cache and (cache_path is not None or not allow_private)
    asking = Asking(
        timeout, jobs, user_agent, accept_language, allow_private,
        open_cache(cache_path) if remembers and isinstance(given, Links) else None, refresh,
    )  # fmt: skip
    several = isinstance(given, Links) and given.several
    draws = is_coloured(sys.stdout) and (not several if image is None else image)
    from richresp.cli.showing import Show

    show = Show(format_, asking, several=several, draws=draws)
    if isinstance(given, Saved):
        show.saved(given, explain=explain)
    else:
        failed = _explain(given, asking, show) if explain else _preview(given, asking, show)
        if failed:
            click.get_current_context().exit(1)


def _preview(links: Links, asking: Asking, show: Show) -> int:
    """Shows links, and says how many failed."""
    if not links.several:
        show.one(_single(links.urls[0], asking))
        return 0
    failed = 0

    with progress_bar(len(links.urls)) as bar:

        def tell(told: Told) -> None:
            nonlocal failed
            failed += isinstance(told.result, PreviewError)
            with bar.aside():
                show.one(told)

        ask(links.urls, asking, tell, bar.done)
    show.end()
    if failed:
        remark(f"{failed} of {len(links.urls)} links failed")
    return failed


def _single(url: str, asking: Asking) -> Told:
    """What came of one link.

    Raises:
        PreviewError: if it has no preview.
    """
    found = asking.remembered(url)
    if found is None:
        with asking.previewer() as previewer:
            found = Told(url, previewer.preview(url, refresh=True))
    report(found)
    return found


def _explain(links: Links, asking: Asking, show: Show) -> int:
    """Explains links one after the other, and says how many failed."""
    failed = 0
    with asking.previewer() as previewer:
        for url in links.urls:
            try:
                page = previewer.fetch(url)
            except PreviewError as error:
                if not links.several:
                    raise
                failed += 1
                show.one(Told(url, error))
            else:
                show.explained(page.body, page.url, page.content_type)
    show.end()
    return failed
