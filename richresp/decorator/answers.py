"""What a handler answers with: the values of a result with its notice, its text, or the result itself."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, cast

from richresp.shaping import Shaped

_LOG = logging.getLogger("richresp.decorator")


def values(shaped: Shaped) -> Any:
    """The values of a result in JSON, with the notice where its text has it; where it has none, the log is told."""
    text, data = shaped.text, cast(Any, shaped.data)
    if shaped.notice is None:
        return data
    if isinstance(data, str):
        value = json.loads(text)
        return value if value != data else _untold(shaped)
    entry = _entry(text, shaped.notice)
    if entry is None:
        return _untold(shaped)
    return entry | data if isinstance(data, dict) else [entry, *data]


def _entry(text: str, notice: str) -> dict[str, str] | None:
    """The notice by its key; None where it does not stand in the text, which else begins with it."""
    start = 2 if text.startswith("[{") else 1
    if not text.startswith('"_notice', start):
        return None
    key, end = json.JSONDecoder().raw_decode(text, start)
    told, _ = json.JSONDecoder().raw_decode(text, end + 1) if text.startswith(':"', end) else (None, end)
    return {key: notice} if told == notice else None


def _untold(shaped: Shaped) -> Any:
    """The values, of which only the log tells what is missing."""
    _LOG.info(shaped.notice)
    return shaped.data


def _itself(shaped: Shaped) -> Shaped:
    return shaped


ANSWERS: Mapping[str, Callable[[Shaped], Any]] = MappingProxyType({"data": values, "text": str, "shaped": _itself})
"""What `returns=` may be."""

TYPES: Mapping[str, type] = MappingProxyType({"text": str, "shaped": Shaped})
"""What a handler then returns, where that is not what its annotation says."""
