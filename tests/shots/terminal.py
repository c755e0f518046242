"""What `richresp preview` draws in a terminal of true colour: its very bytes, cell by cell."""

import re
import subprocess
from contextlib import closing

from PIL import Image, ImageDraw, ImageFont
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

from tests.cli.terminal import Terminal

COLUMNS, ROWS = 84, 40
SIZE, CELL, MARGIN = 15, (9, 19), 20
BLOCKS = {"▀": (0, 0.5), "▄": (0.5, 1), "█": (0, 1)}
_LINK = re.compile(r"\x1b]8;[^\x1b]*\x1b\\")


def drawn(address):
    """What the terminal gets for the sample page."""
    arguments = ("preview", f"{address}/harbour.html", "--allow-private", "--no-cache")
    with closing(Terminal(*arguments, size=(COLUMNS, ROWS), COLORTERM="truecolor")) as terminal:
        said, code = terminal.end()
    assert code == 0, said
    return f"$ richresp {' '.join(arguments[:-1])}\n{said}"


def shot(address):
    """The picture."""
    console = Console(width=COLUMNS, color_system="truecolor", force_terminal=True, legacy_windows=False)
    text = Text.from_ansi(_LINK.sub("", drawn(address)).rstrip("\n"))
    lines = console.render_lines(text, pad=False)
    width, height = COLUMNS * CELL[0] + 2 * MARGIN, len(lines) * CELL[1] + 2 * MARGIN
    picture = Image.new("RGB", (width, height), tuple(DIMMED_MONOKAI.background_color))
    pen = ImageDraw.Draw(picture)
    fonts = {bold: ImageFont.truetype(_font(bold=bold), SIZE) for bold in (False, True)}
    for row, line in enumerate(lines):
        column = 0
        for segment in line:
            column = _write(pen, segment, fonts, column, MARGIN + row * CELL[1])
    return picture


def _write(pen: ImageDraw.ImageDraw, segment: Segment, fonts, column, top):
    """Draws a piece of a line, and gives the column behind it."""
    style = segment.style
    front, back = DIMMED_MONOKAI.foreground_color, None
    if style is not None:
        if style.color is not None and not style.color.is_default:
            front = style.color.get_truecolor(DIMMED_MONOKAI)
        if style.bgcolor is not None and not style.bgcolor.is_default:
            back = style.bgcolor.get_truecolor(DIMMED_MONOKAI)
        if style.dim:
            front = tuple((one + other) // 2 for one, other in zip(front, DIMMED_MONOKAI.background_color, strict=True))
    for char in segment.text:
        left, wide = MARGIN + column * CELL[0], cell_len(char) * CELL[0]
        if back is not None:
            pen.rectangle((left, top, left + wide - 1, top + CELL[1] - 1), tuple(back))
        if char in BLOCKS:
            start, stop = (round(CELL[1] * part) for part in BLOCKS[char])
            pen.rectangle((left, top + start, left + wide - 1, top + stop - 1), tuple(front))
        elif not char.isspace():
            pen.text((left, top), char, tuple(front), fonts[bool(style and style.bold)])
            if style is not None and style.underline:
                pen.line((left, top + CELL[1] - 3, left + wide - 1, top + CELL[1] - 3), tuple(front))
        column += cell_len(char)
    return column


def _font(*, bold):
    wanted = "monospace:bold" if bold else "monospace"
    found = subprocess.run(["fc-match", "-f", "%{file}", wanted], capture_output=True, text=True, check=True)
    return found.stdout
