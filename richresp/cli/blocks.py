"""A picture in half blocks, two pixels for each character: the one file that knows rich-pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from richresp.exceptions import MissingExtra
from richresp.limits.cli import LEAST_ROWS, PICTURE_COLUMNS, PICTURE_ROWS, TEXT_ROWS

if TYPE_CHECKING:
    from rich.console import Console
    from rich.segment import Segment


@dataclass(frozen=True, slots=True)
class Blocks:
    """A picture and the room that it has.

    Attributes:
        body: its bytes, of a picture that `richresp.cli.pixels` wrote.
        columns, rows: of characters, at most; its shape is kept, and a smaller one stays as it is.
    """

    body: bytes
    columns: int
    rows: int

    @classmethod
    def on(cls, body: bytes, width: int, height: int) -> Blocks:
        """A picture on a card of so many columns, beside text that needs some of so many rows."""
        rows = max(LEAST_ROWS, min(PICTURE_ROWS, height - TEXT_ROWS))
        return cls(body, min(PICTURE_COLUMNS, width - 2), rows)

    def drawn(self, console: Console) -> Iterator[list[Segment]]:
        """Its rows.

        Raises:
            MissingExtra: without Pillow or rich-pixels.
        """
        check_drawing()
        from PIL import Image
        from rich_pixels import Pixels

        with Image.open(BytesIO(self.body)) as image:
            small = image.convert("RGBA" if image.has_transparency_data else "RGB")
        small.thumbnail((self.columns, 2 * self.rows), Image.Resampling.LANCZOS)
        pixels = Pixels.from_image(small)
        yield from console.render_lines(pixels, console.options.update(width=small.width), pad=False)


def check_drawing() -> None:
    """
    Raises:
        MissingExtra: without Pillow or rich-pixels.
    """
    try:
        import PIL.Image  # noqa: F401
        import rich_pixels  # noqa: F401
    except ImportError as error:
        raise MissingExtra(extra="images") from error
