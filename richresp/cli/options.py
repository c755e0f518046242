"""Options that several commands share: one name, one default, one meaning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from richresp.cli.fetching import Asking, open_cache
from richresp.limits.cli import JOBS
from richresp.limits.links import MAX_CONNECTIONS, MAX_TIMEOUT_SECONDS, TIMEOUT_SECONDS
from richresp.tokens import O200k
from richresp.tokens.families import FACTORS

_Command = TypeVar("_Command", bound=Callable[..., Any])

counter_option = click.option(
    "--counter",
    type=click.Choice((O200k.name, *FACTORS)),
    default=O200k.name,
    show_default=True,
    help="Whose tokens: o200k_base is exact, a family of models is an estimate.",
)

at_option = click.option(
    "--at",
    metavar="JSONPATH",
    help="The one value of the JSON in FILE that is meant, as '$.items' or '$.pages[0].items'; by default all of it.",
)


def budget_option(help_: str) -> Callable[[_Command], _Command]:
    """The option for a budget of tokens; its help says what must be within it."""
    return click.option("--budget", type=click.IntRange(1), metavar="TOKENS", help=help_)


cursor_option = click.option("--cursor", help="Where to go on, from the notice of the page before.")


def _named(_context: click.Context, _option: click.Parameter, path: Path | None) -> Path | None:
    if path is not None and not path.name:  # what is empty is the folder where one is
        raise click.BadParameter("it is empty, and no file has such a name")
    return path


cache_option = click.option(
    "--cache",
    "cache_path",
    type=click.Path(path_type=Path, dir_okay=False, readable=False),
    callback=_named,
    help="The file in which previews are remembered, in place of the one in your cache folder (richresp cache path).",
)


@dataclass(frozen=True, slots=True)
class Web:
    """What was said of how to fetch. A command without an option has its default.

    Attributes:
        timeout, jobs, user_agent, accept_language, allow_private, refresh: as for Asking.
        cache_path: the file to remember in; None for the usual one.
        no_cache: whether nothing is remembered.
    """

    timeout: float
    user_agent: str | None
    accept_language: str | None
    allow_private: bool
    jobs: int = JOBS
    cache_path: Path | None = None
    no_cache: bool = True
    refresh: bool = False

    def asking(self, *, remembers: bool = True) -> Asking:
        """How links are asked for.

        Args:
            remembers: whether there is anything to remember: a saved page is not.

        Raises:
            click.UsageError: for options that contradict each other, and a file that no cache can be in.
        """
        if self.no_cache and self.cache_path is not None:
            raise click.UsageError("--cache and --no-cache: give one of them")
        keeps = remembers and not self.no_cache and (self.cache_path is not None or not self.allow_private)
        return Asking(
            self.timeout,
            self.jobs,
            self.user_agent,
            self.accept_language,
            self.allow_private,
            open_cache(self.cache_path) if keeps else None,
            self.refresh,
        )


def _seconds(context: click.Context, option: click.Parameter, value: float) -> float:
    """What fetches takes no other; it is refused as well where nothing is fetched in the end."""
    if not 0 < value <= MAX_TIMEOUT_SECONDS:
        told = f"{value:g}: give seconds, more than 0 and at most {MAX_TIMEOUT_SECONDS:,.0f}"
        raise click.BadParameter(told, context, option)
    return value


_FETCHES = (
    click.option(
        "--timeout",
        type=float,
        default=TIMEOUT_SECONDS,
        show_default=True,
        callback=_seconds,
        help="Seconds for each page, from the first look-up to the last byte.",
    ),
    click.option(
        "--user-agent", help="richresp (the default), facebook, twitter, browser, or a whole User-Agent value."
    ),
    click.option("--accept-language", help="The languages to ask for, as: de-CH, de;q=0.9, en;q=0.5"),
)
_OPENS = click.option("--allow-private", is_flag=True, help="Let URLs lead to private addresses and to any port.")
_OPENS_DRAFTS = click.option(
    "--allow-private",
    is_flag=True,
    help="Let URLs lead to private addresses and to any port. Such pages are drafts: nothing is remembered without --cache.",
)
_JOBS = click.option(
    "--jobs",
    type=click.IntRange(1, MAX_CONNECTIONS),
    default=JOBS,
    show_default=True,
    help="Links on their way at once.",
)
_REMEMBERS = (
    cache_option,
    click.option("--no-cache", is_flag=True, help="Remember nothing, and use nothing that is remembered."),
    click.option("--refresh", is_flag=True, help="Ask the servers anew, and remember what they say."),
)


def web_options(*, previews: bool) -> Callable[[_Command], _Command]:
    """Gives a command the options of whatever fetches, as one argument: `web`.

    Args:
        previews: whether it shows previews, of which there may be many, and which are remembered.
    """
    options = (_JOBS, *_FETCHES, _OPENS_DRAFTS, *_REMEMBERS) if previews else (*_FETCHES, _OPENS)

    def give(command: _Command) -> _Command:
        @wraps(command)
        def called(*arguments: Any, **told: Any) -> Any:
            web = Web(**{name: told.pop(name) for name in Web.__dataclass_fields__ if name in told})
            return command(*arguments, **told, web=web)

        for option in reversed(options):
            option(called)
        return called  # type: ignore[return-value]

    return give
