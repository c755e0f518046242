"""JSON-LD as pages have it: read block by block, with what authors and templates do to it, and never an exception.

A block that cannot be read is told in `broken` and costs only itself. Nothing recurses: a block nested deeper than any real one
is not given to the parser, and the walks here keep their own stack. What is kept is bounded in size and in nodes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from richresp.limits.extract import (
    MAX_JSON_LD_CHARS,
    MAX_JSON_LD_DEPTH,
    MAX_JSON_LD_NODES,
    MAX_JSON_LD_VALUES,
    MAX_JSON_LD_WRAPPERS,
    MAX_MENDED_CHARS,
)
from richresp.links.values import unescaped

Node = Mapping[str, Any]

_STRING = (
    r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)'  # one that never ends reaches to the end, or each of its quotes would be tried
)
_STRINGS = re.compile(_STRING, re.DOTALL)
_NO_BRACKET = re.compile(r"[^\[\]{}]+")
# Strings are matched only to be stepped over: a comma or a backslash in one is the author's.
_TRAILING_COMMA = re.compile(rf"({_STRING})|,(?=\s*[\]}}])", re.DOTALL)
_BAD_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|)')
_BETWEEN = re.compile(r"[\s,;]*")
_WRAPPERS = ("<!--", "<![CDATA[", "//", "/*", "*/")
_ENDS = ("-->", "]]>", "//", "/*", "*/")
_CONTAINERS = ("@graph", "mainEntity", "mainEntityOfPage")
_NAMESPACE = re.compile(r"(?:https?://(?:www\.)?schema\.org/|schema:)", re.IGNORECASE)
_DECODER = json.JSONDecoder(strict=False)


@dataclass(frozen=True)
class Linked:
    """The nodes of a page's JSON-LD, in its order.

    Attributes:
        nodes: those that stand by themselves: values of a block, of `@graph`, of a list, main entities.
        broken: for each block that could not be read what is wrong with it.
    """

    nodes: tuple[Node, ...] = ()
    broken: tuple[str, ...] = ()

    def typed(self, kinds: frozenset[str]) -> Iterator[Node]:
        """The nodes with one of these types, named in lower case."""
        return (node for node in self.nodes if not kinds.isdisjoint(types_of(node)))

    def resolved(self, value: object) -> object:
        """The node that a reference (`{"@id": ...}`) names; every other value is itself."""
        if isinstance(value, Mapping) and isinstance(value.get("@id"), str) and not (value.keys() - {"@id", "@type"}):
            return self._named.get(value["@id"], value)
        return value

    def names(self, value: object) -> Iterator[str]:
        """What people, organisations and the like are called: texts, or the `name` of nodes."""
        for item in _listed(value):
            found = self.resolved(item)
            if isinstance(found, Mapping):
                found = next((text for text in _listed(found.get("name")) if isinstance(text, str)), None)
            if isinstance(found, str):
                yield found

    def addresses(self, value: object) -> Iterator[str]:
        """The addresses of images: texts, or the `url` or `contentUrl` of nodes, or what they are named by."""
        for item in _listed(value):
            found = self.resolved(item)
            if isinstance(found, Mapping):
                told = (found.get(key) for key in ("url", "contentUrl", "@id"))
                found = next((text for each in told for text in _listed(each) if isinstance(text, str)), None)
            if isinstance(found, str):
                yield found

    @cached_property
    def _named(self) -> dict[str, Node]:
        """Every node that says more than its own name, by it; the one that says most, where several do."""
        found: dict[str, Node] = {}
        stack: list[object] = list(reversed(self.nodes))
        for _ in range(MAX_JSON_LD_NODES * 8):
            if not stack:
                break
            value = stack.pop()
            if isinstance(value, Mapping):
                name = value.get("@id")
                if isinstance(name, str) and len(value) > max(1, len(found.get(name, ()))):
                    found[name] = value
                stack.extend(child for child in value.values() if isinstance(child, (Mapping, list)))
            elif isinstance(value, list):
                stack.extend(islice(value, MAX_JSON_LD_NODES))
        return found


def read_linked(blocks: Iterable[str]) -> Linked:
    """The JSON-LD of a page.

    Args:
        blocks: the text of each script, as it stands.
    """
    nodes: list[Node] = []
    broken: list[str] = []
    left = MAX_JSON_LD_CHARS
    to_mend = MAX_MENDED_CHARS
    for block in blocks:
        if len(block) > left:
            broken.append(f"the page has more than {MAX_JSON_LD_CHARS} characters of it")
            continue
        left -= len(block)
        values, fault, mended = _values(block, to_mend)
        to_mend -= mended
        nodes.extend(islice(_standing(values), MAX_JSON_LD_NODES - len(nodes)))
        if fault is not None:
            broken.append(fault)
    return Linked(tuple(nodes), tuple(broken))


def types_of(node: Node) -> frozenset[str]:
    """The types of a node in lower case, without the name of the vocabulary."""
    found = (kind for kind in _listed(node.get("@type")) if isinstance(kind, str))
    return frozenset(_NAMESPACE.sub("", kind.strip(), count=1).lower() for kind in found)


def text_in(value: object) -> Iterator[str]:
    """The texts of a property: one, several, or with their language (`{"@value": ...}`)."""
    for item in _listed(value):
        text = item.get("@value") if isinstance(item, Mapping) else item
        if isinstance(text, str):
            yield text


def _listed(value: object) -> list[Any]:
    return value[:MAX_JSON_LD_VALUES] if isinstance(value, list) else [] if value is None else [value]


def _standing(values: Iterable[object]) -> Iterator[Node]:
    """The nodes of values that stand by themselves, in order."""
    stack = list(values)[::-1]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value))
        elif isinstance(value, dict):
            if value.keys() - {"@context", "@graph"}:
                yield value
            inner = (value[key] for key in _CONTAINERS if key in value)
            stack.extend(reversed([child for child in inner if isinstance(child, (dict, list))]))


def _values(block: str, to_mend: int) -> tuple[list[object], str | None, int]:
    """The values of a block, what is wrong with it if that is not all it means to say, and how many characters were mended."""
    text = _unwrapped(block)
    if not text:
        return [], None, 0
    values, fault = _decoded(text)
    if fault is None or len(text) > to_mend:
        return values, fault, 0
    for mended in (_mended(text), _mended(unescaped(text))):
        better, remains = _decoded(mended)
        if remains is None:
            return better, None, len(text)
    return values, fault, len(text)


def _unwrapped(text: str) -> str:
    """A block without the comments and CDATA marks around it, and without the semicolon behind it."""
    text = text.strip(" \t\r\n\f;\ufeff")
    for _ in range(MAX_JSON_LD_WRAPPERS):
        before = len(text)
        for mark in _WRAPPERS:
            text = text.removeprefix(mark)
        for mark in _ENDS:
            text = text.removesuffix(mark)
        text = text.strip(" \t\r\n\f;\ufeff")
        if len(text) == before:
            break
    return text


def _mended(text: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", _STRINGS.sub(lambda match: _BAD_ESCAPE.sub(_kept_escape, match[0]), text))


def _kept_escape(match: re.Match[str]) -> str:
    return match[0] if match[1] else ""


def _decoded(text: str) -> tuple[list[object], str | None]:
    """The values that stand one behind the other in a text, and what ends them early."""
    if _depth(text) > MAX_JSON_LD_DEPTH:
        return [], f"it is nested more than {MAX_JSON_LD_DEPTH} levels deep"
    values: list[object] = []
    position = 0
    while position < len(text) and len(values) < MAX_JSON_LD_VALUES:
        try:
            value, position = _DECODER.raw_decode(text, position)
        except json.JSONDecodeError as error:
            return values, f"{error.msg} at character {error.pos}"
        except ValueError:  # an integer of more digits than Python reads (CVE-2020-10735)
            return values, "a number in it is too long"
        values.append(value)
        between = _BETWEEN.match(text, position)
        position = between.end() if between else position
    return values, None


def _depth(text: str) -> int:
    """An upper bound of how deep a text is nested, exact where it could be too deep: the parser recurses in C."""
    if text.count("{") + text.count("[") <= MAX_JSON_LD_DEPTH:
        return 0
    deepest = depth = 0
    for bracket in _NO_BRACKET.sub("", _STRINGS.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
        if deepest > MAX_JSON_LD_DEPTH:
            break
    return deepest
