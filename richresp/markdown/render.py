"""Markdown that strangers wrote as HTML that is safe to show: no raw HTML, no scheme but three, no image unless asked for.

Safety does not rest on what the parser refuses: links, images, languages and alignments are checked again on what it
found, and rendered from an allow-list. markdown-it-py is linear in the length of a document for a given nesting, and what
is nested deeper is not shown: every level of quotes and lists may look at each line once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from richresp.exceptions import UsageError
from richresp.limits.markdown import MAX_BLOCK_NESTING, MAX_INLINE_NESTING, MAX_RENDER_CHARS, MIN_REFERENCE_CHARS
from richresp.markdown.raw import checked_text
from richresp.text import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_LINKED = re.compile(r"(?:https?://[^\s/\\?#]|mailto:[^\s])", re.IGNORECASE)
_LOADED = re.compile(r"https?://[^\s/\\?#]", re.IGNORECASE)
_LANGUAGE = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9_+#.-]{0,31})(?=\s|$)")
_ALIGNMENT = re.compile(r"text-align:(left|center|right)")


def to_html(source: str, *, images: bool = False) -> str:
    """Markdown as HTML: CommonMark with the tables and strikethrough of GFM; bare URLs stay text.

    Links lead to absolute http, https and mailto URLs and carry `rel="nofollow noopener"`; any other, and raw HTML, is
    shown as text. The one class is that of a language, `language-x`. Invisible characters are removed.

    Args:
        source: any markdown, trusted or not.
        images: True loads images from http and https URLs. An image is a request to a server that the author of the
            source chose, with whatever that author put into the URL; so by default it is shown as a link, or inside a
            link as its text.

    Raises:
        UsageError: for more than 100,000 characters, and for what is no text.
    """
    checked_text("to_html()", source)
    if len(source) > MAX_RENDER_CHARS:
        raise UsageError(f"{len(source):,} characters of markdown: render at most {MAX_RENDER_CHARS:,} at a time")
    parser = _parser()
    tokens = parser.parse(source)
    for token in tokens:
        _check_block(token)
        if token.children:
            token.children = list(_checked(token.children, images=images))
    return clean(str(parser.renderer.render(tokens, parser.options, {})))


@cache
def _parser() -> MarkdownIt:
    """The parser, which keeps nothing of what it parsed."""
    from markdown_it import MarkdownIt

    class Checked(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: N802
            return bool(_LINKED.match(url))

    def made(nesting: int) -> MarkdownIt:
        return Checked("commonmark", {"html": False, "maxNesting": nesting}).enable(["table", "strikethrough"])

    blocks, inline = made(MAX_BLOCK_NESTING), made(MAX_INLINE_NESTING)

    def parse_inline(state: StateCore) -> None:
        if "references" in state.env:
            state.env["references"] = _References(state.env["references"], max(MIN_REFERENCE_CHARS, len(state.src)))
        for token in state.tokens:
            if token.type == "inline":
                token.children = []
                inline.inline.parse(token.content, inline, state.env, token.children)

    blocks.core.ruler.at("inline", parse_inline)
    return blocks


class _References(dict[str, Any]):
    """What links by reference stand for, up to so many characters in all; behind that they are text."""

    def __init__(self, found: Mapping[str, Any], budget: int) -> None:
        super().__init__(found)
        self._budget = budget

    def get(self, key: str, default: Any = None) -> Any:
        found = super().get(key)
        if found is None:
            return default
        self._budget -= len(found["href"]) + len(found["title"])
        return found if self._budget >= 0 else default


def _check_block(token: Token) -> None:
    """What a block may say of itself: the language of a fence, the alignment of a cell, the number of a first item."""
    language = _LANGUAGE.match(token.info) if token.type == "fence" else None
    token.info = language[1] if language else ""
    alignment = _ALIGNMENT.fullmatch(str(token.attrs.get("style", "")))
    start = token.attrs.get("start")
    token.attrs = {"align": alignment[1]} if alignment else {"start": start} if isinstance(start, int) else {}


def _checked(tokens: Sequence[Token], *, images: bool) -> Iterator[Token]:
    """The tokens of a line, of links and images what they may say; the parser itself lets emphasis nest without end."""
    links = level = 0
    for token in tokens:
        level += token.nesting == 1
        deep = level > MAX_INLINE_NESTING
        level -= token.nesting == -1
        if deep and token.nesting:
            continue
        if token.type == "image" and not (images and _LOADED.match(str(token.attrs.get("src", "")))):
            yield from _as_link(token, inside=links > 0)
            continue
        if token.type == "link_open":
            links += 1
            token.attrs = _link_attributes(str(token.attrs.get("href", "")), token.attrs.get("title"))
        elif token.type == "image":
            token.attrs = {
                **{name: token.attrs[name] for name in ("src", "alt", "title") if name in token.attrs},
                "loading": "lazy",
                "referrerpolicy": "no-referrer",
            }
        else:
            links -= token.type == "link_close"
            token.attrs = {}
        yield token


def _link_attributes(url: str, title: str | float | None) -> dict[str, str | int | float]:
    if not _LINKED.match(url):
        return {}
    return {"href": url, **({"title": title} if title is not None else {}), "rel": "nofollow noopener"}


def _as_link(image: Token, *, inside: bool) -> Iterator[Token]:
    """An image as a link to it, or inside a link as text: its alternative text, else its URL."""
    from markdown_it.token import Token

    url = str(image.attrs.get("src", ""))
    text = Token("text", "", 0, content=_plain(image.children or ()) or url)
    if inside:
        yield text
    else:
        yield Token("link_open", "a", 1, attrs=_link_attributes(url, image.attrs.get("title")))
        yield text
        yield Token("link_close", "a", -1)


def _plain(tokens: Sequence[Token]) -> str:
    """The text of tokens. They may hold images, which hold tokens; so nested deep, within what is parsed."""
    return "".join(
        _plain(token.children) if token.children else " " if token.tag == "br" else token.content for token in tokens
    )
