"""A tool's result that is over the budget, made one that fits: what a middleware puts between a tool and its host.

What fits is left as it is. Of what does not, text and structured content are shaped together, an error stays an error, and
pictures and sound stay whole or are left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from richresp.answering.tool import ToolAnswer, answer, room_of, text_block
from richresp.answering.tool_facts import META_KEY, with_facts
from richresp.answering.tool_fit import fitting
from richresp.answering.tool_given import Given, Sorted, media_size, own_text, sort, weight
from richresp.answering.tool_links import Linked, beside, fitted
from richresp.answering.tool_output import Output, output_of
from richresp.answering.tool_room import Room
from richresp.answering.tool_texts import few, fitted_texts, joined_cursor, value_of
from richresp.exceptions import BudgetTooSmall, UsageError
from richresp.limits.tools import MEDIA_CHARS, ROUGH_CHARS, TEXTS_SHARE
from richresp.shaping import ShapedParts
from richresp.shaping.budget import Budget, whole_number
from richresp.shaping.reader import taken_once
from richresp.typing import CountTokens


@dataclass(frozen=True, slots=True)
class Terms:
    """What the results of a tool have to keep.

    Attributes:
        budget, profile, channels, counter: as for `tool_answer`.
        media_chars: how many characters of base64 an answer may carry; what is beyond is left out.
        options: what else `shape` takes.
    """

    budget: Budget | None = None
    profile: str | None = None
    channels: str = "both"
    counter: CountTokens | None = None
    media_chars: int = MEDIA_CHARS
    options: Mapping[str, Any] = field(default_factory=dict)

    def room(self) -> Room:
        """The caps of an answer.

        Raises:
            UsageError: for terms that cannot be kept.
        """
        if (number := whole_number(self.media_chars)) is None or number < 0:
            raise UsageError(f"media_chars={self.media_chars!r}: give a number of characters from 0 on")
        room = room_of(self.budget, self.profile, self.channels, self.counter)
        for unit, cap in room.limits().items():
            if cap < 1:
                raise UsageError(f"budget={self.budget!r}: give a number of {unit} from 1 on")
        return room


def reshaped(
    given: Given,
    terms: Terms,
    *,
    schema: Mapping[str, Any] | None = None,
    links: Sequence[Linked] = (),
    cursor: str | None = None,
    pages: bool = True,
) -> ToolAnswer | None:
    """A result within the budget; None where it is already, and may go out as it is.

    Args:
        given: the result. Paths to drop hold for one that fits as well.
        terms: what it has to keep.
        schema: the tool's output schema.
        links: its `resource_link` blocks, which go first, as for `tool_answer`.
        cursor: what the caller gave.
        pages: whether the tool takes a cursor.

    Raises:
        BudgetTooSmall, InvalidPayload: where nothing valid and honest fits.
        InvalidCursor: for a cursor that is not of this result.
    """
    room = terms.room()
    dropping = bool(terms.options.get("drop"))
    if cursor is None and not dropping and fits(given, room, terms.media_chars):
        return None
    parts = sort(given, media_chars=terms.media_chars)
    pages = pages and not given.is_error
    told = f"Left out, because it is too large: {'; '.join(parts.left_out)}" if parts.left_out else None
    left = room if told is None else room.less((told,))
    options = {"cursor": cursor, "counter": terms.counter, **terms.options}
    with taken_once():
        if given.structured is None and len(parts.texts) != 1:
            found = _of_texts(given, parts, left, options, links, pages=pages)
        else:
            found = _of_data(given, parts, left, options, schema, links, pages=pages)
    if found.truncated or told or cursor is not None or dropping:
        notice = () if told is None else (text_block(told),)
        meta = found.meta
        if meta is not None and told is not None:
            meta = {**meta, META_KEY: {**meta[META_KEY], "truncated": True, "left_out": list(parts.left_out)}}
        return ToolAnswer(
            (*notice, *found.content),
            found.structured,
            meta,
            given.is_error,
            truncated=found.truncated or bool(told),
        )
    return None if fits(given, room, terms.media_chars, exactly=True) else found


def fits(given: Given, room: Room, media_chars: int, *, exactly: bool = False) -> bool:
    """Whether a result is within the budget as it is. A very large one is not counted to find out, unless it has to be."""
    if sum(map(media_size, given.content)) > media_chars:
        return False
    texts = [text for block in given.content if (text := own_text(block)) is not None]
    texts += [_encoded(block) for block in given.content if block.get("type") == "resource_link"]
    cap = ROUGH_CHARS * max(room.limits().values())
    if not exactly and sum(map(len, texts)) + weight(given.structured, cap + 1) > cap:
        return False
    try:
        encoded = () if given.structured is None else (_encoded(given.structured),)
    except RecursionError:
        return False
    return room.share_of(texts, encoded) <= 1


def _of_data(
    given: Given,
    parts: Sorted,
    room: Room,
    options: Mapping[str, Any],
    schema: Mapping[str, Any] | None,
    links: Sequence[Linked],
    *,
    pages: bool,
) -> ToolAnswer:
    """One payload: the structured content with the texts beside it, or the only text."""
    texts: tuple[str, ...] = ()
    complete = True
    if given.structured is None:
        payload, output = value_of(next(iter(parts.texts.values()))), Output(wanted=False)
    else:
        payload, output = _payload(given, None if given.is_error else schema)
        texts, complete = _beside(parts.texts, room, options)
    left = room.less(texts) if texts else room
    mirrored = parts.mirrored or not texts
    shown, whole = beside(
        links, left, lambda part: fitting(payload, part, output, options, pages=pages, mirrored=mirrored)
    )
    shown = replace(shown, texts=(*shown.texts, *texts))
    return answer(
        shown,
        room,
        whole=whole and complete,
        links=links,
        pages=pages,
        meta=given.meta,
        is_error=given.is_error,
        blocks=map(dict, parts.media),
    )


def _payload(given: Given, schema: Mapping[str, Any] | None) -> tuple[Any, Output]:
    """What the tool returned, as its structured content tells, and how it is put there again."""
    marked = given.wrapped or None
    output = output_of(schema, given.structured, wrapped=marked)
    if output.wrapped and given.structured.keys() != {"result"}:  # what stands beside it is not to be lost
        output = output_of(schema, given.structured, wrapped=False)
    payload = given.structured["result"] if output.wrapped else given.structured
    if isinstance(payload, str):
        return value_of(payload), replace(output, as_text=True)
    return payload, replace(output, as_text=False)


def _beside(texts: Mapping[str, str], room: Room, options: Mapping[str, Any]) -> tuple[tuple[str, ...], bool]:
    """Texts beside structured content, and whether they are all of it: as they are while they are short, else shortened,
    without pages of their own.
    """
    whole = tuple(texts.values())
    if not texts or room.share_of(whole) <= TEXTS_SHARE:
        return whole, True
    plain = {key: value for key, value in options.items() if key in {"counter", "notice"}}
    try:
        found, shaped, _ = fitted_texts(few(texts), room.part(TEXTS_SHARE), plain, pages=False)
    except BudgetTooSmall:
        return (), False
    return found, not shaped.truncated


def _of_texts(
    given: Given, parts: Sorted, room: Room, options: Mapping[str, Any], links: Sequence[Linked], *, pages: bool
) -> ToolAnswer:
    """Several texts, or none."""
    asked = few(parts.texts)
    texts: tuple[str, ...] = ()
    facts: dict[str, Any] = {}
    notice, truncated = None, False
    if asked:
        (texts, shaped, notice), _ = beside(links, room, lambda part: _shortened(asked, part, options, pages=pages))
        facts = shaped.meta() | {"cursor": joined_cursor(shaped, list(asked)) if pages else None}
        del facts["cursors"]
        truncated = shaped.truncated
    added, left = fitted(links, None, room, (texts, ()))
    facts["tokens"] = room.tokens(texts, added.texts, added.encoded)
    facts["truncated"] = truncated or bool(left)
    if left:
        facts["links"] = {"kept": len(added.blocks), "total": len(added.blocks) + left}
    content = (*map(text_block, (*texts, *added.texts)), *map(dict, parts.media), *added.blocks)
    return ToolAnswer(content, None, with_facts(given.meta, facts, notice), given.is_error, truncated or bool(left))


def _shortened(
    texts: Mapping[str, str], room: Room, options: Mapping[str, Any], *, pages: bool
) -> tuple[tuple[tuple[str, ...], ShapedParts, str | None], bool]:
    found = fitted_texts(texts, room, options, pages=pages)
    return found, not found[1].truncated


def _encoded(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
