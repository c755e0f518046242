"""The tree of a page, for what its head does not say: drawings, forms and what else shows no text of its own are left out."""

from __future__ import annotations

import re

from richresp.limits.extract import MAX_TREE_CHARS
from richresp.limits.links import MAX_SCAN_CHARS
from richresp.tree import Cleaner, Element, Taken, tree_of

__all__ = ["Element", "parse"]

_CLEANER = Cleaner(
    Taken(
        left_out=r"script|style|(?:svg|math)(?![^<>]*/>)|template|textarea|iframe|select|object",
        initials="SsMmTtIiOo",
        attributes=(
            "class", "id", "role", "hidden", "aria-hidden", "itemprop", "style", "width", "height", "href", "alt", "src", "srcset",
            "data-src", "data-srcset", "data-lazy-src", "data-lazy-srcset", "data-original",
        ),
        instead=" ",
        chars=MAX_TREE_CHARS,
        tags=MAX_TREE_CHARS,
    )
)  # fmt: skip
_PAGE_END = re.compile(r"</(?:body|html)\s{0,99}>", re.IGNORECASE)


def parse(text: str) -> Element | None:
    """The root of a page's tree; None where there is none. It never raises; of a hostile or huge page it is a beginning.

    Args:
        text: the whole page, head included.
    """
    markup = _CLEANER.harmless(text[:MAX_SCAN_CHARS].replace("\0", "")).markup
    # Words on both sides of a line break are two. libxml2 drops what stands behind the end of the page; browsers do not.
    return tree_of(_PAGE_END.sub("", markup).replace("<br", " <br").replace("<BR", " <BR"))
