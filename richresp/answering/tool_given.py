"""A tool's result as it came, taken apart: data, texts, media.

A text that says in JSON what the structured content says anyway is no text of its own, and is dropped: what is shown of the
structure is written anew. Pictures, sound and other bytes are never cut: they stay whole, beside the budget, as long as
they are small together; what is not is left out, and that is told.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from richresp.limits.tools import MIRROR_CHARS, READ_CHARS

Block = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """A result in the form it has on the wire.

    Attributes:
        content: content blocks.
        structured: structured content; None for none.
        meta: `_meta`; None for none.
        is_error: whether the tool failed.
    """

    content: Sequence[Block]
    structured: Any = None
    meta: Mapping[str, Any] | None = None
    is_error: bool = False

    @property
    def wrapped(self) -> bool:
        """Whether the payload stands under `result` of the structured content, as FastMCP says in `_meta`."""
        told = (self.meta or {}).get("fastmcp")
        return isinstance(told, Mapping) and bool(told.get("wrap_result")) and _is_wrap(self.structured)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Its blocks.

    Attributes:
        texts: texts of their own, and embedded texts by their address.
        mirrored: whether the text of the result is that of its structured content: a text mirrors it, or none stands there.
        media: what stays as it is.
        left_out: what is not shown, each in words.
    """

    texts: Mapping[str, str]
    mirrored: bool
    media: tuple[Block, ...]
    left_out: tuple[str, ...]


def sort(given: Given, *, media_chars: int) -> Sorted:
    """The blocks of a result.

    Args:
        given: the result.
        media_chars: how many characters of base64 stay.
    """
    texts: dict[str, str] = {}
    mirrored, own = False, False
    media: list[Block] = []
    left_out: list[str] = []
    room = media_chars
    for block in given.content:
        kind, resource = block.get("type"), _resource(block)
        if kind == "text":
            if mirrors(block["text"], given.structured):
                mirrored = True
            else:
                own = True
                texts[f"text {len(texts) + 1}"] = block["text"]
        elif kind == "resource_link":
            continue  # links are dealt with by themselves
        elif isinstance(resource.get("text"), str):
            name = str(resource.get("uri"))
            texts[f"text {len(texts) + 1}" if name in texts else name] = resource["text"]
        elif (size := media_size(block)) <= room:
            media.append(block)
            room -= size
        else:
            left_out.append(f"{block.get('mimeType') or resource.get('mimeType') or kind}, {size * 3 // 4} bytes")
    return Sorted(texts, mirrored or not own, tuple(media), tuple(left_out))


def media_size(block: Block) -> int:
    """Characters of base64 in a block."""
    return len(block.get("data") or _resource(block).get("blob") or "")


def own_text(block: Block) -> str | None:
    """The text that a block holds; None for a picture, a sound or a link."""
    text = block.get("text") or _resource(block).get("text")
    return text if isinstance(text, str) else None


def _resource(block: Block) -> Block:
    found = block.get("resource")
    return found if isinstance(found, Mapping) else {}


def mirrors(text: str, structured: Any) -> bool:
    """Whether a text says what structured content says: the same value, or the same under `result`."""
    if structured is None:
        return False
    values = [structured, structured["result"]] if _is_wrap(structured) else [structured]
    if any(isinstance(value, str) and value == text for value in values):
        return True
    if len(text) <= READ_CHARS:
        read = read_json(text)
        return read is not None and any(read == value for value in values)
    beginning = "".join(text[: 4 * MIRROR_CHARS].split())[:MIRROR_CHARS]
    return any(beginning == _beginning(value, ascii_only=each) for value in values for each in (False, True))


def read_json(text: str) -> Any:
    """The dict or list that a text is in JSON; None for what is neither."""
    if text.lstrip()[:1] not in {"{", "["}:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def weight(value: Any, limit: int) -> int:
    """About how many characters a value has as JSON; no more of it is looked at than that many."""
    found, waiting = 0, [iter([value])]
    while waiting and found < limit:
        each = next(waiting[-1], _END)
        if each is _END:
            waiting.pop()
            continue
        found += 2
        if isinstance(each, str):
            found += len(each)
        elif isinstance(each, Mapping):
            waiting += [iter(each.values()), iter(each)]
        elif isinstance(each, (list, tuple)):
            waiting.append(iter(each))
        else:
            found += 4
    return found


_END = object()


def _is_wrap(structured: Any) -> bool:
    return isinstance(structured, Mapping) and structured.keys() == {"result"}


def _beginning(value: Any, *, ascii_only: bool) -> str:
    """The beginning of a value as JSON, without blanks."""
    pieces: list[str] = []
    size = 0
    try:
        for piece in islice(json.JSONEncoder(ensure_ascii=ascii_only).iterencode(value), 4 * MIRROR_CHARS):
            pieces.append("".join(piece[: 4 * MIRROR_CHARS].split()))
            size += len(pieces[-1])
            if size >= MIRROR_CHARS:
                break
    except (TypeError, ValueError, RecursionError):
        return ""
    return "".join(pieces)[:MIRROR_CHARS]
