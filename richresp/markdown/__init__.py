"""Markdown that renders right for any text.

Text is data: whatever stands in it, a parser shows exactly that text and nothing else. Only `Raw` and `link` make markup.
"""

from __future__ import annotations

from richresp.markdown.escape import escape
from richresp.markdown.inline import Raw, link
from richresp.markdown.lists import bullets
from richresp.markdown.table import iter_table, table

__all__ = ["Raw", "bullets", "escape", "iter_table", "link", "table"]
