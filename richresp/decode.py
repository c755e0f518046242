"""Bytes of a page to text, as browsers do it (WHATWG Encoding, HTML 13.2.3), but for one thing: bytes that are valid
UTF-8 and not just ASCII are UTF-8, whatever a header or a tag says. No label raises, and no label reaches Python's codec registry unless
the Encoding Standard knows it.
"""

from __future__ import annotations

import codecs
import re

import webencodings

from richresp.limits.links import PRESCAN_BYTES

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"'/>;]{1,64})", re.IGNORECASE)
_META = re.compile(
    rb"<(?:meta\s|\?xml\s)[^<>]{0,1024}?(?:charset|encoding)\s*=\s*[\"']?\s*([^\s\"'/>;?]{1,64})", re.IGNORECASE
)
# Where the Encoding Standard decodes more than the Python codec of the same name.
_WIDER = {"shift_jis": "cp932", "euc-kr": "cp949", "gbk": "gb18030", "big5": "big5hkscs"}
_NEARLY = 0.01


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str]:
    """The text of a page and the Python codec that gave it. What cannot be decoded is U+FFFD; nothing raises.

    Args:
        body: the page, which may be cut anywhere.
        content_type: the header of that name.
    """
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace"), codec
    if _is_utf8(body):
        return body.decode("utf-8", "ignore"), "utf-8"
    declared = [known for label in _labels(body, content_type) if (known := _codec(label)) is not None]
    legacy = [known for known in declared if known != "utf-8"]
    if (not legacy or "utf-8" in declared) and _nearly_utf8(body):
        return body.decode("utf-8", "replace"), "utf-8"
    believed = legacy[0] if legacy else "cp1252"
    return body.decode(believed, "replace"), believed


def _is_utf8(body: bytes) -> bool:
    """Whether the body shows itself to be UTF-8: valid, but for a last character that may be cut, and not all ASCII."""
    try:
        return not codecs.getincrementaldecoder("utf-8")().decode(body).isascii()
    except UnicodeDecodeError:
        return False


def _nearly_utf8(body: bytes) -> bool:
    """Whether so few sequences are broken that the page was written as UTF-8 and damaged later."""
    text = body[:PRESCAN_BYTES].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(char > "\x7f" for char in text) - broken
    return whole > 0 and broken <= max(1, whole * _NEARLY)


def _labels(body: bytes, content_type: str | None) -> list[str]:
    """The encodings that header and page declare, in the order in which browsers believe them."""
    header = _CHARSET.findall(content_type or "")
    return [*header, *(label.decode("latin-1") for label in _META.findall(body[:PRESCAN_BYTES]))]


def _codec(label: str) -> str | None:
    """The Python codec for a label of the Encoding Standard; None where the standard does not know it."""
    encoding = webencodings.lookup(label) if label.isascii() else None
    if encoding is None or encoding.name in ("replacement", "x-user-defined"):
        return None
    if encoding.name.startswith("utf-16"):
        return "utf-8"  # HTML: a tag that could be read says UTF-16, so it cannot be
    return _WIDER.get(encoding.name) or encoding.codec_info.name
