"""Handlers in a module of postponed annotations, as frameworks meet them, and what they return."""

from __future__ import annotations

import json

from pydantic import BaseModel

from richresp import tokens


class Todo(BaseModel):
    id: int
    title: str
    notes: str | None = None


TODOS = [Todo(id=number, title=f"todo {number}", notes="call the bank about it " * 5) for number in range(120)]
PLAIN = [todo.model_dump() for todo in TODOS]
BUDGET = 300


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def cost(value):
    return tokens.count(value if isinstance(value, str) else compact(value))


def todos(user: str, limit: int = 120) -> list[Todo]:
    """The todos of a user."""
    return TODOS[:limit]


async def later_todos(user: str, limit: int = 120) -> list[Todo]:
    """The todos of a user."""
    return TODOS[:limit]


def records(user: str) -> list[dict]:
    """The todos of a user, untyped."""
    return PLAIN
