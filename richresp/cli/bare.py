"""A picture without all that its pixels do not need, before a decoder sees it: what is left is short, plain and counted.

Decoders collect comments, profiles and camera data in ways that cost far more than their bytes, and go over a picture as often
as it asks. What goes out here is put together anew from the parts that were understood, so that the decoder reads no other
parts than those that were counted. Of a film only the first frame is left. Nothing is repaired: what is cut stays cut, and
broken bytes are the decoder's to refuse.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from richresp.cli.exif import orientation_of
from richresp.cli.jpeg import bare_jpeg
from richresp.limits.pictures import MAX_PARTS


@dataclass(frozen=True, slots=True)
class Bare:
    """What is left of a picture.

    Attributes:
        body: its bytes; None where they have too many parts.
        orientation: of Exif, 1 to 8.
        scans: how often its decoder goes over it.
    """

    body: bytes | None
    orientation: int = 1
    scans: int = 1


def bare(body: bytes, kind: str) -> Bare:
    """A picture with only what its pixels need.

    Args:
        body: as sent.
        kind: "PNG", "JPEG", "GIF" or "WEBP", whose opening bytes it has.
    """
    return _BARE[kind](body)


def _jpeg(body: bytes) -> Bare:
    kept, exif, scans = bare_jpeg(body)
    return Bare(kept, orientation_of(exif), scans)


def _png(body: bytes) -> Bare:
    """Of a PNG (third edition, chapter 5) the header, colours, what shows through, and the image that is no film."""
    kept, exif, at = [body[:8]], b"", 8
    for _ in range(MAX_PARTS):
        if at >= len(body):
            break
        name, end = body[at + 4 : at + 8], at + 12 + int.from_bytes(body[at : at + 4], "big")
        if name in (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"):
            kept.append(body[at:end])
        elif name == b"eXIf":
            exif = exif or body[at + 8 : end - 4]
        if name == b"IEND":
            break
        at = end
    else:
        return Bare(None)
    return Bare(b"".join(kept), orientation_of(exif))


def _webp(body: bytes) -> Bare:
    """Of a WebP (RFC 9649, 2.7) the still image, or the first frame of a film."""
    told = 8 + int.from_bytes(body[4:8], "little")
    missing, body = max(0, told - len(body)), body[:told]
    kept: list[bytes] = []
    exif, at, is_film = b"", 12, False
    for _ in range(MAX_PARTS):
        if at >= len(body):
            break
        name, size = body[at : at + 4], int.from_bytes(body[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        if name == b"VP8X":
            # Whether there are a profile, camera data and more is not true any more.
            flags = bytes(flag & 0x12 for flag in body[at + 8 : at + 9])
            kept.append(body[at : at + 8] + flags + body[at + 9 : end])
        elif name in (b"ALPH", b"VP8 ", b"VP8L", b"ANIM") or (name == b"ANMF" and not is_film):
            kept.append(body[at:end])
            is_film = name == b"ANMF" or is_film
        elif name == b"EXIF":
            exif = exif or body[at + 8 : end]
        at = end
    else:
        return Bare(None)
    left = b"WEBP" + b"".join(kept)
    left += bytes(0 if missing else len(left) % 2)
    return Bare(b"RIFF" + (len(left) + missing).to_bytes(4, "little") + left, orientation_of(exif))


def _gif(body: bytes) -> Bare:
    """Of a GIF (89a, 17 to 27) the screen and the first frame, with what is said of that one alone."""
    at = 13 + _colours(body[10:11])
    kept, said, left = [body[:at]], b"", MAX_PARTS
    while at < len(body) and left > 0:
        kind = body[at]
        if kind == 0x2C:
            data = at + 11 + _colours(body[at + 9 : at + 10])
            end, left = _blocks(body, data, left)
            kept += [said, body[at:end], b";"]
            break
        if kind == 0x3B:
            break
        if kind == 0x21:
            end, left = _blocks(body, at + 2, left)
            if body[at + 1 : at + 2] == b"\xf9":
                said = body[at:end]
            at = end
        else:
            at, left = at + 1, left - 1
    return Bare(b"".join(kept) if left > 0 else None)


def _colours(flags: bytes) -> int:
    """How many bytes the table of colours has that these flags tell of."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _blocks(body: bytes, at: int, left: int) -> tuple[int, int]:
    """Where blocks of data that begin here end, and how many parts may still follow."""
    while left > 0 and at < len(body):
        size, left = body[at], left - 1
        at += 1 + size
        if not size:
            break
    return at, left


_BARE: dict[str, Callable[[bytes], Bare]] = {"PNG": _png, "JPEG": _jpeg, "GIF": _gif, "WEBP": _webp}
