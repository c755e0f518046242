"""`richresp preview`: what links look like, and why."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

import click

from richresp.cli.fetching import Asking, Result, Told, ask, fetched, report
from richresp.cli.files import FILE
from richresp.cli.manners import is_coloured, remark
from richresp.cli.options import Web, web_options
from richresp.cli.progress import progress_bar
from richresp.cli.targets import Links, Saved, targets_of
from richresp.exceptions import PreviewError
from richresp.links.model import Preview

if TYPE_CHECKING:
    from richresp.cli.explain import Report
    from richresp.cli.showing import Show

_FORMATS = ("terminal", "json", "ndjson", "markdown", "html", "meta")
_EXPLAINED = ("terminal", "json", "ndjson")


@click.command(short_help="Show what links look like.")
@click.argument("targets", metavar="URL|FILE...", type=FILE, nargs=-1, required=True)
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
    help="Draw the image where there are 256 colours or more (by TERM and COLORTERM) and half blocks (by the encoding); by"
    " default for one link and not for several.",
)
@web_options(previews=True)
def preview(
    targets: tuple[str, ...],
    url: str | None,
    format_: Literal["terminal", "json", "ndjson", "markdown", "html", "meta"],
    web: Web,
    *,
    explain: bool,
    image: bool | None,
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
    given = targets_of(targets, url)
    asking = web.asking(remembers=isinstance(given, Links))
    several = isinstance(given, Links) and given.several
    draws = is_coloured(sys.stdout) and (not several if image is None else image)
    from richresp.cli.showing import Show

    show = Show(format_, asking, several=several, draws=draws, insists=bool(image))
    if isinstance(given, Saved):
        show.saved(given, explain=explain)
    elif given.several:
        if _several(given, asking, show, explain=explain):
            click.get_current_context().exit(1)
    elif explain:
        from richresp.cli.explain import report as report_of

        page = fetched(given.urls[0], asking)
        show.explained(report_of(page.body, page.url, page.content_type))
    else:
        show.one(_single(given.urls[0], asking))


def _several(links: Links, asking: Asking, show: Show, *, explain: bool) -> int:
    """Shows links in order, each as soon as those before it are there, and says how many failed."""
    failed = 0

    with progress_bar(len(set(links.urls))) as bar:

        def tell(url: str, result: Report | Result, age: float | None = None) -> None:
            nonlocal failed
            failed += isinstance(result, PreviewError)
            with bar.aside():
                if isinstance(result, (Preview, PreviewError)):
                    show.one(Told(url, result, age))
                else:
                    show.explained(result)

        if explain:
            from richresp.cli.explained import explain_links

            explain_links(links.urls, asking, tell, bar.done, refused=links.refused)
        else:
            ask(links.urls, asking, lambda told: tell(told.url, told.result, told.age), bar.done, refused=links.refused)
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
