"""A page of HTML as markdown, for a model to read: what it says, in the order it says it.

    bytes -> decode -> harmless markup -> tree -> blocks, by the emitters of this package

Text is data here as everywhere: what stands in a text shows as that very text, and only elements make markup. Nothing is fetched,
no script runs, no style sheet is read.
"""

from __future__ import annotations

from typing import Literal

from richresp.decode import decode
from richresp.exceptions import UsageError
from richresp.markdown.escape import Style
from richresp.markdown.raw import Block

__all__ = ["from_html"]

Images = Literal["alt", "keep", "drop"]


def from_html(
    html: str | bytes | bytearray | memoryview,
    *,
    url: str | None = None,
    content_type: str | None = None,
    navigation: bool = False,
    images: Images = "alt",
    links: bool = True,
    math: Literal["escape"] | None = None,
    autolink: bool = True,
) -> Block:
    """HTML as markdown: headings, paragraphs, lists, tasks, tables, quotes, code, emphasis and links.

    A table with cells that span others tells them in each place. A table that only lays out, a term, a caption and a summary are
    text. Scripts, styles, hidden elements, media and the controls of forms are left out. What markdown cannot nest (over 19
    levels, of which a quote is one and a list two; less in pages of over 800,000 characters) stands one level higher. Of a
    page of over 8,000,000 characters of markup or 500,000 tags only the beginning is read, and the last line says so.

    Args:
        html: a page, or a part of one, of any quality; bytes are decoded as browsers do it.
        url: where it came from. Links are made absolute by it and the page's own `<base>`; without either a relative link is its
            text. So is a link within the page, and one that does not lead to http, https or mailto.
        content_type: the header of that name, for bytes: it may name their encoding.
        navigation: True keeps what a page says is not its content: navigation, its header and footer, asides, dialogs, search, and
            all that stands outside of its one main part. Headers and asides of an article are its own. Where nothing else is
            left, it is kept anyway.
        images: "alt" shows the alternative text, which is what a reader of text has from an image; "keep" makes images of
            those at http and https URLs, which whoever shows the markdown will load; "drop" leaves them out.
        links: False shows only the text of links: their addresses are often more than half of the tokens.
        math: "escape" escapes `$` in texts.
        autolink: False keeps bare URLs in texts from becoming links.

    Raises:
        UsageError: for a URL that is not absolute, and for values that options do not have. Never for what the page is.
    """
    if images not in {"alt", "keep", "drop"}:
        raise UsageError(f"images={images!r}: give 'alt', 'keep' or 'drop'")
    for name, value in (("navigation", navigation), ("links", links)):
        if not isinstance(value, bool):
            raise UsageError(f"{name}={value!r}: give True or False")
    for name, text in (("content_type", content_type), ("url", url)):
        if text is not None and not isinstance(text, str):
            raise UsageError(f"{name} is a text or None, not {type(text).__name__}")
    style = Style(math, autolink)
    if isinstance(html, (bytes, bytearray, memoryview)):
        html = decode(bytes(html), content_type)[0]
    elif not isinstance(html, str):
        raise UsageError(f"from_html() takes HTML as text or bytes, not {type(html).__name__}")
    from richresp.markdown.html.page import page_of
    from richresp.markdown.html.places import Places
    from richresp.markdown.html.reader import Wishes

    return page_of(html, Places(url), Wishes(navigation, images, links, style=style))
