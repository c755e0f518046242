"""Other ways to make a payload fit, as their users would call them.

A peer is made with what it needs to run, and maps a case and a budget to its text and the seconds that the processor
spent on it. Those that know no tokens get four bytes or characters for each. Where a package or a program is missing,
there is no peer.
"""

import asyncio
import json
import logging
import shutil
import subprocess
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from time import process_time
from typing import Any

from richresp import tokens
from tests.benchmarks.payloads import dumps
from tests.shaping.as_json import shape

PER_TOKEN = 4
"""Characters of one token, by the rule of thumb that these peers' users go by."""

PATIENCE = 2.0
"""Seconds after which a peer that takes one step at a time is given up."""


@dataclass(frozen=True)
class Case:
    """A payload, and what is known of all of it."""

    name: str
    payload: Any
    text: str
    tokens: int


def case(name, payload):
    text = dumps(payload)
    return Case(name, payload, text, tokens.count(text))


def _timed(work, case, budget):
    start = process_time()
    text = work(case, budget)
    return text, process_time() - start


def _whole(case, budget):
    """What the others are measured against: all of it, as JSON, counted."""
    text = dumps(case.payload)
    tokens.count(text)
    return text


def _richresp(case, budget):
    return shape(case.payload, budget=budget).text


def _slice(case, budget):
    return dumps(case.payload)[: PER_TOKEN * budget]


def _drop_last(case, budget):
    """Drops the last item of the longest list, or the last key, and counts again, until it fits; None if given up."""
    end = process_time() + PATIENCE
    payload = json.loads(case.text)
    while tokens.count(text := dumps(payload)) > budget:
        if process_time() > end:
            return None
        payload = _without_last(payload)
        if payload is None:
            return "null"
    return text


def _without_last(payload):
    if isinstance(payload, str):
        return payload[: len(payload) * 19 // 20] or None
    holders, todo = [], [payload]
    while todo:
        value = todo.pop()
        if isinstance(value, list) and value:
            holders.append(value)
        if isinstance(value, (dict, list)):
            todo.extend(value.values() if isinstance(value, dict) else value)
    if holders:
        max(holders, key=len).pop()
    elif isinstance(payload, dict) and payload:
        payload.popitem()
    else:
        return None
    return payload


class _FastMCP:
    """A server with the middleware and one tool, called without a transport; its text is what the model would get."""

    def __init__(self):
        from fastmcp import FastMCP
        from fastmcp.server.middleware.response_limiting import ResponseLimitingMiddleware

        logging.getLogger("fastmcp").setLevel(logging.ERROR)
        self._limit = ResponseLimitingMiddleware()
        self._server = FastMCP("benchmark", middleware=[self._limit])
        self._payload = None
        self._loop = asyncio.new_event_loop()

        @self._server.tool
        def answer():
            return self._payload

    def __call__(self, case, budget):
        self._payload, self._limit.max_size = case.payload, PER_TOKEN * budget
        return self._loop.run_until_complete(self._call())

    async def _call(self):
        start = process_time()
        result = await self._server.call_tool("answer", {})
        seconds = process_time() - start
        return "\n".join(block.text for block in result.content), seconds

    def close(self):
        self._loop.close()


class _TruncateJSON:
    """One node process that answers line by line and takes the time of its own work."""

    def __init__(self, node, modules):
        worker = Path(__file__).with_name("truncate_json.mjs")
        home = (Path(modules) / "truncate-json" / "build" / "src" / "main.js").resolve()
        self._node = subprocess.Popen(
            [node, str(worker), home.as_uri()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._sent = None

    def __call__(self, case, budget):
        job = {"size": PER_TOKEN * budget} | ({} if self._sent is case else {"text": case.text})
        self._sent = case
        self._node.stdin.write(json.dumps(job) + "\n")
        self._node.stdin.flush()
        answer = json.loads(self._node.stdout.readline())
        return answer["text"], answer["seconds"]

    def close(self):
        self._node.stdin.close()
        self._node.wait()
        self._node.stdout.close()


BASELINE = "dumps + count"
NOT_INSTALLED = "not installed"


@contextmanager
def installed(modules=None):
    """Peers by name, dumps + count of it all first; NOT_INSTALLED for what cannot be run here.

    Args:
        modules: the node_modules folder in which truncate-json is.
    """
    node = shutil.which("node")
    with ExitStack() as stack:
        fastmcp = truncate = NOT_INSTALLED
        if find_spec("fastmcp"):
            fastmcp = stack.enter_context(closing(_FastMCP()))
        if node is not None and modules is not None and (Path(modules) / "truncate-json").is_dir():
            truncate = stack.enter_context(closing(_TruncateJSON(node, modules)))
        yield {
            BASELINE: partial(_timed, _whole),
            "richresp.shape": partial(_timed, _richresp),
            "FastMCP limit": fastmcp,
            "truncate-json": truncate,
            "drop last, recount": partial(_timed, _drop_last),
            "slice, 4 chars/token": partial(_timed, _slice),
        }
