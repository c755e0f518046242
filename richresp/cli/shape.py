"""`richresp shape`: a JSON payload as a handler would return it, or where its tokens go."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Literal, TypeVar

import click
from click.core import ParameterSource

from richresp.cli.files import FILE
from richresp.cli.manners import answer, columns, is_coloured, is_terminal, say
from richresp.cli.options import at_option, budget_option, counter_option, cursor_option
from richresp.cli.parsing import read_json, read_payload
from richresp.cli.wording import cured
from richresp.exceptions import UsageError
from richresp.profiles import PROFILES
from richresp.shaping import TokenTree
from richresp.shaping import explain as explain_payload
from richresp.shaping import shape as shape_payload
from richresp.shaping.formats import FORMATS, Format
from richresp.tokens import counter as counter_named

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _paths(name: str, help_: str) -> Callable[[_Command], _Command]:
    return click.option(name, multiple=True, metavar="JSONPATH", help=f"{help_} May be given more than once.")


@click.command(short_help="Trim a JSON payload to a token budget.")
@click.argument("file", type=FILE)
@at_option
@budget_option("The most tokens that the output may cost.")
@click.option("--chars", type=click.IntRange(1), help="The most characters that the output may have.")
@click.option("--bytes", "bytes_", type=click.IntRange(1), help="The most bytes that the output may have.")
@click.option("--profile", type=click.Choice(list(PROFILES)), help="A host whose caps hold as well.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="auto",
    show_default=True,
    help="auto is markdown where a list is a table that costs at least a tenth less than its JSON, as its first records tell; for"
    " JSON that is one text what that looks like, markdown or text; else JSON.",
)
@click.option("--fold-constant", is_flag=True, help="Tell columns of a table that never change once, above it.")
@click.option(
    "--strategy",
    type=click.Choice(["head", "tail", "spread"]),
    default="head",
    show_default=True,
    help="Which items of a list are shown.",
)
@_paths("--keep", "What is shown as soon as anything of its record is.")
@_paths("--drop", "What is never shown.")
@_paths("--drop-order", "What goes first.")
@click.option(
    "--notice",
    type=click.Choice(["inline", "aside"]),
    default="inline",
    show_default=True,
    help="Say in the output what is missing, or on standard error.",
)
@click.option(
    "--schema", metavar="FILE", help="A JSON Schema that the output has to fit; then it is JSON, the notice aside."
)
@cursor_option
@click.option(
    "--explain", is_flag=True, help="Show where the tokens of the payload go before it is shaped, and nothing else."
)
@click.option(
    "--compare",
    is_flag=True,
    help="Show what the payload costs in each format, and how much of it fits, and nothing else.",
)
@counter_option
@click.pass_context
def shape(
    context: click.Context,
    file: str,
    at: str | None,
    budget: int | None,
    chars: int | None,
    bytes_: int | None,
    profile: str | None,
    format_: Format,
    strategy: Literal["head", "tail", "spread"],
    keep: tuple[str, ...],
    drop: tuple[str, ...],
    drop_order: tuple[str, ...],
    notice: Literal["inline", "aside"],
    schema: str | None,
    cursor: str | None,
    counter: str,
    *,
    explain: bool,
    compare: bool,
    fold_constant: bool,
) -> None:
    """Trim the JSON in FILE, or standard input for `-`, to a token budget. A file whose lines are JSON (NDJSON) is a list of them.

    \b
    Examples:
      richresp shape answer.json --budget 800
      richresp shape answer.json --explain
      richresp shape answer.json --compare --budget 800
      richresp shape answer.json --budget 800 --at '$.items' --format csv
      richresp shape answer.json --budget 800 --format markdown --fold-constant
      richresp shape answer.json --budget 800 --drop '$..embedding' --drop-order '$..description'
      richresp shape answer.json --budget 800 --cursor 12-483920174839201
      curl -s https://api.example.com/items | richresp shape - --profile claude-code --notice aside
    """
    count = counter_named(counter)
    if explain and compare:
        raise click.UsageError("--explain and --compare: give one of them")
    if explain:
        _leave(context, "--explain shows the payload as it is", _EXPLAINED)
        _explain(explain_payload(read_payload(file, at), counter=count))
        return
    caps = {unit: cap for unit, cap in (("tokens", budget), ("chars", chars), ("bytes", bytes_)) if cap is not None}
    options: dict[str, Any] = {
        "strategy": strategy,
        "keep": keep,
        "drop": drop,
        "drop_order": drop_order,
        "notice": notice,
        "counter": count,
        "fold_constant": fold_constant,
    }
    if compare:
        _leave(context, "--compare shows all formats", frozenset(context.params) - {"format_", "cursor", "schema"})
        _compare(read_payload(file, at), caps, profile, options)
        return
    if not caps and profile is None:
        raise UsageError("say how much may be shown: give --budget, --chars, --bytes or --profile")
    result = shape_payload(
        read_payload(file, at),
        budget=caps or None,
        profile=profile,
        format=format_,
        cursor=cursor,
        schema=None if schema is None else _schema(schema),
        **options,
    )
    answer(result.text)
    if (notice == "aside" or schema is not None) and result.notice is not None:
        say(result.notice)


def _schema(name: str) -> dict[str, Any] | bool:
    """The schema of a file.

    Raises:
        click.UsageError: for what is none.
    """
    value = read_json(name)
    if not isinstance(value, (dict, bool)):
        raise click.UsageError(f"--schema {name}: no JSON Schema, which is an object, true or false")
    return value


_EXPLAINED = frozenset(("file", "at", "explain", "compare", "counter"))


def _leave(context: click.Context, reason: str, meant: frozenset[str]) -> None:
    """Refuses options that say nothing there.

    Raises:
        click.UsageError: if any was given.
    """
    given = [
        option.opts[0] for option in context.command.params
        if option.expose_value and option.name not in meant
        and context.get_parameter_source(str(option.name)) is ParameterSource.COMMANDLINE
    ]  # fmt: skip
    if given:
        raise click.UsageError(f"{reason}: leave {' and '.join(given)} out")


def _explain(tree: TokenTree) -> None:
    if is_coloured(sys.stdout):
        from richresp.cli.tree import coloured_tree

        click.echo(coloured_tree(tree, sys.stdout), nl=False, color=True)
    else:
        answer(cured(str(tree)))


def _compare(payload: Any, caps: dict[str, int], profile: str | None, options: dict[str, Any]) -> None:
    from richresp.cli.compared import compared_text
    from richresp.cli.comparing import compare

    found, taken = compare(payload, caps, profile, **options)
    width = columns(sys.stdout) if is_terminal(sys.stdout) else None
    click.echo(compared_text(found, taken, coloured=is_coloured(sys.stdout), width=width), color=True)
