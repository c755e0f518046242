"""What the shown part of a payload says, as JSON-native values."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from richresp.shaping.encode import copy
from richresp.shaping.pieces import Run
from richresp.shaping.shown import Shown
from richresp.values.plain import repaired

Values = Callable[[Run, Callable[[], list[Any]]], list[Any]]
"""What remembers the values of a run of list items."""


def data(root: Shown, known: Values | None = None) -> Any:
    """The shown part as JSON-native values that share nothing with the payload.

    Args:
        root: what is shown.
        known: remembers the values of runs, which are then shared with the last call.
    """
    if isinstance(root.place.value, str):
        return _cut_text(root)
    top = _empty(root)
    todo = [(root, top)]
    while todo:
        shown, container = todo.pop()
        for entry in shown.entries:
            content = entry.content
            if isinstance(content, Run):
                if known is None or isinstance(container, dict):
                    _add_values(container, content, entry.last.text)
                else:
                    container.extend(known(content, partial(_values, content, entry.last.text)))
            if not isinstance(content, Shown):
                continue
            value = _cut_text(content) if isinstance(content.place.value, str) else _empty(content)
            _add_value(container, content.place.name, value)
            if not isinstance(value, str):
                todo.append((content, value))
    return top


def _empty(shown: Shown) -> Any:
    return {} if isinstance(shown.place.value, dict) else []


def _add_value(container: Any, name: str | None, value: Any) -> None:
    if name is None:
        container.append(value)
    else:
        container[name] = value


def _add_values(container: Any, run: Run, text: str) -> None:
    """Puts the children of a run into a container: read from their own text, which is quick, or where that is nested
    too deep for the reader of the standard library, copied.
    """
    try:
        values = json.loads(f"{{{text}}}" if isinstance(container, dict) else f"[{text}]")
    except RecursionError:
        for child in run.children:
            _add_value(container, child.name, copy(child, run.place.reader))
        return
    if isinstance(container, dict):
        container.update(values)
    else:
        container.extend(values)


def _values(run: Run, text: str) -> list[Any]:
    values: list[Any] = []
    _add_values(values, run, text)
    return values


def _cut_text(shown: Shown) -> str:
    place = shown.place
    text = repaired(place.value[place.start : place.start + shown.kept])
    is_end = place.start + shown.kept == len(place.value)
    return text if is_end or place.division is not None else f"{text}…"
