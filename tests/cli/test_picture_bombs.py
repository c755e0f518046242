"""Pictures of few bytes that would cost much: what is decoded holds so much memory and takes so much work, whatever is sent."""

import struct
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from richresp.cli.bare import bare
from richresp.cli.exif import orientation_of
from richresp.cli.pixels import picture_of
from richresp.limits.pictures import MAX_DECODER_BYTES, MAX_PARTS, MAX_PICTURE_BYTES, MAX_PICTURE_SIDE, MAX_SCANS
from tests.cli.bombs import chunk, exif, gif, inflating, jpeg, png, scan, segment
from tests.cli.drawn import KINDS, QUARTERS, written

LARGE = (4096, 8192)
MIB = 1 << 20
LITTLE = 24 * MIB  # the bytes as sent, as they are decoded, and what Python takes with it
MEASURED = """
import resource, sys, time
from richresp.cli.pixels import picture_of
from tests.cli.drawn import KINDS
for kind in KINDS.values():
    picture_of(kind)
body = sys.stdin.buffer.read()
before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
drawn = picture_of(body)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, time.process_time() - began, drawn.reason)
"""


def measured(body):
    """Bytes that are held more while it is decoded, seconds of the processor, and why there is no picture."""
    done = subprocess.run([sys.executable, "-c", MEASURED], input=body, capture_output=True, check=True, timeout=300)
    kilobytes, seconds, reason = done.stdout.decode().strip().split(" ", 2)
    return int(kilobytes) * 1024, float(seconds), None if reason == "None" else reason


@pytest.fixture(scope="module")
def ordinary():
    """Seconds that an ordinary picture of the largest size takes."""
    _, seconds, reason = measured(png(*LARGE, colour=2))
    assert reason is None
    return seconds


# What is sent, bytes that may be held, and a part of the reason if it is refused.
BOMBS = {
    "scans": (lambda: jpeg(*LARGE, 8_000), LITTLE, "8,001 scans"),
    "scans with little between them": (lambda: jpeg(*LARGE, 55), LITTLE, "56 scans"),
    "scans as many as are taken": (lambda: jpeg(*LARGE, 31), 64 * MIB + LITTLE, None),
    "scans of a small picture": (lambda: jpeg(64, 64, MAX_SCANS), LITTLE, "scans of 64 x 64"),
    "a scan of colours": (lambda: jpeg(*LARGE, 1, components=3), 192 * MIB + LITTLE, None),
    "a scan of four colours": (lambda: jpeg(*LARGE, 1, components=4), MAX_DECODER_BYTES + LITTLE, None),
    "segments": (lambda: jpeg(9, 9, 1, before=segment(0xE5) * 1_000_000), LITTLE, "parts"),
    "Exif in pieces": (lambda: jpeg(9, 9, 1, before=segment(0xE1, b"Exif\0\0aa") * 40_000), LITTLE, None),
    "markers that are none": (lambda: jpeg(9, 9, 1, before=b"\xff" * 4_000_000), LITTLE, None),
    "a column": (lambda: png(1, 30_000_000), LITTLE, "1 x 30000000"),
    "a row": (lambda: png(30_000_000, 1), LITTLE, "30000000 x 1"),
    "the highest column": (lambda: png(512, MAX_PICTURE_SIDE), 32 * MIB + LITTLE, None),
    "the widest row": (lambda: png(MAX_PICTURE_SIDE, 512, colour=6), 128 * MIB + 2 * LITTLE, None),
    "all of RGBA in 16 bits": (lambda: png(*LARGE, colour=6, depth=16), 128 * MIB + LITTLE, None),
    "grey in 16 bits": (lambda: png(*LARGE, depth=16), 64 * MIB + LITTLE, None),
    "in seven passes": (lambda: png(*LARGE, colour=2, interlaced=1), 128 * MIB + LITTLE, None),
    "profiles": (lambda: png(9, 9, before=inflating(b"iCCP", 1_000_000, 4_500)), LITTLE, None),
    "texts": (lambda: png(9, 9, before=inflating(b"zTXt", 1_000_000, 4_500)), LITTLE, None),
    "chunks": (lambda: png(9, 9, before=chunk(b"qqQq") * 400_000), LITTLE, "parts"),
    "empty image data": (lambda: png(9, 9, before=chunk(b"IDAT") * 400_000), LITTLE, "parts"),
    "camera data over and over": (lambda: png(9, 9, before=chunk(b"eXIf", exif(30_000, size=3_000_000))), LITTLE, None),
    "comments": (lambda: gif(9, 9, before=b"\x21\xfe" + b"\1a" * 2_000_000 + b"\0"), LITTLE, "parts"),
    "WebP": (lambda: written(Image.new("RGB", (4096, 4096)), "WEBP", method=0), MAX_DECODER_BYTES + LITTLE, None),
    "WebP of more": (lambda: written(Image.new("RGB", (4100, 4100)), "WEBP", method=0), LITTLE, "of a WebP"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_no_picture_takes_more_memory_or_work_than_a_large_one(name, ordinary):
    made, most, refused = BOMBS[name]
    body = made()
    assert len(body) <= MAX_PICTURE_BYTES
    held, seconds, reason = measured(body)
    assert held <= most
    assert seconds <= 6 * ordinary
    assert reason is None if refused is None else refused in reason


def test_scans_are_counted_outside_of_their_data():
    """Neither a marker in the data of a comment nor bytes that are stuffed are a scan."""
    inner = segment(0xFE, segment(0xDA, b"\1\1\0\1\x3f\0") * 500)
    assert bare(jpeg(64, 64, 3, before=inner), "JPEG").scans == 4
    stuffed = jpeg(64, 64, 3).replace(scan(64), scan(64) + b"\xff\x00\xda" * 500)
    assert bare(stuffed, "JPEG").scans == 4


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_of_a_film_only_the_first_frame_reaches_the_decoder(kind):
    frames = [Image.effect_noise((60, 60), 90) for _ in range(9)]
    film = written(frames[0], kind, save_all=True, append_images=frames[1:])
    still = written(frames[0], kind)
    left = bare(film, kind).body
    assert len(left) < 2 * len(still) < len(film)
    assert picture_of(film).picture is not None


@pytest.mark.parametrize("kind", KINDS)
def test_bytes_behind_a_picture_are_not_of_it(kind):
    assert picture_of(KINDS[kind] + b"\0more").picture == picture_of(KINDS[kind]).picture
    assert b"more" not in bare(KINDS[kind] + b"\0more", kind).body


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_broken_bytes_leave_no_more_than_they_were(kind, data):
    body = bytearray(KINDS[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(body[: data.draw(st.integers(0, len(body)))])
    assert len(bare(cut, kind).body) <= len(cut) + 16


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_camera_data_tell_how_it_was_held_and_nothing_else(kind):
    told = Image.Exif()
    told[0x0112] = 6
    body = written(QUARTERS, kind, exif=told)
    assert bare(body, kind).orientation == 6
    assert b"II*\0" not in bare(body, kind).body
    assert b"MM\0*" not in bare(body, kind).body


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(("type_", "value", "seen"), [(3, 8, 8), (3, 9, 1), (3, 0, 1), (4, 8, 1), (2, 8, 1)])
def test_only_what_the_standard_knows_is_an_orientation(order, type_, value, seen):
    tiff = struct.pack(order + "2sHIHHHIHHI", b"II" if order == "<" else b"MM", 42, 8, 1, 0x0112, type_, 1, value, 0, 0)
    assert orientation_of(tiff) == seen
    assert orientation_of(b"Exif\0\0" + tiff) == seen
    assert orientation_of(tiff[:20]) == 1


@given(st.binary(max_size=99))
def test_any_bytes_are_some_orientation(data):
    assert 1 <= orientation_of(b"II*\0" + data) <= 8


def test_a_picture_of_many_parts_is_still_one():
    """As encoders write them that pass on 1,000 bytes at a time."""
    whole = png(200, 200, colour=2)
    at = whole.index(b"IDAT")
    packed = whole[at + 4 : at + 4 + int.from_bytes(whole[at - 4 : at], "big")]
    pieces = b"".join(chunk(b"IDAT", packed[place : place + 1]) for place in range(len(packed)))
    spread = whole[: at - 4] + pieces + chunk(b"IEND")
    assert 100 < len(packed) < MAX_PARTS
    assert picture_of(spread).picture == picture_of(whole).picture
