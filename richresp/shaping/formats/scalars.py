"""Values as the text of one cell or line."""

from __future__ import annotations

from typing import Any

from richresp.shaping.encode import encode
from richresp.shaping.reader import Child, Reader
from richresp.values.plain import compact


def json_text(value: Any) -> str:
    """A JSON-native value as compact JSON, however deep it is nested."""
    try:
        return compact(value)
    except RecursionError:
        return "".join(encode(Child(0, None, value), Reader()))
