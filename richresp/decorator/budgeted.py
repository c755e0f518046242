"""`budgeted`: the decorator itself, with all that may be said to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, Unpack, overload

from richresp.decorator.typed import Keeps, KeepsPaged, Turns, TurnsPaged
from richresp.decorator.wrapping import wrapping
from richresp.exceptions import UsageError
from richresp.shaping import Shaped
from richresp.shaping.budget import Budget
from richresp.shaping.formats import Format
from richresp.shaping.options import Wishes, then_previews
from richresp.shaping.order import Strategy
from richresp.typing import CountTokens


@overload
def budgeted(
    budget: Budget | None = None,
    *,
    returns: Literal["data"] = "data",
    add_cursor: Literal[False] = False,
    **wishes: Unpack[Wishes],
) -> Keeps: ...
@overload
def budgeted(
    budget: Budget | None = None,
    *,
    returns: Literal["data"] = "data",
    add_cursor: bool,
    **wishes: Unpack[Wishes],
) -> KeepsPaged: ...
@overload
def budgeted(
    budget: Budget | None = None,
    *,
    returns: Literal["text"],
    add_cursor: Literal[False] = False,
    **wishes: Unpack[Wishes],
) -> Turns[str]: ...
@overload
def budgeted(
    budget: Budget | None = None, *, returns: Literal["text"], add_cursor: bool, **wishes: Unpack[Wishes]
) -> TurnsPaged[str]: ...
@overload
def budgeted(
    budget: Budget | None = None,
    *,
    returns: Literal["shaped"],
    add_cursor: Literal[False] = False,
    **wishes: Unpack[Wishes],
) -> Turns[Shaped]: ...
@overload
def budgeted(
    budget: Budget | None = None, *, returns: Literal["shaped"], add_cursor: bool, **wishes: Unpack[Wishes]
) -> TurnsPaged[Shaped]: ...


def budgeted(
    budget: Budget | None = None,
    *,
    returns: Literal["data", "text", "shaped"] = "data",
    add_cursor: bool = False,
    profile: str | None = None,
    format: Format = "auto",  # noqa: A002  # the word of the field, and of `shape`
    strategy: Strategy = "head",
    keep: Iterable[str] = (),
    drop: Iterable[str] = (),
    drop_order: Iterable[str] = (),
    notice: Literal["inline", "aside"] = "inline",
    counter: CountTokens | None = None,
    secret: str | bytes | None = None,
    fold_constant: bool = False,
    schema: Mapping[str, Any] | bool | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Makes what a handler returns fit a token budget, as `shape` does it.

        @app.get("/todos")
        @budgeted(800, add_cursor=True)
        def todos(user: str) -> list[dict]:
            return db.todos(user)

    It stands next to the function, below what registers it: `@app.get`, `@mcp.tool`, LangChain's `@tool`. Functions may be
    async, methods, partial objects, callable objects. A generator function is read as far as it is shown, then closed.

    Args:
        budget: the most tokens that the answer may cost, or a mapping of caps, as for `shape`; may be left out with a profile.
        returns: what the function returns from now on.
            "data": the same as JSON-native values, with the notice in them where the JSON text would have it: under the first
            free key of `_notice`, `_notice_2` ... of a dict, as first item `{"_notice": ...}` of a list, as first line of a
            string. Its compact JSON text is what fits the budget. The annotation stays, and is kept: see typed outputs below.
            "text": the text for the model, in any format; the annotation becomes `str`.
            "shaped": the `Shaped`, for adapters; the annotation becomes that.
        add_cursor: whether the function gets a keyword-only parameter `cursor: str | None = None`, in its signature and
            annotations, which it never sees. That works where the framework reads signatures: FastAPI, FastMCP, the MCP SDK,
            LangChain, Litestar. Flask and Quart do not: see below.
        profile: a host whose caps hold as well; this and all below as for `shape`.
        format: of the text; one beside JSON needs `returns="text"` or "shaped".
        strategy: which items of a list are shown; "spread" has no pages.
        keep: JSONPaths of what is shown as soon as anything of its record is.
        drop: JSONPaths of what is never shown, nor missed.
        drop_order: JSONPaths of what goes first. `$..preview` follows them, so that the cards of `attach` go before anything
            that is not named here.
        notice: "aside" leaves values and text pure; only `returns="shaped"` tells then what is missing, and of "data" the log.
        counter: what counts tokens.
        secret: signs cursors.
        fold_constant: whether columns of one value are told once, above a markdown table.
        schema: a JSON Schema that the values have to fit; leaves the notice aside.

    A parameter `cursor` that the function has is used as it is, a string or None: its value asks for a page, None and ""
    for the first. The function gets it too and may ignore it; what it means must not be decided by the function. For each
    page it has to return the same payload, all of it. Where a function has no such parameter, and gets none, nobody could
    pass a cursor on, so none is offered: the notice then says only what is missing.

    What is counted is compact JSON, as FastAPI, FastMCP and Litestar write values. Others write them with blanks between
    (LangChain) or indented (the MCP SDK): there `returns="text"` is what the model reads, to the letter.

    Flask and Quart pass no query parameters: an added cursor is always None there, and each page the first. Use
    `richresp.integrations.flask`, or in Quart `integrations.asgi`; or let the view call the decorated function with
    `cursor=request.args.get("cursor")`. They write values with escapes and sorted keys, which cost more than was counted:
    `returns="text"` does not. A tuple `(body, status)` is a list here: budget the body in a function of its own.

    Typed outputs: where the return annotation names a type with fields (pydantic model, dataclass, TypedDict, NamedTuple),
    anywhere in it, "data" fits it: frameworks refuse, or strip, what does not. Unless `schema=` or `notice="aside"` is given,
    the schema is pydantic's of the annotation (serialization, by alias), and the payload is written by it, all of it but an
    iterator. So nothing that is required is left out, and the notice is not in the values: the logger
    "richresp.decorator" has it, at INFO. So that the model reads it too, and its cursor, return "text", or take the middleware
    of an integration. Names that are defined below the function are looked up at the first call; what cannot be looked up
    then promises nothing. Needs pydantic and the extra `schema`.

    Annotations without such types (`dict`, `list[dict]`, `Any`) have room for a notice. `list[int]`, `set[int]` and
    `dict[str, int]` have none and are not looked at: where a framework holds answers to them, give `schema=`,
    `notice="aside"` or `returns="text"`. To type checkers the annotation stays as well, though a set comes as a list, and a
    model as a dict.

    Raises, where it is applied and before any call:
        BudgetTooSmall, InvalidPath, MissingExtra, UsageError: for options that cannot be right, as `shape` does; also for an
            async generator function, a second `cursor`, one that holds no string, a second `budgeted`, and a return annotation
            with fields where pydantic or jsonschema is not installed, or has no schema for it.

    When the function is called, it raises what the function raises, unchanged, and what `shape` does: BudgetTooSmall and
    InvalidPayload are the author's to mend, InvalidCursor is the model's. It is best answered as a mistake of the request,
    with the message, which says what to do: status 400 over HTTP, an error result over MCP. The integrations do so, FastAPI's where
    `richresp.integrations.fastapi.add_cursor_handler(app)` is called: without it, it is status 500.
    """
    if callable(budget):
        raise UsageError("budgeted: give the budget, as in @budgeted(800)")
    return wrapping(
        returns=returns,
        add_cursor=add_cursor,
        budget=budget,
        profile=profile,
        format=format,
        strategy=strategy,
        keep=keep,
        drop=drop,
        drop_order=then_previews(drop_order),
        notice=notice,
        counter=counter,
        secret=secret,
        fold_constant=fold_constant,
        schema=schema,
    )
