"""What is shown of a link: a card or one of the other formats, on standard output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

import click

from richresp.cli.ages import ago
from richresp.cli.fetching import Asking, Told
from richresp.cli.formats import Writer
from richresp.cli.manners import is_terminal, manners, rows, shown
from richresp.cli.targets import Saved
from richresp.exceptions import PreviewError

if TYPE_CHECKING:
    from richresp.cli.blocks import Blocks
    from richresp.cli.explain import Report


class Show:
    """Shows results.

    Args:
        name: of the format.
        asking: how links are asked for, for their images.
        several: whether they are a list, be it of one.
        draws: whether images are drawn.
    """

    def __init__(
        self,
        name: Literal["terminal", "json", "ndjson", "markdown", "html", "meta"],
        asking: Asking,
        *,
        several: bool,
        draws: bool,
    ) -> None:
        self._writer = None if name == "terminal" else Writer(name, several=several)
        self._asking = asking
        self._draws = draws
        self._count = 0

    def one(self, told: Told) -> None:
        """Shows what came of a link."""
        if self._writer is not None:
            self._writer.write(told.url, told.result)
        else:
            self._print(self._card(told))

    def saved(self, page: Saved, *, explain: bool) -> None:
        """Shows a page that is here."""
        if explain:
            from richresp.cli.explain import report

            self.explained(report(page.body, page.url))
        else:
            from richresp.links import extract

            self.one(Told(page.url, extract(page.body, url=page.url)))

    def explained(self, found: Report) -> None:
        """Shows why a page's card is as it is."""
        from richresp.cli.card import Canvas
        from richresp.cli.explain import told

        if self._writer is not None:
            self._writer.write_values(found.values())
        else:
            self._print(told(found, Canvas.of(sys.stdout)))

    def end(self) -> None:
        """Ends what was begun."""
        if self._writer is not None:
            self._writer.end()

    def _card(self, told: Told) -> str:
        from richresp.cli.card import Canvas, card, color_system, failure
        from richresp.cli.drawing import blocks_of

        canvas = Canvas.of(sys.stdout)
        if isinstance(told.result, PreviewError):
            return failure(shown(str(told.result)), canvas)
        looked_at = is_terminal(sys.stdout) and not manners().quiet
        footer = f"from {ago(told.age)} (--refresh asks again)" if told.age is not None and looked_at else None
        blocks: Blocks | None = None
        notes: tuple[str, ...] = ()
        if self._draws and told.result.image is not None and color_system() != "standard":
            blocks, notes = blocks_of(told.result.image, self._asking, canvas.width, rows(sys.stdout))
        return card(told.result, canvas, blocks=blocks, notes=notes, footer=footer)

    def _print(self, text: str) -> None:
        click.echo(f"{chr(10) if self._count else ''}{text}", nl=False, color=True)
        self._count += 1
