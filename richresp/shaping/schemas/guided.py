"""How far a schema and the paths of a call have come on the way to a value: what `paths.State` is, and a node beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from richresp.limits.schemas import MAX_DEPTH
from richresp.paths import Endings, Leads, State
from richresp.shaping.schemas.node import Node

_NO_HITS: frozenset[int] = frozenset()
_NO_ENDINGS = Endings({}, {}, _NO_HITS)
_NO_LEADS = Leads(frozenset(), frozenset(), every=False, anywhere=False)


@dataclass(frozen=True, eq=False, slots=True)
class Guided:
    """A state of paths, in a value that a schema has a say in.

    Attributes:
        state: how far paths lead into it; None where none does.
        node: its place in the schema.
        depth: how many values around it the schema has a say in.
    """

    state: State | None
    node: Node
    depth: int = 0

    def step(self, key: str | int, length: int | None = None) -> tuple[frozenset[int], Guided | State | None]:
        """As `State.step`."""
        hits, state = (_NO_HITS, None) if self.state is None else self.state.step(key, length)
        node = self.node.child(key)
        return hits, state if node is None else Guided(state, node, self.depth + 1)

    def endings(self) -> Endings:
        """As `State.endings`."""
        return _NO_ENDINGS if self.state is None else self.state.endings()

    @property
    def leads(self) -> Leads:
        """As `State.leads`."""
        return _NO_LEADS if self.state is None else self.state.leads


def node_of(state: Any) -> Node | None:
    """The place in a schema that a state stands for."""
    return state.node if isinstance(state, Guided) else None


def is_deep(state: Any) -> bool:
    """Whether nothing optional is shown in a value, so that a result can be validated."""
    return isinstance(state, Guided) and state.depth >= MAX_DEPTH


def is_whole(state: Any) -> bool:
    """Whether a value is to be shown uncut, or not at all."""
    return isinstance(state, Guided) and state.node.demands.whole
