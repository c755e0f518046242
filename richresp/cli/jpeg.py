"""The segments of a JPEG that its pixels need, and how often a decoder goes over it (ITU-T T.81, annex B).

A scan of a progressive JPEG may have ten bytes and goes over the whole picture all the same, so scans are counted where they
begin: outside of the data of those before, in which no such marker can stand.
"""

from __future__ import annotations

import re

from richresp.limits.pictures import MAX_PARTS

_MARKER = re.compile(rb"\xff([^\x00\xff])")
_END_OF_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_BARE_MARKERS = frozenset((0x01, *range(0xD0, 0xD9)))  # those without a segment
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END, _EXIF = 0xDA, 0xD9, (0xE1, b"Exif\0\0")
_NEEDED = _FRAMES | {_SCAN, 0xC4, 0xCC, 0xDB, 0xDD}  # and tables, and how often a scan begins anew
_COLOURS = ((0xE0, b"JFIF\0"), (0xEE, b"Adobe"))  # what tells which colours the components are


def bare_jpeg(body: bytes) -> tuple[bytes | None, bytes, int]:
    """The first image of a JPEG with only what its pixels need, None where it has too many segments; its Exif; how many scans."""
    kept, exif = [body[:2]], b""
    told: set[tuple[int, bytes]] = set()
    scans, at = 0, 2
    for _ in range(MAX_PARTS):
        found = _MARKER.search(body, at)
        if found is None:
            break
        marker, at = found[1][0], found.end()
        if marker == _END:
            kept.append(b"\xff\xd9")
            break
        if marker in _BARE_MARKERS:
            continue
        end = at + int.from_bytes(body[at : at + 2], "big")
        if not at + 2 <= end <= len(body):
            break
        begin, segment = at - 2, body[at + 2 : end]
        if marker == _SCAN:
            ended = _END_OF_SCAN.search(body, end)
            end = len(body) if ended is None else ended.start()
            scans += 1
        elif marker == _EXIF[0] and segment.startswith(_EXIF[1]):
            exif = exif or segment
        named = (marker, segment[:5])
        if marker in _NEEDED or (named in _COLOURS and named not in told):
            kept.append(body[begin:end])
            told.add(named)
        at = end
    else:
        return None, exif, scans
    return b"".join(kept), exif, scans
