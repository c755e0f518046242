"""How much of a payload is looked at, and how much memory that takes: numbers that no machine's speed changes."""

import tracemalloc

from richresp import BudgetTooSmall, tokens
from tests.shaping.as_json import shape


def watched(kind, value, looks, most):
    """A list or dict that notes each item that is taken out of it, and refuses when it is read on and on."""

    def note(item):
        looks.append(1)
        assert len(looks) < most, "it is read on and on"
        return item

    def take(self, at):
        found = kind.__getitem__(self, at)
        return list(map(note, found)) if isinstance(at, slice) else note(found)

    methods = {"__iter__": lambda self: map(note, kind.__iter__(self)), "__getitem__": take}
    if kind is dict:
        methods["items"] = lambda self: map(note, kind.items(self))
    return type("Watched", (kind,), methods)(value)


def peak_memory(payload, budget):
    """The most bytes that were in use at once while a payload was shaped, whatever came of it."""
    shape(["warm", "up " * 300, " " * 9_000], budget=100)
    tokens.count(" " * 9_000)
    tracemalloc.start()
    try:
        shape(payload, budget=budget)
    except BudgetTooSmall:
        pass
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return peak
