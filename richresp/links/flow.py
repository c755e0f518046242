"""What happens between a URL and its preview: every decision, no I/O.

`flow` is a generator that yields steps and is told what came of them. The two drivers in client.py differ only in how
they perform a step, so sync and async cannot drift apart. `recall` says what is remembered, `visit` goes and looks.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace

from richresp.links.arguments import checked_url
from richresp.links.hops import Known
from richresp.links.keys import checked, key_for
from richresp.links.memory import Memory
from richresp.links.model import Preview
from richresp.links.policy import Policy
from richresp.links.recall import Steps, recall
from richresp.links.steps import Header, Step, Told
from richresp.links.telling import at_once, look
from richresp.links.visit import Visit, visit


def flow(
    url: str,
    *,
    policy: Policy,
    headers: tuple[Header, ...],
    clock: Callable[[], float],
    memory: Memory | None = None,
    looks_up: bool = False,
    guarded_by: str = "",
    refresh: bool = False,
    renew: bool = False,
) -> Steps:
    """The way to the preview of a URL.

    Args:
        url: as the caller gave it.
        policy: where it may lead; asked at every hop.
        headers: what every request says.
        clock: seconds, for how long it took.
        memory: how previews are remembered; None for not at all.
        looks_up: whether names are looked up and judged on the way, where no guarded transport does.
        guarded_by: who judges the addresses that are connected to, where the policy alone does not; for the key.
        refresh: whether to go and look whatever is remembered.
        renew: whether what is a little stale is too stale.

    Raises:
        PreviewError: if there is no preview; its kinds say why.
    """
    began = clock()
    here = checked(checked_url(url), policy)

    def go(known: Known | None = None) -> Visit:
        return visit(url, here, policy=policy, headers=headers, looks_up=looks_up, known=known)

    if memory is None:
        landing = yield from go()
        found = landing.told()
        return replace(found, requested_url=url, elapsed=max(0.0, clock() - began))
    key = key_for(url, policy=policy, headers=headers, guarded_by=guarded_by)
    return (yield from recall(url, key, go, memory, refresh=refresh, renew=renew))


def known(
    url: str, *, policy: Policy, headers: tuple[Header, ...], memory: Memory, guarded_by: str = ""
) -> Generator[Step, Told, Preview | None]:
    """What is remembered of a URL and may be told at once; None where it is to be asked for. Arguments and errors as for `flow`."""
    now = memory.clock()
    key = key_for(url, policy=policy, headers=headers, guarded_by=guarded_by)
    return (yield from at_once((yield from look(key, now)), url, now))
