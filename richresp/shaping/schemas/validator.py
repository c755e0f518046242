"""A schema read once, and what jsonschema says of a result. The only file that knows it, and `referencing` (extra `schema`).

Nothing is ever fetched: a reference leads to something in the schema itself, or to one of the published metaschemas.
`format` is not checked, as the drafts since 2019-09 have it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from richresp.exceptions import InvalidPayload, MissingExtra, UsageError
from richresp.limits.schemas import MAX_REASON_CHARS, MAX_SCHEMAS
from richresp.shaping.schemas.node import Book, Node
from richresp.shaping.schemas.rules import Rule
from richresp.values.plain import pointer

_LATEST = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class _Scope:
    """A resolver of `referencing`, the draft it reads, and the schemas that were found valid when a reference led there."""

    resolver: Any
    draft: Any
    check: Callable[[Any], None]
    checked: set[int]

    def inside(self, schema: Any) -> _Scope:
        resolver = self.resolver.in_subresource(self.draft.create_resource(schema))
        return self if resolver is self.resolver else replace(self, resolver=resolver)

    def follow(self, reference: str) -> tuple[Any, _Scope]:
        from referencing.exceptions import Unresolvable

        try:
            found = self.resolver.lookup(reference)
        except Unresolvable as error:
            raise _lost(reference) from error
        if id(found.contents) not in self.checked:
            _check(self.check, found.contents, reference)
            self.checked.add(id(found.contents))
        return found.contents, replace(self, resolver=found.resolver)


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema that was read.

    Attributes:
        text: the schema as JSON.
        root: what must show of a payload; None where nothing must.
    """

    text: str
    root: Node | None
    _validator: Any

    def check(self, data: Any, where: Callable[[Iterable[str | int]], str], *, dropped: bool) -> None:
        """Has a result validated.

        Args:
            data: what is shown.
            where: the pointer of what stands at a path in it.
            dropped: whether something was dropped from the payload before.

        Raises:
            InvalidPayload: if it does not fit the schema. What is left out never makes it so: it is the payload that
                does not fit there, or no longer does after `drop`.
            UsageError: if that cannot be found out.
        """
        from jsonschema.exceptions import best_match
        from referencing.exceptions import Unresolvable

        try:
            error = best_match(self._validator.iter_errors(data))
        except RecursionError:
            reason = "the result is nested too deep to be validated, or a $ref leads back to itself; drop what is deep"
            raise UsageError(f"schema: {reason}") from None
        except Unresolvable as lost:
            raise _lost(str(getattr(lost, "ref", ""))) from lost
        if error is None:
            return
        said = False if error.validator is None else {error.validator: error.validator_value}
        wanted = _brief(json.dumps(said, ensure_ascii=False))
        whose = "the payload, after drop," if dropped else "the payload"
        reason = f"{whose} does not fit the schema here, which wants {wanted}"
        raise InvalidPayload(pointer=where(error.absolute_path), reason=reason)


def read_schema(schema: Mapping[str, Any] | bool) -> Schema:  # noqa: FBT001  # true and false are schemas
    """Reads a schema; the same one is read only once.

    Raises:
        MissingExtra: if jsonschema is not installed.
        UsageError: if it is no valid schema of drafts 4 to 2020-12.
    """
    if not isinstance(schema, (Mapping, bool)):
        raise UsageError(f"schema: give a JSON Schema as a dict, not a {type(schema).__name__}")
    try:
        text = json.dumps(dict(schema) if isinstance(schema, Mapping) else schema, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise UsageError(f"schema: this is not JSON ({_brief(str(error))}); give the schema as plain values") from error
    return _read(text)


@lru_cache(maxsize=MAX_SCHEMAS)
def _read(text: str) -> Schema:
    try:
        from jsonschema.validators import validator_for
        from jsonschema_specifications import REGISTRY
        from referencing.jsonschema import specification_with
    except ImportError as error:
        raise MissingExtra(extra="schema") from error

    schema = json.loads(text)
    dialect = schema.get("$schema", _LATEST) if isinstance(schema, dict) else _LATEST
    kind = validator_for({"$schema": dialect} if isinstance(dialect, str) else {}, default=None)
    if kind is None or "draft-03" in dialect:
        raise UsageError(
            f"schema: $schema names {_brief(repr(dialect))}; name one of the drafts 4, 6, 7, 2019-09, 2020-12"
        )
    _check(kind.check_schema, schema, "#")
    draft = specification_with(dialect)
    resource = draft.create_resource(schema)
    registry = REGISTRY.with_resource(resource.id() or "", resource).crawl()
    scope = _Scope(registry.resolver(resource.id() or ""), draft, kind.check_schema, set())
    rules = [Rule(schema, same=False, scope=scope)] if isinstance(schema, dict) else []
    return Schema(text, Book({*kind.VALIDATORS, "then", "else"}).node(rules), kind(schema, registry=registry))


def _check(check: Callable[[Any], None], schema: Any, where: str) -> None:
    """Holds a schema to that of its draft."""
    from jsonschema.exceptions import SchemaError

    try:
        check(schema)
    except SchemaError as error:
        at = _brief(where + pointer(error.absolute_path))
        raise UsageError(f"schema: not valid at {at}: {_brief(error.message)}") from error
    except RecursionError:
        raise UsageError("schema: it is nested too deep to be read") from None


def _lost(reference: str) -> UsageError:
    return UsageError(
        f"schema: {_brief(reference)!r} is not found in the schema, and nothing is fetched; put what it names under $defs"
    )


def _brief(text: str) -> str:
    return text if len(text) <= MAX_REASON_CHARS else f"{text[:MAX_REASON_CHARS]}…"
