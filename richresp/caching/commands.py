"""What is said to Redis, and what its replies mean. Pure: two drivers send it.

An entry is read by a script, for its value and its time have to be of one moment, and a value of any size may stand under
our key: no more of it is read than MAX_VALUE_BYTES and one. What has no end was not put there by us. A lease is taken and
ended by scripts as well: nobody ends the lease of another who came in between, and what is no lease of ours, or would hold
for longer than one may, holds nobody up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from richresp.caching.arguments import check_key, check_token, checked_lease
from richresp.limits.caching import MAX_LEASE_SECONDS, MAX_VALUE_BYTES

_T = TypeVar("_T")

_READ: Final = "return {redis.call('GETRANGE', KEYS[1], 0, ARGV[1]), redis.call('PTTL', KEYS[1])}"
_END: Final = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"
_TAKE: Final = """local left = redis.call('PTTL', KEYS[1])
if left > 0 and left <= tonumber(ARGV[3]) and redis.call('TYPE', KEYS[1]).ok == 'string' then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) return 1"""
_ABSENT: Final = -2
"""What PTTL says where there is no such key."""
_LONGEST_LEASE: Final = int(MAX_LEASE_SECONDS * 1_000)


class Foreign(Exception):
    """A reply that our entries do not give; the text says what it is."""


@dataclass(frozen=True, slots=True)
class Command(Generic[_T]):
    """What to send, how to read the reply, and what a server in trouble comes to."""

    words: tuple[str | bytes | int, ...]
    read: Callable[[object], _T]
    failure: _T


@dataclass(frozen=True, slots=True)
class Commands:
    """The calls of a cache whose keys begin with `prefix`; entries and leases are told apart behind it."""

    prefix: str

    def get(self, key: str) -> Command[tuple[bytes, float] | None]:
        check_key(key)
        return Command(("EVAL", _READ, 1, self._entry(key), MAX_VALUE_BYTES), _read_entry, None)

    def set(self, key: str, value: bytes, seconds: float) -> Command[bool]:
        return Command(("SET", self._entry(key), value, "PX", _milliseconds(seconds)), _is_done, failure=False)

    def delete(self, key: str) -> Command[None]:
        check_key(key)
        return Command(("DEL", self._entry(key)), lambda _: None, None)

    def acquire(self, key: str, token: str, ttl: float) -> Command[str | None]:
        check_key(key)
        words = ("EVAL", _TAKE, 1, self._lease(key), token, _milliseconds(checked_lease(ttl)), _LONGEST_LEASE)
        return Command(words, lambda reply: token if reply == 1 else None, token)

    def release(self, key: str, token: str) -> Command[bool]:
        check_key(key)
        check_token(token)
        return Command(("EVAL", _END, 1, self._lease(key), token), lambda reply: reply == 1, failure=False)

    def _entry(self, key: str) -> bytes:
        return f"{self.prefix}e:{key}".encode()

    def _lease(self, key: str) -> bytes:
        return f"{self.prefix}l:{key}".encode()


def _read_entry(reply: object) -> tuple[bytes, float] | None:
    value, left = reply if isinstance(reply, list) and len(reply) == 2 else (None, None)
    if not isinstance(value, bytes) or not isinstance(left, int):
        raise Foreign("the server answers as none does")
    if left in (_ABSENT, 0):
        return None
    if left < 0:
        raise Foreign("an entry has no end, and is none of ours")
    if len(value) > MAX_VALUE_BYTES:
        raise Foreign("an entry is too large, and is none of ours")
    return value, left / 1_000


def _is_done(reply: object) -> bool:
    return reply is True or reply == b"OK"


def _milliseconds(seconds: float) -> int:
    return max(1, int(seconds * 1_000))
