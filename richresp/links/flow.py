"""What happens between a URL and its preview: every decision, no I/O.

`flow` is a generator that yields steps and is told what came of them. The two drivers in client.py differ only in how they
perform a step, so sync and async cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from typing import TypeAlias

from richresp.links.model import Preview
from richresp.links.policy import Policy, check_url
from richresp.links.steps import Header, Step, Told
from richresp.links.visit import visit
from richresp.typing import Resolve

Steps: TypeAlias = Generator[Step, Told, Preview]


def flow(
    url: str,
    *,
    policy: Policy,
    headers: tuple[Header, ...],
    clock: Callable[[], float],
    resolve: Resolve | None = None,
) -> Steps:
    """The way to the preview of a URL.

    Args:
        url: as the caller gave it.
        policy: where it may lead; asked at every hop.
        headers: what every request says.
        clock: seconds, for how long it took.
        resolve: looks up names for the check, where no guarded transport does.

    Raises:
        PreviewError: if there is no preview; its kinds say why.
    """
    began = clock()
    here = check_url(url, resolve=resolve, policy=policy)
    landing = yield from visit(url, here, policy=policy, headers=headers, resolve=resolve)
    if landing.preview is None:
        raise TypeError("nothing was known that could be the same")
    return replace(landing.preview, requested_url=url, elapsed=max(0.0, clock() - began))
