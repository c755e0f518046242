"""Markdown that renders right for any text.

Text is data: whatever stands in it, a parser shows exactly that text and nothing else. Only `Raw`, `link`
and `image` make markup.
"""

from __future__ import annotations

from richresp.markdown.blocks import fence, heading, paragraph, quote
from richresp.markdown.card import card
from richresp.markdown.document import document
from richresp.markdown.escape import escape
from richresp.markdown.fields import fields
from richresp.markdown.html import from_html
from richresp.markdown.inline import code, image, inline, link
from richresp.markdown.lists import bullets, numbered, tasks
from richresp.markdown.raw import Block, Raw
from richresp.markdown.render import to_html
from richresp.markdown.table import iter_table, table

__all__ = [
    "Block",
    "Raw",
    "bullets",
    "card",
    "code",
    "document",
    "escape",
    "fence",
    "fields",
    "from_html",
    "heading",
    "image",
    "inline",
    "iter_table",
    "link",
    "numbered",
    "paragraph",
    "quote",
    "table",
    "tasks",
    "to_html",
]
