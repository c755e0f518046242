"""`richresp gallery`: a page to look at, with links as chat windows show them."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from richresp.cli.inputs import STDIN, read_bytes, read_text
from richresp.cli.output import check_output, write_text
from richresp.cli.pictures import fetch_pictures
from richresp.cli.pixels import Drawn, is_drawing, picture_of
from richresp.cli.several import several
from richresp.cli.targets import everywhere, is_file
from richresp.exceptions import MissingExtra, PreviewError
from richresp.gallery import Entry
from richresp.gallery import gallery as gallery_of
from richresp.limits.gallery import THUMBNAIL_BOX
from richresp.limits.links import TIMEOUT_SECONDS
from richresp.limits.pictures import PICTURE_JOBS, PICTURES_SECONDS
from richresp.links import Finding, Preview, Previewer, audit, extract


@click.command(short_help="Show links as cards, on one page.")
@click.argument("targets", metavar="URL...|FILE", nargs=-1, required=True)
@click.option("-o", "--output", metavar="FILE", help="Where the page goes; by default to standard output.")
@click.option("--url", help="The address of a saved page, when a FILE is given (or one on standard input, `-`).")
@click.option("--no-images", is_flag=True, help="Fetch no pictures.")
@click.option("--audit", "audits", is_flag=True, help="Fetch each page once more, and say what to fix in it.")
@click.option("--allow-private", is_flag=True, help="Let URLs lead to private addresses and to any port.")
@click.option("--timeout", type=float, default=TIMEOUT_SECONDS, show_default=True, help="Seconds for each link.")
@click.option(
    "--jobs", type=click.IntRange(1), default=PICTURE_JOBS, show_default=True, help="Links on their way at once."
)
def gallery(
    targets: tuple[str, ...],
    output: str | None,
    url: str | None,
    timeout: float,
    jobs: int,
    *,
    no_images: bool,
    audits: bool,
    allow_private: bool,
) -> None:
    """Write one HTML page that shows each URL as chat windows do: as a large card, a small card and a line of markdown, in
    light and dark, with the tags that the fields came from, warnings and errors.

    `-` reads URLs from standard input, one a line. The page holds its pictures and loads nothing. A FILE of --output that is
    there is replaced. The exit code is 1 if no link has a preview; the page is written all the same.

    \b
    Examples:
      richresp gallery https://www.python.org/ https://www.rust-lang.org/ -o cards.html
      richresp gallery saved.html --url https://example.com/article -o cards.html
      richresp gallery http://localhost:8000/draft --allow-private --audit > cards.html
      cat links.txt | richresp gallery - --no-images -o cards.html
    """
    check_output(output)
    with Previewer(timeout=timeout, policy=everywhere() if allow_private else None, max_connections=jobs) as previewer:
        if url is not None or (len(targets) == 1 and is_file(targets[0])):
            entries = [_saved(targets, url, output)]
        else:
            entries = _previewed(previewer, _urls(targets))
            if audits:
                entries = _audited(previewer, entries, jobs)
        if not no_images:
            entries = _pictured(previewer, entries, jobs)
    write_text(output, gallery_of(entries))
    bare = sum(entry.preview is None for entry in entries)
    told = f"{bare} of {len(entries)} links {'has' if bare == 1 else 'have'} no preview; the page says why"
    if bare == len(entries):
        raise click.ClickException(told)
    if bare:
        click.echo(f"richresp: {told}", err=True)


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


def _previewed(previewer: Previewer, urls: Sequence[str]) -> list[Entry]:
    if sys.stderr is not None and sys.stderr.isatty():
        with click.progressbar(length=len(dict.fromkeys(urls)), label="previews", file=sys.stderr) as bar:
            found = previewer.previews(urls, on_done=lambda *_: bar.update(1))
    else:
        found = previewer.previews(urls)
    return [
        Entry(url, told) if isinstance(told, Preview) else Entry(url, error=str(told))
        for url, told in zip(urls, found, strict=True)
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
        click.echo(f"richresp: no pictures: {MissingExtra(extra='images')}", err=True)
        return list(entries)
    found = fetch_pictures(previewer, urls, jobs=jobs)
    return [_with_picture(entry, found) for entry in entries]


def _with_picture(entry: Entry, found: Mapping[str, Drawn]) -> Entry:
    drawn = found.get(entry.preview.image or "") if entry.preview else None
    if drawn is None:
        return entry
    small = picture_of(drawn.picture.body, box=THUMBNAIL_BOX).picture if drawn.picture else None
    return replace(entry, picture=drawn.picture, thumbnail=small, no_picture=drawn.reason)
