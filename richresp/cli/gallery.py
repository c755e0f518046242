"""`richresp gallery`: a page to look at, with links as chat windows show them."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace

import click

from richresp.cli.fetching import Asking, Told, ask
from richresp.cli.files import FILE
from richresp.cli.manners import is_terminal, remark
from richresp.cli.options import Web, web_options
from richresp.cli.output import check_apart, check_output, write_text
from richresp.cli.pictures import LEFT_OUT, fetch_pictures
from richresp.cli.pixels import Drawn, is_drawing
from richresp.cli.progress import progress_bar
from richresp.cli.several import several
from richresp.cli.targets import Links, Saved, targets_of
from richresp.exceptions import MissingExtra, PreviewError
from richresp.gallery import Entry
from richresp.gallery import gallery as gallery_of
from richresp.limits.gallery import MAX_PICTURES_BYTES
from richresp.links import Finding, Previewer, audit, extract


@click.command(short_help="Show links as cards, on one page.")
@click.argument("targets", metavar="URL...|FILE", type=FILE, nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=FILE,
    help="Where the page goes; by default to standard output, if that is no terminal.",
)
@click.option("--url", help="The address of a saved page, when a FILE is given (or one on standard input, `-`).")
@click.option("--no-images", is_flag=True, help="Fetch no pictures.")
@click.option("--audit", "audits", is_flag=True, help="Fetch each page once more, and say what to fix in it.")
@web_options(previews=True)
def gallery(
    targets: tuple[str, ...],
    output: str | None,
    url: str | None,
    web: Web,
    *,
    no_images: bool,
    audits: bool,
) -> None:
    """Write one HTML page that shows each URL as chat windows do: as a large card, a small card and a line of markdown, in
    light and dark, with its problems and the tags that the fields came from.

    `-` reads URLs from standard input, one a line. Previews are remembered as `richresp preview` does it. The page holds its
    pictures and loads nothing; each picture has the seconds of --timeout as well. A FILE of --output that is there is replaced. The
    exit code is 1 if no link has a preview; the page is written all the same.

    \b
    Examples:
      richresp gallery https://www.python.org/ https://www.rust-lang.org/ -o cards.html
      richresp gallery saved.html --url https://example.com/article -o cards.html
      richresp gallery http://localhost:8000/draft --allow-private --audit > cards.html
      richresp gallery https://www.python.org/ --refresh --user-agent facebook -o cards.html
      cat links.txt | richresp gallery - --no-images -o cards.html
    """
    if output is None and is_terminal(sys.stdout):
        raise click.UsageError("a page is not for a terminal: give -o FILE (or -o - to see its HTML all the same)")
    check_output(output)
    check_apart(output, targets)
    given = targets_of(targets, url)
    asking = web.asking(remembers=isinstance(given, Links))
    entries = [_saved(given)] if isinstance(given, Saved) else _previewed(given, asking)
    with asking.previewer() as previewer:
        if audits and isinstance(given, Links):
            entries = _audited(previewer, entries, asking.jobs)
        if not no_images:
            entries = _pictured(previewer, entries, asking.jobs)
    write_text(output, gallery_of(entries))
    _end(entries)


def _end(entries: Sequence[Entry]) -> None:
    """Says how many links have no preview."""
    bare, links = sum(entry.preview is None for entry in entries), len(entries)
    if bare == links:
        whose = "the link has no preview" if links == 1 else f"none of the {links} links has a preview"
        raise click.ClickException(f"{whose}; the page says why")
    if bare:
        remark(f"{bare} of {links} links {'has' if bare == 1 else 'have'} no preview; the page says why")


def _saved(page: Saved) -> Entry:
    """A saved page, whose bytes are there to be looked at."""
    return Entry(page.url, extract(page.body, url=page.url), findings=tuple(audit(page.body, url=page.url)))


def _once(links: Links) -> tuple[str, ...]:
    """The URLs that were given, each once.

    Raises:
        click.ClickException: if there are none.
    """
    if not links.urls:
        raise click.ClickException("-: there is no URL on standard input")
    once = tuple(dict.fromkeys(links.urls))
    if more := len(links.urls) - len(once):
        remark(f"{more} {'link was' if more == 1 else 'links were'} given before, and shown once")
    return once


def _previewed(links: Links, asking: Asking) -> list[Entry]:
    found: list[Told] = []
    urls = _once(links)
    with progress_bar(len(urls)) as bar:
        ask(urls, asking, found.append, bar.done, refused=links.refused)
    return [
        Entry(told.url, error=str(told.result))
        if isinstance(told.result, PreviewError)
        else Entry(told.url, told.result)
        for told in found
    ]


def _audited(previewer: Previewer, entries: Sequence[Entry], jobs: int) -> list[Entry]:
    """The entries with what to fix in their pages, which come a second time, or why they did not."""

    def look(url: str) -> tuple[Finding, ...] | str:
        try:
            sent = previewer.fetch(url)
        except PreviewError as error:
            return str(error)
        return tuple(audit(sent.body, url=sent.url, content_type=sent.content_type))

    urls = {entry.preview.final_url for entry in entries if entry.preview}
    with progress_bar(len(urls)) as bar:
        found = several(sorted(urls), look, jobs=jobs, done=lambda _, told: bar.done(isinstance(told, str)))
    failed = sum(isinstance(told, str) for told in found.values())
    if failed:
        remark(f"{_pages(failed)} could not be audited; the gallery says why")
    return [_with_findings(entry, found) for entry in entries]


def _with_findings(entry: Entry, found: Mapping[str, tuple[Finding, ...] | str]) -> Entry:
    told = found[entry.preview.final_url] if entry.preview else None
    if isinstance(told, str):
        return replace(entry, no_audit=told)
    return replace(entry, findings=told)


def _pictured(previewer: Previewer, entries: Sequence[Entry], jobs: int) -> list[Entry]:
    """The entries with their pictures, or why there are none."""
    urls = [entry.preview.image for entry in entries if entry.preview and entry.preview.image]
    if urls and not is_drawing():
        remark(f"no pictures: {MissingExtra(extra='images')}")
        return list(entries)
    with progress_bar(len(set(urls))) as bar:
        found = fetch_pictures(previewer, urls, jobs=jobs, done=bar.done)
    left_out = sum(drawn is LEFT_OUT for drawn in found.values())
    failed = sum(drawn.picture is None for drawn in found.values()) - left_out
    if failed:
        remark(f"{_pictures(failed)} not loaded; the page says why")
    if left_out:
        remark(
            f"{_pictures(left_out)} left out: a page holds {MAX_PICTURES_BYTES / 1e6:g} MB of them; give fewer links"
        )
    return [_with_picture(entry, found) for entry in entries]


def _with_picture(entry: Entry, found: Mapping[str, Drawn]) -> Entry:
    drawn = found.get(entry.preview.image or "") if entry.preview else None
    if drawn is None:
        return entry
    if drawn is LEFT_OUT:
        return replace(entry, left_out=drawn.reason)
    return replace(entry, picture=drawn.picture, no_picture=drawn.reason)


def _pages(number: int) -> str:
    return "1 page" if number == 1 else f"{number} pages"


def _pictures(number: int) -> str:
    return "1 picture was" if number == 1 else f"{number} pictures were"
