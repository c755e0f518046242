"""The pictures of the sample pages, drawn when they are asked for: wide, tall, large, see-through. They need the extra `images`."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

NIGHT, SEA, SAND, RUST, LAMP = "#12233f", "#2c5f78", "#e8dcc3", "#c4472f", "#f4b942"


def harbour() -> bytes:
    """A yellow crane before a grey sky, 1200 x 630."""
    image = Image.linear_gradient("L").resize((1200, 630))
    image = Image.composite(Image.new("RGB", image.size, "#dfe3e4"), Image.new("RGB", image.size, "#97a6ad"), image)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 500, 1200, 630), fill=SEA)
    for x in range(0, 1200, 60):
        draw.arc((x, 510 + x % 90, x + 70, 540 + x % 90), 200, 340, fill="#4b8299", width=4)
    draw.rectangle((0, 460, 1200, 505), fill="#4a4a4f")
    for row in range(4):
        for column in range(7 - row):
            left, top = 40 + column * 86 + row * 30, 410 - row * 52
            draw.rectangle((left, top, left + 80, top + 48), fill=(RUST, SEA, "#6f7f45", SAND)[(row + column) % 4])
    for x in (790, 1010):
        draw.line((x, 460, 900, 130), fill=LAMP, width=20)
    draw.line((560, 190, 1170, 130), fill=LAMP, width=24)
    draw.line((900, 60, 600, 186), fill=LAMP, width=8)
    draw.line((900, 60, 1150, 132), fill=LAMP, width=8)
    draw.rectangle((860, 140, 945, 215), fill="#f7c95c", outline=NIGHT, width=5)
    draw.line((640, 190, 640, 300), fill=NIGHT, width=5)
    draw.rectangle((600, 300, 680, 346), fill=RUST)
    return _written(image, "JPEG")


def poster() -> bytes:
    """A tall poster with red stripes, 420 x 1400."""
    image = Image.new("RGB", (420, 1400), SAND)
    draw = ImageDraw.Draw(image)
    for y in range(0, 1400, 140):
        draw.polygon(((0, y), (420, y - 90), (420, y - 30), (0, y + 60)), fill=RUST)
    draw.ellipse((70, 560, 350, 840), fill=NIGHT)
    draw.ellipse((150, 640, 270, 760), fill=LAMP)
    return _written(image, "JPEG")


def panorama() -> bytes:
    """Roofs at dawn, 1800 x 260."""
    image = Image.new("RGB", (1800, 260), "#f2c9a1")
    draw = ImageDraw.Draw(image)
    draw.ellipse((840, 60, 1020, 240), fill=LAMP)
    for x in range(0, 1800, 100):
        height = 80 + (x * 37) % 90
        draw.rectangle((x, 260 - height, x + 92, 260), fill=(NIGHT, "#3b3355", RUST)[x // 100 % 3])
        draw.pieslice((x + 16, 260 - height - 30, x + 76, 260 - height + 30), 180, 360, fill=SEA)
    return _written(image, "PNG")


def box() -> bytes:
    """A lunch box with nothing around it, 240 x 240."""
    image = Image.new("RGBA", (240, 240), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((14, 44, 226, 196), 24, fill=NIGHT)
    draw.rounded_rectangle((28, 58, 116, 182), 12, fill="#fbfaf5")
    draw.ellipse((60, 108, 84, 132), fill=RUST)
    draw.rounded_rectangle((126, 58, 212, 114), 12, fill=LAMP)
    draw.rounded_rectangle((126, 124, 212, 182), 12, fill="#6f7f45")
    return _written(image, "PNG")


def _written(image: Image.Image, kind: str) -> bytes:
    kept = BytesIO()
    image.save(kept, kind)
    return kept.getvalue()


PICTURES: dict[str, Callable[[], bytes]] = {
    "/pictures/berth-nine.jpg": harbour,
    "/pictures/plakat.jpg": poster,
    "/pictures/panorama.png": panorama,
    "/pictures/bento.png": box,
}
"""By the path that the pages name."""
