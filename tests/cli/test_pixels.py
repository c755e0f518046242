"""Bytes that call themselves a picture: bounded before they are decoded, decoded with care, written anew."""

import io
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from richresp.cli.pixels import picture_of
from richresp.limits.pictures import MAX_KEPT_BYTES, MAX_PICTURE_PIXELS
from tests.cli.drawn import BLUE, GREEN, KINDS, QUARTERS, RED, WHITE, corners, near, quarters, written

SECRET = b"taken at home"
ORIENTATION = 0x0112


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_of_the_web_are_drawn(kind):
    picture, reason = picture_of(KINDS[kind])
    assert reason is None
    assert (picture.media_type, picture.width, picture.height) == ("image/jpeg", 400, 200)
    assert near(corners(picture), [RED, GREEN, BLUE, WHITE])


@pytest.mark.parametrize("kind", ["AVIF", "BMP", "ICO", "TIFF", "PPM", "JPEG2000"])
def test_what_no_host_documents_is_not(kind):
    picture, reason = picture_of(written(QUARTERS, kind))
    assert picture is None
    assert "not" in reason


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "the answer is empty"),
        (b"<!doctype html><p>Not found", "not a picture but a page"),
        (b"%PDF-1.7 ...", "not a picture but pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a picture of a format that is not drawn"),
        (b"\x89PNG\r\n\x1a\n", "not the PNG that it begins as"),
        (KINDS["PNG"][:-200], "the PNG is broken"),
        (KINDS["JPEG"][:-900], "the JPEG is broken"),
        (b"GIF89a" + KINDS["PNG"], None),
    ],
)
def test_what_cannot_be_drawn_says_why(body, reason):
    picture, told = picture_of(body)
    assert picture is None
    assert told == reason if reason else told


def test_a_picture_is_scaled_down_into_its_box_and_never_up():
    wide, tall, tiny = (written(Image.new("RGB", size), "PNG") for size in ((4000, 400), (30, 3000), (3, 2)))
    made = [picture_of(body, box=(600, 300)).picture for body in (wide, tall, tiny)]
    assert [(picture.width, picture.height) for picture in made] == [(600, 60), (3, 300), (3, 2)]
    assert [(picture.full_width, picture.full_height) for picture in made] == [(4000, 400), (30, 3000), (3, 2)]


# By Exif 2.3: which edge of the scene the first row and the first column are.
HELD = {
    1: lambda scene: scene,
    2: lambda scene: scene[:, ::-1],
    3: lambda scene: scene[::-1, ::-1],
    4: lambda scene: scene[::-1],
    5: lambda scene: scene.transpose(1, 0, 2),
    6: lambda scene: scene.transpose(1, 0, 2)[::-1],
    7: lambda scene: scene[::-1, ::-1].transpose(1, 0, 2),
    8: lambda scene: scene.transpose(1, 0, 2)[:, ::-1],
}


@pytest.mark.parametrize("orientation", HELD)
def test_however_the_camera_was_held_the_scene_is_upright(orientation):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    stored = Image.fromarray(np.ascontiguousarray(HELD[orientation](quarters())))
    picture = picture_of(written(stored, "JPEG", exif=exif), box=(100, 100)).picture
    assert (picture.width, picture.height, picture.full_width, picture.full_height) == (100, 50, 400, 200)
    assert near(corners(picture), [RED, GREEN, BLUE, WHITE])


def test_nothing_but_pixels_goes_out():
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", SECRET.decode())
    clear = QUARTERS.copy()
    clear.putalpha(120)
    bodies = (
        written(QUARTERS, "JPEG", exif=exif, comment=SECRET, icc_profile=SECRET),
        written(QUARTERS, "PNG", exif=exif, pnginfo=told, icc_profile=SECRET),
        written(clear, "PNG", exif=exif, pnginfo=told, icc_profile=SECRET),
        written(QUARTERS, "WEBP", exif=exif, icc_profile=SECRET, xmp=SECRET),
        written(QUARTERS, "GIF", comment=SECRET),
    )
    assert all(SECRET in body or kind == 4 for kind, body in enumerate(bodies) if b"PNG" not in body[:8])
    for body in bodies:
        assert SECRET not in picture_of(body).picture.body
        assert not Image.open(io.BytesIO(picture_of(body).picture.body)).getexif()


def test_what_shows_through_stays_so_and_a_large_one_gets_fewer_colours():
    half = Image.new("RGBA", (90, 90), (255, 0, 0, 120))
    picture = picture_of(written(half, "PNG")).picture
    assert picture.media_type == "image/png"
    assert Image.open(io.BytesIO(picture.body)).convert("RGBA").getpixel((40, 40)) == (255, 0, 0, 120)
    noise = np.random.default_rng(1).integers(0, 256, (800, 800, 4), dtype=np.uint8)
    assert len(picture_of(written(Image.fromarray(noise), "PNG")).picture.body) < 2 * MAX_KEPT_BYTES
    opaque = Image.new("RGBA", (9, 9), (255, 0, 0, 255))
    assert picture_of(written(opaque, "PNG")).picture.media_type == "image/jpeg"


@pytest.mark.parametrize(
    ("mode", "colour", "kind", "seen"),
    [("I;16", 40_000, "PNG", 156), ("L", 90, "JPEG", 90), ("1", 1, "PNG", 255), ("CMYK", (0, 0, 0, 155), "JPEG", 100), ("P", 0, "GIF", 0), ("LA", (90, 255), "PNG", 90)],
)  # fmt: skip
def test_every_kind_of_pixel_comes_out_as_it_looks(mode, colour, kind, seen):
    picture = picture_of(written(Image.new(mode, (40, 40), colour), kind)).picture
    assert near([Image.open(io.BytesIO(picture.body)).getpixel((20, 20))], [(seen,) * 3])


def test_of_a_film_the_first_frame_is_shown():
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, BLUE)]
    for kind in ("GIF", "PNG", "WEBP"):
        picture = picture_of(written(frames[0], kind, save_all=True, append_images=frames[1:])).picture
        assert near([Image.open(io.BytesIO(picture.body)).getpixel((9, 9))], [RED])


BOMB = """
import io, resource, sys, warnings
from PIL import Image
from richresp.cli.pixels import picture_of
kind, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
body = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
drawn = picture_of(body)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, drawn.reason)
"""


@pytest.mark.parametrize(
    ("kind", "mode", "size"),
    [("PNG", "1", (30_000, 30_000)), ("PNG", "RGB", (8_000, 8_000)), ("GIF", "P", (12_000, 9_000)), ("WEBP", "RGB", (16_383, 3_000)), ("JPEG", "L", (20_000, 9_000))],
)  # fmt: skip
def test_a_picture_of_too_many_pixels_is_not_decoded(kind, mode, size):
    options = {"lossless": True, "quality": 0, "method": 0} if kind == "WEBP" else {}
    body = written(Image.new(mode, size), kind, **options)
    assert size[0] * size[1] > MAX_PICTURE_PIXELS
    done = subprocess.run(
        [sys.executable, "-c", BOMB, kind, *map(str, size)], input=body, capture_output=True, check=True, timeout=60
    )
    kilobytes, reason = done.stdout.decode().split(" ", 1)
    assert "pixels" in reason
    assert int(kilobytes) < 30_000


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_broken_bytes_make_a_picture_or_a_reason_and_never_an_error(kind, data):
    body = bytearray(KINDS[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(body)))
    drawn = picture_of(bytes(body[:cut]), box=(64, 64))
    assert (drawn.picture is None) != (drawn.reason is None)
    if drawn.picture:
        assert max(drawn.picture.width, drawn.picture.height) <= 64


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(body):
    assert picture_of(body).reason


def test_no_other_decoder_sees_what_one_has_refused():
    code = (
        "import sys; from richresp.cli.pixels import picture_of\n"
        "print(picture_of(b'GIF89a' + bytes(9)).reason)\n"
        "print(sorted(name for name in sys.modules if name.startswith('PIL.') and name.endswith('Plugin')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    reason, plugins = done.stdout.splitlines()
    assert "GIF" in reason
    assert "EpsImagePlugin" not in plugins


def test_without_pillow_the_extra_is_named():
    code = (
        "import sys; sys.modules['PIL'] = None\n"
        "from richresp.cli.pixels import is_drawing, picture_of\n"
        "from richresp import MissingExtra\n"
        "assert not is_drawing()\n"
        "try: picture_of(b'GIF89a')\n"
        "except MissingExtra as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "richresp[images]" in done.stdout
