"""What stands inside a line: text beside markup, links, images, code. URLs are checked before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from richresp.exceptions import UsageError
from richresp.markdown.escape import CELL, LINE_ENDS, LINK_TEXT, PLAIN, SPAN, Style, escaped_parts, hard_breaks, visible
from richresp.markdown.raw import Code, Inline, Link, Raw, checked_text, flattened

LOADED = re.compile(r"https?://(?![:\s])[^/\\?#@]+(?=[/?#]|\Z)", re.IGNORECASE)
MAILED = re.compile(r"mailto:[^\s]", re.IGNORECASE)
_UNSAFE = re.compile(
    r"[\x00-\x20\x7f-\xa0\xad<>\\|`\"^{}\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]+;)")
_IN_TITLE = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)|[\"`]|&(?=#?[A-Za-z0-9]+;)")
_LINE_END = re.compile(r"((?<!\\)(?:\\\\)*)(?:\\(?=[\r\n])|(?<![ \t])[ \t]*)(?:\r\n?|\n)[ \t]*")
"""The end of a line with the backslash or blanks that make it a hard line break."""
_BARE_PIPE = re.compile(r"(?<!\\)((?:\\\\)*)\|")


def inline(*parts: str, math: Literal["escape"] | None = None, autolink: bool = True) -> Inline:
    """Text and Raw parts as one: the text is escaped for what stands beside it, so no markup pairs across parts.

    `inline("see ", md.link("the page", url), "!")` is an item of a list, a cell, or a part of a paragraph.

    Args:
        parts: text, and Raw such as links and code; a Raw must be whole by itself.
        math: "escape" escapes `$` too.
        autolink: False keeps bare URLs in the text from becoming links.

    Raises:
        UsageError: for what is no text.
    """
    checked_text("inline()", *parts)
    source = hard_breaks(escaped_parts(parts, SPAN, Style(math, autolink)))
    return Inline(source, parts, math=math is not None, autolink=autolink)


def on_one_line(raw: Raw) -> Raw:
    """A Raw with blanks for its line ends and hard line breaks."""
    if isinstance(raw, Inline):
        parts = (
            on_one_line(part) if isinstance(part, Raw) else LINE_ENDS.sub(" ", part) for part in flattened(raw.parts)
        )
        return Inline(_joined(raw), tuple(parts), math=raw.math, autolink=raw.autolink)
    return Raw(_joined(raw)) if _LINE_END.search(raw) else raw


def raw_cell(raw: Raw, style: Style = PLAIN, newline: str = "<br>") -> str:
    """Markdown on purpose as the content of a table cell: on one line, its pipes escaped.

    A code span with an escaped pipe in it has no spelling in a cell that all parsers read alike: it is shown as text.
    """
    if isinstance(raw, Inline):
        style = Style("escape" if raw.math else style.math, style.autolink and raw.autolink)
    text = newline.join(escaped_parts([_in_cell(part) for part in flattened((raw,))], CELL, style))
    return text[:-1] + " " if text.endswith("\\\\") else f"{text} " if text.endswith("\\") else text


def _in_cell(part: str) -> str:
    if not isinstance(part, Raw):
        return part
    if isinstance(part, Code) and r"\|" in part.text:
        return str(part.text)
    if isinstance(part, Link) and isinstance(part.text, Raw):
        part = Raw(f"[{_label([_spelled_out(inner) for inner in flattened((part.text,))], PLAIN)}]{part.rest}")
    return Raw(_BARE_PIPE.sub(r"\1\|", _joined(part)))


def _spelled_out(part: str) -> str:
    return str(part.text) if isinstance(part, Code) and r"\|" in part.text else part


def _joined(source: str) -> str:
    return _LINE_END.sub(r"\1 ", source)


def link(text: str, url: str, *, title: str | None = None, math: Literal["escape"] | None = None) -> Raw:
    """A link that shows a text. No text inside it becomes another link.

    Args:
        text: what is shown; the URL itself if nothing visible is in it. A Raw, such as an image, stays as it is.
        url: http, https or mailto.
        title: what a browser shows beside the pointer.
        math: "escape" escapes `$` in the text and title too.

    Raises:
        UsageError: for a URL of another scheme or without a host, for what is clicked must be a page; for one with a user
            name, which pretends to be the host; and for what is no text.
    """
    checked_text("link()", text, url, "" if title is None else title)
    if not MAILED.match(url) and not LOADED.match(url):
        raise UsageError(f"a link to {url[:80]!r}: give an absolute http, https or mailto URL, without a user name")
    style = Style(math)
    rest = f"({destination(url, style)}{_title(title, style)})"
    shown: str = text
    label = _label((text,), style)
    if not label:
        shown, label = url, _label((url,), style)
    return Link(f"[{label}]{rest}", shown, rest)


def image(alt: str, url: str, *, title: str | None = None, math: Literal["escape"] | None = None) -> Raw:
    """An image. Whoever shows it loads it from its server: make none of a URL that a stranger chose.

    Args:
        alt: what is shown where the image is not; may be empty.
        url: http or https.
        title: what a browser shows beside the pointer.
        math: "escape" escapes `$` in the alt text and title too.

    Raises:
        UsageError: for a URL of another scheme, without a host or with a user name, and for what is no text.
    """
    checked_text("image()", alt, url, "" if title is None else title)
    if not LOADED.match(url):
        raise UsageError(f"an image from {url[:80]!r}: give an absolute http or https URL, without a user name")
    style = Style(math)
    label = _label((alt,), style)
    return Raw(f"![{label}]({destination(url, style)}{_title(title, style)})")


def code(text: str) -> Raw:
    """A code span: nothing in it is escaped, and line ends are blanks. Without text it is nothing.

    Raises:
        UsageError: for what is no text.
    """
    checked_text("code()", text)
    shown = LINE_ENDS.sub(" ", visible(text))
    if not shown:
        return Raw("")
    runs = {len(run) for run in re.findall("`+", shown)}
    fence = "`" * next(length for length in range(1, len(runs) + 2) if length not in runs)
    blanks = shown[0] == shown[-1] == " " and bool(shown.strip(" "))
    pad = " " if blanks or "`" in (shown[0], shown[-1]) else ""
    return Code(f"{fence}{pad}{shown}{pad}{fence}", shown)


def destination(url: str, style: Style = PLAIN) -> str:
    """A URL as the destination of a link: percent-encoded where markdown would end it or read something else."""
    safe = _UNSAFE.sub(_percent, url.replace("$", "%24") if style.math else url)
    if not _balanced(safe):
        safe = safe.replace("(", "%28").replace(")", "%29")
    return _ENTITY.sub("&amp;", safe)


def _label(parts: Iterable[str], style: Style) -> str:
    flat = [on_one_line(part) if isinstance(part, Raw) else part for part in parts]
    label = " ".join(escaped_parts(flat, LINK_TEXT, style))
    return f"\\{label}" if label.startswith("^") else label  # `[^` is a footnote to cmark-gfm


def _title(title: str | None, style: Style) -> str:
    """A title in its quotes. It may stand behind an open backtick, so its own are written as references."""
    lines = () if title is None else LINE_ENDS.split(visible(title))
    shown = _IN_TITLE.sub(_spelled, " ".join(filter(None, (line.strip() for line in lines))))
    if style.math:
        shown = shown.replace("$", "\\$").replace("\\\\(", "&#92;(").replace("\\\\[", "&#92;[")
    return f' "{shown}"' if shown else ""


def _spelled(match: re.Match[str]) -> str:
    return {"&": "&amp;", "`": "&#96;"}.get(match[0], "\\" + match[0])


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


def _balanced(url: str) -> bool:
    depth = 0
    for char in url:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return depth == 0
