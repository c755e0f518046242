"""FastMCP (extra `fastmcp`): a middleware that fits what tools return, and results for tools that shape for themselves.

    mcp = FastMCP("harbour")
    mcp.add_middleware(ShapeMiddleware(budget=2_000, budgets={"fetch": 8_000}))

It stands in the place of FastMCP's ResponseLimitingMiddleware: what fits passes as it is; of what does not, text and
structured content show the same items, stay valid against the tool's output schema, and say what is missing and how to
get it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from richresp.answering.tool import Channels, ToolAnswer
from richresp.answering.tool_errors import failed_at_length, larger_inside, too_large, undropped_inside
from richresp.answering.tool_facts import is_page
from richresp.answering.tool_given import Given, weight
from richresp.answering.tool_result import Terms, fits, reshaped
from richresp.exceptions import InvalidCursor, MissingExtra, RichRespError, UsageError
from richresp.hosts.cards import link_card
from richresp.limits.tools import MAX_RESULT_CHARS, MEDIA_CHARS, THREAD_CHARS
from richresp.shaping.budget import Budget, whole_number
from richresp.shaping.options import Options
from richresp.typing import CountTokens

try:
    from fastmcp.exceptions import NotFoundError, ToolError
    from fastmcp.server.middleware import CallNext, Middleware, MiddlewareContext
    from fastmcp.tools.base import InputRequiredToolResult, Tool, ToolResult
    from fastmcp.utilities.versions import VersionSpec
    from mcp_types import CallToolRequestParams, CallToolResult, ListToolsRequest
except ImportError as error:
    raise MissingExtra(extra="fastmcp") from error

from richresp.integrations.mcp import to_call_tool_result
from richresp.integrations.threads import in_thread

__all__ = ["ShapeMiddleware", "to_tool_result"]

_CURSOR = {
    "type": "string",
    "description": "For the next page: the cursor that a shortened result names. Leave it out for the first page.",
}


def to_tool_result(value: Any, **options: Any) -> ToolResult:
    """A payload, or what `shape` or `shape_parts` returned, as the result of a tool.

    `return to_tool_result(find(query), budget=800, cursor=cursor)` in a tool that is annotated `-> ToolResult`.

    Args:
        value: as for `richresp.integrations.mcp.to_call_tool_result`.
        **options: as there.

    Raises:
        RichRespError: as `to_call_tool_result` does.
    """
    found = to_call_tool_result(value, **options)
    return ToolResult(found.content, found.structured_content, found.meta, found.is_error)


class ShapeMiddleware(Middleware):
    """Fits the results of tools into a budget.

    Args:
        budget: the most that the text of a result and the JSON of its structured content cost together, by default in
            tokens; as for `shape`.
        profile: a host whose caps hold as well.
        tools: the names of the tools whose results are fitted; by default all.
        budgets: budgets of single tools, instead of the common one.
        channels: "both", or "either" where the hosts surely give only one of text and structure to the model.
        add_cursor: whether tools get an optional argument `cursor`, with which the model gets the next page. The tool does
            not see it: it is called again, and shows a later part of the same. So tools that are annotated as not
            read-only get none, nor do those that have a `cursor` of their own; what is missing of theirs is told, and no page.
        media_chars: how many characters of base64 (pictures, sound, files) a result may carry beside the budget. They are
            never cut: what is beyond is left out, and that is told. An embedded text is shaped as any other.
        max_result_chars: what each of these tools tells Claude Code as `anthropic/maxResultSizeChars`, up to 500,000; by
            default nothing.
        counter: as for `shape`.
        options: what else `shape` takes: format, strategy, keep, drop, drop_order, notice, secret, fold_constant. Paths begin
            at what the tool returns.

    Raises:
        UsageError: for what cannot be right, and for names of tools that are no names.

    Where nothing valid fits, because an output schema wants all of a large value, the tool fails with a text that says so.
    """

    def __init__(
        self,
        *,
        budget: Budget | None = None,
        profile: str | None = None,
        tools: Iterable[str] | None = None,
        budgets: Mapping[str, Budget] | None = None,
        channels: Channels = "both",
        add_cursor: bool = True,
        media_chars: int = MEDIA_CHARS,
        max_result_chars: int | None = None,
        counter: CountTokens | None = None,
        **options: Any,
    ) -> None:
        unknown = {"schema", "cursor"} & options.keys()
        if unknown:
            raise UsageError(f"{', '.join(sorted(unknown))}: each tool and each call has its own; leave it out")
        if isinstance(tools, str):
            raise UsageError(f"tools={tools!r}: give a list of names")
        chars = max_result_chars
        if chars is not None and not 0 < (whole_number(chars) or 0) <= MAX_RESULT_CHARS:
            raise UsageError(f"max_result_chars={chars!r}: give a number from 1 to {MAX_RESULT_CHARS}")
        self._tools = None if tools is None else frozenset(tools)
        self._add_cursor = add_cursor
        self._max_result_chars = max_result_chars
        self._common = Terms(budget, profile, channels, counter, media_chars, options)
        self._own = {
            name: Terms(each, profile, channels, counter, media_chars, options)
            for name, each in (budgets or {}).items()
        }
        for terms in (self._common, *self._own.values()):
            terms.room().count("counted once, the vocabulary is loaded before the first call")
        Options.read(budget=budget, profile=profile, counter=counter, **options).check()

    async def on_list_tools(
        self, context: MiddlewareContext[ListToolsRequest], call_next: CallNext[ListToolsRequest, Sequence[Tool]]
    ) -> Sequence[Tool]:
        """Adds the argument to the tools that get it. Output schemas stay."""
        return [self._listed(tool) if self._covers(tool.name) else tool for tool in await call_next(context)]

    async def on_call_tool(
        self,
        context: MiddlewareContext[CallToolRequestParams],
        call_next: CallNext[CallToolRequestParams, ToolResult],
    ) -> ToolResult:
        """Takes the cursor out, calls the tool, and fits what it returns."""
        name, arguments = context.message.name, context.message.arguments or {}
        if not self._covers(name):
            return await call_next(context)
        tool, cursor, asked = None, None, context
        if "cursor" in arguments:
            tool = await _tool(context)
            if self._pages(tool):
                cursor = arguments["cursor"] or None
                rest = {key: value for key, value in arguments.items() if key != "cursor"}
                context = context.copy(message=context.message.model_copy(update={"arguments": rest}))
        try:
            result = await call_next(context)
            if cursor is not None and is_page(getattr(result, "meta", None)):
                result, cursor = await call_next(asked), None  # the cursor is that of a middleware further inside
        except (ToolError, NotFoundError) as error:
            raise self._shortened(name, error) from error.__cause__
        answered: object = result  # an extension may answer in the tool's place, with a task
        if isinstance(answered, InputRequiredToolResult) or not isinstance(answered, ToolResult):
            return result
        return await self._answered(context, result, tool, cursor)

    async def _answered(
        self,
        context: MiddlewareContext[CallToolRequestParams],
        result: ToolResult,
        tool: Tool | None,
        cursor: str | None,
    ) -> ToolResult:
        """What a tool returned, fitted."""
        name, given = context.message.name, _given(result)
        if cursor is None and is_page(given.meta):
            return self._passed(name, given, result)
        large = sum(weight(block, THREAD_CHARS) for block in given.content) + weight(given.structured, THREAD_CHARS)
        simple = cursor is None and not self._common.options.get("drop") and large < THREAD_CHARS
        if simple and fits(given, self._terms(name).room(), self._common.media_chars):
            return result
        tool = tool or await _tool(context)
        schema = None if tool is None else tool.output_schema
        links = [link_card(block) for block in given.content if block["type"] == "resource_link"]
        options: dict[str, Any] = {"schema": schema, "links": links, "cursor": cursor, "pages": self._pages(tool)}
        work = partial(reshaped, given, self._terms(name), **options)
        try:
            found = await in_thread(work) if large >= THREAD_CHARS else work()
        except InvalidCursor as error:
            raise ToolError(str(error)) from error
        except RichRespError as error:
            raise ToolError(too_large(name, error)) from error
        return result if found is None else _result(found)

    def _covers(self, name: str) -> bool:
        return self._tools is None or name in self._tools

    def _terms(self, name: str) -> Terms:
        return self._own.get(name, self._common)

    def _pages(self, tool: Tool | None) -> bool:
        """Whether the tool gets a cursor. One that changes something is not called again to see more of its answer."""
        if tool is None or not self._add_cursor or "cursor" in tool.parameters.get("properties", {}):
            return False
        return tool.annotations is None or tool.annotations.read_only_hint is not False

    def _listed(self, tool: Tool) -> Tool:
        update: dict[str, Any] = {}
        if self._pages(tool):
            properties = {**tool.parameters.get("properties", {}), "cursor": dict(_CURSOR)}
            update["parameters"] = {**tool.parameters, "properties": properties}
        if self._max_result_chars is not None:
            update["meta"] = {**(tool.meta or {}), "anthropic/maxResultSizeChars": self._max_result_chars}
        return tool.model_copy(update=update)

    def _passed(self, name: str, given: Given, result: ToolResult) -> ToolResult:
        """A page of the tool's own, or of a server further inside, whose notice and cursor hold only as it is.

        Raises:
            ToolError: where it is not within the budget, or something is to be dropped of it.
        """
        if self._common.options.get("drop"):
            raise ToolError(undropped_inside(name))
        if fits(given, self._terms(name).room(), self._common.media_chars, exactly=True):
            return result
        raise ToolError(larger_inside(name))

    def _shortened(self, name: str, error: ToolError | NotFoundError) -> ToolError | NotFoundError:
        """An error whose text fits."""
        given = Given([{"type": "text", "text": str(error)}], is_error=True)
        try:
            found = reshaped(given, self._terms(name), pages=False)
        except RichRespError:
            return ToolError(failed_at_length(name))
        text = None if found is None else "\n".join(block["text"] for block in found.content)
        return error if text is None else ToolError(text, log_level=getattr(error, "log_level", logging.WARNING))


async def _tool(context: MiddlewareContext[CallToolRequestParams]) -> Tool | None:
    """The tool that is called; None where that cannot be known."""
    if context.fastmcp_context is None:
        return None
    told = (context.message.meta or {}).get("fastmcp")
    version = told.get("version") if isinstance(told, Mapping) else None
    spec = VersionSpec(eq=version) if isinstance(version, str) else None
    return await context.fastmcp_context.fastmcp.get_tool(context.message.name, version=spec)


def _given(result: ToolResult) -> Given:
    blocks = [block.model_dump(by_alias=True, exclude_none=True) for block in result.content]
    return Given(blocks, result.structured_content, result.meta, result.is_error)


def _result(answer: ToolAnswer) -> ToolResult:
    found = CallToolResult.model_validate(answer.wire())
    return ToolResult(found.content, found.structured_content, found.meta, found.is_error)
