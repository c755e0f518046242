"""The answer of an MCP tool, as values that any SDK takes: content blocks, structured content, `_meta`.

    answer = tool_answer({"results": hits}, budget=800)
    answer.content       # ({"type": "text", "text": "..."},), the notice first
    answer.structured    # the same items
    answer.meta          # {"io.github.richresp/shaped": {"truncated": True, "cursor": "22-493...", ...}}

Hosts differ in what they give to the model: the text, the structured content, or both. So both show the same items, both
tell what is missing, and both together stay within one budget.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from richresp.answering.tool_facts import with_facts
from richresp.answering.tool_fit import Shown, fitting
from richresp.answering.tool_links import Linked, beside, chosen, fitted
from richresp.answering.tool_output import output_of
from richresp.answering.tool_room import Room
from richresp.exceptions import UsageError
from richresp.limits.tools import MAX_LINKS
from richresp.shaping import Shaped, ShapedParts
from richresp.shaping.budget import Budget, caps, counting
from richresp.shaping.reader import taken_once
from richresp.typing import CountTokens

Channels = Literal["both", "either"]
_OPENING = 16  # characters of a notice that every format writes alike, near its start


@dataclass(frozen=True, slots=True)
class ToolAnswer:
    """The result of a tool in the form it has on the wire.

    Attributes:
        content: content blocks.
        structured: the structured content; None for none.
        meta: `_meta`.
        is_error: whether the tool failed.
        truncated: whether anything is missing.
    """

    content: tuple[dict[str, Any], ...]
    structured: Any = None
    meta: Mapping[str, Any] | None = None
    is_error: bool = False
    truncated: bool = False

    def wire(self) -> dict[str, Any]:
        """The result as JSON, as MCP has it."""
        found: dict[str, Any] = {"content": list(self.content), "isError": self.is_error}
        if self.structured is not None:
            found["structuredContent"] = self.structured
        return found | ({} if self.meta is None else {"_meta": dict(self.meta)})


def tool_answer(
    payload: Any,
    *,
    budget: Budget | None = None,
    profile: str | None = None,
    channels: Channels = "both",
    schema: Mapping[str, Any] | None = None,
    structured: bool = True,
    links: Iterable[Linked] = (),
    pages: bool = True,
    meta: Mapping[str, Any] | None = None,
    is_error: bool = False,
    cursor: str | None = None,
    counter: CountTokens | None = None,
    **options: Any,
) -> ToolAnswer:
    """A payload as the result of a tool, within one budget.

    Args:
        payload: as for `shape`.
        budget: the most that the content and the JSON of the structured content cost together, links included; as for
            `shape`.
        profile: a host whose caps hold as well.
        channels: "both" where the host may give text and structure to the model; "either" where it surely gives only one
            of them: then each may cost the whole budget.
        schema: the tool's output schema, which the structured content then fits. Needs the extra `schema`.
        structured: whether there is structured content. Texts and scalars have none without a schema.
        links: go with the answer as far as there is room beside the payload; where that is shortened anyway, the first of them
            have up to a quarter.
        pages: whether the tool takes a cursor; if not, none is promised.
        meta: what else goes into `_meta`.
        is_error: whether the tool failed.
        cursor: of an earlier answer, to get the page after it.
        counter: as for `shape`.
        options: what else `shape` takes: format, strategy, keep, drop, drop_order, notice, secret, fold_constant. Previews
            go first: "$..preview" follows the paths of `drop_order`.

    Raises:
        BudgetTooSmall: if not even the smallest honest answer fits.
        InvalidPayload: for a payload that does not fit the schema, or only as long as it is whole.
        InvalidCursor, InvalidPath, MissingExtra, UsageError: as `shape` does.
    """
    room = room_of(budget, profile, channels, counter)
    output = output_of(schema, payload, wanted=structured)
    given = {"cursor": cursor, "counter": counter, **options}
    links = list(links)
    with taken_once():
        shown, whole = beside(links, room, lambda left: fitting(payload, left, output, given, pages=pages))
    return answer(shown, room, whole=whole, links=links, pages=pages, meta=meta, is_error=is_error)


def answer_of(
    shaped: Shaped | ShapedParts,
    *,
    schema: Mapping[str, Any] | None = None,
    structured: bool = True,
    links: Iterable[Linked] = (),
    meta: Mapping[str, Any] | None = None,
    is_error: bool = False,
) -> ToolAnswer:
    """What was shaped already, as the result of a tool: its text as it is, and the same items as structured content.

    Each of the two is about as large as the budget that it was shaped for; `tool_answer` has them share one.

    Raises:
        InvalidPayload: if it does not fit the schema. Shape it with the same one.
        UsageError: for what is no result of shape, and as for `tool_answer`.
    """
    if not isinstance(shaped, (Shaped, ShapedParts)):
        raise UsageError(f"give what shape returned, or a budget=, not a {type(shaped).__name__}")
    output = output_of(schema, shaped.data, wanted=structured)
    value, _ = output.structure(shaped.data, shaped.notice)
    content = [text_block(shaped.text)]
    if shaped.notice is not None and shaped.notice[:_OPENING] not in shaped.text[: 4 * _OPENING]:
        content.insert(0, text_block(shaped.notice))  # it was shaped with notice="aside"
    every = chosen(links, shaped.data)
    told, facts = every[:MAX_LINKS], shaped.meta()
    if len(told) < len(every):
        facts["links"] = {"kept": len(told), "total": len(every)}
    if lines := [f"- {card.line}" for card, named in told if not named]:
        lines += [f"{len(told)} of {len(every)} links shown"] if len(told) < len(every) else []
        content.append(text_block("\n".join(lines)))
    content += [dict(card.block) for card, _ in told]
    return ToolAnswer(
        tuple(content), value, with_facts(meta, facts, shaped.notice), is_error, truncated=shaped.truncated
    )


def room_of(budget: Budget | None, profile: str | None, channels: object, counter: CountTokens | None) -> Room:
    """The room of an answer.

    Raises:
        UsageError: for caps that are none, and for channels that are neither "both" nor "either".
    """
    if channels not in ("both", "either"):
        raise UsageError(f"channels={channels!r}: take one of both, either")
    return Room(caps(budget, profile), counting(counter), together=channels == "both")


def answer(
    shown: Shown,
    room: Room,
    *,
    whole: bool,
    links: Iterable[Linked],
    pages: bool,
    meta: Mapping[str, Any] | None,
    is_error: bool,
    blocks: Iterable[dict[str, Any]] = (),
) -> ToolAnswer:
    """What is shown as the result of a tool, with as many links as there is room for, and blocks beside it."""
    structure = () if shown.encoded is None else (shown.encoded,)
    added, left = fitted(links, shown.shaped.data, room, (shown.texts, structure))
    texts = [*shown.texts, *added.texts]
    facts = shown.shaped.meta() | {"tokens": room.tokens(texts, added.encoded, structure)}
    if not pages:
        facts["cursor"] = None
    if left:
        facts["links"] = {"kept": len(added.blocks), "total": len(added.blocks) + left}
    missing = bool(left) or not whole
    facts["truncated"] = facts["truncated"] or missing
    content = [*map(text_block, texts), *blocks, *added.blocks]
    return ToolAnswer(
        tuple(content), shown.structured, with_facts(meta, facts, shown.notice), is_error, truncated=missing
    )


def text_block(text: str) -> dict[str, Any]:
    """A text as a content block."""
    return {"type": "text", "text": text}
