"""Where the tokens of a payload go: one walk over it, which writes it as compact JSON and charges each stretch.

A value's text belongs to its path; brackets, commas and keys to the container; plain items of a list to the list. Nothing
of the payload is dropped or shortened first, so an iterator is read to its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from richresp.exceptions import InvalidPayload
from richresp.limits.shape import MAX_TREE_NAMES
from richresp.shaping.costs import Costs
from richresp.shaping.outline import Branch, Kind, Outline, Step
from richresp.shaping.tokentree import TokenTree
from richresp.tokens import O200k
from richresp.typing import CountTokens
from richresp.values.plain import AS_IS, compact, members, native, quote, repaired, step

_PLAIN = frozenset((str, int, float, bool, type(None)))
_NUMBERS = frozenset((int, float))
_LISTS = frozenset((list, tuple))
_SCALARS = (str, int, float, type(None))
_MARK = 0.25  # of a bracket or comma: `"},{"` is one token
_KEY_MARKS = 1.33  # of the marks around a key: two thirds of `","` and of `":"`
_QUOTES = 0.67  # of a string: the other thirds
_SAMPLE = 512  # characters by which a long text is judged
_PIECE = re.compile(r"_?[A-Z]?[a-z]{1,9}|[A-Z]{1,3}|[0-9]{1,3}|[^\w\s]{1,32}|_{2,32}|\s{2,64}|[^\x00-\x7f]")

_Children = Iterator[tuple[Any, Any, Branch]]
"""The containers in a container: as they are, as JSON has them, and their branches."""


def explain(payload: Any, *, counter: CountTokens | None = None) -> TokenTree:
    """The tokens of a whole payload, by merged paths: print it to see at once what makes an answer long.

    Args:
        payload: what `shape` takes. An iterator is read to its end, which must come.
        counter: counts a text; o200k_base by default. One of richresp's own is asked block by block, any other once.

    Returns:
        A tree whose root costs exactly what the counter says of the payload as compact JSON, and whose nodes cost what
        their children cost and their own. How tokens fall to nodes is judged by o200k_base whatever the counter is, exact
        to about three per cent of the payload; where a token reaches over a boundary, both sides get a part of it.

    Raises:
        InvalidPayload: for what has no JSON form, and for a value that contains itself.
    """
    outline, costs = Outline(), Costs(counter or O200k())
    _Walk(outline, costs).run(payload)
    return outline.tree(costs.total())


class _Walk:
    """One walk, whose stack holds the open containers."""

    def __init__(self, outline: Outline, costs: Costs) -> None:
        self._outline = outline
        self._costs = costs
        self._trail: list[str | int] = []
        self._open: dict[int, Any] = {}

    def run(self, payload: Any) -> None:
        stack: list[tuple[_Children, str, Branch, int]] = []
        value, shown, branch = payload, native(payload, self._where), self._outline.root
        branch.count = 1
        if self._leaf(shown, branch):
            return
        while True:
            ident = id(value)
            if ident in self._open:
                raise InvalidPayload(pointer=self._where(), reason="a value that contains itself; break the cycle")
            self._open[ident] = value
            self._trail.append("")
            stack.append((*self._opened(shown, branch), branch, ident))
            while stack:
                children, close, parent, ident = stack[-1]
                child = next(children, None)
                if child is not None:
                    value, shown, branch = child
                    break
                stack.pop()
                self._trail.pop()
                del self._open[ident]
                self._costs.add(close, parent, _MARK)
            else:
                return

    def _where(self) -> str:
        return "".join(step("", name) for name in self._trail)

    def _opened(self, shown: Any, branch: Branch) -> tuple[_Children, str]:
        if isinstance(shown, dict):
            branch.kinds |= Kind.OBJECT
            self._costs.add("{", branch, _MARK)
            return self._entries(shown, branch), "}"
        branch.kinds |= Kind.LIST
        self._costs.add("[", branch, _MARK)
        return self._items(shown, branch), "]"

    def _entries(self, mapping: dict[Any, Any], branch: Branch) -> _Children:
        """The containers among the entries; those without children are charged here."""
        add, trail, below = self._costs.add, self._trail, self._outline.below
        named = len(mapping) <= MAX_TREE_NAMES
        mark = ""
        for name, value in members(mapping, self._where):
            trail[-1] = name
            child = branch.children.get(name) or below(branch, name if named else Step.ENTRY)
            lead = child.lead
            if lead is None or lead[0] != name:
                lead = child.lead = name, f"{quote(name)}:", _KEY_MARKS + (_pieces(name) if named else len(name) / 3)
            shown = value if type(value) in AS_IS else native(value, self._where)
            add(mark + lead[1], branch, lead[2] + (0 if isinstance(shown, str) else _QUOTES))
            mark = ","
            child.count += 1
            if not self._leaf(shown, child):
                yield value, shown, child

    def _items(self, items: Any, branch: Branch) -> _Children:
        """The containers among the items; the others are charged to the list."""
        mark = False
        for order, value in enumerate(items):
            self._trail[-1] = order
            if mark:
                self._costs.add(",", branch, _MARK)
            mark = True
            shown = value if type(value) in AS_IS else native(value, self._where)
            if isinstance(shown, _SCALARS):
                self._leaf(shown, branch)
                continue
            child = self._outline.below(branch, Step.ITEM)
            child.count += 1
            if not self._leaf(shown, child):
                yield value, shown, child

    def _leaf(self, shown: Any, branch: Branch) -> bool:
        """Charges a value that has nothing but plain values in it; returns whether it is one."""
        if isinstance(shown, str):
            branch.kinds |= Kind.TEXT
            text, weight = quote(repaired(shown)), _QUOTES + _pieces(shown)
        elif isinstance(shown, _SCALARS):
            branch.kinds |= 0 if shown is None else Kind.NUMBER
            text = repr(shown) if type(shown) in _NUMBERS else quote(shown)
            weight = _float_weight(text) if "." in text else (len(text) + 2) // 3 if type(shown) is int else 1
        else:
            if type(shown) not in _LISTS or not _PLAIN.issuperset(map(type, shown)):
                return False
            plain = _list_text(shown)
            if plain is None:
                return False
            branch.kinds |= Kind.LIST
            branch.values += len(shown)
            self._costs.add(plain, branch, _list_weight(shown, plain))
            return True
        branch.values += 1
        self._costs.add(text, branch, weight)
        return True


def _list_text(items: Any) -> str | None:
    """A list of plain values as JSON, in one call; None where one of them needs a closer look."""
    try:
        return repaired(compact(items))
    except ValueError:
        return None


def _pieces(text: str) -> float:
    """About how many tokens a text is; a long one is judged by its beginning."""
    sample = text[:_SAMPLE]
    found = len(_PIECE.findall(sample))
    return found if len(text) <= _SAMPLE else found * len(text) / _SAMPLE


def _float_weight(text: str) -> float:
    """Numbers are cut into three digits each, which a point interrupts."""
    whole, _, rest = text.partition(".")
    return (len(whole) + 2) // 3 + 1 + (len(rest) + 2) // 3


def _list_weight(items: Any, text: str) -> float:
    """Of a list of plain values, the marks of which are tokens of their own where it holds numbers."""
    return 2 * _MARK + (_pieces(text) if items else 0)
