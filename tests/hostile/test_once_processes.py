"""One page, many callers in many processes that share a cache, one request; and what becomes of them when one is killed."""

import json
import os
import subprocess
import sys
import threading
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.caching import servers
from tests.hostile.answers import page
from tests.hostile.clients import ROOT
from tests.hostile.wire import Act, Scene

CALLERS = 200
PATIENCE = 30.0


@contextmanager
def clients(given, count):
    """Processes of callers that are ready to begin."""
    command = [sys.executable, "-W", "error", str(Path(__file__).with_name("once_client.py"))]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with ExitStack() as stack:
        processes = []
        for _ in range(count):
            process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes)
            stack.enter_context(process)
            stack.callback(process.kill)
            processes.append(process)
            process.stdin.write(json.dumps(given) + "\n")
            process.stdin.flush()
        assert [process.stdout.readline() for process in processes] == ["ready\n"] * count
        yield processes


def begin(process):
    process.stdin.write("go\n")
    process.stdin.flush()


def told(processes):
    """What all callers were told, and how many processes had a cache that failed them: such a one may ask for itself."""
    ends = [json.loads(process.stdout.readline()) for process in processes]
    return [title for end in ends for title in end["found"]], sum(end["failed"] for end in ends)


@pytest.fixture(params=["sqlite", "redis", "aredis"])
def shared(request, tmp_path):
    """A cache that processes share: its kind, and where it is."""
    if request.param == "sqlite":
        yield {"cache": "sqlite", "at": str(tmp_path / "cache.sqlite"), "threads": True}
        return
    with servers.redis_server(tmp_path) as server:
        yield {"cache": request.param, "at": server.url, "threads": request.param == "redis"}


def slowly(visit):
    """Half a second, in which all callers of all processes come to wait; it may be stored."""
    yield from [Act.PAUSE] * 25
    yield page()


def test_processes_that_share_a_cache(shared):
    with Scene(slowly) as scene:
        port = scene.ports["plain"]
        given = {**shared, "url": f"http://site.example.com:{port}/", "port": port, "timeout": PATIENCE, "callers": 50}
        with clients(given, 4) as processes:
            for process in processes:
                begin(process)
            found, failed = told(processes)
        assert found == ["Title"] * CALLERS
        assert 1 <= len(scene.visits) <= 1 + failed


def test_a_process_that_is_killed_while_it_asks_is_replaced_by_one(shared):
    reached = threading.Event()

    def script(visit):
        if not reached.is_set():
            reached.set()
            while True:
                yield Act.PAUSE
        yield page()

    with Scene(script) as scene:
        port = scene.ports["plain"]
        given = {**shared, "url": f"http://site.example.com:{port}/", "port": port, "timeout": 8.0, "callers": 10}
        with clients(given, 4) as processes:
            first, *others = processes
            begin(first)
            assert reached.wait(PATIENCE)
            for process in others:
                begin(process)
            first.kill()
            found, failed = told(others)
        assert found == ["Title"] * 30
        assert 2 <= len(scene.visits) <= 2 + failed
