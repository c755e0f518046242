"""`richresp cache`: what is remembered of links, in the file that `richresp preview` and `richresp gallery` use by default."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from richresp.caching import SQLiteCache
from richresp.caching.contents import Contents
from richresp.cli.ages import ago, size
from richresp.cli.fetching import open_cache
from richresp.cli.groups import Group
from richresp.cli.manners import answer, is_terminal, remark
from richresp.cli.options import cache_option


@click.group(cls=Group, short_help="Show or clear what is remembered of links.")
def cache() -> None:
    """Show or clear what is remembered of links: one file, which `richresp preview` and `richresp gallery` read and write.

    \b
    Examples:
      richresp cache stats
      richresp cache clear --yes
      du -h "$(richresp cache path)"
    """


@cache.command(name="path", short_help="Print where the file is.")
@cache_option
def show_path(cache_path: Path | None) -> None:
    """Print where the file is, or would be.

    \b
    Examples:
      richresp cache path
    """
    answer(str(SQLiteCache(cache_path).path))


@cache.command(short_help="Show how much there is, and how old.")
@cache_option
def stats(cache_path: Path | None) -> None:
    """Show how many previews and images of cards there are, how much room they take, and how old they are.

    \b
    Examples:
      richresp cache stats
      richresp cache stats --cache project.sqlite
    """
    found = open_cache(cache_path)
    told, taken = _contents(found), _taken(found.path)
    lines = {
        "path": str(found.path),
        "entries": str(told.entries),
        "previews": str(told.previews),
        "images": str(told.images),
        "expired": str(told.expired),
        "bytes": size(taken),
    }
    now = time.time()
    if told.oldest is not None and told.newest is not None:
        lines |= {"oldest": ago(now - told.oldest), "newest": ago(now - told.newest)}
    for name, value in lines.items():
        answer(f"{name:<9}{value}")


@cache.command(short_help="Forget all of it.")
@cache_option
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
def clear(cache_path: Path | None, *, yes: bool) -> None:
    """Forget all previews and images, after a question. Where nobody can be asked, --yes has to be given.

    \b
    Examples:
      richresp cache clear
      richresp cache clear --yes --cache project.sqlite
    """
    found = open_cache(cache_path)
    told = _contents(found)
    if not told.entries:
        remark(f"nothing is remembered in {found.path}")
        return
    if not yes:
        if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
            raise click.UsageError("nobody can be asked here: give --yes")
        click.confirm(f"Forget {_counted(told)}, {size(_taken(found.path))}?", abort=True, err=True)
    forgotten = found.clear()
    if forgotten is None:
        raise click.ClickException(f"{found.path}: cannot be cleared now")
    remark(f"forgot {_counted(told) if forgotten == told.entries else f'{forgotten} entries'} in {found.path}")


def _counted(told: Contents) -> str:
    named = (
        (told.entries, "entry", "entries"),
        (told.previews, "preview", "previews"),
        (told.images, "image", "images"),
    )
    entries, previews, images = (f"{count} {one if count == 1 else many}" for count, one, many in named)
    return f"{entries} ({previews}, {images})"


def _contents(found: SQLiteCache) -> Contents:
    """What a file holds. It is neither made nor moved by being asked for."""
    reason = found.refusal()
    if reason is not None:
        raise click.ClickException(reason)
    told = found.contents()
    if told is None:
        raise click.ClickException(f"{found.path}: not a cache that can be read")
    return told


def _taken(path: Path) -> int:
    """Bytes on the disk, the log beside the file among them."""
    files = (path, path.with_name(f"{path.name}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())
