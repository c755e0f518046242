"""YAML as OpenAPI has it: the values of JSON, no tags of programs, aliases within bounds. The only file that knows PyYAML.

The value is built from PyYAML's events, one after the other, so that nothing is constructed that a rule would refuse and no
depth of nesting reaches a stack. Scalars are read by the core schema of YAML 1.2 (10.3.2), where `no` is a text and a date
is one; keys are texts as they are written, so that `200:` is the status "200".
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from richresp.hosts.lint.reading import Unreadable
from richresp.hosts.lint.rules import quoted
from richresp.limits.lint import MAX_DEPTH, MAX_NODES

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CORE: Final = "tag:yaml.org,2002:"
_CORE_TAGS: Final = {f"{_CORE}{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq")}
_WORDS: Final = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT: Final = re.compile(r"[-+]?[0-9]{1,4000}|0o[0-7]{1,1000}|0x[0-9a-fA-F]{1,1000}")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,4})?")


@dataclass(slots=True)
class _Open:
    """A collection that is being read: what holds its items, the key that waits for a value, the anchor to give it."""

    items: Any
    anchor: str | None
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """The value that events amount to."""

    value: Any = None
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, Any] = field(default_factory=dict)
    documents: int = 0

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    raise Unreadable(f"{_at(event)}: a second document begins; give one")
            case yaml.MappingStartEvent():
                self.begin(event, {})
            case yaml.SequenceStartEvent():
                self.begin(event, [])
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.end(event)
            case yaml.AliasEvent():
                self.alias(event)
            case yaml.ScalarEvent():
                self.scalar(event)

    def add(self, event: yaml.Event, value: Any, text: str | None) -> None:
        if not self.stack:
            self.value = value
            return
        top = self.stack[-1]
        if isinstance(top.items, list):
            top.items.append(value)
        elif top.key is None:
            if text is None:
                raise Unreadable(f"not JSON-like YAML, {_at(event)}: a key is a collection; write a text")
            if text in top.items:
                raise Unreadable(f"{_at(event)}: the key {quoted(text)} stands twice; leave one out")
            top.key = text
        else:
            top.items[top.key], top.key = value, None

    def begin(self, event: yaml.Event, items: Any) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise Unreadable(f"{_at(event)}: nested deeper than {MAX_DEPTH} levels")
        self.stack.append(_Open(items, event.anchor))

    def end(self, event: yaml.Event) -> None:
        done = self.stack.pop()
        if done.anchor is not None:
            self.anchors[done.anchor] = done.items
        self.add(event, done.items, None)

    def alias(self, event: yaml.Event) -> None:
        if event.anchor not in self.anchors:
            raise Unreadable(f"{_at(event)}: the alias {quoted(event.anchor)} names nothing that is complete before it")
        value = self.anchors[event.anchor]
        self.add(event, value, value if isinstance(value, str) else None)

    def scalar(self, event: yaml.Event) -> None:
        plain = event.implicit[0]
        value = _resolved(event.value) if plain and event.tag is None else _tagged(event)
        if event.anchor is not None:
            self.anchors[event.anchor] = value
        self.add(event, value, event.value)


def load(text: str) -> Any:
    """The value of one YAML document.

    Raises:
        Unreadable: for what is none, and for tags, collections as keys, cycles, or more of anything than is read.
    """
    builder = _Builder()
    try:
        for count, event in enumerate(yaml.parse(text, Loader=_LOADER)):
            if count > 2 * MAX_NODES:
                raise Unreadable(f"more than {MAX_NODES:,} values")
            _check_tag(event)
            builder.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1} column {mark.column + 1}" if mark is not None else ""
        said = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        raise Unreadable(f"neither JSON nor YAML{where}: {said}") from error
    return builder.value


def _check_tag(event: yaml.Event) -> None:
    tag = getattr(event, "tag", None)
    if tag not in (None, "!", *_CORE_TAGS):
        raise Unreadable(f"{_at(event)}: the tag {quoted(tag)} is no value of JSON; leave it out")


def _tagged(event: yaml.Event) -> Any:
    """A quoted scalar, or one with a tag of the core schema."""
    if event.tag in (None, "!", f"{_CORE}str"):
        return event.value
    value = _resolved(event.value)
    wanted: tuple[type, ...] = {
        f"{_CORE}int": (int,),
        f"{_CORE}float": (int, float),
        f"{_CORE}bool": (bool,),
        f"{_CORE}null": (type(None),),
    }.get(event.tag, ())
    if not isinstance(value, wanted):
        raise Unreadable(f"{_at(event)}: {quoted(event.value)} is not what its tag says; leave the tag out")
    return value


def _resolved(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text, 0) if text.startswith(("0o", "0x")) else int(text)
    if _FLOAT.fullmatch(text):
        number = float(text)
        return text if math.isinf(number) else number
    return text


def _at(event: yaml.Event) -> str:
    return f"line {event.start_mark.line + 1} column {event.start_mark.column + 1}"
