"""The links of an answer: each as a `resource_link`, and always in the text as well, for many hosts show nothing of the block.

They have what room the payload leaves, and come in their order: when the budget is short, links go first. Only a payload that
is shortened anyway leaves a share of it to the first of them, or a long text would never come with its link.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from richresp.answering.tool_room import Room
from richresp.exceptions import BudgetTooSmall
from richresp.limits.tools import LINKS_SHARE, MAX_LINKS

_Made = TypeVar("_Made")


class Linked(Protocol):
    """A link: `hosts.cards.LinkCard` is one."""

    @property
    def block(self) -> Mapping[str, Any]: ...
    @property
    def line(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def within(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Added:
    """Links that fit.

    Attributes:
        blocks: the content blocks.
        texts: their lines, as one text, or none.
        encoded: what the blocks cost.
    """

    blocks: tuple[dict[str, Any], ...] = ()
    texts: tuple[str, ...] = ()
    encoded: tuple[str, ...] = ()


def beside(links: Sequence[Linked], room: Room, make: Callable[[Room], tuple[_Made, bool]]) -> tuple[_Made, bool]:
    """What is made of a payload, and whether that is all of it: in all of the room, or beside its links.

    Args:
        links: in their order.
        room: for both.
        make: shapes the payload for a room.
    """
    found, whole = make(room)
    share = 0.0
    for count in range(len(links) * (not whole)):
        taken = room.share_of(
            [f"- {card.line}" for card in links[: count + 1]] + list(map(_encoded, links[: count + 1]))
        )
        if taken > LINKS_SHARE:
            break
        share = taken
    if share:
        with suppress(BudgetTooSmall):
            return make(room.part(1 - share))
    return found, whole


def fitted(
    links: Iterable[Linked], data: Any, room: Room, channels: tuple[Sequence[str], Sequence[str]]
) -> tuple[Added, int]:
    """As many links, from the first on, as fit beside an answer; and how many do not, which a line tells if it fits.

    Args:
        links: in their order.
        data: what is shown: a link whose address and title stand in it needs no line, and one that belongs to a record that
            is not shown does not come.
        room: for all of the answer.
        channels: its texts, and the JSON of its structure.
    """
    wanted = chosen(links, data)
    texts, structure = channels
    added, lines = Added(), list[str]()
    states: list[tuple[Added, tuple[str, ...]]] = [(added, ())]
    for card, named in wanted:
        encoded = (*added.encoded, _encoded(card))
        lines += [] if named else [f"- {card.line}"]
        text = ("\n".join(lines),) if lines else ()
        if len(added.blocks) == MAX_LINKS or room.share_of((*texts, *text, *encoded), structure) > 1:
            return _told(states, len(wanted), lambda one: room.share_of((*texts, *one), structure) <= 1)
        added = Added((*added.blocks, dict(card.block)), text, encoded)
        states.append((added, tuple(lines)))
    return added, 0


def _told(
    states: list[tuple[Added, tuple[str, ...]]], total: int, fits: Callable[[Sequence[str]], bool]
) -> tuple[Added, int]:
    """The most links beside which there is room to say how many they are; if there is none at all, the most links."""
    for added, lines in reversed(states):
        kept = len(added.blocks)
        text = ("\n".join((*lines, f"{kept} of {total} links shown")),)
        if fits((*text, *added.encoded)):
            return Added(added.blocks, text, added.encoded), total - kept
    added, _ = states[-1]
    return added, total - len(added.blocks)


def chosen(links: Iterable[Linked], data: Any) -> list[tuple[Linked, bool]]:
    """The links that belong to what is shown, and whether it names each of them already, with its title."""
    wanted = list(links)
    seen = _texts(data) if wanted else set()
    return [
        (card, card.url in seen and (card.title is None or card.title in seen))
        for card in wanted
        if card.within is None or card.within in seen
    ]


def _encoded(card: Linked) -> str:
    return json.dumps(card.block, ensure_ascii=False, separators=(",", ":"))


def _texts(data: Any) -> set[str]:
    """All strings in what is shown."""
    found: set[str] = set()
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return found
