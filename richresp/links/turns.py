"""Whose turn it is in a batch: hosts in turn, so many of each at once, so many in all. Pure.

A link's time begins with its turn, so that the last of many on one host has as much as the first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator


class Turns:
    """The links of a batch, each once."""

    def __init__(self, urls: Iterable[str], host_of: Callable[[str], str], *, total: int, per_host: int) -> None:
        self._host_of = host_of
        self._room = total
        self._per_host = per_host
        self._running: dict[str, int] = {}
        self._queues: dict[str, deque[str]] = {}
        self._hosts: deque[str] = deque()
        for url in dict.fromkeys(urls):
            self.add(url)

    def __bool__(self) -> bool:
        """Whether any link is still to begin or to end."""
        return bool(self._hosts) or bool(self._running)

    def add(self, url: str) -> None:
        """One more, which is not among them."""
        host = self._host_of(url)
        queue = self._queues.get(host)
        if queue is None:
            queue = self._queues[host] = deque()
            self._hosts.append(host)
        queue.append(url)

    def ready(self) -> Iterator[str]:
        """The links that begin now."""
        passed = 0
        while self._room and passed < len(self._hosts):
            host = self._hosts.popleft()
            queue = self._queues[host]
            if self._running.get(host, 0) >= self._per_host:
                self._hosts.append(host)
                passed += 1
                continue
            passed = 0
            self._room -= 1
            self._running[host] = self._running.get(host, 0) + 1
            url = queue.popleft()
            if queue:
                self._hosts.append(host)
            else:
                del self._queues[host]
            yield url

    def done(self, url: str) -> None:
        """That a link has ended."""
        host = self._host_of(url)
        self._room += 1
        self._running[host] -= 1
        if not self._running[host]:
            del self._running[host]
