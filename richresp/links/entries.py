"""What a cache holds of a link: its preview or why it has none, until when each may be used, and what to ask with then.

An entry is small JSON, deflated where that pays, never pickle. What comes out of a cache may have been written by anybody: it is
taken for an entry only if this version could have written it: clean text in lines that nothing breaks, values that
`links.soundness` lets a page have, and times within the bounds of `links.freshness`.
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from hashlib import sha256
from math import isfinite
from typing import Any

from richresp.limits.freshness import (
    CLOCK_SKEW_SECONDS,
    KNOWN_ENTRIES,
    KNOWN_ENTRY_BYTES,
    MAX_ENTRY_BYTES,
    MAX_FRESH_SECONDS,
    MAX_STALE_SECONDS,
    MIN_DEFLATE_BYTES,
    NEGATIVE_SECONDS,
    VALIDATION_SECONDS,
    WORTH_DEFLATING,
)
from richresp.links.freshness import Freshness
from richresp.links.kept import NOTHING_KEPT, Kept
from richresp.links.stored import PREVIEW, Outcome, Values, from_json, put_together, taken_apart, to_json
from richresp.text import clean

VERSION = 1
_DEFLATED = b"z"
_ESCAPE = re.compile(r"\\.", re.DOTALL)
_PLAIN_ESCAPES = frozenset(('\\"', "\\\\"))
_OTHER_BLANK = re.compile(r"[^\S ]")  # in no field: all are of one line
_ASCII = bytes(range(0x20, 0x7F))
_NUMBERS = frozenset((float, int))
_ROUNDING = 1.0


class State(Enum):
    """What an entry is good for.

    - FRESH: use it.
    - STALE: use it, say that it is stale, and ask again meanwhile.
    - ON_ERROR: ask again, and use it if that fails.
    - DEAD: ask again; its validators may still save the body.
    """

    FRESH = "fresh"
    STALE = "stale"
    ON_ERROR = "on error"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Entry:
    """One link in a cache. Made by `entry_of` and `from_bytes`.

    Attributes:
        kind: "preview", or the name of the class of the error.
        values: what that is made of, in the form of `links.stored`; not to be changed.
        stored_at: when the answer came, in seconds since the epoch, as the others.
        fresh_until: until when it is used as it is.
        stale_while_until: until when it is used while somebody asks again.
        stale_if_error_until: until when it is used if asking fails.
        keep_until: until when it is worth keeping.
        kept: what the next request needs to know; only for the address `final_url`.
    """

    kind: str
    values: Values
    stored_at: float
    fresh_until: float
    stale_while_until: float
    stale_if_error_until: float
    keep_until: float
    kept: Kept = NOTHING_KEPT

    @property
    def final_url(self) -> str | None:
        """Where the preview was found; None for an error."""
        return self.values["final_url"] if self.kind == PREVIEW else None

    def state(self, now: float) -> State:
        """What it is good for now. One that is from the future is good for nothing: the clock was set back."""
        if now < self.stored_at - CLOCK_SKEW_SECONDS:
            return State.DEAD
        if now < self.fresh_until:
            return State.FRESH
        if now < self.stale_while_until:
            return State.STALE
        return State.ON_ERROR if now < self.stale_if_error_until else State.DEAD

    def outcome(self, url: str, *, stale: bool = False) -> Outcome:
        """The preview or error, made anew, for whoever asks for `url` now."""
        return put_together(self.kind, self.values, url, stale=stale)

    def seconds_left(self, now: float) -> float:
        """For how long to store it; 0 or less: not at all."""
        return self.keep_until - now


def entry_of(outcome: Outcome, freshness: Freshness, now: float) -> Entry:
    """The entry for what was found now, or was found unchanged now. Ask `freshness.storable` before."""
    kind, values = taken_apart(outcome)
    fresh_until = round(now + freshness.fresh_for, 3)
    stale_while_until = fresh_until + freshness.stale_while_for
    stale_if_error_until = fresh_until + freshness.stale_if_error_for
    asked_about_until = fresh_until + VALIDATION_SECONDS if freshness.kept.can_be_asked_about else fresh_until
    return Entry(
        kind, values, round(now, 3), fresh_until, stale_while_until, stale_if_error_until,
        max(stale_while_until, stale_if_error_until, asked_about_until), freshness.kept,
    )  # fmt: skip


def to_bytes(entry: Entry, key: str = "") -> bytes | None:
    """An entry for a cache of bytes, to be found under a key; None for one that is too large to be read back."""
    known = entry.kept
    times = (
        entry.stored_at, entry.fresh_until, entry.stale_while_until, entry.stale_if_error_until, entry.keep_until,
    )  # fmt: skip
    told: dict[str, Any] = {"v": VERSION, "key": key, "kind": entry.kind, "times": times}
    told |= dict(known.fields())
    told["values"] = to_json(entry.kind, entry.values)
    try:
        data = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # a lone surrogate, which no page that was read has
        return None
    if len(data) > MAX_ENTRY_BYTES:
        return None
    if len(data) >= MIN_DEFLATE_BYTES:
        deflated = _DEFLATED + zlib.compress(data, 1)
        if len(deflated) <= WORTH_DEFLATING * len(data):
            return deflated
    return data


def from_bytes(data: bytes, now: float, key: str = "") -> Entry | None:
    """The entry that `to_bytes` made these bytes of; None for all others, which are a miss.

    Args:
        data: as they came out of a cache.
        now: seconds since the epoch.
        key: what they stood under: an entry of another key is that of another page.
    """
    try:
        data = _inflated(data)
        told_key, entry = _parsed(data) if len(data) > KNOWN_ENTRY_BYTES else _known(data)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError, zlib.error):
        return None
    return entry if told_key == key and _is_timely(entry, now) else None


def key_of(url: str, *, policy_fingerprint: str, accept_language: str | None, user_agent: str, version: str) -> str:
    """The key of a link in a cache. Whoever would have got something else has another key.

    Args:
        url: in the normal form of `check_url`; its fragment does not count, the order of its query does.
        policy_fingerprint: where links may lead.
        accept_language: as sent; None where it is not.
        user_agent: as sent.
        version: of what reads pages; with another one all is read anew.
    """
    parts = (url.partition("#")[0], policy_fingerprint, accept_language, user_agent, version)
    text = "".join("-" if part is None else f"{len(part)}:{part}" for part in parts)
    return f"rr:1:{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _parsed(data: bytes) -> tuple[str, Entry]:
    """The key that an entry belongs to, and the entry."""
    text = data.decode()
    if not _is_clean(data, text):
        raise ValueError("not clean")
    told = json.loads(text)
    if type(told) is not dict or told.pop("v") != VERSION:
        raise ValueError("of another version")
    key = told.pop("key")
    entry = _read(told)
    if not entry.kept.is_fit():
        raise ValueError("not fit to be sent")
    return key, entry


# What is asked for again and again is read once: an entry cannot change, and the same bytes always give the same one.
_known = lru_cache(maxsize=KNOWN_ENTRIES)(_parsed)


def _inflated(data: bytes) -> bytes:
    if data[:1] == _DEFLATED:
        inflater = zlib.decompressobj()
        data = inflater.decompress(data[1:], MAX_ENTRY_BYTES + 1)
        if not inflater.eof or inflater.unused_data:
            raise ValueError("not whole")
    if len(data) > MAX_ENTRY_BYTES:
        raise ValueError("too large")
    return data


def _is_clean(data: bytes, text: str) -> bool:
    """Whether JSON, as bytes and as text, holds only clean text of one line, written as we do: nothing can hide in escapes."""
    if b"\\" in data and not _PLAIN_ESCAPES.issuperset(_ESCAPE.findall(text)):
        return False
    if data.translate(None, _ASCII).decode().isprintable():
        return True
    return clean(text) == text and not _OTHER_BLANK.search(text)


def _read(told: dict[str, Any]) -> Entry:
    kind, values = from_json(told.pop("kind"), told.pop("values"))
    at, fresh, stale_while, stale_if_error, keep = times = told.pop("times")
    for each in times:
        if type(each) not in _NUMBERS or not isfinite(each):
            raise ValueError("not a time")
    kept = Kept(**{name.replace("-", "_"): value for name, value in told.items()}) if told else NOTHING_KEPT
    return Entry(kind, values, at, fresh, stale_while, stale_if_error, keep, kept)


def _is_timely(entry: Entry, now: float) -> bool:
    """Whether the times are those of an answer that has come, within what `links.freshness` ever gives."""
    at, fresh, keep = entry.stored_at, entry.fresh_until, entry.keep_until
    longest = MAX_FRESH_SECONDS if entry.kind == PREVIEW else NEGATIVE_SECONDS
    return (
        at <= now + CLOCK_SKEW_SECONDS
        and at <= fresh <= at + longest + _ROUNDING
        and fresh <= entry.stale_while_until <= keep
        and fresh <= entry.stale_if_error_until <= keep <= fresh + MAX_STALE_SECONDS + _ROUNDING
    )
