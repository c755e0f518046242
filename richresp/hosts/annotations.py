"""Annotations of a content block: for whom it is, how much it matters, when it was last changed (MCP 2025-06-18 and newer)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from richresp.exceptions import UsageError

Annotations = Mapping[str, Any]
_ROLES = frozenset(("user", "assistant"))


def checked(given: Annotations | None) -> dict[str, Any] | None:
    """Annotations as they go out; None for none.

    Raises:
        UsageError: for what MCP does not have.
    """
    if given is None:
        return None
    if not isinstance(given, Mapping):
        raise UsageError(f"annotations={given!r}: give a mapping of audience, priority, lastModified")
    audience, priority, modified = given.get("audience"), given.get("priority"), given.get("lastModified")
    unknown = set(given) - {"audience", "priority", "lastModified"}
    if (
        unknown
        or (audience is not None and not (isinstance(audience, (list, tuple)) and all(map(_is_role, audience))))
        or (priority is not None and not (_is_number(priority) and 0 <= priority <= 1))
        or (modified is not None and not _is_time(modified))
    ):
        raise UsageError(
            f"annotations={dict(given)!r}: give audience (a list of user, assistant), priority (0 to 1), "
            "lastModified (a time in ISO 8601, as 2026-01-12T15:00:58Z)"
        )
    found = {"audience": None if audience is None else list(audience), "priority": priority, "lastModified": modified}
    return {key: value for key, value in found.items() if value is not None} or None


def _is_role(value: Any) -> bool:
    return isinstance(value, str) and value in _ROLES


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_time(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(datetime.fromisoformat(value))
    except ValueError:
        return False
