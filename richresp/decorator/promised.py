"""What a return annotation promises, where it names a type with fields: the JSON Schema that its values have to fit.

Frameworks refuse what does not fit such an annotation, or strip what it does not name: neither a notice nor a record without its
required fields gets past them. pydantic writes the schema, as it does for them; nothing else here needs it.
"""

from __future__ import annotations

import importlib
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from dataclasses import dataclass, is_dataclass, replace
from functools import cache, partial
from typing import Any, get_args, get_origin, is_typeddict

from richresp.decorator.portable import portable
from richresp.decorator.signature import as_list, looked_up
from richresp.exceptions import MissingExtra, UsageError
from richresp.shaping.options import Options
from richresp.shaping.schemas import Schema, read_schema

_INSTEAD = "or say how it is to fit: schema=, notice='aside' or returns='text'"
_UNFINISHED = "class-not-fully-defined"


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise that can be kept.

    Attributes:
        schema: of the values.
        adapter: pydantic's, of the annotation.
    """

    schema: Schema
    adapter: Any

    def options(self, options: Options) -> Options:
        """The same options, but that the result fits, and has no notice in it."""
        return replace(options, schema=self.schema, inline=False)

    def native(self, payload: Any) -> Any:
        """A payload as pydantic writes it, by alias: what the schema speaks of. What it cannot write is left to `shape`, as is
        an iterator, which would be read to its end.
        """
        if isinstance(payload, Iterator):
            return payload
        try:
            return self.adapter.dump_python(payload, mode="json", by_alias=True, warnings=False)
        except ValueError:  # pydantic's errors are such
            return payload


def promised(function: Callable[..., Any], annotation: Any) -> Callable[[], Promise | None]:
    """What gives the promise of a function, None where it makes none; an annotation that names what is written below the
    function is looked up at the first call. Nobody holds answers to one that cannot be looked up then, either.

    Args:
        function: what is annotated.
        annotation: of what it returns.

    Raises:
        MissingExtra: if jsonschema is needed and not installed.
        UsageError: if pydantic is needed and not installed, or has no schema for the annotation.
    """
    try:
        found = _promise(function, annotation)
    except NameError:
        return cache(partial(_late, function, annotation))
    return lambda: found


def has_fields(annotation: Any) -> bool:
    """Whether a type with fields of its own stands in an annotation: a pydantic model, dataclass, TypedDict, NamedTuple."""
    named = get_origin(annotation) or annotation
    fields = isinstance(named, type) and (
        is_dataclass(named)
        or is_typeddict(named)
        or hasattr(named, "__pydantic_fields__")
        or (issubclass(named, tuple) and hasattr(named, "_fields"))
        or hasattr(named, "__required_keys__")  # the TypedDict of typing_extensions
    )
    inner = getattr(named, "__value__", None)  # of an alias, PEP 695
    return fields or (inner is not None and has_fields(inner)) or any(map(has_fields, get_args(annotation)))


def _late(function: Callable[..., Any], annotation: Any) -> Promise | None:
    try:
        return _promise(function, annotation)
    except NameError:
        return None


def _promise(function: Callable[..., Any], annotation: Any) -> Promise | None:
    """The promise; NameError where something in it is not known yet."""
    said = looked_up(function, annotation)
    if get_origin(said) in {Awaitable, Coroutine}:
        said = get_args(said)[-1]
    said = as_list(said)
    if not has_fields(said):
        return None
    try:
        pydantic = importlib.import_module("pydantic")
    except ImportError:
        raise UsageError(
            f"-> {_name(annotation)}: pydantic writes the schema that a shortened answer has to fit: install it, {_INSTEAD}"
        ) from None
    try:
        adapter = pydantic.TypeAdapter(portable(said))
        schema = adapter.json_schema(mode="serialization")
    except pydantic.errors.PydanticUserError as error:
        if error.code == _UNFINISHED:
            raise NameError(error.message) from error
        reason = error.message.partition("\n")[0]
        raise UsageError(f"-> {_name(annotation)}: pydantic has no schema for it ({reason}); {_INSTEAD}") from error
    try:
        return Promise(read_schema(schema), adapter)
    except MissingExtra as error:
        error.add_note(f"-> {_name(annotation)}: a shortened answer has to fit the annotation; {_INSTEAD}")
        raise


def _name(annotation: Any) -> str:
    return annotation.__name__ if isinstance(annotation, type) and not get_args(annotation) else f"{annotation!s:.200}"
