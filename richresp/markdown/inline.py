"""What stands inside a line: text beside markup, links, images, code. URLs are checked before anything is written."""

from __future__ import annotations

import re
from typing import Literal

from richresp.exceptions import UsageError
from richresp.markdown.escape import CELL, LINE_ENDS, LINK_TEXT, PLAIN, SPAN, Style, escaped_parts, hard_breaks, visible
from richresp.markdown.raw import Code, Inline, Raw

_LINKED = re.compile(r"https?://[^/\\?#\s]|mailto:[^\s]", re.IGNORECASE)
_LOADED = re.compile(r"https?://[^/\\?#\s]", re.IGNORECASE)
_UNSAFE = re.compile(
    r"[\x00-\x20\x7f-\xa0\xad<>\\|`\"^{}\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]+;)")
_IN_TITLE = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)|[\"`]|&(?=#?[A-Za-z0-9]+;)")
_BARE_PIPE = re.compile(r"(?<!\\)((?:\\\\)*)\|")


def inline(*parts: str, math: Literal["escape"] | None = None, autolink: bool = True) -> Inline:
    """Text and Raw parts as one: the text is escaped for what stands beside it, so no markup pairs across parts.

    `inline("see ", md.link("the page", url), "!")` is an item of a list, a cell, or a part of a paragraph.

    Args:
        parts: text, and Raw such as links and code; a Raw must be whole by itself.
        math: "escape" escapes `$` too.
        autolink: False keeps bare URLs in the text from becoming links.
    """
    return Inline(hard_breaks(escaped_parts(parts, SPAN, Style(math, autolink))), parts)


def raw_cell(raw: Raw, style: Style = PLAIN, newline: str = "<br>") -> str:
    """Markdown on purpose as the content of a table cell: on one line, its pipes escaped.

    A code span with an escaped pipe in it has no spelling in a cell that all parsers read alike: it is shown as text.
    """
    parts = raw.parts if isinstance(raw, Inline) else (raw,)
    spelled = (
        str(part.text)
        if isinstance(part, Code) and r"\|" in part.text
        else _in_cell(part)
        if isinstance(part, Raw)
        else part
        for part in parts
    )
    text = newline.join(escaped_parts(tuple(spelled), CELL, style))
    return text[:-1] + " " if text.endswith("\\\\") else f"{text} " if text.endswith("\\") else text


def _in_cell(raw: Raw) -> Raw:
    return Raw(_BARE_PIPE.sub(r"\1\|", " ".join(raw.split("\n"))))


def link(
    text: str,
    url: str,
    *,
    title: str | None = None,
    math: Literal["escape"] | None = None,
    autolink: bool = True,  # noqa: ARG001
) -> Raw:
    """A link that shows a text.

    Args:
        text: what is shown; the URL itself if nothing visible is in it. A Raw, such as an image, stays as it is.
        url: http, https or mailto.
        title: what a browser shows beside the pointer.
        math: "escape" escapes `$` in the text and title too.
        autolink: changes nothing here, as no text inside a link becomes another one.

    Raises:
        UsageError: for a URL of another scheme or without a host, for what is clicked must be a page.
    """
    if not _LINKED.match(url):
        raise UsageError(f"a link to {url[:80]!r}: give an absolute http, https or mailto URL")
    style = Style(math)
    return Raw(f"[{_label(text, style) or _label(url, style)}]({destination(url, style)}{_title(title, style)})")


def image(alt: str, url: str, *, title: str | None = None, math: Literal["escape"] | None = None) -> Raw:
    """An image. Whoever shows it loads it from its server: make none of a URL that a stranger chose.

    Args:
        alt: what is shown where the image is not; may be empty.
        url: http or https.
        title: what a browser shows beside the pointer.
        math: "escape" escapes `$` in the alt text and title too.

    Raises:
        UsageError: for a URL of another scheme or without a host.
    """
    if not _LOADED.match(url):
        raise UsageError(f"an image from {url[:80]!r}: give an absolute http or https URL")
    style = Style(math)
    label = _label(alt, style)
    note = "\\" if label.startswith("^") else ""  # `![^` is no image to cmark-gfm, which sees a footnote
    return Raw(f"![{note}{label}]({destination(url, style)}{_title(title, style)})")


def code(text: str) -> Raw:
    """A code span: nothing in it is escaped, and line ends are blanks. Without text it is nothing."""
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


def _label(text: str, style: Style) -> str:
    return " ".join(escaped_parts((text,), LINK_TEXT, style))


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
