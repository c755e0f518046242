"""To-dos, and what may become one. They live in memory, in the order in which they were added.

Whatever is wrong with an input is told at once, field by field, in words that a model can act on.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from richresp import Blocked, InvalidURL, tokens
from richresp.links import check_url
from richresp.text import clean

MAX_USERS = 1_000
MAX_TODOS = 2_000
MAX_TITLE_CHARS = 120
MAX_TOKENS = 600
"""Of a to-do: a page of 800 tokens holds each one whole, with its card and with the notice of the page."""

_USER = re.compile(r"[A-Za-z0-9_.-]{1,40}")


class BadInputError(ValueError):
    """What the caller sent cannot be used; the text says what to send instead."""


class UnknownError(LookupError):
    """There is no such to-do; the text says where to look."""


class FullError(Exception):
    """There is no room for more; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A to-do that nobody has given a number yet."""

    title: str
    due: str | None = None
    url: str | None = None
    notes: str | None = None

    @classmethod
    def read(cls, given: object) -> Draft:
        """The to-do that a JSON body describes.

        Raises:
            BadInputError: with all that is wrong.
        """
        known = ", ".join(_CHECKS)
        if not isinstance(given, dict):
            raise BadInputError(f"the body must be a JSON object with {known}; only title is required")
        unknown = [name for name in given if name not in _CHECKS]
        problems = [f"unknown field {unknown[0][:40]!r}, known are {known}"] if unknown else []
        values: dict[str, Any] = {}
        for name, check in _CHECKS.items():
            try:
                values[name] = check(_text(given.get(name)))
            except BadInputError as error:
                problems.append(f"{name}: {error}")
        if problems:
            raise BadInputError("; ".join(problems))
        draft = cls(**values)
        if tokens.count_up_to(json.dumps(draft.record(), ensure_ascii=False), MAX_TOKENS) is None:
            raise BadInputError(f"more than {MAX_TOKENS} tokens altogether; give the gist, and a link to the rest")
        return draft

    def record(self) -> dict[str, Any]:
        """What is shown of it: the fields that are not empty."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def user_name(given: str) -> str:
    """The name of a user as it stands in a path.

    Raises:
        BadInputError: for what is none.
    """
    if not _USER.fullmatch(given):
        raise BadInputError("username: give 1 to 40 letters, digits, dots, dashes or underscores")
    return given


@dataclass(slots=True)
class Store:
    """The to-dos of all users. Numbers start at 1 for each user, and are not given twice as long as there are any."""

    _users: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict)
    _last: dict[str, int] = field(default_factory=dict)

    def todos(self, user: str) -> list[dict[str, Any]]:
        """All of a user, oldest first."""
        return list(self._users.get(user, {}).values())

    def add(self, user: str, draft: Draft) -> dict[str, Any]:
        """Numbers a to-do, and returns it.

        Raises:
            FullError: if there are too many already.
        """
        if user not in self._users and len(self._users) >= MAX_USERS:
            raise FullError(f"no room for another user, {MAX_USERS} have to-dos")
        todos = self._users.setdefault(user, {})
        if len(todos) >= MAX_TODOS:
            raise FullError(f"{user} has {MAX_TODOS} to-dos, and there can be no more; delete some first")
        number = self._last[user] = self._last.get(user, 0) + 1
        todos[number] = {"id": number} | draft.record()
        return todos[number]

    def delete(self, user: str, number: int) -> dict[str, Any]:
        """Removes a to-do, and returns it.

        Raises:
            UnknownError: if there is none of that number.
        """
        todos = self._users.get(user, {})
        todo = todos.pop(number, None)
        if todo is None:
            raise UnknownError(f"{user} has no to-do {number}; list the to-dos to see their ids")
        if not todos:  # whoever has none makes room for another
            del self._users[user], self._last[user]
        return todo


def _text(value: object) -> str | None:
    """A text without blanks around it; None for one that is empty or not there."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadInputError("give a text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BadInputError("holds half a character, a lone surrogate; leave it out") from None
    return value.strip() or None


def _title(text: str | None) -> str:
    if text is None:
        raise BadInputError("missing; give what is to be done, in a few words")
    line = " ".join(clean(text).split())
    if not line:
        raise BadInputError("nothing in it that shows; give what is to be done, in a few words")
    if len(line) > MAX_TITLE_CHARS:
        raise BadInputError(f"{len(line)} characters; give at most {MAX_TITLE_CHARS} and put the rest into notes")
    return line


def _due(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        day = dt.date.fromisoformat(text).isoformat()
    except ValueError:
        day = None
    if day != text:
        raise BadInputError(f"{text[:40]!r} is no day; give YYYY-MM-DD, as 2026-03-31")
    return day


def _url(text: str | None) -> str | None:
    try:
        return text if text is None else check_url(text) and text
    except Blocked:  # it may be a good link for its owner; that it is not fetched, the previewer sees to
        return text
    except InvalidURL as error:
        raise BadInputError(f"{error.reason}; give an absolute http or https address, or none") from error


def _notes(text: str | None) -> str | None:
    return text


_CHECKS: dict[str, Callable[[str | None], str | None]] = {"title": _title, "due": _due, "url": _url, "notes": _notes}
FIELDS = ("id", *_CHECKS)
