"""What must show as soon as anything of a record shows: what `keep` names in it.

A path that names its steps one by one is followed down from the record to what it names; a descendant (`..`) counts
for the container that it stands in. Items of a list are records of their own, unless a path gives their index.
"""

from __future__ import annotations

from collections.abc import Iterator

from richresp.shaping.pieces import Run
from richresp.shaping.places import Place
from richresp.shaping.reader import Child
from richresp.values.plain import is_container, is_list, length


def kept_runs(place: Place, paged: Place | None = None) -> tuple[Run, ...]:
    """What is kept in a container, once: the second time there is nothing more to tell.

    Args:
        place: the container; the places inside it that lead to something kept are noted in its `within`.
        paged: the list that cursors page through, whose items come in their turn whatever names them.
    """
    runs: list[Run] = []
    todo = [place]
    while todo:
        here = todo.pop()
        if here is paged and is_list(here.value):
            continue
        for child in _candidates(here):
            if child.order in here.within:
                inner = here.within[child.order]
                if inner is not None and inner is not paged and not child.kept and _leads_on(child):
                    todo.append(inner)
                continue
            if child.kept:
                here.within[child.order] = None
                runs.append(Run(here, (child,)))
            elif _leads_on(child) and not (paged is not None and paged.stands_at(here, child)):
                here.within[child.order] = inner = here.inside(child)
                todo.append(inner)
    return tuple(runs)


def _leads_on(child: Child) -> bool:
    """Whether a path names what is kept below a child step by step."""
    if child.state is None or not is_container(child.value):
        return False
    leads, endings = child.state.leads, child.state.endings()
    return bool(leads.names or leads.indexes or leads.every or endings.names or endings.indexes or endings.every)


def _candidates(place: Place) -> Iterator[Child]:
    """The children that paths name, or lead through, one by one."""
    state = place.child.state
    if state is None or isinstance(place.value, str):
        return
    endings = state.endings()
    if not is_list(place.value):
        leads = state.leads
        if endings.every or leads.every:
            yield from place.children()
            return
        names = {*endings.names, *leads.names}.intersection(place.value)
        for child in place.children() if names else ():
            if child.name in names:
                names.discard(child.name)
                yield child
                if not names:
                    return
        return
    total = length(place.value)
    for index in sorted({*endings.indexes, *state.leads.indexes}):
        order = index if index >= 0 or total is None else index + total
        if order >= 0 and (order < total if total is not None else place.value.has(order)):
            item = place.item(order)
            if item is not None:
                yield item
