"""A preview that is broken off, wherever it is: its socket is closed, its place given back, and the previewer goes on."""

import gc
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import anyio
import pytest
from anyio.lowlevel import checkpoint

from richresp import AsyncPreviewer
from tests.hostile.answers import HTML, OPEN, PLAIN, head, says
from tests.hostile.authority import authority_pem
from tests.hostile.case import Case
from tests.hostile.drivers import DRIVERS
from tests.hostile.wire import Act, Scene

ROOT = Path(__file__).parents[2]
URL = "http://site.example.com:{plain}/"
SECURE = "https://site.example.com:{tls}/"
PATIENCE = 20.0


class Point:
    """Where a preview is broken off: reached once the site, or the resolver, is asked for the first time."""

    def __init__(self, *steps: bytes | Act, url: str = URL) -> None:
        self.url, self._steps = url, steps
        self.reached, self.over = threading.Event(), threading.Event()

    def case(self) -> Case:
        return Case("", self._script, timeout=PATIENCE, options={"max_connections": 1})

    def _script(self, visit):
        if self.reached.is_set():
            yield PLAIN
            return
        *before, last = self._steps
        yield from before
        self.reached.set()
        yield last

    def resolve(self, host: str) -> list[str]:
        return ["127.0.0.1"]


class Lookup(Point):
    def resolve(self, host: str) -> list[str]:
        if not self.reached.is_set():
            self.reached.set()
            self.over.wait(PATIENCE)
        return ["127.0.0.1"]


def _points() -> dict[str, Point]:
    return {
        "before the head": Point(Act.SILENCE),
        "within the head": Point(PLAIN[:20], Act.SILENCE),
        "within the body": Point(head(HTML) + OPEN, Act.SILENCE),
        "within the body, over TLS": Point(head(HTML) + OPEN, Act.SILENCE, url=SECURE),
        "within a lookup": Lookup(Act.SILENCE),
    }


async def _running() -> int:
    """How many tasks there are, once that of the threads is among them."""
    await anyio.to_thread.run_sync(int)
    return len(anyio.get_running_tasks())


@pytest.mark.parametrize("backend", [name for name in DRIVERS if name != "sync"])
@pytest.mark.parametrize("name", _points())
def test_a_cancelled_preview_leaves_nothing(name, backend):
    point = _points()[name]
    case = point.case()

    async def run(scene: Scene) -> None:
        options = {**case.previewer(scene.ports), "resolve": point.resolve}
        url = point.url.format_map(scene.ports)
        running = await _running()
        async with AsyncPreviewer(**options) as previewer:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(previewer.preview, url)
                assert await anyio.to_thread.run_sync(point.reached.wait, PATIENCE)
                tasks.cancel_scope.cancel()
            assert len(anyio.get_running_tasks()) == running
            point.over.set()
            assert (await previewer.preview(url)).title == "Title"

    with case.scene() as scene:
        anyio.run(run, scene, backend=backend)
        gc.collect()
        assert scene.left() == 0


@pytest.mark.parametrize("backend", [name for name in DRIVERS if name != "sync"])
def test_a_preview_cancelled_within_the_hello_of_tls_leaves_nothing(backend):
    case = Case("", says(PLAIN), timeout=PATIENCE)

    async def run(scene: Scene) -> None:
        running = await _running()
        async with AsyncPreviewer(**case.previewer(scene.ports)) as previewer:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(previewer.preview, f"https://site.example.com:{scene.ports['mute']}/")
                met = await anyio.to_thread.run_sync(scene.meet)
                tasks.cancel_scope.cancel()
            await checkpoint()
            with met:
                assert met.recv(1 << 16) == b""
            assert len(anyio.get_running_tasks()) == running

    with case.scene() as scene:
        anyio.run(run, scene, backend=backend)
        gc.collect()


@pytest.mark.parametrize("backend", [name for name in DRIVERS if name != "sync"])
def test_who_is_cancelled_while_waiting_for_a_place_gives_it_up(backend):
    point = _points()["before the head"]
    case = point.case()

    async def run(scene: Scene) -> None:
        url = URL.format_map(scene.ports)
        async with AsyncPreviewer(**case.previewer(scene.ports)) as previewer:
            async with anyio.create_task_group() as tasks:
                for _ in range(5):
                    tasks.start_soon(previewer.preview, url)
                assert await anyio.to_thread.run_sync(point.reached.wait, PATIENCE)
                tasks.cancel_scope.cancel()
            assert (await previewer.preview(url)).title == "Title"

    with case.scene() as scene:
        anyio.run(run, scene, backend=backend)
        assert scene.left() == 0
        assert len(scene.visits) == 2


@pytest.mark.parametrize("name", _points())
def test_a_preview_broken_off_by_the_keyboard_leaves_nothing(name):
    point = _points()[name]
    with point.case().scene() as scene:
        hangs = isinstance(point, Lookup)
        given = {"url": point.url.format_map(scene.ports), "ports": list(scene.ports.values()), "pem": authority_pem()}
        command = [sys.executable, "-W", "error", str(Path(__file__).with_name("keyboard_client.py"))]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes) as client:
            client.stdin.write(json.dumps({**given, "hangs": hangs}))
            client.stdin.close()
            if hangs:
                assert client.stdout.readline() == "asked\n"
                point.reached.set()
            assert point.reached.wait(PATIENCE)
            client.send_signal(signal.SIGINT)
            said, noise = client.stdout.read(), client.stderr.read()
        assert noise == ""
        assert json.loads(said) == {"broken": True, "title": "Title", "left": {}}
        assert scene.left() == 0
