"""Draws the pictures of the README from the sample pages, without a network: `python -m tests.shots`, at the root of a checkout.

Needs Chromium and a monospaced font.
"""

import sys
from pathlib import Path

from PIL import Image

from tests.shots import gallery, terminal

FOLDER = Path("samples/previews")
MOST_BYTES = 150_000

for name, shot in (("gallery", gallery.shot), ("terminal", terminal.shot)):
    path = FOLDER / f"{name}.png"
    shot().quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    sys.stdout.write(f"{path} {size:,} bytes\n")
    if size > MOST_BYTES:
        sys.exit(f"{path} is larger than {MOST_BYTES:,} bytes")
