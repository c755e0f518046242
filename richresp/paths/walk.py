"""Finding what one path matches in a value that is at hand.

The walk keeps one iterator for each level it is in, so that depth costs memory and width does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from richresp.paths.automaton import Matcher, State
from richresp.paths.syntax import Path


def find(value: Any, path: Path) -> Iterator[tuple[str, Any]]:
    """What a path matches in a value, in document order, each match once: its JSON Pointer (RFC 6901), and itself.

    Args:
        value: a JSON-native value without cycles: dicts with strings as keys, lists, tuples, scalars.
        path: from `parse`. A definite one is followed without a look at other children.
    """
    matcher = Matcher((path,))
    if matcher.root:
        yield "", value
    if matcher.start is None:
        return
    trail: list[str] = []
    stack = [(matcher.start, _length(value), _children(value, matcher.start))]
    while stack:
        state, length, children = stack[-1]
        del trail[len(stack) - 1 :]
        child = next(children, None)
        if child is None:
            stack.pop()
            continue
        key, inner = child
        trail.append(f"/{key}" if isinstance(key, int) else "/" + key.replace("~", "~0").replace("/", "~1"))
        hits, below = state.step(key, length)
        if hits:
            yield "".join(trail), inner
        if below is not None and isinstance(inner, (dict, list, tuple)):
            stack.append((below, _length(inner), _children(inner, below)))


def _length(value: Any) -> int | None:
    return len(value) if isinstance(value, (list, tuple)) else None


def _children(value: Any, state: State) -> Iterator[tuple[str | int, Any]]:
    """The children that the only path may take, in order; where it is definite, that is one at most."""
    ends, leads = state.endings(), state.leads
    everything = bool(ends.every) or leads.every or leads.anywhere
    if isinstance(value, dict):
        if everything:
            return iter(value.items())
        return ((name, value[name]) for name in (*ends.names, *leads.names) if name in value)
    if not isinstance(value, (list, tuple)):
        return iter(())
    if everything:
        return enumerate(value)
    size = len(value)
    return ((at % size, value[at]) for at in (*ends.indexes, *leads.indexes) if -size <= at < size)
