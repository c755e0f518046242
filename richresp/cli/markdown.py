"""`richresp markdown`: a page as clean markdown, by pages that fit a budget."""

from __future__ import annotations

from typing import Literal

import click

from richresp.cli.fetching import fetched
from richresp.cli.files import FILE
from richresp.cli.inputs import STDIN, decoded, encoding_of, read_bytes
from richresp.cli.manners import answer, remark, say
from richresp.cli.options import Web, budget_option, counter_option, cursor_option, web_options
from richresp.cli.plainly import text_of
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
@budget_option("The most tokens that the output may cost; by default all is shown.")
@cursor_option
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

    A text that is no HTML, as a README.md, is shown as it is, by pages of the budget.

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
    text = text_of(page, target)
    if text is None:
        made = from_html(
            page.body,
            url=page.url or None,
            content_type=page.content_type,
            navigation=navigation,
            images=images,
            links=not no_links,
        )
        shown = str(made)
    else:
        remark(f"{target}: a text, not HTML, which is shown as it is")
        shown = text.removesuffix("\n")
    if budget is not None:
        format_: Literal["markdown", "auto"] = "markdown" if text is None else "auto"
        shown = shape(shown, budget=budget, format=format_, cursor=cursor, counter=counter_named(counter)).text
    answer(shown)
    if page.is_cut:
        say("only the first megabyte of the page was read")


def _page(target: str, url: str | None, web: Web) -> Fetched:
    """The page that is meant.

    Raises:
        click.ClickException: for a file that is neither a page nor a text.
        PreviewError: for a URL where there is none.
    """
    if target == STDIN or is_file(target):
        if url is not None:
            require_url(url, other="")
        body = read_bytes(target)
        if encoding_of(body) == "UTF-32":  # which no browser reads
            body = decoded(body, target).encode()
        page = Fetched(body, url or "", 200, None)
    elif url is not None:
        raise click.UsageError(f"{target}: no such file")
    else:
        require_url(target)
        page = fetched(target, web.asking())
    kind = kind_of(page.body, page.content_type)
    if kind in (None, "text"):
        return page
    if page.url and page.url != url:
        raise NotHTML(url=page.url, content_type=page.content_type or str(kind))
    raise click.ClickException(f"{target}: not a page but {kind}")
