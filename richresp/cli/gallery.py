"""`richresp gallery`: a page to look at, with links as chat windows show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from richresp.cli.fetching import Asking, Told, ask
from richresp.cli.inputs import STDIN, read_bytes, read_text
from richresp.cli.manners import remark
from richresp.cli.options import Web, web_options
from richresp.cli.output import check_output, write_text
from richresp.cli.pictures import fetch_pictures
from richresp.cli.pixels import Drawn, is_drawing, picture_of
from richresp.cli.progress import progress_bar
from richresp.cli.several import several
from richresp.cli.targets import is_file
from richresp.exceptions import MissingExtra, PreviewError
from richresp.gallery import Entry
from richresp.gallery import gallery as gallery_of
from richresp.limits.gallery import THUMBNAIL_BOX
from richresp.limits.pictures import PICTURE_JOBS, PICTURES_SECONDS
from richresp.links import Finding, Previewer, audit, extract


@click.command(short_help="Show links as cards, on one page.")
@click.argument("targets", metavar="URL...|FILE", nargs=-1, required=True)
@click.option("-o", "--output", metavar="FILE", help="Where the page goes; by default to standard output.")
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
    light and dark, with the tags that the fields came from, warnings and errors.

    `-` reads URLs from standard input, one a line. Previews are remembered as `richresp preview` does it. The page holds its pictures and loads nothing. A FILE of --output that is
    there is replaced. The exit code is 1 if no link has a preview; the page is written all the same.

    \b
    Examples:
      richresp gallery https://www.python.org/ https://www.rust-lang.org/ -o cards.html
      richresp gallery saved.html --url https://example.com/article -o cards.html
      richresp gallery http://localhost:8000/draft --allow-private --audit > cards.html
      richresp gallery https://www.python.org/ --refresh --user-agent facebook -o cards.html
      cat links.txt | richresp gallery - --no-images -o cards.html
    """
    check_output(output)
    is_saved = url is not None or (len(targets) == 1 and is_file(targets[0]))
    asking = web.asking(remembers=not is_saved)
    entries = [_saved(targets, url, output)] if is_saved else _previewed(_urls(targets), asking)
    with asking.previewer() as previewer:
        if audits and not is_saved:
            entries = _audited(previewer, entries, asking.jobs)
        if not no_images:
            entries = _pictured(previewer, entries, min(asking.jobs, PICTURE_JOBS))
    write_text(output, gallery_of(entries))
    bare = sum(entry.preview is None for entry in entries)
    told = f"{bare} of {len(entries)} links {'has' if bare == 1 else 'have'} no preview; the page says why"
    if bare == len(entries):
        raise click.ClickException(told)
    if bare:
        remark(told)


def _saved(targets: Sequence[str], url: str | None, output: str | None) -> Entry:
    """A saved page, whose bytes are there to be looked at."""
    if len(targets) != 1:
        raise click.UsageError("--url is the address of one saved page: give one FILE")
    target = targets[0]
    if target != STDIN and not is_file(target):
        raise click.UsageError(f"{target}: no such file")
    if url is None:
        raise click.UsageError(f"{target}: give the page's address with --url")
    if output is not None and is_file(output) and Path(output).samefile(target):
        raise click.UsageError(f"{output}: the gallery would replace the page that it shows")
    body = read_bytes(target)
    return Entry(url, extract(body, url=url), findings=tuple(audit(body, url=url)))


def _urls(targets: Sequence[str]) -> list[str]:
    """The URLs that were given, and those on the lines of standard input for `-`; blank lines and `# ...` are passed over."""
    urls: list[str] = []
    for target in targets:
        if target == STDIN:
            lines = (line.strip() for line in read_text(STDIN).splitlines())
            urls += [line for line in lines if line and not line.startswith("#")]
        elif ":" not in target:
            raise click.UsageError(f"{target}: no such file, and no URL, which starts with https://")
        else:
            urls.append(target)
    if not urls:
        raise click.ClickException("-: there is no URL on standard input")
    return urls


def _previewed(urls: Sequence[str], asking: Asking) -> list[Entry]:
    found: list[Told] = []
    with progress_bar(len(set(urls))) as bar:
        ask(tuple(urls), asking, found.append, bar.done)
    return [
        Entry(told.url, error=str(told.result))
        if isinstance(told.result, PreviewError)
        else Entry(told.url, told.result)
        for told in found
    ]


def _audited(previewer: Previewer, entries: Sequence[Entry], jobs: int) -> list[Entry]:
    """The entries with what to fix in their pages, where the pages come a second time."""

    def look(url: str, seconds: float) -> tuple[Finding, ...] | None:
        try:
            sent = previewer.fetch(url, timeout=seconds)
        except PreviewError:
            return None
        return tuple(audit(sent.body, url=sent.url, content_type=sent.content_type))

    urls = [entry.preview.final_url for entry in entries if entry.preview]
    found = several(urls, look, timeout=PICTURES_SECONDS, jobs=jobs, late=None)
    return [replace(entry, findings=found[entry.preview.final_url]) if entry.preview else entry for entry in entries]


def _pictured(previewer: Previewer, entries: Sequence[Entry], jobs: int) -> list[Entry]:
    """The entries with their pictures, or why there are none."""
    urls = [entry.preview.image for entry in entries if entry.preview and entry.preview.image]
    if urls and not is_drawing():
        remark(f"no pictures: {MissingExtra(extra='images')}")
        return list(entries)
    found = fetch_pictures(previewer, urls, jobs=jobs)
    return [_with_picture(entry, found) for entry in entries]


def _with_picture(entry: Entry, found: Mapping[str, Drawn]) -> Entry:
    drawn = found.get(entry.preview.image or "") if entry.preview else None
    if drawn is None:
        return entry
    small = picture_of(drawn.picture.body, box=THUMBNAIL_BOX).picture if drawn.picture else None
    return replace(entry, picture=drawn.picture, thumbnail=small, no_picture=drawn.reason)
