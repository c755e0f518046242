"""The text of a paragraph, heading or cell as parts for an emitter: text, which it escapes, and Raw, which it does not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from richresp.markdown.blocks import fence
from richresp.markdown.escape import HEADING, LINE, PLAIN, Style, escaped_parts, hard_breaks
from richresp.markdown.html.marks import marked
from richresp.markdown.html.tokens import End, Mark, Token, collapsed, spaced
from richresp.markdown.inline import link, on_one_line
from richresp.markdown.raw import Block, Inline, Link, Raw
from richresp.markdown.urls import REWRITTEN
from richresp.text import clean

_BRACKET = re.compile(r"[\[\]]")
_SAFE_URL = re.compile(r"https?://[A-Za-z0-9.-]+(?:[/?#][A-Za-z0-9._~/?#=%+,;:@!-]*)?")
_RAW = "\x00"
_HARM = re.compile(
    r"[\\*~_`\n\x01-\x1f\x7f]|//|www\.|%[0-9a-f]|xn--|!\x00|\x00[(]|\][(:]|\[\^|&[#A-Za-z]|<[A-Za-z/!?\x00]|<[^<@]*@"
    r"|\A(?:[-+#>=:|]|[0-9]+[.)])",
    re.IGNORECASE,
)
_ODD_DOTS = re.compile("[\u3002\uff0e\uff61]")
_NOTHING: frozenset[str] = frozenset()
_STRONG = frozenset(("strong",))


def parts_of(tokens: Sequence[Token], style: Style, *, strong: bool = False) -> list[str]:
    """What tokens show; nothing if they show nothing.

    Args:
        tokens: as they were read.
        style: what else is escaped.
        strong: whether all of it is strong anyway, so that no mark says so.
    """
    if all(type(token) is str for token in tokens):
        text = collapsed("".join(token for token in tokens if isinstance(token, str)))
        return [text] if text else []
    found = spaced(tokens, without=_STRONG if strong else _NOTHING)
    return marked(list(_linked(found, style)))


def paragraph_of(tokens: Sequence[Token], style: Style) -> Block:
    """Tokens as a paragraph; empty if they show nothing."""
    parts = parts_of(tokens, style)
    if style == PLAIN and is_harmless(parts):
        return Block("".join(parts), "paragraph")
    return Block(hard_breaks(escaped_parts(parts, LINE, style)), "paragraph")


def is_harmless(parts: Sequence[str]) -> bool:
    """Whether parts are a paragraph as they are: a look that is faster than all rules, and sure where it says so.

    No text of theirs may have what the rules of LINE look for in a line, nor a break, nor what is not shown.
    """
    line = "".join(_RAW if isinstance(part, Raw) else part for part in parts)
    if _HARM.search(line) or line[:1] == " " or line[-1:] == " ":
        return False
    if line.isascii():
        return True
    shown = line.replace(_RAW, "").replace("\xa0", " ")
    return shown.isprintable() and clean(shown) == shown and not ("." in shown and _ODD_DOTS.search(shown))


def heading_of(tokens: Sequence[Token], level: int, style: Style) -> Block:
    """Tokens as a heading; empty if they show nothing."""
    parts = [on_one_line(part) if isinstance(part, Raw) else part for part in parts_of(tokens, style, strong=True)]
    lines = escaped_parts(parts, HEADING, style)
    return Block("#" * level + " " + " ".join(lines) if lines else "", "heading")


def fence_of(text: str, language: str) -> Block:
    """Code as a fence; empty if there is none."""
    return fence(text, info=language) if text.strip() else Block("", "fence")


def _linked(tokens: Sequence[Token], style: Style) -> list[Token]:
    """Tokens with Raw for their links."""
    made: list[Token] = []
    depth, start, url = 0, -1, ""
    for at, token in enumerate(tokens):
        if isinstance(token, Mark):
            depth += 1
            if token.kind == "link":
                start, url, inside = at, token.url, depth
        elif isinstance(token, End):
            depth -= 1
            if start >= 0 and depth < inside:
                made.append(_link(tokens[start + 1 : at], url, style))
                start = -1
                continue
        if start < 0:
            made.append(token)
    return made


def _link(tokens: Sequence[Token], url: str, style: Style) -> str:
    parts = marked(tokens)
    text = parts[0] if len(parts) == 1 and not isinstance(parts[0], Raw) else None
    if (
        text is not None
        and style == PLAIN
        and _SAFE_URL.fullmatch(url)
        and text != url
        and is_harmless((text,))
        and text[0] != "^"
        and _BRACKET.search(text) is None
    ):
        return Link(f"[{text}]({url})", text, f"({url})")
    if text == url and style.autolink and _SAFE_URL.fullmatch(url) and not REWRITTEN.search(url):
        return Raw(f"<{url}>")
    return link(Inline("", tuple(parts)), url, math=style.math)
