"""Values of the standard library and of other libraries as JSON has them, one node at a time.

A type is known by its package and its name, or by what the class offers: no library is imported for that, and an instance
that answers to every name (a mock, a proxy) is not asked. The children of a value are left as they are. What has no JSON
form, or has it only after something was awaited, read or called, is refused with what to do.
"""

from __future__ import annotations

import dataclasses
import io
import json
import os
from collections.abc import Callable, Iterator, MappingView, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from functools import lru_cache, partial
from operator import attrgetter
from types import BuiltinFunctionType, FunctionType, GenericAlias, MethodType, ModuleType
from typing import Any, NoReturn

from richresp.limits.values import KNOWN_TYPES, MAX_INT_DIGITS, MAX_WRAPPERS
from richresp.values.frames import FORMS, timedelta_text
from richresp.values.items import Items, NoForm, Sized, Stream

__all__ = ["Items", "NoForm", "adapt", "key_text"]

Form = Callable[[Any], Any]
_NATIVE = (type(None), bool, int, float, str, dict, list, tuple, set, frozenset, bytes, bytearray, memoryview, Items)


def adapt(value: Any) -> Any:
    """A value as JSON has it, its children untouched.

    Returns:
        A scalar, dict, list, tuple, frozenset or Items; of a wrapper (an Enum's member, an array without dimensions) what it
        holds, which may be anything. What `plain.native` knows comes back as it is. An iterator gives new Items at each
        call, which begin where it stands.

    Raises:
        NoForm: where there is no JSON form.
    """
    if issubclass(type(value), _NATIVE):
        return value
    try:
        form = _form_of(type(value))
    except TypeError as error:
        raise NoForm(f"a {type(value).__name__}, whose class cannot be hashed, has no JSON form") from error
    return form(value)


def key_text(key: Any) -> str | None:
    """The text of a key that is adapted to a scalar: an Enum's member, a date, a UUID, a number of numpy.

    Returns:
        None for every other key, and for those that JSON has itself: their texts are not decided here.
    """
    scalar = key
    for _ in range(MAX_WRAPPERS):
        if issubclass(type(scalar), _NATIVE):
            break
        try:
            scalar = adapt(scalar)
        except NoForm:
            return None
    if scalar is key:
        return None
    match scalar:
        case str():
            return str.__str__(scalar)
        case float():
            return repr(float(scalar))
        case None | int() if scalar is None or abs(scalar) < 10**MAX_INT_DIGITS:
            return json.dumps(scalar)
    return None


def _form(kind: type) -> Form:  # noqa: PLR0911  # a list of rules, in the order in which they are asked
    """How values of a type are adapted."""
    if issubclass(kind, Enum):
        return attrgetter("value")
    for types, hint in _REFUSED_TYPES:
        if issubclass(kind, types):
            return _refuse(hint)
    for base in kind.__mro__:
        known = _KNOWN.get((str(base.__module__).partition(".")[0], base.__name__))
        if known is not None:
            return known
    for names, form in _OFFERS:
        if _offers(kind, *names):
            return form
    if issubclass(kind, Sequence):
        return _sequence
    if issubclass(kind, AbstractSet) and not issubclass(kind, MappingView):
        return _set
    return _iterable if _offers(kind, "__iter__") else _refuse("pass a dict, list, string or number")


_form_of: Callable[[type], Form] = lru_cache(maxsize=KNOWN_TYPES)(_form)


def _offers(kind: type, *names: str) -> bool:
    """Whether a class has all these names, and has not set them to None."""
    return all(
        next((vars(base)[name] for base in kind.__mro__ if name in vars(base)), None) is not None for name in names
    )


def _refused(hint: str, value: Any) -> NoReturn:
    raise NoForm(f"a {type(value).__name__} has no JSON form; {hint}")


def _refuse(hint: str) -> Form:
    return partial(_refused, hint)


def _decimal(value: Any) -> str | None:
    return str(value) if value.is_finite() else None


def _path(value: Any) -> str:
    path = os.fspath(value)
    return path if isinstance(path, str) else _refused("decode its bytes with os.fsdecode() first", value)


def _dataclass(value: Any) -> dict[str, Any]:
    return _fields(value, [field.name for field in dataclasses.fields(type(value))])


def _attrs(value: Any) -> dict[str, Any]:
    return _fields(value, [field.name for field in type(value).__attrs_attrs__])


def _fields(value: Any, names: list[str]) -> dict[str, Any]:
    try:
        return {name: getattr(value, name) for name in names}
    except AttributeError as error:
        raise NoForm(f"a {type(value).__name__} of which a field was never set: {error.name}") from error


def _pydantic(value: Any) -> Any:
    """A model as it dumps itself, since only it knows its aliases, serializers, exclusions and secrets."""
    try:
        if _offers(type(value), "model_dump"):
            return value.model_dump(mode="json")
        return json.loads(value.json())
    except Exception as error:  # validators and serializers are the caller's code, and raise what they like
        raise NoForm(f"a {type(value).__name__} could not be dumped: {type(error).__name__}") from error


def _mapping(value: Any) -> dict[Any, Any]:
    names = list(value.keys())
    entries = {name: value[name] for name in names}
    if len(entries) < len(names):
        _refused("two of its keys are the same; rename one of them", value)
    return entries


def _sqlite_row(value: Any) -> dict[Any, Any]:
    """A row by its positions: asked by name, it does not tell apart names that differ in case alone."""
    names = value.keys()
    entries = dict(zip(names, value, strict=True))
    if len(entries) < len(names):
        _refused("two of its keys are the same; rename one of them", value)
    return entries


def _iso_text(value: Any) -> Any:
    try:
        return value.isoformat()
    except Exception as error:  # the method may be the caller's code, and raise what it likes
        raise NoForm(f"a {type(value).__name__} whose isoformat() failed: {type(error).__name__}") from error


def _stated_length(value: Any) -> int | None:
    """What len() says; None where it says nothing that could be true, or more than it can count: range(10**30)."""
    try:
        return len(value) if _offers(type(value), "__len__") else None
    except (OverflowError, TypeError, ValueError):
        return None


def _sequence(value: Any) -> Items:
    total = _stated_length(value)
    if total is None:
        return _iterable(value)

    def get(index: int) -> Any:
        try:
            return value[index]
        except IndexError as error:
            raise NoForm(f"a {type(value).__name__} has fewer items than the {total} that its len() states") from error

    return Sized(total, get)


def _set(value: Any) -> frozenset[Any]:
    try:
        return frozenset(value)
    except TypeError as error:
        raise NoForm(f"a {type(value).__name__} whose members have no hash has no order; pass a list") from error


def _iterable(value: Any) -> Stream:
    try:
        iterator: Iterator[Any] = iter(value)
    except TypeError as error:
        raise NoForm(f"a {type(value).__name__} cannot be iterated; pass a dict, list, string or number") from error
    return Stream(iterator, _stated_length(value))


_REFUSED_TYPES: tuple[tuple[type | tuple[type, ...], str], ...] = (
    ((type, GenericAlias), "pass an instance of the class"),
    ((FunctionType, BuiltinFunctionType, MethodType, partial), "pass what it returns"),
    (ModuleType, "pass what you need of it"),
    (io.IOBase, "read it first"),
)
_KNOWN: dict[tuple[str, str], Form] = FORMS | {
    ("builtins", "complex"): _refuse("pass its real and its imaginary part"),
    ("collections", "UserString"): str,
    ("collections", "deque"): list,
    ("datetime", "timedelta"): timedelta_text,
    ("decimal", "Decimal"): _decimal,
    ("fractions", "Fraction"): _refuse("pass a float, or its str()"),
    ("ipaddress", "IPv4Address"): str,
    ("ipaddress", "IPv4Network"): str,
    ("ipaddress", "IPv6Address"): str,
    ("ipaddress", "IPv6Network"): str,
    ("pydantic", "AnyUrl"): str,
    ("pydantic", "BaseModel"): _pydantic,
    ("re", "Match"): _refuse("pass its groups"),
    ("re", "Pattern"): _refuse("pass its pattern"),
    ("sqlite3", "Row"): _sqlite_row,
    ("tempfile", "_TemporaryFileWrapper"): _refuse("read it first"),
    ("typing", "_BaseGenericAlias"): _refuse("pass an instance of the class"),
    ("richresp", "Attached"): attrgetter("data"),  # what attach gives, which stands above this room
    ("unittest", "NonCallableMock"): _refuse("a mock answers to everything; pass a real value"),
    ("uuid", "UUID"): str,
}
_OFFERS: tuple[tuple[tuple[str, ...], Form], ...] = (
    (("__await__",), _refuse("await it first")),
    (("__aiter__",), _refuse("collect it first: [item async for item in it]")),
    (("__dataclass_fields__",), _dataclass),
    (("__attrs_attrs__",), _attrs),
    (("isoformat",), _iso_text),
    (("__fspath__",), _path),
    (("dtype", "tolist"), lambda value: value.tolist()),
    (("keys", "__getitem__"), _mapping),
    (("read", "__iter__"), _refuse("read it first")),
)
