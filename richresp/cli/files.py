"""What is typed where a command takes a file: anything is accepted, a URL and `-` as well, and a shell completes file names."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem
from click.types import StringParamType


class FileName(StringParamType):
    """The name of a file, as it is given."""

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """That names of files fit. Which there are, the shell knows itself."""
        return [CompletionItem(incomplete, type="file")]


FILE = FileName()
