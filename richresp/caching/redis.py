"""Caches in Redis or Valkey, for many machines. The only file that knows redis-py (extra `redis`).

Every call is one command, sent once: a server that does not answer is not asked again, and after some failures it is left
alone for a while. A call that is cancelled drops its connection, so that nobody reads the reply of another. No record, error
or repr shows more of the URL than where the server is.
"""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from richresp.caching.arguments import check_key, check_value, checked_timeout, checked_ttl, new_token
from richresp.caching.bounded import BoundedConnection, within
from richresp.caching.breaker import CircuitBreaker
from richresp.caching.commands import Command, Commands, Foreign
from richresp.caching.forks import ForkLock
from richresp.caching.protocol import Stats
from richresp.caching.server import location, read_url
from richresp.caching.tally import Tally
from richresp.exceptions import MissingExtra, UsageError
from richresp.limits.caching import MAX_VALUE_BYTES, REDIS_CONNECTIONS, REDIS_SECONDS

_T = TypeVar("_T")

_orphans: list[object] = []
"""Clients of a parent process: their sockets are still the parent's."""


class _RedisStore(ABC):
    """What both caches share: everything but the waiting."""

    def __init__(
        self,
        url: str,
        *,
        prefix: str = "richresp:",
        timeout: float = REDIS_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not str(prefix).isascii():
            raise UsageError(f"prefix={prefix!r}: give ASCII text that no other program's keys begin with")
        self._timeout = checked_timeout(timeout)
        self._options = self._read(url) | {"socket_timeout": timeout, "socket_connect_timeout": timeout}
        self._commands = Commands(prefix)
        self._tally = Tally(repr(self), clock)
        self._breaker = CircuitBreaker(clock)
        self._lock = ForkLock(self._after_fork)
        self._client: Any = self._connect()

    def _after_fork(self, _whole: bool) -> None:  # noqa: FBT001 - the one thing a fork has to say
        _orphans.append(self._client)
        self._client = self._connect()

    @abstractmethod
    def _connect(self) -> Any:
        """A client, which connects when it is first needed."""

    @abstractmethod
    def _read(self, url: str) -> dict[str, Any]:
        """The options of its pool."""

    @property
    def stats(self) -> Stats:
        """The counts so far."""
        return self._tally.stats

    def _fits(self, key: str, value: bytes) -> bool:
        check_key(key)
        check_value(value)
        if len(value) > MAX_VALUE_BYTES:
            self._tally.told(f"a value of {len(value)} bytes is too large to be stored", kind="too large")
        return len(value) <= MAX_VALUE_BYTES

    @contextmanager
    def _caught(self) -> Iterator[None]:
        from redis.exceptions import ResponseError

        try:
            yield
        except Foreign as error:
            self._tally.failed(str(error))
        except ResponseError as error:
            self._tally.failed("the server refuses", error)
        except Exception as error:  # noqa: BLE001 - what answers may be anything, and a client stumbles over it in any way
            self._tally.failed("the server does not answer", error)
            self._breaker.failed()
            return
        self._breaker.succeeded()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({location(self._options)})"


class RedisCache(_RedisStore):
    """A Cache in Redis or Valkey, for threads.

    Args:
        url: `redis://`, `rediss://` (TLS) or `unix://`, with user, password and number of the database as redis-py reads them.
        prefix: what all keys begin with.
        timeout: seconds for one call, connecting included; a server that is later is a miss.
        clock: seconds that only grow, for the breaker and the log.

    Raises:
        MissingExtra: if redis-py is not installed.
        UsageError: for a URL that cannot be read.
    """

    def get(self, key: str) -> bytes | None:
        """The value, None where there is none."""
        found = self.get_with_ttl(key)
        return None if found is None else found[0]

    def get_with_ttl(self, key: str) -> tuple[bytes, float] | None:
        """The value and the seconds it has left."""
        found = self._send(self._commands.get(key))
        self._tally.looked_up(found=found is not None)
        return found

    def set(self, key: str, value: bytes, ttl: float) -> None:
        """Stores a value for at most `ttl` seconds."""
        seconds = checked_ttl(ttl)
        if not self._fits(key, value):
            self.delete(key)
        elif self._send(self._commands.set(key, value, seconds)):
            self._tally.stored()

    def delete(self, key: str) -> None:
        """Forgets a value, if there is one."""
        self._send(self._commands.delete(key))

    def acquire(self, key: str, ttl: float) -> str | None:
        """A token for the lease, which ends by itself after `ttl` seconds; None while somebody else holds it."""
        return self._send(self._commands.acquire(key, new_token(), ttl))

    def release(self, key: str, token: str) -> bool:
        """Ends the lease; False where it is not, or no longer, that of this token."""
        return self._send(self._commands.release(key, token))

    def close(self) -> None:
        """Closes the connections."""
        with self._caught():
            self._client.connection_pool.disconnect()

    def _send(self, command: Command[_T]) -> _T:
        if self._breaker.allows():
            with self._caught(), within(self._timeout):
                return command.read(self._client.execute_command(*command.words))
        return command.failure

    def _read(self, url: str) -> dict[str, Any]:
        with _needing_redis():
            from redis import connection
            from redis.backoff import NoBackoff
            from redis.retry import Retry
        options = read_url(url, connection, Retry(NoBackoff(), 0))
        options["connection_class"] = type("Connection", (BoundedConnection, options["connection_class"]), {})
        return options

    def _connect(self) -> Any:
        import redis

        pool: Any = redis.BlockingConnectionPool
        return redis.Redis(connection_pool=pool(timeout=self._timeout, **self._options))


class AsyncRedisCache(_RedisStore):
    """An AsyncCache in Redis or Valkey, for the coroutines of one asyncio event loop.

    Arguments and errors are those of `RedisCache`; a call from another loop raises UsageError.
    """

    _loop: asyncio.AbstractEventLoop | None = None

    async def get(self, key: str) -> bytes | None:
        """The value, None where there is none."""
        found = await self.get_with_ttl(key)
        return None if found is None else found[0]

    async def get_with_ttl(self, key: str) -> tuple[bytes, float] | None:
        """The value and the seconds it has left."""
        found = await self._send(self._commands.get(key))
        self._tally.looked_up(found=found is not None)
        return found

    async def set(self, key: str, value: bytes, ttl: float) -> None:
        """Stores a value for at most `ttl` seconds."""
        seconds = checked_ttl(ttl)
        if not self._fits(key, value):
            await self.delete(key)
        elif await self._send(self._commands.set(key, value, seconds)):
            self._tally.stored()

    async def delete(self, key: str) -> None:
        """Forgets a value, if there is one."""
        await self._send(self._commands.delete(key))

    async def acquire(self, key: str, ttl: float) -> str | None:
        """A token for the lease, which ends by itself after `ttl` seconds; None while somebody else holds it."""
        return await self._send(self._commands.acquire(key, new_token(), ttl))

    async def release(self, key: str, token: str) -> bool:
        """Ends the lease; False where it is not, or no longer, that of this token."""
        return await self._send(self._commands.release(key, token))

    async def close(self) -> None:
        """Closes the connections."""
        with self._caught():
            await self._client.connection_pool.disconnect()
        self._client = (
            self._connect()
        )  # what waited or was waited for belongs to this loop, and the next may be another

    async def _send(self, command: Command[_T]) -> _T:
        loop = asyncio.get_running_loop()
        self._loop = self._loop or loop
        if loop is not self._loop:
            raise UsageError("an AsyncRedisCache belongs to the event loop that used it first; make one for each loop")
        if self._breaker.allows():
            with self._caught():
                # The pool has no queue of its own here: to wait in one at the end of a cancelled call could lose a connection.
                async with asyncio.timeout(self._timeout), self._turns:
                    return command.read(await self._client.execute_command(*command.words))
        return command.failure

    def _read(self, url: str) -> dict[str, Any]:
        with _needing_redis():
            from redis.asyncio import connection
            from redis.asyncio.retry import Retry
            from redis.backoff import NoBackoff
        return read_url(url, connection, Retry(NoBackoff(), 0))

    def _connect(self) -> Any:
        from redis import asyncio as client

        self._loop = None
        self._turns = asyncio.Semaphore(REDIS_CONNECTIONS)
        return client.Redis(connection_pool=client.ConnectionPool(**self._options))


@contextmanager
def _needing_redis() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise MissingExtra(extra="redis") from error
