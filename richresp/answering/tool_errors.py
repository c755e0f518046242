"""What a model reads where a result cannot be shown: why, and what to ask for instead."""

from __future__ import annotations

from richresp.exceptions import BudgetTooSmall, InvalidPayload, RichRespError
from richresp.limits.tools import MAX_NAME_CHARS


def too_large(name: str, error: RichRespError) -> str:
    """That of a result nothing valid is left within the budget.

    Args:
        name: of the tool.
        error: what `shape` says of it.
    """
    if isinstance(error, BudgetTooSmall):
        why = f"it needs at least {error.needed} {error.unit}, and {error.budget} are allowed"
    else:
        why = str(error)
        if isinstance(error, InvalidPayload) and "after drop" in error.reason:
            return f"The result of {name} does not fit its output schema without what is dropped of it ({why})."
    return (
        f"The result of {name} is too large, and what is left of it when it is shortened would not be valid ({why}). "
        "Ask for less: a narrower query, fewer fields, a smaller limit."
    )


def larger_inside(name: str) -> str:
    """That a result was shortened further inside, for more than there is room for."""
    return (
        f"The result of {name} was shortened already, for a larger budget than there is here: set the budget of "
        "the server or tool that shortened it to that of this server, or lower. Until then ask for less at a time."
    )


def undropped_inside(name: str) -> str:
    """That a result was shortened further inside, and may hold what is never to be shown."""
    return (
        f"The result of {name} was shortened already, where what is to be dropped here was not dropped: "
        "drop it there, or leave one of the two out."
    )


def failed_at_length(name: str) -> str:
    """That a tool failed, and says so in more words than there is room for."""
    named = name if len(name) <= MAX_NAME_CHARS else f"{name[:MAX_NAME_CHARS]}…"
    return f"{named} failed; what it says of it is too long to be shown"
