"""The TypedDict of `typing` as that of typing_extensions, which pydantic asks for below Python 3.12."""

from __future__ import annotations

import importlib
import sys
from types import GenericAlias, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)


def portable(annotation: Any) -> Any:
    """An annotation that pydantic reads on this Python. What stands in the fields of a dataclass is not looked at."""
    if sys.version_info >= (3, 12):
        return annotation
    if is_typeddict(annotation):
        typing_extensions = importlib.import_module("typing_extensions")  # pydantic depends on it
        hints = get_type_hints(annotation, include_extras=True)
        fields = {name: _field(hint, required=name in annotation.__required_keys__) for name, hint in hints.items()}
        return typing_extensions.TypedDict(annotation.__name__, fields)
    origin, args = get_origin(annotation), get_args(annotation)
    kept = args if origin is Literal else args[1:] if origin is Annotated else ()
    inner = (*map(portable, args[: len(args) - len(kept)]), *kept)
    if inner == args:
        return annotation
    maker = Union if origin is UnionType else origin if origin in {Annotated, Union} else None
    return GenericAlias(origin, inner) if maker is None else maker[inner]


def _field(hint: Any, *, required: bool) -> Any:
    if get_origin(hint) in {Required, NotRequired}:
        required, hint = get_origin(hint) is Required, get_args(hint)[0]
    return (Required if required else NotRequired)[portable(hint)]
