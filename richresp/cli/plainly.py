"""Texts that are no HTML, for `richresp markdown`: they are shown as they are, for a parser of HTML would run their lines together.

What a text is called has the first word, then how it is written: HTML begins with a tag, or has tags of blocks.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from richresp.decode import decode
from richresp.limits.cli import TOLD_CHARS
from richresp.links import Fetched
from richresp.links.media import kind_of

_PAGES = (".htm", ".html", ".shtml", ".xht", ".xhtml")
_TEXTS = (".log", ".markdown", ".md", ".rst", ".text", ".txt")
_BLOCKS = re.compile(
    rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<[!?a-z]|</?(?:article|body|br|div|dl|h[1-6]|head|html|li|main|ol|p|pre|section|t[dhr]|table|ul)\b[^<>]*>",
    re.IGNORECASE,
)


def text_of(page: Fetched, name: str) -> str | None:
    """What a page says that is no HTML; None for HTML.

    Args:
        page: as it was fetched or read.
        name: of the file, empty for one that has none.
    """
    if not _is_text(page, name):
        return None
    return decode(page.body, page.content_type)[0]


def _is_text(page: Fetched, name: str) -> bool:
    if page.content_type is not None:
        return kind_of(page.body, page.content_type) == "text"
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in (*_PAGES, *_TEXTS):
        return suffix in _TEXTS
    return _BLOCKS.search(page.body[:TOLD_CHARS].replace(b"\0", b"")) is None
