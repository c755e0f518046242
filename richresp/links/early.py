"""The head of a page as text, without its body: decoding a whole page takes longer than reading what its head says.

A head is taken alone only where that gives the very text that decoding the whole page would: it is ASCII, which all
encodings of pages but UTF-16 and ISO-2022-JP share, or it is UTF-8 and no other encoding is declared.
"""

from __future__ import annotations

import codecs
import re

from richresp.decode import declarations
from richresp.limits.extract import MAX_HEAD_END_CHARS
from richresp.limits.links import MAX_SCAN_CHARS

_END = re.compile(rb"</[hH][eE][aA][dD](?=[\s/>])")
_BODY = re.compile(rb"<[bB][oO][dD][yY](?=[\s/>])")
_OTHERWISE = (b"\0", b"\x1b")  # in UTF-16 and ISO-2022-JP ASCII is not what it seems
_UTF_8 = frozenset(("utf-8", "utf8", ""))
# Every label is declared behind the word `charset`: where each names UTF-8 no tag need be looked at.
_CHARSET_UTF_8 = re.compile(rb"charset\s*+=\s*+(?:\"\s*+utf-?8\s*+\"|'\s*+utf-?8\s*+'|utf-?8(?=[\s\"'>]))")
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE | re.ASCII)


def early_head(body: bytes, content_type: str | None = None) -> tuple[str, int] | None:
    """The text of a page up to the end of its head, and how many bytes that is; None where the page must be decoded whole.

    The end is where `</head>` or `<body>` is written first, be it in a script: whether the head ends there, a scan tells.

    Args:
        body: the page, which may be cut anywhere.
        content_type: the header of that name.
    """
    found = _END.search(body, 0, MAX_SCAN_CHARS) or _BODY.search(body, 0, MAX_SCAN_CHARS)
    if found is None:
        return None
    end = body.find(b">", found.end(), found.end() + MAX_HEAD_END_CHARS) + 1
    head = body[:end]
    if not head or any(sign in head for sign in _OTHERWISE):
        return None
    if not head.isascii() and not _may_be_utf8(head, content_type):
        return None
    try:
        return head.decode().removeprefix("\ufeff"), end
    except UnicodeDecodeError:
        return None


def _may_be_utf8(head: bytes, content_type: str | None) -> bool:
    """Whether the first declaration, if there is one, is UTF-8; two bytes of another encoding may look like it by chance."""
    if head.startswith(codecs.BOM_UTF8):
        return True
    stated = _HEADER.search(content_type) if content_type else None
    if stated is None:
        small = head.lower()
        if small.count(b"charset") == len(_CHARSET_UTF_8.findall(small)):
            return True
    label = stated[1] if stated else next((label.decode("latin-1") for label, _ in declarations(head)), "")
    return label.strip().lower() in _UTF_8
