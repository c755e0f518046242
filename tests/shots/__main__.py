"""Draws the pictures of the README from the sample pages, without a network: `python -m tests.shots`, at the root of a checkout.

Needs Chromium, a monospaced font, and port 8000 of this machine, for the address stands in the pictures.
"""

import sys
from contextlib import ExitStack
from pathlib import Path

from PIL import Image

from samples.previews.site import served
from tests.gallery.browser import CHROMIUM
from tests.shots import gallery, terminal

FOLDER = Path("samples/previews")
PORT = 8000
MOST_BYTES = 120_000


def draw(address):
    """Writes both, of the sample pages at this address."""
    for name, shot in (("gallery", gallery.shot), ("terminal", terminal.shot)):
        path = FOLDER / f"{name}.png"
        shot(address).quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
        size = path.stat().st_size
        sys.stdout.write(f"{path} {size:,} bytes\n")
        if size > MOST_BYTES:
            sys.exit(f"{path} is larger than {MOST_BYTES:,} bytes")


if not FOLDER.is_dir():
    sys.exit(f"tests.shots: there is no {FOLDER} here: run it at the root of a checkout")
if CHROMIUM is None:
    sys.exit("tests.shots: there is no Chromium on PATH")
with ExitStack() as stack:
    try:
        address = stack.enter_context(served(PORT))
    except OSError as error:
        sys.exit(f"tests.shots: port {PORT} cannot be had: {error.strerror or error}")
    draw(address)
