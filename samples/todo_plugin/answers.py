"""What a model gets to read: to-dos with the cards of their links, within a budget of tokens.

A page is chosen before its links are looked at, with room for their cards: what stands on it, and its cursor, must not
depend on which sites can be reached this minute. So only the links of one page are fetched, and pages fit together.
"""

from __future__ import annotations

from typing import Any

from richresp import AsyncPreviewer, aattach, shape, tokens

from .store import FIELDS

BUDGET = 800
"""Tokens of an answer."""

CARD = 60
"""Tokens of a page that are kept free for the card of each link: site, title, a sentence or two."""

SECONDS = 3.0
"""How long an answer waits for what its links lead to. Hosts give up after 20 to 45 seconds, people earlier."""

_WHOLE = [f"$.todos[*].{name}" for name in FIELDS]


async def page_of(todos: list[dict[str, Any]], previewer: AsyncPreviewer, cursor: str | None = None) -> str:
    """A page of to-dos as JSON; the notice at its start says how to get the next one.

    Raises:
        InvalidCursor: if the cursor is not of these to-dos as they are now.
    """
    listed = {"count": len(todos), "todos": todos}
    page = shape(listed, budget=BUDGET, format="json", counter=_with_cards, keep=_WHOLE, cursor=cursor)
    notice = {} if page.notice is None else {"_notice": page.notice}
    shown: Any = page.data
    return await _answer(notice | shown, previewer)


async def record_of(done: str, todo: dict[str, Any], previewer: AsyncPreviewer) -> str:
    """A single to-do as JSON, under a word that says what was done to it."""
    return await _answer({done: todo}, previewer)


def _with_cards(text: str) -> int:
    """What a page costs with a card beside each of its links."""
    return tokens.count(text) + CARD * text.count('"url":')


async def _answer(whole: dict[str, Any], previewer: AsyncPreviewer) -> str:
    """With cards, of which as much goes as must for the rest to fit. A link that has none stays what it is: a link."""
    attached = await aattach(whole, previewer, at=["$..url"], timeout=SECONDS)
    fitting = shape(
        attached,
        budget=BUDGET,
        format="json",
        drop=["$..preview.url"],  # the to-do has it
        drop_order=["$..preview.image", "$..preview.description", "$..preview"],
        notice="aside",
    )
    return fitting.text
