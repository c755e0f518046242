"""What looks names up: the system, or what the caller brought, whose answers and errors are judged here."""

from __future__ import annotations

import inspect
import socket
from collections.abc import Sequence

from richresp.exceptions import PreviewError, UsageError
from richresp.typing import Resolve


def system(host: str) -> list[str]:
    """The addresses of a host, as the system's resolver gives them.

    Raises:
        OSError: if it has none.
    """
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError("not a name that can be looked up") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def asked(resolve: Resolve, host: str) -> list[str]:
    """What a resolver that the caller brought says.

    Raises:
        OSError: if it raises anything: it has no address then.
        UsageError: if it says something else than addresses.
    """
    try:
        found: object = resolve(host)
    except (OSError, PreviewError, UsageError):
        raise
    except Exception as error:
        raise OSError("the resolver has no address") from error
    if isinstance(found, Sequence) and not isinstance(found, str) and all(isinstance(each, str) for each in found):
        return list(found)
    if inspect.iscoroutine(found):
        found.close()  # else Python warns that nobody awaits it
    raise UsageError(f"resolve= gave {type(found).__name__}; it takes a host and gives the list of its addresses")
