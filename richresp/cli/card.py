"""A preview as a card in the terminal: the one file that knows rich. Text goes in as text, never as rich's own markup."""

from __future__ import annotations

from rich.box import ROUNDED
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from richresp.links import Preview

_WIDTH = 78
_LEAST_WIDTH = 20


def draw(preview: Preview) -> None:
    """Prints the card, then what its maker should know."""
    console = Console(highlight=False)
    address = preview.url or preview.final_url
    lines: list[RenderableType] = [Text(preview.title or address, style=f"bold link {address}")]
    if preview.description:
        lines.append(Text(preview.description))
    if preview.image:
        lines.append(Text(f"image  {preview.image}", style=f"dim link {preview.image}", overflow="fold"))
    lines.append(Text(address, style=f"blue link {address}", overflow="fold"))
    width = max(_LEAST_WIDTH, min(_WIDTH, console.width))
    title = Text(preview.site_name or "", style="cyan", overflow="ellipsis")
    console.print(Panel(Group(*lines), title=title, title_align="left", box=ROUNDED, width=width))
    for warning in preview.warnings:
        console.print(Text(f"- {warning}", style="yellow"), width=width)
