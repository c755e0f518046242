"""Previews as text to go on with: JSON, NDJSON, markdown, HTML, meta tags. Errors stand in the places of previews.

What is written for one link alone is the bare thing; for several it is a list of them, begun at once and written as they come.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from html import escape
from typing import Any, Literal

from richresp.cli.manners import answer, shown
from richresp.exceptions import PreviewError
from richresp.links.model import Preview

Format = Literal["json", "ndjson", "markdown", "html", "meta"]


class Writer:
    """Writes results in one of the formats.

    Args:
        name: of the format.
        several: whether they are a list, be it of one.
    """

    def __init__(self, name: Format, *, several: bool) -> None:
        self._name = name
        self._is_list = name == "json" and several
        self._gap = "\n" if several and name in ("markdown", "html", "meta") else ""
        self._count = 0

    def write(self, url: str, result: Preview | PreviewError) -> None:
        """Writes what came of a link."""
        if self._name in ("json", "ndjson"):
            self.write_values(result.to_dict() if isinstance(result, Preview) else error_values(url, result))
            return
        text = (
            _WAYS[self._name](result) if isinstance(result, Preview) else _ERRORS[self._name](url, shown(str(result)))
        )
        answer(f"{self._gap if self._count else ''}{text.rstrip()}")
        self._count += 1

    def write_values(self, values: dict[str, Any]) -> None:
        """Writes values as JSON, in a list where there are several."""
        if self._name == "ndjson":
            answer(_json(values))
        elif self._is_list:
            lines = _json(values, indent=2).replace("\n", "\n  ")
            answer(("," if self._count else "[") + "\n  " + lines, nl=False)
        else:
            answer(_json(values, indent=2))
        self._count += 1

    def end(self) -> None:
        """Ends what was begun."""
        if self._is_list:
            answer("\n]" if self._count else "[]")


def error_values(url: str, error: PreviewError) -> dict[str, Any]:
    """An error as JSON-native values."""
    told = {"kind": type(error).__name__, "message": shown(str(error)), "url": shown(error.url)}
    known = {name: getattr(error, name, None) for name in ("reason", "status", "address")}
    return {"requested_url": url, "error": told | {name: value for name, value in known.items() if value is not None}}


def _json(values: dict[str, Any], indent: int | None = None) -> str:
    """JSON in the characters that standard output has."""
    is_unicode = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
    # A lone surrogate, which an argument may hold, is in no encoding.
    text = json.dumps(values, ensure_ascii=not is_unicode, indent=indent)
    return text if text.isascii() or _encodes(text) else json.dumps(values, indent=indent)


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _meta(preview: Preview) -> str:
    from richresp.links.tags import meta_tags

    return meta_tags(preview)


def _markdown_error(_url: str, message: str) -> str:
    from richresp.markdown import paragraph

    return str(paragraph(message))


def _html_error(_url: str, message: str) -> str:
    return f"<p>{escape(message)}</p>"


def _comment(_url: str, message: str) -> str:
    return f"<!-- {escape(message).replace('--', '- -')} -->"


_WAYS: dict[str, Callable[[Preview], str]] = {"markdown": Preview.to_markdown, "html": Preview.to_html, "meta": _meta}
_ERRORS: dict[str, Callable[[str, str], str]] = {
    "markdown": _markdown_error,
    "html": _html_error,
    "meta": _comment,
}
