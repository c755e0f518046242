"""The payload as the caller wants it seen: JSON-native nodes, without what is to be dropped.

A Reader lasts for one call of `shape`. It takes each foreign value apart once, since a generator can be read only once and a model
is dear to dump, and it follows the paths of `keep`, `drop` and `drop_order` along, child by child.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from numbers import Number
from typing import Any, NamedTuple

from richresp.exceptions import InvalidPath, InvalidPayload
from richresp.limits.shape import RECORD_KEYS
from richresp.paths import Matcher, Path, State, parse
from richresp.shaping.schemas import Guided, Node, is_whole
from richresp.values.inputs import Items, NoForm
from richresp.values.plain import AS_IS, Where, is_list, length, members, native, step

Way = State | Guided
"""How far paths lead into a value, and where a schema has a say in it, that."""

_SMALL_INT = 1 << 63
_NO_LISTS = frozenset((str, int, float, bool, type(None), dict))

_Taken = dict[int, tuple[Any, Any]]
_shared: ContextVar[_Taken | None] = ContextVar("_shared", default=None)


@contextmanager
def taken_once() -> Iterator[None]:
    """All readers made within take a foreign value apart once between them: a payload that is shaped several times may
    hold generators, which give their items to the first reader only.
    """
    token = _shared.set({})
    try:
        yield
    finally:
        _shared.reset(token)


class Child(NamedTuple):
    """What stands in a container.

    Attributes:
        order: how many siblings stand before it.
        name: its key; None in a list.
        value: the value as JSON has it; its own children are still to be read.
        state: how far paths lead into it, and its place in a schema; None where none does and it has none.
        kept: whether `keep` names it.
        turn: 0, or the higher the earlier in `drop_order` it is named.
        lost: whether JSON could not hold it, and has null instead.
    """

    order: int
    name: str | None
    value: Any
    state: Way | None = None
    kept: bool = False
    turn: int = 0
    lost: bool = False


class Reader:
    """Reads the nodes of one payload."""

    def __init__(
        self,
        keep: Sequence[str] = (),
        drop: Sequence[str] = (),
        drop_order: Sequence[str] = (),
        *,
        node: Node | None = None,
        strict: bool = False,
    ) -> None:
        """
        Args:
            keep: paths, as in `shape`.
            drop: the same.
            drop_order: the same.
            node: the place of the payload in a schema.
            strict: whether there is a schema: then a string is shown whole or not at all.

        Raises:
            InvalidPath: for a path that cannot be read.
        """
        matcher = Matcher([_inner_path(path) for path in (*keep, *drop, *drop_order)])
        self.start: Way | None = matcher.start if node is None else Guided(matcher.start, node)
        self.strict = strict
        self.only_drops = not (keep or drop_order)
        self._first_dropped = len(keep)
        self._first_turn = len(keep) + len(drop)
        self._paths = self._first_turn + len(drop_order)
        shared = _shared.get()
        self._taken: _Taken = {} if shared is None else shared

    def native(self, value: Any, where: Where) -> Any:
        """The value as `plain.native` has it; of a foreign value always the same object."""
        kind = type(value)
        if kind in AS_IS or (kind is int and -_SMALL_INT < value < _SMALL_INT):
            return value
        known = self._taken.get(id(value))
        if known is not None:
            return known[1]
        shown = native(value, where)
        if shown is not value and isinstance(shown, (dict, list, tuple, Items)):
            self._taken[id(value)] = value, shown
        return shown

    def children(self, value: Any, state: Way | None, where: Where, start: int = 0) -> Iterator[Child]:
        """The children of a native container, in order, without what is dropped; of a list those from `start` on."""
        if isinstance(value, dict):
            order = 0
            for name, child in members(value, where):
                found = self._child(order, name, child, state, None, where)
                order += 1  # noqa: SIM113  # one object less for each level of depth
                if found is not None:
                    yield found
            return
        order, total = start, length(value)
        while value.has(order) if isinstance(value, Items) else order < len(value):
            found = self._child(order, None, _at(value, order, where), state, total, where)
            if found is not None:
                yield found
            order += 1

    def lists(self, mapping: Any, state: Way | None, among: int) -> Iterator[Child]:
        """The lists among the first children of a dict."""
        for order, (name, child) in enumerate(islice(members(mapping, str), among)):
            if type(child) not in _NO_LISTS:
                found = self._child(order, name, child, state, None, str)
                if found is not None and is_list(found.value):
                    yield found

    def item(self, value: Any, state: Way | None, where: Where, order: int) -> Child | None:
        """One item of a native list; None if it is dropped."""
        return self._child(order, None, _at(value, order, where), state, length(value), where)

    def is_held(self, child: Child) -> bool:
        """Whether the schema wants a value shown whole or not at all."""
        return self.strict and (isinstance(child.value, str) or is_whole(child.state))

    def is_record(self, child: Child) -> bool:
        """Whether a value is a dict whose keys name fields; one of very many keys is a map."""
        return isinstance(child.value, dict) and (self.total(child.value, child.state) or 0) <= RECORD_KEYS

    def delays_all(self, state: Way | None) -> bool:
        """Whether `drop_order` names every child of a container."""
        return state is not None and any(hit >= self._first_turn for hit in state.endings().every)

    def is_dropped(self, state: Way | None, name: str) -> bool:
        """Whether the entry of a dict is dropped."""
        return state is not None and self._is_dropped(state.step(name)[0])

    def dropped(self, value: Any, state: Way | None) -> list[int]:
        """The indexes of a list that are dropped one by one, in order."""
        if state is None or not is_list(value):
            return []
        total = length(value)
        indexes = (at for at, hits in state.endings().indexes.items() if self._is_dropped(hits))
        places = {at + (total or 0) if at < 0 else at for at in indexes if at >= 0 or total is not None}
        return sorted(at for at in places if at >= 0 and (total is None or at < total))

    def total(self, value: Any, state: Way | None) -> int | None:
        """How many children, dropped ones aside, or characters; None for a stream whose end is not in sight."""
        whole = length(value)
        if state is None or whole is None or isinstance(value, str):
            return whole
        endings = state.endings()
        if self._is_dropped(endings.every):
            return 0
        if is_list(value):
            return whole - len(self.dropped(value, state))
        names = [name for name, hits in endings.names.items() if self._is_dropped(hits)]
        if names and not all(type(key) is str for key in value):
            return whole - sum(name in names for name, _ in members(value, str))
        return whole - sum(name in value for name in names)

    def _child(
        self, order: int, name: str | None, value: Any, state: Way | None, total: int | None, where: Where
    ) -> Child | None:
        kind = type(value)
        if (
            kind in AS_IS
            or (kind is int and -_SMALL_INT < value < _SMALL_INT)
            or (kind is float and value - value == 0)
        ):
            shown = value
        else:
            shown = self.native(value, lambda: step(where(), order if name is None else name))
        lost = shown is None and value is not None and isinstance(value, Number)
        if state is None:
            return Child(order, name, shown, lost=lost)
        hits, inner = state.step(order if name is None else name, total)
        if not hits:
            return Child(order, name, shown, inner, lost=lost)
        if self._is_dropped(hits):
            return None
        if any(hit < self._first_dropped for hit in hits):
            return Child(order, name, shown, inner, kept=True, lost=lost)
        return Child(order, name, shown, inner, turn=max(self._paths - hit for hit in hits), lost=lost)

    def _is_dropped(self, hits: frozenset[int]) -> bool:
        return any(self._first_dropped <= hit < self._first_turn for hit in hits)


def _at(value: Any, order: int, where: Where) -> Any:
    """An item of a native list.

    Raises:
        InvalidPayload: where a sequence has fewer items than it said.
    """
    try:
        return value[order]
    except NoForm as error:
        raise InvalidPayload(pointer=where(), reason=str(error)) from error.__cause__


def _inner_path(text: str) -> Path:
    path = parse(text)
    if not path.segments:
        raise InvalidPath(path=text, position=len(text), reason="that is the payload itself; name something in it")
    return path
