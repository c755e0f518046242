"""`richresp markdown`: a page as clean markdown, by pages that fit a budget."""

from __future__ import annotations

from typing import Literal

import click

from richresp.cli.fetching import fetched
from richresp.cli.files import FILE
from richresp.cli.inputs import STDIN, read_bytes
from richresp.cli.manners import answer, say
from richresp.cli.options import Web, counter_option, web_options
from richresp.cli.targets import is_file, require_url
from richresp.exceptions import NotHTML
from richresp.links import Fetched
from richresp.links.media import kind_of
from richresp.markdown import from_html
from richresp.shaping import shape
from richresp.tokens import counter as counter_named


@click.command(short_help="Turn a page into markdown, by pages of a budget.")
@click.argument("target", metavar="URL|FILE", type=FILE)
@click.option("--url", help="The address of a saved page, for its links, when a FILE (or `-`) is given.")
@click.option("--budget", type=int, help="The most tokens that the output may cost; by default all is shown.")
@click.option("--cursor", help="Where to go on, from the notice of the page before.")
@click.option("--navigation", is_flag=True, help="Keep menus, headers, footers and asides.")
@click.option(
    "--images",
    type=click.Choice(["alt", "keep", "drop"]),
    default="alt",
    show_default=True,
    help="Their alternative texts, images, or nothing.",
)
@click.option("--no-links", is_flag=True, help="Show the texts of links without their addresses.")
@web_options(previews=False)
@counter_option
def markdown(
    target: str,
    url: str | None,
    budget: int | None,
    cursor: str | None,
    images: Literal["alt", "keep", "drop"],
    web: Web,
    counter: str,
    *,
    navigation: bool,
    no_links: bool,
) -> None:
    """Turn a page into markdown that says what it says: no menus, no scripts, links absolute.

    \b
    Examples:
      richresp markdown https://docs.python.org/3/library/json.html --budget 2000
      richresp markdown https://docs.python.org/3/library/json.html --budget 2000 --cursor 8102.64-749963254946018
      richresp markdown saved.html --url https://example.com/article
      curl -s https://example.com/ | richresp markdown - --no-links
    """
    if cursor is not None and budget is None:
        raise click.UsageError("--cursor goes on within a budget: give the same --budget as before")
    page = _page(target, url, web)
    text = from_html(
        page.body,
        url=page.url or None,
        content_type=page.content_type,
        navigation=navigation,
        images=images,
        links=not no_links,
    )
    if budget is not None:
        shaped = shape(str(text), budget=budget, format="markdown", cursor=cursor, counter=counter_named(counter))
        answer(shaped.text)
    else:
        answer(str(text))
    if page.is_cut:
        say("only the first megabyte of the page was read")


def _page(target: str, url: str | None, web: Web) -> Fetched:
    if target == STDIN or is_file(target):
        if url is not None:
            require_url(url, other="")
        body = read_bytes(target)
        if (kind := kind_of(body, None)) is not None and kind != "text":
            raise click.ClickException(f"{target}: not a page but {kind}")
        return Fetched(body, url or "", 200, None)
    if url is not None:
        raise click.UsageError(f"{target}: no such file")
    require_url(target)
    page = fetched(target, web.asking())
    if (kind := kind_of(page.body, page.content_type)) is not None:
        raise NotHTML(url=page.url, content_type=page.content_type or kind)
    return page
