"""What `richresp gallery` writes of a sample page, as a browser shows it: one whole link, as wide as a README."""

import io
import tempfile
from pathlib import Path

from PIL import Image

from richresp.cli import main
from tests.gallery.browser import browsing

OPTIONS = ("--audit", "--allow-private")
WIDTH = 900


def shot(address):
    """The picture."""
    with tempfile.TemporaryDirectory() as place, browsing() as tab:
        page = Path(place, "cards.html")
        code = main(["gallery", f"{address}/harbour.html", *OPTIONS, "-o", str(page)])
        assert code == 0
        tab.open(page.as_uri(), width=WIDTH, theme="light")
        return Image.open(io.BytesIO(tab.shot())).convert("RGB")
