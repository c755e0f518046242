"""Pictures for tests, and what is seen in one."""

import io

import numpy as np
from PIL import Image

RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 200, 20), (20, 20, 220), (250, 250, 250)


def written(image, kind, **options):
    kept = io.BytesIO()
    image.save(kept, kind, **options)
    return kept.getvalue()


def quarters(width=400, height=200):
    """Red and green above blue and white, so that no turn looks like another."""
    pixels = np.zeros((height, width, 3), dtype=np.uint8)
    pixels[: height // 2, : width // 2], pixels[: height // 2, width // 2 :] = RED, GREEN
    pixels[height // 2 :, : width // 2], pixels[height // 2 :, width // 2 :] = BLUE, WHITE
    return pixels


def corners(picture):
    image = Image.open(io.BytesIO(picture.body)).convert("RGB")
    width, height = image.size
    return [image.getpixel((width * x // 4, height * y // 4)) for y in (1, 3) for x in (1, 3)]


def near(one, other):
    return all(
        abs(a - b) < 12 for pixel, like in zip(one, other, strict=True) for a, b in zip(pixel, like, strict=True)
    )


QUARTERS = Image.fromarray(quarters())
KINDS = {kind: written(QUARTERS, kind) for kind in ("PNG", "JPEG", "GIF", "WEBP")}
