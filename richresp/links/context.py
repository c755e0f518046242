"""What a position of a page is inside of, as far as it decides how the page reads on: templates, SVG and MathML.

A page's own tags stand outside all of them. Within SVG and MathML other rules hold (HTML 13.2.6.5): scripts and titles are
ordinary tags there, CDATA sections exist, and a tag that can only be HTML, a meta among them, ends the drawing around it.
HTML elements are not tracked, so a drawing that is not closed is taken to end at the end tag of any HTML element.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from richresp.limits.extract import MAX_OPEN_PARTS

PARTS: Final = frozenset(
    ("svg", "math", "foreignobject", "desc", "title", "mi", "mo", "mn", "ms", "mtext", "annotation-xml", "a")
)
"""The elements of drawings that are tracked: roots, insets that hold HTML, and links, which HTML has as well."""

BREAKOUT: Final = frozenset(
    (
        "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "h1", "h2", "h3",
        "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby", "s",
        "small", "span", "strong", "strike", "sub", "sup", "table", "tt", "u", "ul", "var", "font",
    )
)  # fmt: skip
"""The start tags that end a drawing; `font` does only with one of its old attributes."""

OUTER: Final = frozenset(
    (
        "a", "address", "article", "aside", "button", "details", "dialog", "fieldset", "figcaption", "figure", "footer",
        "form", "header", "hgroup", "label", "main", "nav", "picture", "search", "section", "summary", "tbody", "td", "tfoot",
        "th", "thead", "tr", "caption",
    )
) | (BREAKOUT - {"body", "head"})  # fmt: skip
"""The end tags that end one, for the element is likely to stand around it."""

_INSETS = frozenset(
    (
        "svg foreignobject",
        "svg desc",
        "svg title",
        "math mi",
        "math mo",
        "math mn",
        "math ms",
        "math mtext",
        "math html",
    )
)
_HTML_TYPES = ("text/html", "application/xhtml+xml")  # of an annotation-xml, which is "math html" here
_TEMPLATE = "template"


class Context:
    """Where a position of a page is.

    Attributes:
        rules: those that hold: HTML's, in the head or behind it; HTML's in an inset that end tags of a drawing end; or those
            of drawings.
        inside: the templates, drawings and tracked parts of them that are open, outermost first.
    """

    __slots__ = ("_in_head", "inside", "rules")

    def __init__(self) -> None:
        self._in_head = True
        self.inside: list[str] = []
        self.rules: Literal["head", "html", "inset", "foreign"] = "head"

    @property
    def in_head(self) -> bool:
        """Whether nothing stood yet that only a body has."""
        return self._in_head

    def leave_head(self) -> None:
        """The body begins."""
        self._in_head = False
        self._settle()

    def enter(self, name: str) -> None:
        """A template or the root of a drawing begins where the rules of HTML hold."""
        self._push(name if name == _TEMPLATE else f"{name} {name}")

    def enter_inset(self, name: str) -> None:
        """An HTML element begins in an inset, that has the name of a part of drawings."""
        self._push(f"html {name}")

    def takes(self, name: str, attributes: Callable[[], dict[str, str]]) -> bool:
        """Whether a start tag is one of the drawing's own; if not, it ended the drawing and is HTML's.

        Args:
            name: of the tag.
            attributes: gives those of the tag; asked only where they matter.
        """
        if name not in BREAKOUT or (name == "font" and not attributes().keys() & {"color", "face", "size"}):
            return True
        self._break_out()
        return False

    def enter_foreign(self, name: str, attributes: Callable[[], dict[str, str]]) -> None:
        """An element of a drawing begins, that does not end at once."""
        space = self.inside[-1].partition(" ")[0]
        if name == "annotation-xml" and attributes().get("encoding", "").lower() in _HTML_TYPES:
            name = "html"
        elif name == "svg" and self.inside[-1] == "math annotation-xml":
            space = "svg"
        self._push(f"{space} {name}")

    def leave(self, name: str) -> None:
        """An end tag, read by the rules that hold."""
        parts = {f"{space} {name}" for space in ("svg", "math", "html")} | (
            {"math html"} if name == "annotation-xml" else set()
        )
        if not parts.isdisjoint(self.inside):
            for depth in range(len(self.inside) - 1, -1, -1):
                if self.inside[depth] == _TEMPLATE:
                    break
                if self.inside[depth] in parts:
                    del self.inside[depth:]
                    self._settle()
                    return
        if name == _TEMPLATE:
            while _TEMPLATE in self.inside and self.inside.pop() != _TEMPLATE:
                pass
            self._settle()
        elif name in OUTER:
            self._break_out()

    def _break_out(self) -> None:
        """Leaves drawings up to the next part that holds HTML."""
        while self.rules == "foreign":
            self.inside.pop()
            self._settle()

    def _push(self, what: str) -> None:
        if len(self.inside) < MAX_OPEN_PARTS:
            self.inside.append(what)
            self._settle()

    def _settle(self) -> None:
        if not self.inside:
            self.rules = "head" if self._in_head else "html"
        elif self.inside[-1] == _TEMPLATE:
            self.rules = "html"
        else:
            self.rules = "inset" if self.inside[-1] in _INSETS or self.inside[-1].startswith("html ") else "foreign"
