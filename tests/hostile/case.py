"""A row of a table: what a site does, what must come out, and how one is held against the other."""

from __future__ import annotations

import json
import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import EllipsisType
from typing import Any

from richresp import FetchError, Preview, PreviewError
from richresp.links import Policy
from richresp.typing import Resolve
from tests.hostile.authority import client_context, server_context
from tests.hostile.wire import Scene, Script

SECRET = "secret"
"""Whatever a site sends that must not be told carries this word."""


@dataclass(frozen=True)
class Card:
    """A preview. `fields` are attributes of it with their values; a text may name ports as {plain}. A title of ... is any."""

    title: str | EllipsisType | None = "Title"
    fields: Mapping[str, Any] = field(default_factory=dict)

    def check(self, found: object, ports: Mapping[str, int]) -> None:
        assert isinstance(found, Preview), found
        assert self.title in (found.title, ...)
        for name, value in self.fields.items():
            assert getattr(found, name) == _placed(value, ports), name
        json.dumps(found.to_dict(), ensure_ascii=False).encode()


@dataclass(frozen=True)
class Refusal:
    """An error. Its kind is met exactly, but for FetchError, whose kinds are errors of their own and then named here."""

    kind: type[PreviewError] = FetchError
    reason: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)

    def check(self, found: object, ports: Mapping[str, int]) -> None:
        assert type(found) is self.kind, found
        assert re.search(self.reason, str(found)), found
        for name, value in self.fields.items():
            assert getattr(found, name) == _placed(value, ports), name
        assert SECRET not in "".join(traceback.format_exception(found, chain=False))
        assert SECRET not in f"{found!r}{found.__cause__}"


def _placed(value: Any, ports: Mapping[str, int]) -> Any:
    if isinstance(value, tuple):
        return tuple(_placed(item, ports) for item in value)
    return value.format_map(ports) if isinstance(value, str) else value


def loopback() -> Resolve:
    return lambda host: ["127.0.0.1"]


def answers(*turns: list[str] | Exception) -> Callable[[], Resolve]:
    """A resolver that gives another answer each time, the last one for ever."""

    def make() -> Resolve:
        waiting = list(turns)

        def resolve(host: str) -> list[str]:
            found = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            if isinstance(found, BaseException):
                raise found
            return found

        return resolve

    return make


@dataclass(frozen=True)
class Case:
    """One previewer asks for each URL in turn and must get what `expect` says, one for all or one for each.

    `script` is made anew for each run where it remembers something. `saw` asserts about what the site saw.
    """

    name: str
    script: Script | Callable[[], Script]
    expect: Card | Refusal | tuple[Card | Refusal, ...] = field(default_factory=Card)
    urls: tuple[str, ...] = ("http://site.example.com:{plain}/",)
    timeout: float = 5.0
    resolve: Callable[[], Resolve] = loopback
    saw: Callable[[Scene], object] = lambda scene: None
    remembers: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)

    def scene(self) -> Scene:
        return Scene(self.script() if self.remembers else self.script, tls=server_context())

    def previewer(self, ports: Mapping[str, int]) -> dict[str, Any]:
        """Arguments for a previewer; it may connect to 127.0.0.1 and ::1 and nowhere else on this machine."""
        policy = Policy(allow_networks=("127.0.0.1/32", "::1/128"), allow_ports=tuple(ports.values()))
        mine = {"policy": policy, "timeout": self.timeout, "resolve": self.resolve(), "ssl_context": client_context()}
        return {**mine, **self.options}

    def check(self, found: list[object], scene: Scene) -> None:
        expected = self.expect if isinstance(self.expect, tuple) else (self.expect,) * len(self.urls)
        for one, what in zip(found, expected, strict=True):
            what.check(one, scene.ports)
        self.saw(scene)
