"""What the elements of HTML are: blocks, marks, what shows no text, what is hidden, what belongs to the frame of a page.

By the HTML standard (15, Rendering) and the roles that HTML-AAM gives to elements; never by the names that a site uses.
"""

from __future__ import annotations

import re
from typing import Final

from richresp.limits.extract import MAX_CLASS_CHARS
from richresp.markdown.html.tokens import Kind
from richresp.tree import Element

BLOCKS: Final = frozenset(
    ("html", "body", "address", "article", "blockquote", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption",
     "figure", "form", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li", "listing", "main", "menu", "nav",
     "ol", "optgroup", "p", "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "td", "th", "ul", "xmp", "aside", "caption")
)  # fmt: skip
"""Elements that stand on lines of their own."""

SILENT: Final = frozenset(
    ("applet", "area", "audio", "base", "button", "canvas", "col", "colgroup", "datalist", "embed", "frame", "frameset", "iframe", "input",
     "link", "map", "meta", "meter", "noembed", "noframes", "noscript", "object", "param", "progress", "rp", "script", "select", "source", "style",
     "svg", "template", "textarea", "title", "track", "video")
)  # fmt: skip
"""Elements of which nothing is told: scripts and styles, what shows only without scripts, controls of forms, media."""

MARKS: Final[dict[str, Kind]] = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "em"),
    **dict.fromkeys(("s", "strike", "del"), "del"),
}
CODES: Final = frozenset(("code", "samp", "kbd", "tt"))
HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
LISTS: Final = frozenset(("ul", "ol", "menu", "dir"))
OWN: Final = frozenset(("article", "main"))

_FRAME: Final = frozenset(("nav", "aside", "dialog", "search"))
_FRAME_ROLES: Final = frozenset(
    ("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar", "tablist")
)  # fmt: skip
_TELLING: Final = frozenset(("hidden", "aria-hidden", "style", "role", "aria-modal"))
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def is_hidden(element: Element, names: list[str], *, waiting: bool = False) -> bool:
    """Whether a browser shows nothing of an element, or its author says that it is only decoration.

    `aria-hidden` is what authors put on icons written as words, on the second one of a formula written twice, and on what
    stands under a dialog. `hidden="until-found"` is text that a search in the page finds. Style sheets are not read.

    Args:
        element: the element.
        names: of its attributes.
        waiting: whether the attribute `hidden` is taken for what a script will remove.
    """
    if _TELLING.isdisjoint(names):
        return False
    if not waiting and "hidden" in names and element.get("hidden").strip().lower() != "until-found":
        return True
    if "aria-hidden" in names and element.get("aria-hidden").strip().lower() == "true":
        return True
    return "style" in names and bool(_UNSEEN.search(element.get("style")[:MAX_CLASS_CHARS]))


def is_frame(element: Element, tag: str, names: list[str], *, own: bool) -> bool:
    """Whether an element leads around, or stands around, what a page is about: navigation, banner, dialogs, side notes.

    Args:
        element: the element.
        tag: its name.
        names: of its attributes.
        own: whether it stands in an article or the main part, of which header, footer and asides are their own.
    """
    if "aria-modal" in names:
        return True
    role = element.get("role").strip().lower() if "role" in names else ""
    if role:
        return role in _FRAME_ROLES and not (own and role in {"banner", "contentinfo", "complementary"})
    if tag in {"header", "footer", "aside"}:
        return not own
    return tag in _FRAME


def is_own(element: Element, tag: str, names: list[str]) -> bool:
    """Whether an element is an article, or the main part."""
    return tag in OWN or ("role" in names and element.get("role").strip().lower() in OWN)


def attribute(element: Element, name: str) -> str:
    """The value of an attribute, as far as it is read; empty where there is none."""
    return str(element.get(name, ""))[:MAX_CLASS_CHARS]
