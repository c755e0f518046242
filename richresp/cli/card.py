"""A preview as a card: a bar on the left, as chat windows draw it, and no border on the right.

Terminals do not agree on how wide emoji, CJK and right-to-left text are, and some turn a line around: a bar on one side stays
where it is whatever they do. Text goes in as text, never as rich's own markup, and is clean before it comes here.

A terminal gets hyperlinks and as many columns as it has, up to a width that reads well. Colour is for bars, marks and images
alone: text has that of the terminal, which can be read on light and dark. A pipe gets the same lines without any of it, 80
columns wide, with addresses in one piece.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Literal, TextIO

from rich.console import Console
from rich.segment import Segment, Segments
from rich.text import Text

from richresp.cli.blocks import Blocks
from richresp.cli.manners import columns, is_coloured, is_terminal
from richresp.links.model import Preview

MAX_COLUMNS = 88
"""Of text: longer lines are hard to read."""

LEAST_COLUMNS = 10
"""Of a narrower terminal, where a word of a script that is two columns wide has four characters a row beside the bar."""

_BARS = ("▎", "|")
_LINK = re.compile(r"\x1b\]8;id=[^;\x1b]*;([^\x1b]+)")  # rich numbers them by chance


@dataclass(frozen=True, slots=True)
class Canvas:
    """What is drawn on.

    Attributes:
        width: in columns.
        coloured: whether there are colours and hyperlinks.
        folds: whether long addresses are folded, for somebody looks at them.
        bar: what stands on the left.
    """

    width: int
    coloured: bool
    folds: bool
    bar: str

    @classmethod
    def of(cls, stream: TextIO, *, most: int = MAX_COLUMNS) -> Canvas:
        """That of a stream, of at most so many columns."""
        terminal = is_terminal(stream)
        try:
            _BARS[0].encode(stream.encoding or "ascii")
            bar = _BARS[0]
        except UnicodeEncodeError:
            bar = _BARS[1]
        return cls(max(LEAST_COLUMNS, min(most, columns(stream))), is_coloured(stream), terminal, bar)

    @property
    def is_unicode(self) -> bool:
        """Whether it takes bars and lines that ASCII has not."""
        return self.bar == _BARS[0]

    @property
    def no_blocks(self) -> str | None:
        """Why no image can be drawn, if so."""
        if not self.coloured:
            return "there are no colours here; --color always draws them"
        if color_system() == "standard":
            return "the terminal says that it has 16 colours; COLORTERM=truecolor tells of more"
        return None if self.is_unicode else "the output takes no half blocks; PYTHONIOENCODING=utf-8 lets them through"

    def console(self) -> Console:
        """What makes text of a drawing."""
        return Console(
            file=StringIO(),
            width=self.width,
            force_terminal=self.coloured,
            no_color=not self.coloured,
            color_system=color_system() if self.coloured else None,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )


def color_system() -> Literal["standard", "256", "truecolor"]:
    """How many colours a terminal has, by its variables; one that does not say has 16."""
    term, promised = os.environ.get("TERM", ""), os.environ.get("COLORTERM", "").lower()
    if promised in ("truecolor", "24bit") or term.endswith("-direct"):
        return "truecolor"
    return "256" if term.endswith("-256color") else "standard"


def card(
    preview: Preview,
    canvas: Canvas,
    *,
    blocks: Blocks | None = None,
    notes: tuple[str, ...] = (),
    footer: str | None = None,
) -> str:
    """A card, and below it what its maker should know.

    Args:
        preview: what is drawn.
        canvas: what is drawn on.
        blocks: its image.
        notes: what went wrong besides what the preview warns of.
        footer: what is to be said of it besides.
    """
    console = canvas.console()
    address = preview.url or preview.final_url
    lines: list[Text | Blocks] = []
    if preview.site_name:
        lines.append(Text(preview.site_name, style="dim"))
    if preview.title:
        lines.append(Text(preview.title, style=f"bold link {address}"))
    if preview.description:
        lines.append(Text(preview.description))
    if blocks is not None:
        lines.append(blocks)
    elif preview.image:
        lines.append(_address(f"image {preview.image}", preview.image, "dim", canvas))
    lines.append(_address(address, address, "underline", canvas))
    _draw(console, lines, canvas, "cyan")
    for warning in (*preview.warnings, *notes):
        _hang(console, "! ", warning, canvas)
    if footer is not None:
        console.print(Text(footer, style="dim"))
    return written(console)


def failure(message: str, canvas: Canvas) -> str:
    """The place of a card that there is none of."""
    console = canvas.console()
    _draw(console, [Text("no preview", style="bold"), Text(message, overflow="fold")], canvas, "red")
    return written(console)


def _address(text: str, url: str, style: str, canvas: Canvas) -> Text:
    return Text(text, style=f"{style} link {url}".strip(), overflow="fold" if canvas.folds else "ignore")


def _draw(console: Console, lines: list[Text | Blocks], canvas: Canvas, color: str) -> None:
    """Prints lines with the bar beside them."""
    bar = Text.assemble((f"{canvas.bar} ", color))
    for line in lines:
        for row in _rows(console, line, canvas.width - len(bar)):
            if isinstance(row, Text):
                console.print(bar + row, soft_wrap=True)
            else:
                console.print(Segments([*bar.render(console), *Segment.simplify(row), Segment.line()]), end="")


def _rows(console: Console, line: Text | Blocks, width: int) -> Iterator[Text | list[Segment]]:
    if isinstance(line, Blocks):
        yield from line.drawn(console)
    elif line.overflow == "ignore":
        yield line
    else:
        for row in line.wrap(console, width):
            row.rstrip()
            yield row


def _hang(console: Console, mark: str, text: str, canvas: Canvas) -> None:
    """A line with a mark before it, whose further rows stand below its text."""
    for number, row in enumerate(Text(text).wrap(console, canvas.width - len(mark))):
        row.rstrip()
        console.print(Text.assemble((mark if number == 0 else " " * len(mark), "bold yellow")) + row, soft_wrap=True)


def written(console: Console) -> str:
    """What a console of a canvas was given. Links are numbered by their addresses, so that the same input gives the same
    bytes, and the rows of a link are one."""
    file = console.file
    numbers: dict[str, int] = {}
    text = file.getvalue() if isinstance(file, StringIO) else ""
    return _LINK.sub(lambda link: f"\x1b]8;id={numbers.setdefault(link[1], len(numbers) + 1)};{link[1]}", text)
