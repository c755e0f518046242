"""A handler that a language model calls: the to-dos of a person, never more than a conversation can bear.

The caller is shown a page; the notice in it says how to get the next one, so the model can ask for it by `cursor`.
"""

from __future__ import annotations

from typing import Any

from richresp import markdown as md
from richresp import shape

TODOS: list[dict[str, Any]] = [
    {
        "id": number,
        "title": f"Check the mooring lines of berth {number}",
        "done": number % 3 == 0,
        "notes": "Look for chafe where the line runs over the fairlead. Replace what shows its core. " * (number % 4),
        "link": f"https://todo.harbour.example/items/{number}",
    }
    for number in range(1, 41)
]


def list_todos(budget: int = 400, cursor: str | None = None) -> str:
    """The to-dos as JSON, a page at a time."""
    return shape(TODOS, budget=budget, format="json", cursor=cursor).text


def open_todos() -> str:
    """What is left to do, as a markdown table with links."""
    rows = [{"id": todo["id"], "title": md.link(todo["title"], todo["link"])} for todo in TODOS if not todo["done"]]
    return md.table(rows)


if __name__ == "__main__":
    print(list_todos())
    print()
    print(open_todos())
