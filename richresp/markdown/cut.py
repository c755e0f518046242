"""Cutting a text for a cell or a card: at a grapheme, with `…` for what is missing, before anything is escaped."""

from __future__ import annotations

import re

from richresp.text import clean

_ADDRESS = re.compile(r"(?:://|www\.|@)[^ \t\n]*$", re.IGNORECASE)


def cut(text: str, limit: int) -> tuple[str, bool]:
    """A text of at most `limit` characters, the last of which is `…` if some are missing.

    Returns:
        The text, without what cannot be seen; and whether the cut went through an address, which then leads elsewhere and
        must not become a link.
    """
    text = clean(text.replace("\0", "\ufffd")).strip()
    if len(text) <= limit:
        return text, False
    from richresp.graphemes import last_break

    kept = text[: last_break(text, 0, limit - 1)].rstrip()
    return f"{kept}…", _ADDRESS.search(kept) is not None
