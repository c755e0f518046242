"""What is no page: images, documents, video, audio and data, told by their first bytes, then by the content type.

The patterns are those of the WHATWG MIME Sniffing Standard (sections 6 and 7), with formats that came later (AVIF, HEIC, JPEG
XL). Bytes that show what they are refute a content type; so do words where a picture or a film was announced. Unlike a
browser, which must not run what a server calls plain text, a preview reads HTML as HTML whatever it is called.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from richresp.limits.extract import MAX_FILE_NAME_CHARS, SNIFF_BYTES
from richresp.links.model import Image, Preview
from richresp.text import one_line

_FTYP = rb"[\s\S]{4}ftyp"
_SIGNATURES = (
    ("image", re.compile(rb"\x89PNG\r\n\x1a\n|GIF8[79]a|\xff\xd8\xff|BM[\s\S]{4}\0\0\0\0|RIFF[\s\S]{4}WEBPVP|\0\0[\x01\x02]\0[\x01-\x40]\0")),
    ("image", re.compile(_FTYP + rb"(?:avi[fs]|hei[cxms]|hev[cx]|mif1|msf1)|\xff\x0a|\0{3}\x0cJXL \r\n\x87\n|II\*\0|MM\0\*")),
    ("pdf", re.compile(rb"[\s\S]{0,32}?%PDF-[0-9]")),
    ("audio", re.compile(rb"FORM[\s\S]{4}AIF[FC]|ID3|OggS[\s\S]{24}(?:\x01vorbis|OpusHead|\x7fFLAC|Speex)|MThd\0\0\0\x06|RIFF[\s\S]{4}WAVE|fLaC|\.snd|#!AMR")),
    ("audio", re.compile(_FTYP + rb"(?:M4A|M4B|f4a)|\xff[\xf2\xf3\xfa\xfb][\x10-\xef]|\xff[\xf0\xf1\xf8\xf9][\x40-\xff]")),
    ("video", re.compile(rb"\x1a\x45\xdf\xa3|RIFF[\s\S]{4}AVI |OggS|FLV\x01|#EXTM3U|" + _FTYP)),
    ("font", re.compile(rb"wOFF|wOF2|OTTO\0|\0\x01\0\0\0[\x04-\x40]\0|ttcf\0")),
    ("archive", re.compile(rb"PK\x03\x04|PK\x05\x06|\x1f\x8b\x08|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|BZh[1-9]1AY|\xfd7zXZ\0|\x28\xb5\x2f\xfd")),
    ("document", re.compile(rb"%!PS-Adobe-|\{\\rtf1|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
)  # fmt: skip
_SVG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*>\s*)?(?:<!--[^<>]*-->\s*)*(?:<!DOCTYPE\s+svg[^<>]*>\s*)?<svg[\s>]",
    re.IGNORECASE,
)
_SVG_TAG = re.compile(rb"<(/?)svg\b[^<>]*?(/?)>", re.IGNORECASE)
_UTF_16 = re.compile(rb"\xff\xfe|\xfe\xff|<\0[!?A-Za-z]\0|\0<\0[!?A-Za-z]")
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?[\t\n\f\r ]*(?:<\?xml[^>]*>\s*)?(?:<!--|<(?:!DOCTYPE\s+html|html|head|script|iframe|h1|div|font|table|a|style"
    rb"|title|b|body|br|p|meta|link|base|main|section|article|span|center|img)(?=[\s/>]))",
    re.IGNORECASE,
)
_TAG = re.compile(rb"<[!?/]?[A-Za-z]")
_ROOT = re.compile(rb"<html[\s>]", re.IGNORECASE)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]\d-])")
_BINARY = re.compile(rb"[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]")  # a binary data byte (section 3)
_TYPE = re.compile(r"\s*([a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+)\s*(?:;|$)", re.IGNORECASE)
_UNTOLD = frozenset(("application/octet-stream", "binary/octet-stream", "application/unknown", "unknown/unknown", "*/*", "application/x-download", "application/force-download"))  # fmt: skip
_PAGES = frozenset(("text/html", "application/xhtml+xml"))
_NAMED = {
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    "application/json": "json",
    "text/json": "json",
    "application/x-ndjson": "json",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/vnd.apple.mpegurl": "video",
    "application/x-mpegurl": "video",
    "application/ogg": "audio",
    "application/rtf": "document",
    "application/msword": "document",
    "application/epub+zip": "document",
    "application/vnd.ms-excel": "document",
    "application/vnd.ms-powerpoint": "document",
    "application/postscript": "document",
    "application/zip": "archive",
    "application/gzip": "archive",
    "application/x-gzip": "archive",
    "application/x-tar": "archive",
    "application/x-7z-compressed": "archive",
    "application/vnd.rar": "archive",
    "application/javascript": "text",
    "application/yaml": "text",
    "application/toml": "text",
}
_GROUPS = {"image": "image", "video": "video", "audio": "audio", "font": "font", "text": "text"}
_OFFICE = ("application/vnd.openxmlformats-", "application/vnd.oasis.opendocument.")
_WITHIN = {("archive", "document"), ("video", "audio")}
_NEVER_WORDS = frozenset(("image", "video", "audio", "pdf", "font", "archive"))


def kind_of(body: bytes, content_type: str | None) -> str | None:
    """What a body is when it is no page.

    Args:
        body: as served; the first 1,445 bytes decide.
        content_type: the header of that name.

    Returns:
        "image", "pdf", "video", "audio", "json", "xml", "text", "font", "archive", "document" or "file"; None for HTML
        and for text that may be HTML.
    """
    head = body[:SNIFF_BYTES]
    told = _told(content_type)
    if (shown := _shown(head, told)) is not None:
        # An office document is an archive, and an audio file may be an MP4.
        return told if told is not None and (shown, told) in _WITHIN else shown
    if told == "html" or _UTF_16.match(head) or _HTML.match(head):
        return None
    wordy = not _BINARY.search(head)
    if told is None and not wordy:
        return "file"
    if told is None or (told in _NEVER_WORDS and wordy and head):
        return None if told is None or _TAG.search(head) else "text"
    return None if told in ("xml", "text", "file") and _ROOT.search(head) else told


def media_preview(kind: str, url: str, content_type: str | None) -> Preview:
    """The card of what is no page: the name of the file as title, the host, and an image as its own image.

    Args:
        kind: from `kind_of`.
        url: where it came from, after redirects.
        content_type: the header of that name.
    """
    try:
        parts = urlsplit(url)
        host, path = parts.hostname or "", parts.path
    except ValueError:
        host, path = "", ""
    site_name, title = one_line(host.removeprefix("www.")), _file_name(path)
    image = url if kind == "image" and not path.lower().endswith(".ico") else None
    stated = _TYPE.match(content_type or "")
    told = (
        ("site_name", site_name, "url:host"),
        ("title", title, "url:file"),
        ("image", image, "url:final"),
        ("url", url, "url:final"),
    )
    return Preview(
        requested_url=url,
        final_url=url,
        site_name=site_name,
        title=title,
        image=image,
        url=url,
        images=(Image(image, type=stated[1].lower() if stated else None),) if image else (),
        sources={field: source for field, value, source in told if value},
        warnings=(f"not a page: {kind}",),
    )


def _shown(head: bytes, told: str | None) -> str | None:
    """What the bytes show themselves to be."""
    drawing = _SVG.match(head) if told != "html" and not (told is None and _is_in_page(head)) else None
    if drawing or (told == "image" and b"<svg" in head):
        return "image"
    if told in (None, "html", "text", "json") and _JSON.match(head) and (told == "json" or not _TAG.search(head)):
        return "json"
    shown = next((kind for kind, pattern in _SIGNATURES if pattern.match(head)), None)
    # Words may begin like a file (`ID3 tags ...`): a page that is called one and holds tags and no binary data is one.
    words = told == "html" and shown != "pdf" and not _BINARY.search(head) and _TAG.search(head)
    return None if words else shown


def _is_in_page(head: bytes) -> bool:
    """Whether a drawing that opens a text ends, and other markup follows."""
    depth = 0
    for found in _SVG_TAG.finditer(head):
        depth += -1 if found[1] else 0 if found[2] else 1
        if depth <= 0:
            return bool(_TAG.match(head[found.end() :].lstrip()))
    return False


def _told(content_type: str | None) -> str | None:
    """What a content type says; None where it is absent, malformed or says only that it does not know."""
    stated = _TYPE.match(content_type or "")
    if stated is None or (essence := stated[1].lower()) in _UNTOLD:
        return None
    if essence in _PAGES:
        return "html"
    if essence in _NAMED:
        return _NAMED[essence]
    if essence.endswith(("+json", "+xml")) and not essence.startswith("image/"):
        return essence.rpartition("+")[2]
    return "document" if essence.startswith(_OFFICE) else _GROUPS.get(essence.partition("/")[0], "file")


def _file_name(path: str) -> str | None:
    """The last segment of a path that is not empty, without parameters and percent-encoding."""
    segment = path.rstrip("/").rpartition("/")[2].partition(";")[0]
    if len(segment) > 3 * MAX_FILE_NAME_CHARS * 4:
        return None
    name = one_line(unquote(segment).replace("/", " "))
    return name if name and len(name) <= MAX_FILE_NAME_CHARS else None
