"""Results of tools for the official Python SDK of MCP (extra `mcp`).

    @server.tool()
    def search(query: str, cursor: str | None = None) -> CallToolResult:
        return to_call_tool_result(find(query), budget=800, cursor=cursor)

Text and structured content show the same items and cost at most the budget together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from richresp.answering.tool import Channels, ToolAnswer, answer_of, text_block, tool_answer
from richresp.exceptions import InvalidCursor, MissingExtra, UsageError
from richresp.hosts.annotations import Annotations
from richresp.hosts.cards import linked
from richresp.shaping import Shaped, ShapedParts
from richresp.shaping.budget import Budget
from richresp.typing import CountTokens

try:
    from mcp.types import CallToolResult
except ImportError as error:
    raise MissingExtra(extra="mcp") from error

__all__ = ["to_call_tool_result"]


def to_call_tool_result(
    value: Any,
    *,
    budget: Budget | None = None,
    profile: str | None = None,
    channels: Channels = "both",
    schema: Mapping[str, Any] | None = None,
    structured: bool = True,
    links: Iterable[Any] = (),
    annotations: Annotations | None = None,
    pages: bool = True,
    meta: Mapping[str, Any] | None = None,
    is_error: bool = False,
    cursor: str | None = None,
    counter: CountTokens | None = None,
    **options: Any,
) -> CallToolResult:
    """A payload, or what `shape` or `shape_parts` returned, as the result of a tool.

    A cursor that is not of this payload is the model's mistake and makes a result that is an error and says so: the SDK
    shows the model nothing of what a tool raises.

    Args:
        value: a payload, which is shaped; or a result, which is taken as it is: then text and structured content are each
            about as large as the budget that it was shaped for.
        budget: of a payload, the most that text, links and the JSON of the structured content cost together; as for `shape`.
        profile: a host whose caps hold as well.
        channels: "both" where the host may give text and structure to the model; "either" where it surely gives only one
            of them: then each may cost the whole budget.
        schema: the tool's output schema, which the structured content then fits.
        structured: whether there is structured content. A list goes under `result`, for MCP wants an object; texts and
            scalars have none without a schema.
        links: previews, or what `attach` returned: each becomes a `resource_link` and a line of the text, as far as there is
            room beside the payload.
        annotations: of these links: `audience`, `priority`, `lastModified`.
        pages: whether the tool takes a cursor; if not, none is promised.
        meta: what else goes into `_meta`.
        is_error: whether the tool failed.
        cursor: of an earlier answer, to get the page after it.
        counter: as for `shape`.
        options: what else `shape` takes: format, strategy, keep, drop, drop_order, notice, secret, fold_constant.

    Raises:
        BudgetTooSmall: if not even the smallest honest answer fits.
        InvalidPayload: for what does not fit the schema.
        UsageError: for an argument that cannot be right, and where a result comes with what only a payload can have.
    """
    cards = linked(links, annotations=annotations)
    if isinstance(value, (Shaped, ShapedParts)):
        if options or any(given is not None for given in (budget, profile, cursor, counter)):
            raise UsageError("this is shaped already: leave budget and options out, or give the payload instead")
        answer = answer_of(value, schema=schema, structured=structured, links=cards, meta=meta, is_error=is_error)
    else:
        try:
            answer = tool_answer(
                value,
                budget=budget,
                profile=profile,
                channels=channels,
                schema=schema,
                structured=structured,
                links=cards,
                pages=pages,
                meta=meta,
                is_error=is_error,
                cursor=cursor,
                counter=counter,
                **options,
            )
        except InvalidCursor as wrong:
            answer = ToolAnswer((text_block(str(wrong)),), meta=meta, is_error=True)
    return CallToolResult.model_validate(answer.wire())
