"""Commands that have others below them: called alone they show their help, on standard error, for nothing was answered."""

from __future__ import annotations

import click


class Group(click.Group):
    """A group whose help is a wrong call's answer."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(2)
        return super().parse_args(ctx, args)
