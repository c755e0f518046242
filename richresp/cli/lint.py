"""`richresp lint`: what hosts would not take of a manifest, an OpenAPI document or a tool list, and what it costs."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Literal

import click

from richresp.cli.documents import Rim
from richresp.cli.files import FILE
from richresp.cli.manners import answer, is_coloured
from richresp.cli.options import Web, budget_option, counter_option, web_options
from richresp.hosts.lint import PROFILES, Report, named_in, show
from richresp.hosts.lint import lint as lint_document
from richresp.hosts.lint.model import Severity
from richresp.tokens import counter as counter_named


@click.command(short_help="Check a manifest, an OpenAPI document or MCP tools, and count their tokens.")
@click.argument("target", metavar="FILE|URL", type=FILE)
@click.option(
    "--openapi", metavar="FILE", type=FILE, help="The OpenAPI document, instead of the one that the manifest names."
)
@click.option(
    "--profile", type=click.Choice(list(PROFILES)), help="The host whose lengths hold; by default all that apply."
)
@budget_option("The most tokens that may stand in every conversation.")
@click.option("--strict", is_flag=True, help="Fail for warnings as well.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Lines and a table, or all that is known as JSON.",
)
@web_options(previews=False)
@counter_option
@click.pass_context
def lint(
    context: click.Context,
    target: str,
    openapi: str | None,
    profile: str | None,
    budget: int | None,
    format_: Literal["text", "json"],
    web: Web,
    counter: str,
    *,
    strict: bool,
) -> None:
    """Check what a host reads: ai-plugin.json (2023, or of Microsoft 365), OpenAPI, or an MCP tools/list, as JSON or YAML.

    Says what hosts refuse or leave unread, and what stands in every conversation, in tokens. The exit code is 1 where there
    is an error, with --strict also where there is a warning.

    \b
    Examples:
      richresp lint ai-plugin.json
      richresp lint ai-plugin.json --openapi openapi.yaml --budget 1500
      richresp lint https://example.com/.well-known/ai-plugin.json --profile chatgpt-plugins
      richresp lint openapi.yaml --profile gpt-actions --strict
      richresp lint tools.json --counter claude --format json
    """
    count, rim = counter_named(counter), Rim(web.asking())
    document, url = rim.first(target)
    beside = dict(rim.beside(named_in(document), target=target, url=url, openapi=openapi))
    report = lint_document(document, beside=beside, url=url, profile=profile, counter=count, budget=budget)
    if format_ == "json":
        answer(_json(report, target))
    elif is_coloured(sys.stdout):
        click.echo(show(report, name=target, mark=_mark), color=True)
    else:
        answer(show(report, name=target))
    if not report.ok or (strict and report.count("warning")):
        context.exit(1)


def _mark(severity: Severity) -> str:
    return click.style(severity, fg=_COLORS.get(severity))


_COLORS = {"error": "red", "warning": "yellow"}


def _json(report: Report, target: str) -> str:
    """All in ASCII: what a document holds is obeyed by no terminal."""
    return json.dumps({"document": target, "ok": report.ok, **asdict(report)}, indent=2)
