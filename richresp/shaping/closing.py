"""A document as a part of markdown: what its end leaves open is closed, so that what follows is no part of it.

Whether that is so is asked of the parser. What nothing closes stands in a fence as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from richresp.markdown.blocks import fence
from richresp.shaping.documents.blocks import blocks

_OPENER = re.compile(r"^ {0,3}(?:`{3}|~{3}|<)", re.MULTILINE)
_TAG = re.compile(r"<(script|pre|style|textarea)\b", re.IGNORECASE)
_ENDS = ("\n-->", "\n?>", "\n>", "\n]]>")
"""What ends the HTML blocks that a blank line does not (CommonMark 0.31.2, 4.6)."""
_NEXT = "\n\n## next"


def closed(document: str) -> str:
    """A document with what its end leaves open closed."""
    if not _OPENER.search(document):
        return document
    ends = ("", *_fence_end(document), *_ENDS, *(f"\n</{name.lower()}>" for name in _TAG.findall(document)[-1:]))
    whole = next((document + end for end in ends if _is_closed(document + end)), None)
    return str(fence(document)) if whole is None else whole


def _fence_end(document: str) -> Iterator[str]:
    """The line that closes the last fence."""
    last = blocks(document)[-1:]
    if last and last[0].kind == "fence":
        yield f"{'' if document.endswith(chr(10)) else chr(10)}{last[0].markup}"


def _is_closed(document: str) -> bool:
    """Whether a heading behind it is one."""
    last = blocks(document + _NEXT)[-1:]
    return bool(last) and last[0].kind == "heading" and last[0].info == "2"
