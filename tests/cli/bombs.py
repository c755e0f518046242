"""Pictures of few bytes that cost a decoder much, written byte by byte after the standards of their formats."""

import struct
import zlib


def chunk(name, data=b""):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, *, depth=8, colour=0, interlaced=0, before=b"", film=b""):
    """Black; `colour` by the PNG standard: 0 is grey, 2 RGB, 6 RGB and alpha."""
    samples = {0: 1, 2: 3, 6: 4}[colour]

    def rows(wide, high):
        return (b"\0" + bytes(wide * samples * depth // 8), high) if wide and high else (b"", 0)

    if interlaced:
        passes = [(0, 8, 0, 8), (4, 8, 0, 8), (0, 4, 4, 8), (2, 4, 0, 4), (0, 2, 2, 4), (1, 2, 0, 2), (0, 1, 1, 2)]
        parts = [rows(-(-(width - x) // dx), -(-(height - y) // dy)) for x, dx, y, dy in passes]
    else:
        parts = [rows(width, height)]
    packer = zlib.compressobj(1)
    packed = b"".join(
        packer.compress(row * min(256, high - done)) for row, high in parts for done in range(0, high, 256)
    )
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    image = chunk(b"IDAT", packed + packer.flush())
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + before + image + film + chunk(b"IEND")


def inflating(name, size, times):
    """So many chunks of text or of a profile that are a megabyte each once they are inflated."""
    return chunk(name, b"x\0\0" + zlib.compress(bytes(size), 9)) * times


def segment(marker, data=b""):
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def jpeg(width, height, scans, *, components=1, before=b""):
    """Progressive, grey or flat: a first scan and so many that say, in a few bytes, that nothing comes in any block."""
    parts = b"".join(bytes((part, 0x11, 0)) for part in range(1, components + 1))
    head = segment(0xDB, b"\0" + b"\1" * 64) + segment(0xC2, struct.pack(">BHHB", 8, height, width, components) + parts)
    # One code of one bit each: the difference 0, and "2^14 blocks and so many more are at their end".
    tables = segment(0xC4, b"\x00\1" + bytes(15) + b"\x00") + segment(0xC4, b"\x10\1" + bytes(15) + b"\xe0")
    blocks = -(-width // 8) * -(-height // 8)
    every = b"".join(bytes((part, 0)) for part in range(1, components + 1))
    first = segment(0xDA, bytes((components,)) + every + b"\0\0\0") + bytes(-(-blocks * components // 8))
    return b"\xff\xd8" + before + head + tables + first + scan(blocks) * scans + b"\xff\xd9"


def scan(blocks):
    runs = [1 << 14] * (blocks >> 14)
    bits = "".join("0" + f"{run - (1 << 14):014b}" for run in runs)
    bits += "1" * (-len(bits) % 8)
    data = int(bits or "1" * 8, 2).to_bytes(max(1, len(bits) // 8), "big")
    return segment(0xDA, b"\1\1\0\1\x3f\0") + data


def gif(width, height, *, before=b""):
    """Clear-and-end codes alone: a frame of nothing."""
    screen, frame = struct.pack("<HHBBB", width, height, 0, 0, 0), struct.pack("<HHHHB", 0, 0, width, height, 0)
    return b"GIF89a" + screen + before + b"\x2c" + frame + b"\x02\x02\x4c\x01\x00" + b";"


def exif(entries, *, size):
    """A TIFF whose entries each tell of the same many bytes, behind them."""
    told = b"".join(struct.pack("<HHII", 0x8000 + tag, 1, size, 8) for tag in range(entries))
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", entries) + told + bytes(4) + bytes(size)
