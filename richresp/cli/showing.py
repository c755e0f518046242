"""What is shown of a link: a card or one of the other formats, on standard output."""

from __future__ import annotations

import sys
from collections import deque
from typing import TYPE_CHECKING, Literal

import click

from richresp.cli.ages import ago
from richresp.cli.fetching import Asking, Told
from richresp.cli.formats import Writer
from richresp.cli.manners import is_terminal, manners, remark, rows, shown
from richresp.cli.targets import Saved
from richresp.exceptions import MissingExtra, PreviewError

if TYPE_CHECKING:
    from richresp.cli.drawing import Images
    from richresp.cli.explain import Report


class Show:
    """Shows results, each as soon as its image is there and those before it are shown.

    Args:
        name: of the format.
        asking: how links are asked for, for their images.
        several: whether they are a list, be it of one.
        draws: whether images are drawn, where that can be.
        insists: whether it is told where they cannot.
    """

    def __init__(
        self,
        name: Literal["terminal", "json", "ndjson", "markdown", "html", "meta"],
        asking: Asking,
        *,
        several: bool,
        draws: bool,
        insists: bool = False,
    ) -> None:
        self._writer = None if name == "terminal" else Writer(name, several=several)
        self._asking = asking
        self._several = several
        self._draws = draws
        self._insists = insists
        self._images: Images | None = None
        self._waiting: deque[tuple[Told, str | None]] = deque()
        self._count = 0

    def one(self, told: Told) -> None:
        """Shows what came of a link."""
        if self._writer is not None:
            self._writer.write(told.url, told.result)
        else:
            self._waiting.append((told, self._begun(told)))
            self._show_those_there(all_of_them=not self._several)

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
        """Shows what is still waited for, and ends what was begun."""
        if self._writer is not None:
            self._writer.end()
        else:
            self._show_those_there(all_of_them=True)

    def _begun(self, told: Told) -> str | None:
        """The image of a result that is on its way from now on, if it is drawn."""
        if isinstance(told.result, PreviewError) or told.result.image is None:
            return None
        if self._draws or self._insists:
            self._draws = self._can_draw()
        if not self._draws:
            return None
        if self._images is None:
            from richresp.cli.drawing import Images

            self._images = Images(self._asking)
            click.get_current_context().call_on_close(self._images.close)
        self._images.begin(told.result.image)
        return told.result.image

    def _can_draw(self) -> bool:
        """Whether images can be drawn; why not is told once, to those who ask for them or could have them."""
        from richresp.cli.blocks import check_drawing
        from richresp.cli.card import Canvas

        insists, self._insists = self._insists, False
        reason = Canvas.of(sys.stdout).no_blocks
        if reason is not None:
            if insists:
                remark(f"no image is drawn: {reason}")
            return False
        try:
            check_drawing()
        except MissingExtra as error:
            remark(f"{error}, to see images; --no-image does without")
            return False
        return True

    def _show_those_there(self, *, all_of_them: bool) -> None:
        while self._waiting:
            told, image = self._waiting[0]
            if image and self._images and not (all_of_them or self._images.is_there(image)):
                return
            self._print(self._card(told, image))
            self._waiting.popleft()

    def _card(self, told: Told, image: str | None) -> str:
        from richresp.cli.card import Canvas, card, failure

        canvas = Canvas.of(sys.stdout)
        if isinstance(told.result, PreviewError):
            return failure(shown(str(told.result)), canvas)
        looked_at = is_terminal(sys.stdout) and not manners().quiet
        footer = f"from {ago(told.age)} (--refresh asks again)" if told.age is not None and looked_at else None
        if image is None or self._images is None:
            return card(told.result, canvas, footer=footer)
        from richresp.cli.blocks import Blocks
        from richresp.cli.drawing import notes_of

        drawn = self._images.wait(image)
        blocks = None if drawn.picture is None else Blocks.on(drawn.picture.body, canvas.width, rows(sys.stdout))
        return card(told.result, canvas, blocks=blocks, notes=notes_of(drawn), footer=footer)

    def _print(self, text: str) -> None:
        click.echo(f"{chr(10) if self._count else ''}{text}", nl=False, color=True)
        self._count += 1
