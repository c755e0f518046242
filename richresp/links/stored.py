"""Previews and errors as JSON-native values, and back: checked as strictly as `Preview.from_dict`, at a fifth of its cost.

What type a field has is read off its annotation, once; which values it may have, `links.soundness` says.
The address that was asked for is left out, since many addresses may share what is stored; so is what its field's default says.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from math import isfinite
from types import UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from richresp import exceptions
from richresp.exceptions import PreviewError
from richresp.links.model import Preview
from richresp.links.soundness import is_sound_error, is_sound_preview

Values: TypeAlias = dict[str, Any]
"""Arguments by name."""

Outcome: TypeAlias = Preview | PreviewError
"""What comes of a link."""

PREVIEW = "preview"
_NOT_STORED = frozenset(("requested_url", "stale"))
_KINDS: dict[str, type[PreviewError]] = {
    kind.__name__: kind
    for kind in vars(exceptions).values()
    if inspect.isclass(kind) and issubclass(kind, PreviewError)
}
_NUMBERS = frozenset((float, int))


def taken_apart(outcome: Outcome) -> tuple[str, Values]:
    """The kind of an outcome, and what makes it again."""
    if isinstance(outcome, Preview):
        values = {name: getattr(outcome, name) for name in _DEFAULTS}
        return PREVIEW, {name: value for name, value in values.items() if value != _DEFAULTS[name]}
    kind = next(each.__name__ for each in type(outcome).__mro__ if _KINDS.get(each.__name__) is each)
    return kind, {name: getattr(outcome, name) for name in _ERRORS[kind][1]}


def put_together(kind: str, values: Values, url: str, *, stale: bool = False) -> Outcome:
    """An outcome for whoever asked for `url`. The values are not checked."""
    if kind == PREVIEW:
        return Preview(requested_url=url, stale=stale, **values)
    return _KINDS[kind](url=url, **values)


def as_asked(outcome: Outcome, url: str) -> Outcome:
    """What somebody else found, for whoever asked for `url`: an error is a new one, for two threads cannot raise the same."""
    if isinstance(outcome, Preview):
        return replace(outcome, requested_url=url)
    return put_together(*taken_apart(outcome), url)


def to_json(kind: str, values: Values) -> Values:
    """Values that JSON can say."""
    if kind != PREVIEW:
        return values
    return {name: _plain(value) for name, value in values.items()}


def from_json(kind: object, values: object) -> tuple[str, Values]:
    """What `to_json` was given, by this version of the library.

    Raises:
        ValueError: if it is anything else. So do KeyError and TypeError.
    """
    if type(kind) is not str or type(values) is not dict:
        raise ValueError("not an outcome")
    form = _PREVIEW if kind == PREVIEW else _ERRORS[kind][0]
    form.read(values)
    if not (is_sound_preview(values) if kind == PREVIEW else is_sound_error(_KINDS[kind], values)):
        raise ValueError("not what a page could have had us store")
    return kind, values


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {item.name: told for item in fields(value) if (told := getattr(value, item.name)) is not None}
    return dict(value) if isinstance(value, Mapping) else value


class _Form:
    """What values of these names and types look like in JSON.

    Args:
        hints: the annotations, by name.
        needed: the names that may not be left out.
    """

    __slots__ = ("_needed", "_parts", "_types")

    def __init__(self, hints: Mapping[str, Any], needed: Iterable[str]) -> None:
        self._needed = frozenset(needed)
        self._types: dict[str, frozenset[type]] = {}
        self._parts: dict[str, Callable[[Any], Any]] = {}
        for name, hint in hints.items():
            origin = get_origin(hint)
            if origin is tuple:
                self._parts[name] = _list_of(get_args(hint)[0])
            elif origin is Mapping:
                self._parts[name] = _texts_by_name
            else:
                types = frozenset(get_args(hint) if origin in (Union, UnionType) else (hint,))
                self._types[name] = types | {int} if float in types else types

    def read(self, values: Values) -> None:
        """Checks values as they come out of JSON, and turns them into what they were.

        Raises:
            ValueError: for others. So does whatever they do not have: KeyError, TypeError, AttributeError, OverflowError.
        """
        if not self._needed <= values.keys():
            raise ValueError("something is missing")
        types, parts = self._types, self._parts
        for name, value in values.items():
            allowed = types.get(name)
            if allowed is None:
                values[name] = parts[name](value)
                continue
            kind = type(value)
            if kind not in allowed or (kind in _NUMBERS and not isfinite(value)):
                raise ValueError("a value of a wrong type")


def _list_of(hint: Any) -> Callable[[Any], Any]:
    form = _form_of(hint) if is_dataclass(hint) else None

    def read(value: Any) -> Any:
        if type(value) is not list:
            raise ValueError("not a list")
        if form is None:
            return tuple(_texts(value))
        for each in value:
            form.read(each)
        return tuple([hint(**each) for each in value])

    return read


def _texts(values: Collection[Any]) -> Collection[str]:
    for each in values:
        if type(each) is not str:
            raise ValueError("not a text")
    return values


def _texts_by_name(value: Any) -> Any:
    if type(value) is not dict:
        raise ValueError("not texts by name")
    _texts(value.values())
    return value


def _form_of(kind: Any) -> _Form:
    """The form of a dataclass."""
    hints = {name: hint for name, hint in get_type_hints(kind).items() if name not in _NOT_STORED}
    needed = {item.name for item in fields(kind) if item.default is MISSING and item.default_factory is MISSING}
    return _Form(hints, needed - _NOT_STORED)


def _form_of_error(kind: type[PreviewError]) -> tuple[_Form, tuple[str, ...]]:
    """The form of what an error is made of, beside its address, and the names."""
    hints = get_type_hints(kind.__init__)
    names = tuple(name for name in inspect.signature(kind).parameters if name != "url")
    return _Form({name: hints[name] for name in names}, names), names


_PREVIEW = _form_of(Preview)
_DEFAULTS: Values = {
    item.name: item.default_factory() if item.default_factory is not MISSING else item.default
    for item in fields(Preview)
    if item.name not in _NOT_STORED
}
_ERRORS = {name: _form_of_error(kind) for name, kind in _KINDS.items()}
