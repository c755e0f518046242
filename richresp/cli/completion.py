"""`richresp completion`: what makes a shell complete commands and options. Click writes it."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command(short_help="Print what completes commands in your shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes SHELL complete the commands and options of richresp, and names of files. In zsh it stands behind compinit.

    \b
    Examples:
      richresp completion bash >> ~/.bashrc
      richresp completion zsh >> ~/.zshrc
      richresp completion fish >> ~/.config/fish/config.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.ClickException(f"{shell}: click knows no completion for it")
    # What bash's own printer asks besides, which version is at hand, is known where the lines are run.
    script = kind(context.find_root().command, {}, "richresp", "_RICHRESP_COMPLETE")
    click.echo(script.source_template % script.source_vars())
