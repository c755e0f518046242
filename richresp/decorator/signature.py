"""What callers see of a handler: its parameters, where the cursor stands among them, and what it returns.

Frameworks read the signature or the annotations, some of them text (PEP 563) that they look up in the globals of the function at the
end of `__wrapped__`. So a signature is only written where it differs, and then with annotations that are looked up, if they can be.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from inspect import Parameter, Signature
from types import UnionType
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

from richresp.exceptions import UsageError

NAME = "cursor"
_MARK = "__richresp_budgeted__"
_STREAMS = (Iterator, Generator, Iterable)
_VALUES = (bool, int, float, bytes, list, tuple, dict, set, frozenset)


@dataclass(frozen=True, slots=True)
class CursorAt:
    """Where a call has its cursor.

    Attributes:
        place: the index among positional arguments, None where it is given by name only.
        named: whether it may be given by name.
        default: what it is where it is not given.
        added: whether the function knows nothing of it.
    """

    place: int | None = None
    named: bool = True
    default: str | None = None
    added: bool = False

    def of(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """The cursor of a call; None for the first page."""
        if self.named and NAME in kwargs:
            given = kwargs[NAME]
        elif self.place is not None and self.place < len(args):
            given = args[self.place]
        else:
            given = self.default
        return None if given == "" else given  # an empty form field, not 0 or []


def signature_of(function: Callable[..., Any]) -> Signature | None:
    """The parameters of a function, with annotations that are no longer text where they can be looked up; None for one
    that does not tell, as some of C do not.
    """
    for eval_str in (True, False):
        try:
            return inspect.signature(function, eval_str=eval_str)
        except (ValueError, TypeError, NameError, AttributeError, SyntaxError):
            continue
    return None


def looked_up(function: Callable[..., Any], annotation: Any) -> Any:
    """An annotation with no text in it.

    Raises:
        NameError: where the text cannot be looked up in the module of the function, or not yet.
    """
    home = inspect.unwrap(_named(function))
    home = home if hasattr(home, "__globals__") else getattr(home, "__func__", type(home).__call__)

    def holder() -> None:
        """Has the annotation, and no other."""

    holder.__annotations__ = {"return": annotation}
    try:
        return get_type_hints(holder, globalns=getattr(home, "__globals__", {}), include_extras=True)["return"]
    except (TypeError, AttributeError, SyntaxError) as error:
        raise NameError(str(error)) from error


def cursor_at(function: Callable[..., Any], signature: Signature | None, *, add: bool) -> CursorAt | None:
    """Where the calls of a function have their cursor; None where they have none.

    Raises:
        UsageError: if one is to be added that is there, if that one cannot hold a cursor, or the parameters are not known.
    """
    known = {} if signature is None else dict(signature.parameters)
    own = known.get(NAME)
    if add and (own is not None or signature is None):
        there = (
            "the function has a parameter of that name: leave it out, it is used" if own else "no signature is known"
        )
        raise UsageError(f"add_cursor=True: {there}")
    if add:
        return CursorAt(added=True)
    if own is None or own.kind in (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD):
        return None
    if isinstance(own.default, _VALUES) or not _holds_text(function, own.annotation):
        raise UsageError(
            f"{own}: `budgeted` takes the parameter for its cursor, a string, None at first; if it means something else, "
            "give it another name"
        )
    positional = own.kind is not Parameter.KEYWORD_ONLY
    return CursorAt(
        place=list(known).index(NAME) if positional else None,
        named=own.kind is not Parameter.POSITIONAL_ONLY,
        default=own.default if isinstance(own.default, str) else None,
    )


def dress(
    call: Callable[..., Any], function: Callable[..., Any], signature: Signature | None, *, returned: Any, added: bool
) -> None:
    """Makes a call look like the function it stands for, but for what it returns and for a cursor that is added.

    Args:
        call: what is dressed.
        function: what it stands for.
        signature: of the function.
        returned: what the call returns, Signature.empty where that is what the function does.
        added: whether a cursor is added.
    """
    named = _named(function)
    functools.update_wrapper(call, named)
    call.__name__ = getattr(named, "__name__", type(function).__name__)
    call.__wrapped__ = function  # type: ignore[attr-defined]  # as functools does
    setattr(call, _MARK, True)
    if signature is None:
        return
    streams = returned is Signature.empty and inspect.isgeneratorfunction(function)
    if streams:
        returned = as_list(signature.return_annotation)
        del call.__wrapped__  # type: ignore[attr-defined]  # who looks there takes it for a stream
    shown = signature if returned is Signature.empty else signature.replace(return_annotation=returned)
    if added:
        shown = shown.replace(parameters=_with_cursor(shown))
    if shown is signature and inspect.isroutine(function) and not streams:
        return
    call.__signature__ = shown  # type: ignore[attr-defined]  # PEP 362
    call.__annotations__ = {
        name: parameter.annotation
        for name, parameter in shown.parameters.items()
        if parameter.annotation is not Parameter.empty
    }
    if shown.return_annotation is not Signature.empty:
        call.__annotations__["return"] = shown.return_annotation


def kind_of(function: object) -> Literal["sync", "async", "stream"]:
    """How a function is to be called.

    Raises:
        UsageError: for what is no function, or one whose answer cannot be shaped.
    """
    if isinstance(function, (staticmethod, classmethod, property)):
        raise UsageError(f"budgeted stands below @{type(function).__name__}, next to the function")
    if not callable(function) or isinstance(function, type):
        raise UsageError(f"{function!r:.200}: budgeted takes a function")
    if hasattr(_named(function), _MARK) or hasattr(type(function).__call__, _MARK):
        raise UsageError("budgeted stands on this function already: one of the two is enough")
    faces = (function, getattr(function, "__call__", None))  # noqa: B004  # an object may be called by a coroutine function
    if any(inspect.isasyncgenfunction(face) for face in faces):
        raise UsageError(
            "an async generator has no end that can be waited for: return a list, [item async for item in ...], of as "
            "many items as can be shown"
        )
    if any(inspect.iscoroutinefunction(face) for face in faces):
        return "async"
    return "stream" if any(inspect.isgeneratorfunction(face) for face in faces) else "sync"


def _named(function: Callable[..., Any]) -> Callable[..., Any]:
    """What has the name and the docstring: what a partial object calls, or the function itself."""
    while isinstance(function, functools.partial):
        function = function.func
    return function


def _with_cursor(signature: Signature) -> list[Parameter]:
    cursor = Parameter(NAME, Parameter.KEYWORD_ONLY, default=None, annotation=str | None)
    parameters = list(signature.parameters.values())
    at = len(parameters) - (bool(parameters) and parameters[-1].kind is Parameter.VAR_KEYWORD)
    return [*parameters[:at], cursor, *parameters[at:]]


def _holds_text(function: Callable[..., Any], annotation: Any) -> bool:
    """Whether a parameter may be given a string; also where nobody knows."""
    if annotation is Parameter.empty:
        return True
    try:
        return _is_text(looked_up(function, annotation))
    except NameError:
        return True


def _is_text(annotation: Any) -> bool:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin in {Union, UnionType}:
        return any(map(_is_text, args))
    if origin is Annotated:
        return _is_text(args[0])
    if origin is Literal:
        return any(isinstance(arg, str) for arg in args)
    if isinstance(annotation, NewType):
        return _is_text(annotation.__supertype__)
    kind = origin or annotation
    return kind is Any or not isinstance(kind, type) or issubclass(str, kind) or issubclass(kind, str)


def as_list(annotation: Any) -> Any:
    """The annotation of a generator function as that of the list that comes of it."""
    if get_origin(annotation) in _STREAMS:
        return list[get_args(annotation)[0]]  # type: ignore[misc]  # an item's type, known at run time only
    return list if annotation in _STREAMS else annotation
