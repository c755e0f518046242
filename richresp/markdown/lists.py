"""Bullet lists. An item is text, or Raw where it holds a link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from richresp.markdown.escape import escape
from richresp.markdown.inline import Raw
from richresp.markdown.table import shown


def bullets(items: Iterable[Any]) -> str:
    """A bullet list with an item a line; the lines of an item stay together.

    An item that is a list or tuple itself is nested below the one before it, if there is one.
    """
    return "\n".join(_lines(items, 0))


def _lines(items: Iterable[Any], level: int) -> Iterator[str]:
    below = level
    for item in items:
        if isinstance(item, (list, tuple)):
            yield from _lines(item, below)
        else:
            text = str(item) if isinstance(item, Raw) else escape(shown(item))
            yield "  " * level + "- " + text.replace("\n", "\n" + "  " * (level + 1))
            below = level + 1
