"""Bytes of a page to text as browsers do it (WHATWG Encoding, HTML 13.2.3), but for two things that follow the bytes: what is
valid UTF-8 and not just ASCII is UTF-8, whatever is declared; and a declared encoding that the bytes refute yields to
another declared one. Order: byte order mark, the bytes, header, meta, XML declaration, a guess where there are many letters
beyond ASCII, windows-1252.

No label raises, and none reaches Python's codecs unless the Encoding Standard knows it. A last character that is cut is dropped.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import webencodings

from richresp.limits.decode import GUESS_BYTES, GUESS_SHARE, MAX_DECLARATIONS, MAX_PRESCAN_ATTRIBUTES
from richresp.limits.links import PRESCAN_BYTES

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER = re.compile(r"(?:^|[\s;,])charset\s*+=\s*+(?:[\"']\s*+)?([^\s\"';,]{1,64})", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*+=\s*+(?:\"\s*+([^\"]{1,64})\"|'\s*+([^']{1,64})'|([^\s;\"']{1,64}))", re.IGNORECASE)
_MARKUP = re.compile(
    rb"<(?:(?P<comment>!--)|(?P<meta>meta(?=[\s/]))|(?P<text>script|style)(?=[\s/>])|/?[a-z][^\s>]*+|(?P<other>[!/?]))",
    re.IGNORECASE,
)
_TEXT_END = {name: re.compile(b"</" + name, re.IGNORECASE) for name in (b"script", b"style")}
_COMMENT_END = re.compile(rb"--!?>")
_TAG_END = re.compile(b">")
_ATTRIBUTE = re.compile(
    rb"[\s/]*+([^\s/>=][^\s/>=]{0,64})[^\s/>=]*+(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"'][^\s>]*+)))?+"
)
# The rest of a tag, whatever its attributes hold; where a quote is not closed, the rest of all.
_ATTRIBUTES = re.compile(
    rb"(?:[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+)?+)?+)*+"
)
_XML = re.compile(rb"\s{0,64}<\?xml\s[^<>]{0,256}?\sencoding\s*+=\s*+[\"']\s*+([^\s\"'<>]{1,64})")
_TAGS = re.compile(rb"<[^<>]*+>")
_LETTERS = re.compile(rb"[A-Za-z\x80-\xff]")
# Where the Encoding Standard decodes more than the Python codec of the same name.
_WIDER = {"shift_jis": "cp932", "euc-kr": "cp949", "gbk": "gb18030", "big5": "big5hkscs"}
# Names that detectors give and the standard does not have, for what it calls Shift_JIS, EUC-KR ...
_DETECTED = {
    "cp874": "cp874",
    "cp932": "cp932",
    "cp949": "cp949",
    "cp1125": "cp866",
    "euc_jis_2004": "euc_jp",
    "euc_jisx0213": "euc_jp",
    "shift_jis_2004": "cp932",
    "shift_jisx0213": "cp932",
    "mac_cyrillic": "mac-cyrillic",
}
# What the Encoding Standard has in its indexes beyond Python's codecs: rows of NEC and IBM in JIS X 0208, the euro in Big5.
_FURTHER = {"euc_jp": "cp932", "iso2022_jp": "cp932", "big5hkscs": "cp950"}
_ROW_OFFSETS = {"euc_jp": 0xA1, "iso2022_jp": 0x21}
_ROWS = 94
_UTF_16 = ("utf-16-le", "utf-16-be")
_SURROGATES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")  # what programs write that take half of a character for one
_SHIFTS = (b"\0", b"\x1b")  # what is all ASCII and yet is not: UTF-16, ISO-2022-JP
_NEARLY = 0.01


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str]:
    """The text of a page and the Python codec that gave it. What cannot be decoded is U+FFFD; nothing raises.

    Args:
        body: the page, which may be cut anywhere.
        content_type: the header of that name.
    """
    if (marked := _marked(body)) is not None:
        return _text(body, marked).removeprefix("\ufeff"), marked
    if (text := _utf8(body)) is not None:
        return text, "utf-8"
    declared = list(dict.fromkeys(_declared(body[:PRESCAN_BYTES], content_type)))
    legacy = [codec for codec in declared if codec != "utf-8"]
    if (not legacy or "utf-8" in declared) and _nearly_utf8(body, stated="utf-8" in declared):
        return _text(body, "utf-8"), "utf-8"
    for codec in legacy if len(legacy) > 1 else ():
        try:
            return _text(body, codec, "strict"), codec
        except UnicodeDecodeError:
            continue
    believed = legacy[0] if legacy else _guess(body)
    return _text(body, believed), believed


def _text(body: bytes, codec: str, errors: str = "replace") -> str:
    if codec in _FURTHER:
        errors = f"richresp.{errors}"
    return codecs.getincrementaldecoder(codec)(errors).decode(body)


def _further(error: UnicodeError) -> tuple[str, int] | None:
    """The character of two bytes that Python's codec does not know and the standard does, and where it ends."""
    if not isinstance(error, UnicodeDecodeError):
        return None
    pair, first = error.object[error.start : error.start + 2], _ROW_OFFSETS.get(error.encoding)
    if first is not None and len(pair) == 2 and all(first <= byte < first + _ROWS for byte in pair):
        row, cell = pair[0] - first, pair[1] - first
        lead, place = row // 2, cell + _ROWS * (row % 2)
        pair = bytes((lead + (0x81 if lead < 0x1F else 0xC1), place + (0x40 if place < 0x3F else 0x41)))
    elif first is not None:
        return None
    try:
        return pair.decode(_FURTHER[error.encoding]), error.start + 2
    except (UnicodeDecodeError, KeyError):
        return None


def _replaced(error: UnicodeError) -> tuple[str, int]:
    found = _further(error)
    return found if found and len(found[0]) == 1 else codecs.replace_errors(error)  # type: ignore[return-value]


def _refused(error: UnicodeError) -> tuple[str, int]:
    found = _further(error)
    if found and len(found[0]) == 1:
        return found
    raise error


codecs.register_error("richresp.replace", _replaced)
codecs.register_error("richresp.strict", _refused)


def _utf8(body: bytes) -> str | None:
    """The text of a body that shows itself to be UTF-8, valid but for a last character that may be cut, or ASCII and no more."""
    try:
        text, used = codecs.utf_8_decode(body, "strict", False)  # noqa: FBT003 - positional by its C signature
    except UnicodeDecodeError:
        return None
    unsure = text.isascii() and (used < len(body) or any(sign in body for sign in _SHIFTS))
    return None if unsure else text


def _nearly_utf8(body: bytes, *, stated: bool) -> bool:
    """Whether so few sequences are broken that the page was written as UTF-8 and damaged later."""
    sample = _SURROGATES.sub("\u00ff".encode(), body[:PRESCAN_BYTES])
    text, _ = codecs.utf_8_decode(sample, "replace", False)  # noqa: FBT003 - as above
    broken = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    return broken <= max(1, whole * _NEARLY) if whole else stated and not broken


def _declared(head: bytes, content_type: str | None) -> Iterator[str]:
    """The codecs that header and page declare, in the order in which browsers believe them."""
    for label in _HEADER.findall(content_type or "")[:MAX_DECLARATIONS]:
        if (codec := _codec(label)) is not None:
            yield "utf-8" if codec in _UTF_16 and b"\0" not in head else codec
    xml = _XML.match(head)
    for raw in (*(label for label, _ in declarations(head)), *((xml[1],) if xml else ())):
        if (codec := _codec(raw.decode("latin-1"))) is not None:
            # What could be read says UTF-16, so it cannot be (HTML 13.2.3.2).
            yield "utf-8" if codec in _UTF_16 else codec


def _marked(body: bytes) -> str | None:
    """The codec that a byte order mark names, or the noughts of a first tag in UTF-16 (HTML 13.2.3.2 so reads `<?x`)."""
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return codec
    start = body.find(b"<", 0, PRESCAN_BYTES)
    if start < 0:
        return None
    if start % 2 == 0:
        return "utf-16-le" if body[start + 1 : start + 4 : 2] == b"\0\0" else None
    return "utf-16-be" if body[start - 1 : start + 2 : 2] == b"\0\0" else None


def declarations(head: bytes) -> Iterator[tuple[bytes, int]]:
    """The labels of encodings that metas declare, and where those tags end: by `charset`, and by `content` where `http-equiv`
    is Content-Type.

    As in the standard's prescan (HTML 13.2.3.2) whole tags are passed over, so that no attribute is taken for markup; and as
    in its parser, which reads on where the prescan ends, so are scripts and styles.
    """
    position = found = 0
    while found < MAX_DECLARATIONS and (opening := _MARKUP.search(head, position)) is not None:
        position, label = _passed(head, opening)
        if label:
            found += 1
            yield label, position


def _passed(head: bytes, opening: re.Match[bytes]) -> tuple[int, bytes | None]:
    """Where a tag or comment ends, the end of all where it is not closed, and the label that it declares."""
    position = opening.end()
    if opening["comment"]:
        return _end_of(_COMMENT_END, head, position - 2), None
    if opening["other"]:
        return _end_of(_TAG_END, head, position), None
    attributes: dict[bytes, bytes] = {}
    for _ in range(MAX_PRESCAN_ATTRIBUTES if opening["meta"] else 0):
        attribute = _ATTRIBUTE.match(head, position)
        if attribute is None:
            break
        position = attribute.end()
        attributes.setdefault(attribute[1].lower(), attribute[2] or attribute[3] or attribute[4] or b"")
    position = _end_of(_ATTRIBUTES, head, position)
    if opening["text"]:
        position = _end_of(_TEXT_END[opening["text"].lower()], head, position)
    return position, _label(attributes)


def _end_of(what: re.Pattern[bytes], head: bytes, position: int) -> int:
    found = what.search(head, position)
    return found.end() if found else len(head)


def _label(attributes: dict[bytes, bytes]) -> bytes | None:
    if charset := attributes.get(b"charset", b"").strip():
        return charset[:64]
    if attributes.get(b"http-equiv", b"").strip().lower() != b"content-type":
        return None
    stated = _CHARSET.search(attributes.get(b"content", b""))
    return (stated[1] or stated[2] or stated[3]).strip() if stated else None


def _codec(label: str) -> str | None:
    """The Python codec for a label of the Encoding Standard; None where the standard does not know it."""
    encoding = webencodings.lookup(label) if label.isascii() else None
    if encoding is None or encoding.name in ("replacement", "x-user-defined"):
        return None
    name: str = _WIDER.get(encoding.name) or encoding.codec_info.name
    return name


def _guess(body: bytes) -> str:
    """The codec of a page that declares none: what beautifulsoup4's detector says of its text, else windows-1252.

    The detector asks charset-normalizer or chardet, where one is installed; its word counts where the Encoding
    Standard knows the encoding and the text is valid in it.
    """
    words = _TAGS.sub(b" ", body[:PRESCAN_BYTES])
    letters = b"".join(_LETTERS.findall(words))
    beyond = sum(letter > 0x7F for letter in letters)
    if beyond <= GUESS_SHARE * len(letters):
        return "cp1252"
    from bs4.dammit import EncodingDetector

    first = re.search(rb"[\x80-\xff]", words)
    sample = words[first.start() :][:GUESS_BYTES] if first else words
    for label in EncodingDetector(sample, is_html=False).encodings:
        codec = _DETECTED.get(label.lower().replace("-", "_")) or _codec(label)
        if codec not in (None, "utf-8", *_UTF_16) and _text(body, codec).count("\ufffd") <= _NEARLY * beyond:
            return codec
    return "cp1252"
