"""What tells one transport, resolver or TLS context from another in the key of what is remembered.

What one of them lets in, or is shown because of who it signs in as, is not for the previewers that have another. The same object is
the same; two objects are two, unless both have the same text as their attribute `cache_name`, by which processes know each other.
"""

from __future__ import annotations

import os
import threading
from weakref import WeakKeyDictionary

from richresp.exceptions import UsageError

_marks: WeakKeyDictionary[object, str] = WeakKeyDictionary()
_marking = threading.Lock()


def mark_of(thing: object) -> str:
    """A text of its own for an object, as long as that lives; by its `cache_name`, where it has one.

    Raises:
        UsageError: if that is no text.
    """
    name = getattr(thing, "cache_name", None)
    if name is not None:
        if not isinstance(name, str):
            raise UsageError(f"cache_name={name!r}: give a text")
        return f"name:{name}"
    try:
        with _marking:
            return _marks.setdefault(thing, os.urandom(16).hex())
    except TypeError:  # not one that can be remembered: the same previewer alone is the same
        return os.urandom(16).hex()
