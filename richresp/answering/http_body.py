"""The body of an answer as a value, or the reason why it is left as it is.

NaN and the infinities, which many servers write, are read: `shape` shows them as null, which is JSON. A key that stands twice in
an object would lose one of its values, and large numbers and depth are what Python does not read.
"""

from __future__ import annotations

import json
from typing import Any


class Unreadable(Exception):
    """A body that is left as it is; the text says why.

    Attributes:
        expected: whether nothing is wrong with it.
    """

    def __init__(self, reason: str, *, expected: bool = False) -> None:
        super().__init__(reason)
        self.expected = expected


def read(body: bytes) -> Any:
    """The value of a body.

    Raises:
        Unreadable: for what is not JSON in UTF-8, would lose something, or is a message between programs.
    """
    try:
        value = json.loads(body.decode("utf-8-sig"), object_pairs_hook=_unique)
    except UnicodeDecodeError as error:
        raise Unreadable(f"not UTF-8 from byte {error.start} on") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"not JSON, though it says so: {error.msg} at character {error.pos}") from None
    except RecursionError:
        raise Unreadable("nested too deep for Python's JSON reader") from None
    except ValueError as error:
        raise Unreadable(str(error)) from None
    if (protocol := _protocol(value)) is not None:
        raise Unreadable(f"{protocol}, of no use in part", expected=True)
    return value


def _protocol(value: Any) -> str | None:
    """What kind of message or document for programs a value is; None for all else."""
    first = value[0] if isinstance(value, list) and value else value
    if not isinstance(first, dict):
        return None
    if first.get("jsonrpc") == "2.0":
        return "a JSON-RPC message"
    if (
        first is value
        and isinstance(value.get("openapi", value.get("swagger")), str)
        and isinstance(value.get("info"), dict)
    ):
        return "an OpenAPI document"
    if first is value and isinstance(value.get("access_token"), str) and isinstance(value.get("token_type"), str):
        return "an access token"  # RFC 6749, 5.1
    keys = value.get("keys") if first is value else None
    if isinstance(keys, list) and keys and all(isinstance(key, dict) and "kty" in key for key in keys):
        return "a set of keys"  # RFC 7517, 5
    return None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("a key stands twice in an object")
    return values
