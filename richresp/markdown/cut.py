"""Cutting a text for a cell or a card: at a grapheme, with `…` for what is missing, before anything is escaped."""

from __future__ import annotations

import re
from typing import Any

from richresp.exceptions import UsageError
from richresp.text import clean

_ADDRESS = re.compile(r"://|www\.|@|\.[^\W\d_]", re.IGNORECASE)


def checked_limit(option: str, limit: Any, unit: str = "characters") -> None:
    """Refuses a limit that is no number to count to.

    Raises:
        UsageError: for what is no integer, or is below 1.
    """
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise UsageError(f"{option}={limit!r:.80}: give a number of {unit} from 1 on")


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
    last_word = kept[max(map(kept.rfind, " \t\n")) + 1 :]
    return f"{kept}…", _ADDRESS.search(last_word) is not None
