"""What the library says of a call, in the words of the command line: arguments are options, and types those of JSON."""

from __future__ import annotations

import re

from richresp.exceptions import InvalidPath, InvalidPayload, RichRespError, UsageError

_NAMES = (
    "accept_language", "align", "budget", "columns", "counter", "cursor", "drop", "drop_order", "format", "images", "keep",
    "max_cell", "max_rows", "notice", "profile", "schema", "strategy", "timeout", "url", "user_agent",
)  # fmt: skip
# Not in an address, and not in what is quoted of a file.
_ARGUMENT = re.compile(rf"(?<![\w'\"?&/])({'|'.join(_NAMES)})=('[^']*'|[^\s:;,]*)")
_CURE = re.compile(r'\bdrop=\["(\$\.\.\w+)"\](?=$| saves)', re.ASCII | re.MULTILINE)
_PHRASES = {
    "not for a dict; pass the list alone, or": "not for an object; take its list with --at, or",
    "; pass the list alone, or": ";",
}


def told(error: RichRespError) -> str:
    """The message of an error, for whoever typed the command."""
    message = str(error)
    if not isinstance(error, UsageError) or isinstance(error, (InvalidPath, InvalidPayload)):
        return message
    for said, meant in _PHRASES.items():
        message = message.replace(said, meant)
    return _ARGUMENT.sub(_option, message)


def cured(headline: str) -> str:
    """The cure that `explain` names, as it is typed; as long as it was."""
    return _CURE.sub(r"--drop '\1'", headline)


def _option(found: re.Match[str]) -> str:
    value = found[2].strip("'")
    return f"--{found[1].replace('_', '-')}{' ' if value else ''}{value}"
