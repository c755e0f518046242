"""How far a long call is, on standard error: only where that is a terminal, and never in the way of an answer."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from richresp.cli.manners import is_coloured, is_terminal, manners

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Bar:
    """A bar that is drawn when something is done, and gives way to what is printed meanwhile."""

    def __init__(self, progress: Progress | None = None, task: TaskID | None = None) -> None:
        self._progress = progress
        self._task = task
        self._failed = 0

    def done(self, failed: bool) -> None:  # noqa: FBT001 - the one thing there is to say
        """One more is done."""
        if self._progress is not None and self._task is not None:
            self._failed += failed
            told = f"{self._failed} failed" if self._failed else ""
            self._progress.update(self._task, advance=1, failed=told, refresh=True)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """While something is printed: the bar is not there."""
        if self._progress is None:
            yield
            return
        self._progress.stop()
        try:
            yield
        finally:
            sys.stdout.flush()
            self._progress.start()


@contextmanager
def progress_bar(total: int) -> Iterator[Bar]:
    """A bar for so many, gone at the end."""
    if total < 2 or manners().quiet or not is_terminal(sys.stderr):
        yield Bar()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True, no_color=not is_coloured(sys.stderr), highlight=False)
    parts = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[failed]}", markup=False))
    progress = Progress(
        *parts, console=console, transient=True, auto_refresh=False, redirect_stdout=False, redirect_stderr=False
    )
    with progress:
        yield Bar(progress, progress.add_task("", total=total, failed=""))
