"""The bytes of a picture as a small one that is safe to keep: the one file that decodes pictures.

Formats are those that hosts document for cards: PNG, JPEG, GIF (the first frame) and WebP, told by the first bytes whatever a
header says. A decoder sees only what the pixels need, and what it would hold and go over is counted before any is decoded. What
goes out is upright, scaled down, and written anew: a JPEG, or a PNG where something shows through, without metadata of the
original.
"""

from __future__ import annotations

import re
import threading
import warnings
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from richresp.cli.bare import Bare, bare
from richresp.exceptions import MissingExtra
from richresp.gallery import Picture
from richresp.limits.pictures import (
    BAND_PIXELS,
    MAX_DECODER_BYTES,
    MAX_KEPT_BYTES,
    MAX_PARTS,
    MAX_PICTURE_PIXELS,
    MAX_PICTURE_SIDE,
    MAX_SCANNED_PIXELS,
    MAX_SCANS,
    PICTURE_BOX,
    PICTURE_QUALITY,
)
from richresp.links.media import kind_of

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = {
    "PNG": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "JPEG": re.compile(rb"\xff\xd8\xff"),
    "GIF": re.compile(rb"GIF8[79]a"),
    "WEBP": re.compile(rb"RIFF[\s\S]{4}WEBPVP"),
}
# What turns a picture upright, by its orientation: Image.Transpose of FLIP_LEFT_RIGHT, ROTATE_180, FLIP_TOP_BOTTOM,
# TRANSPOSE, ROTATE_270, TRANSVERSE and ROTATE_90, whose numbers stand here because Pillow is loaded late.
_UPRIGHT = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
_LYING = (5, 6, 7, 8)
_WEBP_BYTES = 16  # a pixel: two canvases of the decoder, what it gives out, and the picture
_PILLOW = r"PIL(\.|$)"
_DECODING = threading.Lock()  # one at a time: the filters of warnings are the process's


class Drawn(NamedTuple):
    """What came of the bytes or the address of a picture: the picture, or why there is none."""

    picture: Picture | None
    reason: str | None = None


def is_drawing() -> bool:
    """Whether pictures can be decoded here: the extra `images` is installed."""
    try:
        import PIL.Image  # noqa: F401
    except ImportError:
        return False
    return True


def picture_of(body: bytes, *, box: tuple[int, int] = PICTURE_BOX) -> Drawn:
    """A picture within so many pixels, or why there is none; no bytes raise an error.

    Args:
        body: as sent, all of it.
        box: width and height in pixels that it is scaled down into, its shape kept. A smaller one stays as it is.

    Raises:
        MissingExtra: without Pillow.
    """
    name = next((name for name, opening in _FORMATS.items() if opening.match(body)), None)
    if name is None:
        return Drawn(None, _unknown(body))
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError as error:
        raise MissingExtra(extra="images") from error
    left = bare(body, name)
    if left.body is None:
        return Drawn(None, f"the {name} has more than {MAX_PARTS:,} parts")
    try:
        with _DECODING, warnings.catch_warnings():
            warnings.filterwarnings("error", module=_PILLOW)
            with Image.open(BytesIO(left.body), formats=(name,)) as opened:
                reason = _too_much(opened, left)
                return Drawn(None, reason) if reason else Drawn(_kept(opened, box, left.orientation))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Drawn(None, "it has more pixels than are decoded")
    except UnidentifiedImageError:
        return Drawn(None, f"not the {name} that it begins as")
    except Exception:  # noqa: BLE001 - decoders raise whatever they meet in broken bytes
        return Drawn(None, f"the {name} is broken")


def _unknown(body: bytes) -> str:
    if not body:
        return "the answer is empty"
    kind = kind_of(body, None)
    return "a picture of a format that is not drawn" if kind == "image" else f"not a picture but {kind or 'a page'}"


def _too_much(opened: Image, left: Bare) -> str | None:
    """Why a picture is not decoded, by what it says of itself."""
    pixels = opened.width * opened.height
    if pixels > MAX_PICTURE_PIXELS or max(opened.size) > MAX_PICTURE_SIDE:
        return f"{opened.width} x {opened.height} pixels are more than are decoded"
    if left.scans > MAX_SCANS or left.scans * pixels > MAX_SCANNED_PIXELS:
        return f"{left.scans:,} scans of {opened.width} x {opened.height} pixels are more than are decoded"
    if opened.format == "WEBP" and _WEBP_BYTES * pixels > MAX_DECODER_BYTES:
        return f"{opened.width} x {opened.height} pixels of a WebP are more than are decoded"
    return None


def _kept(opened: Image, box: tuple[int, int], orientation: int) -> Picture:
    """The first frame, upright and small."""
    from PIL.Image import Transpose

    lies = orientation in _LYING
    full = opened.size[::-1] if lies else opened.size
    image = _small(opened, box[::-1] if lies else box)
    if orientation in _UPRIGHT:
        image = image.transpose(Transpose(_UPRIGHT[orientation]))
    image.info = {}
    shows_through = image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255)
    body = _png(image) if shows_through else _jpeg(image)
    return Picture(body, "image/png" if shows_through else "image/jpeg", *image.size, *full)


def _small(opened: Image, box: tuple[int, int]) -> Image:
    """A picture in colour within a box, its shape kept. It is made smaller in bands, so that it is held once and no copy of it."""
    from PIL import Image
    from PIL.Image import Resampling

    share = min(1.0, box[0] / opened.width, box[1] / opened.height)
    size = tuple(max(1, round(side * share)) for side in opened.size)
    opened.draft("RGB", (size[0], size[1]))  # a JPEG is decoded at a fraction of its size
    width, height = opened.size
    # As Pillow does it by itself (reducing_gap): by whole steps to twice the size, and from there with care.
    across, down = max(1, width // (2 * size[0])), max(1, height // (2 * size[1]))
    rows = max(1, BAND_PIXELS // (width * down)) * down
    made: Image.Image | None = None
    for top in range(0, height, rows):
        band = _in_colour(opened.crop((0, top, width, min(top + rows, height))))
        band = band.reduce((across, down))
        made = made or Image.new(band.mode, (band.width, -(-height // down)))
        made.paste(band, (0, top // down))
    if made is None or made.size == size:
        return made or opened
    return made.resize((size[0], size[1]), Resampling.LANCZOS, box=(0, 0, width / across, height / down))


def _in_colour(opened: Image) -> Image:
    """Eight bits for each of red, green and blue, and what shows through."""
    if opened.mode.startswith(("I", "F")):  # grey of 16 bits, which Pillow would cut off at 255
        return opened.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    return opened.convert("RGBA" if opened.has_transparency_data else "RGB")


def _jpeg(image: Image) -> bytes:
    kept = BytesIO()
    image.convert("RGB").save(kept, "JPEG", quality=PICTURE_QUALITY, optimize=True, progressive=True)
    return kept.getvalue()


def _png(image: Image) -> bytes:
    from PIL.Image import Quantize

    kept = BytesIO()
    image.save(kept, "PNG", optimize=True)
    if kept.tell() > MAX_KEPT_BYTES:
        kept = BytesIO()
        image.quantize(256, Quantize.FASTOCTREE).save(kept, "PNG", optimize=True)
    return kept.getvalue()
