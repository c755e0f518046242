"""What is done to a redis-server while previews run. `admin` of a server is a plain client of it, which nobody harms."""

from __future__ import annotations

import random
from functools import partial

from richresp.limits.caching import BREAKER_SECONDS
from tests.caching.servers import listening, proxy
from tests.hostile.chaos_faults import Fault
from tests.hostile.chaos_stores import World

_HUGE_BYTES = 24 << 20
_HUGE_KEYS = 3


def _thaw(world: World) -> None:
    world.server.thaw()
    world.clock.pass_by(BREAKER_SECONDS)


def _restart(world: World) -> None:
    world.server.kill()
    world.server.start()


def _start(world: World) -> None:
    world.server.start()
    world.clock.pass_by(BREAKER_SECONDS)


def _freeze(world: World) -> None:
    world.server.freeze()
    world.stack.callback(world.server.thaw)


def _keys(world: World, kind: bytes) -> list[bytes]:
    return list(world.server.admin.scan_iter(b"richresp:" + kind + b":*"))


def _garbage(world: World, *, milliseconds: int | None) -> None:
    draw = random.Random(1)
    for key in _keys(world, b"e"):
        world.server.admin.set(key, draw.randbytes(draw.randrange(1, 3_000)), px=milliseconds)


def _other_types(world: World) -> None:
    for at, key in enumerate(_keys(world, b"e")):
        with world.server.admin.pipeline(transaction=True) as together:
            together.delete(key)
            together.rpush(key, b"garbage") if at % 2 else together.hset(key, b"a", b"b")
            together.pexpire(key, 60_000)
            together.execute()


def _truncated_entries(world: World) -> None:
    for key in _keys(world, b"e"):
        value, left = world.server.admin.get(key), world.server.admin.pttl(key)
        if value and left > 0:
            world.server.admin.set(key, value[: len(value) // 2], px=left)


def _swapped(world: World) -> None:
    """Each entry under the key of another."""
    admin = world.server.admin
    keys = _keys(world, b"e")
    values = [admin.get(key) for key in keys]
    for key, value in zip(keys, values[1:] + values[:1], strict=True):
        admin.set(key, value, px=60_000)


def _huge(world: World) -> None:
    for key in _keys(world, b"e")[:_HUGE_KEYS]:
        world.server.admin.setrange(key, _HUGE_BYTES, b"huge")


def _disconnect(world: World) -> None:
    for _ in range(5):
        world.server.admin.client_kill_filter(_type="normal", skipme=True)


def _without_memory(world: World) -> None:
    world.server.admin.config_set("maxmemory", 1)


def _with_memory(world: World) -> None:
    world.server.admin.config_set("maxmemory", 0)


def _replica(world: World) -> None:
    world.server.admin.replicaof("127.0.0.1", 1)


def _no_replica(world: World) -> None:
    world.server.admin.replicaof("no", "one")


def _dawdle(world: World, *, pause: float, piece: int) -> None:
    port, _ = world.stack.enter_context(listening(proxy(world.server.port, pause=pause, piece=piece)))
    world.url = f"redis://127.0.0.1:{port}/0"


def _doomed(world: World) -> None:
    world.doom = True


REDIS_FAULTS = (
    Fault("none", "-", is_felt=False),
    Fault("stopped, goes on", "SIGSTOP, SIGCONT", _freeze, _thaw),
    Fault("stopped before the first call", "SIGSTOP", heal=_thaw, before=_freeze),
    Fault("killed", "SIGKILL", lambda world: world.server.kill()),
    Fault("killed, comes back", "SIGKILL, start", lambda world: world.server.kill(), _start),
    Fault("restarted", "SIGKILL and start", _restart, _restart),
    Fault("flushed", "FLUSHALL", lambda world: world.server.admin.flushall(), lambda world: world.server.admin.flushall()),
    Fault("garbage in all entries", "SET random bytes PX", partial(_garbage, milliseconds=60_000)),
    Fault("garbage without an end", "SET random bytes", partial(_garbage, milliseconds=None)),
    Fault("entries cut in half", "SET of the half", _truncated_entries),
    Fault("entries of other types", "RPUSH, HSET", _other_types),
    Fault("huge values", "SETRANGE to 24 MB", _huge, is_felt=False),
    Fault("connections killed", "CLIENT KILL, 5 times", _disconnect, _disconnect, is_felt=False),
    Fault("out of memory", "CONFIG SET maxmemory 1", _without_memory, _with_memory),
    Fault("read-only", "REPLICAOF nobody", _replica, _no_replica),
    Fault("slow", "proxy, 0.1 s a piece", before=partial(_dawdle, pause=0.1, piece=65_536), is_felt=False),
    Fault("a byte at a time", "proxy, 0.02 s a byte", before=partial(_dawdle, pause=0.02, piece=1)),
    Fault("calls cancelled", "every 5th caller, at each of 12 steps", before=_doomed, callers="coroutines", is_felt=False),
)  # fmt: skip
