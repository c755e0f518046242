"""Whole values as compact JSON.

What `measure` found to be plain goes through the encoder of the standard library in one call; all else, and what holds
something that JSON cannot, is written node by node. Neither recurses: depth is the payload's affair, not the stack's.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from functools import partial
from typing import Any

from richresp.exceptions import InvalidPayload
from richresp.limits.shape import STRING_SLICE
from richresp.shaping.estimate import measure
from richresp.shaping.pieces import Run
from richresp.shaping.places import Place
from richresp.shaping.reader import Child, Reader
from richresp.values.plain import Where, compact, is_container, is_list, is_repaired, quote, repaired, step

Replaced = list[str]
"""Takes the pointers of values and keys that JSON cannot hold."""


def plain_text(value: Any) -> str | None:
    """A value that `measure` found plain, as JSON; None where it turns out not to be."""
    try:
        text = compact(value)
    except (ValueError, RecursionError):
        return None
    return text if repaired(text) is text else None


def encode(root: Child, reader: Reader, where: Where = str, replaced: Replaced | None = None) -> Iterator[str]:
    """A value as compact JSON, in pieces, read no further than the pieces are.

    Args:
        root: the value.
        reader: what reads its nodes.
        where: gives its pointer.
        replaced: takes the pointers of the values and keys that JSON cannot hold.

    Raises:
        InvalidPayload: as `native` and `members` do, and for a value that contains itself.
    """
    trail: list[str | int] = []
    here = partial(_pointer, where, trail)
    open_ids: set[int] = set()
    stack: list[tuple[Iterator[Child], str, Any]] = []
    lead, child = "", root
    while True:
        value = child.value
        if is_container(value):
            if id(value) in open_ids:
                raise InvalidPayload(pointer=here(), reason="a value that contains itself; break the cycle")
            open_ids.add(id(value))
            yield lead + ("{" if isinstance(value, dict) else "[")
            lead = ""
            stack.append((reader.children(value, child.state, here), "}" if isinstance(value, dict) else "]", value))
        else:
            yield lead
            kept = yield from _leaf(value)
            if replaced is not None and (child.lost or not kept):
                replaced.append(here())
            lead = ","
        while stack:
            children, close, container = stack[-1]
            del trail[len(stack) - 1 :]
            following = next(children, None)
            if following is not None:
                break
            stack.pop()
            open_ids.discard(id(container))
            yield close
            lead = ","
        else:
            return
        child = following
        trail.append(child.order if child.name is None else child.name)
        if child.name is not None:
            if replaced is not None and is_repaired(child.name, container):
                replaced.append(here())
            yield lead
            yield from _leaf(child.name)
            lead = ":"


def _pointer(where: Where, trail: list[str | int]) -> str:
    """The JSON Pointer of the value at hand; built only when it is asked for, since a trail may be very long."""
    return where() + "".join(step("", name) for name in trail)


def _leaf(value: Any) -> Generator[str, None, bool]:
    """What has no children as JSON, a long string in slices; returns whether it could be kept as it is."""
    if not isinstance(value, str):
        yield "{}" if isinstance(value, dict) else "[]" if is_list(value) else quote(value)
        return True
    kept = True
    yield '"'
    for start in range(0, len(value), STRING_SLICE):
        given = value[start : start + STRING_SLICE]
        part = repaired(given)
        kept = kept and part == given
        yield quote(part)[1:-1]
    yield '"'
    return kept


def beginning(child: Child, reader: Reader, chars: int) -> str:
    """The first characters of a value as JSON; not much more of it is read."""
    if measure(child, chars, reader).plain and (text := plain_text(child.value)) is not None:
        return text[:chars]
    parts: list[str] = []
    size = 0
    for part in encode(child, reader):
        parts.append(part)
        size += len(part)
        if size >= chars:
            break
    return "".join(parts)[:chars]


def run_text(run: Run, replaced: Replaced) -> str:
    """Neighbours in a container as JSON, with their keys and the commas between them."""
    if run.plain:
        one = run.children[0] if len(run.children) == 1 else None
        if one is not None and isinstance(one.value, (bool, int, float)):
            return quote(one.value) if one.name is None else f"{quote(one.name)}:{quote(one.value)}"
        if run.children[0].name is None:
            text = plain_text([child.value for child in run.children])
        else:
            text = plain_text({child.name: child.value for child in run.children})
        if text is not None and "\ufffd" not in text:  # a name may have been repaired, which is to be told
            return text[1:-1]
    place = run.place
    texts = []
    for child in run.children:
        where = partial(_child_pointer, place, child)
        lead = "" if child.name is None else f"{quote(child.name)}:"
        if child.name is not None and is_repaired(child.name, place.value):
            replaced.append(where())
        texts.append(lead + "".join(encode(child, place.reader, where, replaced)))
    return ",".join(texts)


def _child_pointer(place: Place, child: Child) -> str:
    return place.inside(child).pointer


def copy(root: Child, reader: Reader) -> Any:
    """A value that `encode` has taken, as fresh JSON-native values."""

    def shallow(child: Child) -> Any:
        if isinstance(child.value, str):
            return repaired(child.value)
        return {} if isinstance(child.value, dict) else [] if is_list(child.value) else child.value

    result = shallow(root)
    todo = [(root, result)]
    while todo:
        child, container = todo.pop()
        if not is_container(child.value):
            continue
        for inner in reader.children(child.value, child.state, str):
            value = shallow(inner)
            if isinstance(container, dict):
                container[inner.name] = value
            else:
                container.append(value)
            todo.append((inner, value))
    return result
